"""The three files of the sample's February paper from the record, against the renderers alone on the same content."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.measure import paired, seconds, show, thousandths
from secretariat.papers import document as doc
from secretariat.papers import html, pdf, word
from secretariat.papers.assembly import Assembly
from secretariat.papers.issuing import rendered
from secretariat.papers.models import Paper
from secretariat.site.commands import migrate
from secretariat.site.sample.build import build

BASE = "http://localhost:8000"
Files = dict[str, bytes]


def run(*, quick: bool) -> None:
    """Prints the medians of making the files both ways, and of each renderer by itself."""
    migrate()
    build(lambda line: None)
    paper, runs = Paper.objects.get(key="operations-2020-02"), 3 if quick else 11
    with CaptureQueriesContext(connection) as captured:
        content = frozen(paper)
    if from_record(paper) != rendered(content):
        raise SystemExit("The files from the record are not those of the frozen content.")
    both = paired(seconds(partial(rendered, content)), seconds(partial(from_record, paper)), runs)
    heads = ("the three files of February 2020", "queries", "renderers alone", "from the record", "ratio")
    told = (str(len(captured)), thousandths(both.floor), thousandths(both.ours), f"{both.ratio:.2f}")
    show("The files of the paper", heads, [("HTML, PDF and Word", *told)])
    show("Each renderer by itself", ("file", "time", "size"), each(content, runs))


def frozen(paper: Paper) -> bytes:
    """The paper put together from the record, as its content is frozen."""
    return doc.to_json(Assembly(paper).document()).encode()


def from_record(paper: Paper) -> Files:
    """The three files, every figure counted anew."""
    return rendered(frozen(Paper.objects.get(pk=paper.pk)))


def each(content: bytes, runs: int) -> list[tuple[str, str, str]]:
    """The median time and the size of each file from the frozen content."""
    document = doc.from_json(content.decode())
    renderers: dict[str, Callable[[], bytes]] = {
        "HTML": lambda: html.page(document, BASE),
        "PDF": lambda: pdf.pdf(document, base_url=BASE),
        "Word": lambda: word.docx(document, base_url=BASE),
    }
    rows = []
    for name, made in renderers.items():
        times = sorted(seconds(made)() for _ in range(runs))
        rows.append((name, thousandths(times[runs // 2]), f"{len(made()) / 1024:,.0f} KB"))
    return rows
