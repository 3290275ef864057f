"""A whole check of a PDF of 100 pages against the checker's own reading of its text and tables, and memory by pages."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import cache, partial
from pathlib import Path
from random import Random

import pypdfium2
import typst

from benchmarks.measure import paired, seconds, show, thousandths
from secretariat.proof import Source, check
from secretariat.proof.readers import pdf

PAGES = 100
FEW_PAGES = 20
SEED = 2020
MONTHS = ("Jan 20", "Feb 20", "Mar 20", "Apr 20", "May 20", "Jun 20")
CATEGORIES = ("Large Suppliers", "Small Suppliers", "Electricity Networks", "Gas Networks", "Other Parties", "Users")
SENTENCES = (
    "The helpdesk received {0} enquiries by telephone and {1} by e-mail in the month.",
    "The Sub-Committee met on {2} March 2020 and agreed the paper that was put to it.",
    "{0} proposals were open at the end of the month, and {2} of them await a decision.",
    "The report sets out what the administrator did, and how many days each service took.",
    "Parties were asked to answer the consultation by {2} April 2020.",
)
PLAIN, RULED, ALIGNED = "prose alone", "a ruled table on each page", "a table without rules on each page"


def run(*, quick: bool) -> None:
    """Prints the ratio of a whole check to reading alone, the time a page takes, and the memory that pages need."""
    runs = 1 if quick else 5
    made = {kind: written(kind, PAGES) for kind in (PLAIN, RULED, ALIGNED)}
    pairs = {
        kind: paired(seconds(partial(pdf.read, content)), seconds(partial(whole, content)), runs)
        for kind, content in made.items()
    }
    rows = [
        (kind, thousandths(pair.floor / PAGES), thousandths(pair.ours / PAGES), f"{pair.ratio:.2f}")
        for kind, pair in pairs.items()
    ]
    show(f"A paper of {PAGES} pages, each page", ("pages of", "reading alone", "whole check", "ratio"), rows)
    text = paired(seconds(partial(words, made[PLAIN])), seconds(partial(pdf.read, made[PLAIN])), runs)
    show("Reading against pdfium's bare text", ("pages of", "pdfium", "reading", "ratio"), [
        (PLAIN, thousandths(text.floor / PAGES), thousandths(text.ours / PAGES), f"{text.ratio:.2f}"),
    ])  # fmt: skip
    show("Memory at its highest", ("pages of", f"{FEW_PAGES} pages", f"{PAGES} pages", "ratio"), map(memory, made))


def whole(content: bytes) -> object:
    """The whole check: reading, understanding, and every rule."""
    return check(Source("paper.pdf", content))


def words(content: bytes) -> int:
    """The text of every page by pdfium alone: what no reader can do without."""
    document = pypdfium2.PdfDocument(content)
    try:
        return sum(len(page.get_textpage().get_text_bounded()) for page in document)
    finally:
        document.close()


@cache
def written(kind: str, pages: int) -> bytes:
    """A paper of that many pages: each has a heading, prose, and a table where the kind has one. Always the same."""
    chance = Random(SEED)
    body = "\n#pagebreak()\n".join(page(kind, number, chance) for number in range(1, pages + 1))
    running = (
        "header: [SECP_99_0403_01 #h(1fr) White], footer: context [Invented #h(1fr) Page #counter(page).display()]"
    )
    settings = f'#set page(paper: "a4", margin: 22mm, {running})\n#set text(size: 10pt)\n#set document(date: none)\n'
    made = typst.compile((settings + body).encode(), format="pdf", pdf_standards=["1.7"], pdf_tags=False)
    assert isinstance(made, bytes)
    return made


def page(kind: str, number: int, chance: Random) -> str:
    """One page in Typst's own words."""
    said = [
        chance.choice(SENTENCES).format(chance.randint(2, 99), chance.randint(100, 2999), chance.randint(2, 28))
        for _ in range(22 if kind == PLAIN else 12)
    ]
    prose = "\n\n".join(" ".join(said[at : at + 3]) for at in range(0, len(said), 3))
    return f"= {number} Services of part {number}\n\n{prose}\n\n{'' if kind == PLAIN else table(kind, number, chance)}"


def table(kind: str, number: int, chance: Random) -> str:
    """A table of numbers whose totals are right, with its caption."""
    rows = [[chance.randint(0, 1999) for _ in MONTHS] for _ in CATEGORIES]
    totals = [sum(column) for column in zip(*rows, strict=True)]
    cells = [
        f"[{label}], " + ", ".join(f"[{value:,}]" for value in row)
        for label, row in zip((*CATEGORIES, "Total"), (*rows, totals), strict=True)
    ]
    heads = ", ".join(f"[*{head}*]" for head in ("Category", *MONTHS))
    stroke = "none" if kind == ALIGNED else "0.5pt"
    sides = "align: (x, _) => if x == 0 { left } else { right }"
    return (
        f"*Table {number}: Enquiries by category*\n\n#table(columns: {len(MONTHS) + 1}, stroke: {stroke}, {sides},\n"
        f"table.header({heads}),\n" + ",\n".join(cells) + ")"
    )


def memory(kind: str) -> tuple[str, str, str, str]:
    """The highest memory of a check of few pages and of many, each in a process of its own, in millions of bytes."""
    few, many = (highest(written(kind, pages)) for pages in (FEW_PAGES, PAGES))
    return kind, f"{few / 1e6:.0f} MB", f"{many / 1e6:.0f} MB", f"{many / few:.2f}"


def highest(content: bytes) -> int:
    """The highest memory of one check of the paper, in bytes, as Linux tells it."""
    program = (
        "import sys; from pathlib import Path; from secretariat.proof import check; check(Path(sys.argv[1]));"
        "status = Path('/proc/self/status').read_text();"
        "print(next(line.split()[1] for line in status.splitlines() if line.startswith('VmHWM')))"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(content)
        command = [sys.executable, "-c", program, str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
    return int(done.stdout) * 1024
