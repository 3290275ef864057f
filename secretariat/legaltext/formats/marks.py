"""A clause's body as blocks and runs, and back: the few marks of Markdown that legal text needs.

There are no escapes in words: an asterisk that marks nothing is an asterisk. In a cell of a table a bar is written
`\\|` and a new line `<br>`, as Markdown's pipe tables have it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from secretariat.legaltext.text import Clause, Text

MARKED: Final = re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*|\*(?=\S)([^*\n]+)(?<=\S)\*")
_BLANK: Final = re.compile(r"\n\s*\n")
_BAR: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
_PICTURE: Final = re.compile(r"!\[([^\]\n]*)\]\(([^()\s]+)\)")
_NOT_XML: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
QUOTES: Final = " \t\"“”'‘’"
_ASTERISK: Final = "\N{ASTERISK OPERATOR}"


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike: strong (a defined term), slanted (emphasis) or plain."""

    text: str
    strong: bool = False
    slanted: bool = False


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """One paragraph; a new line in it is a line break."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, its rows equally long; the first is the head."""

    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure: its caption and the name of its file."""

    caption: str
    name: str


Block = Words | Grid | Picture


def blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a body, in order; none for an empty one."""
    return tuple(_block(part) for part in _BLANK.split(body.strip()) if part)


def body_of(made: Iterable[Block]) -> str:
    """The body that some blocks make. Blocks without words leave nothing."""
    return "\n\n".join(part for part in (_written(block) for block in made) if part)


def runs(text: str) -> Runs:
    """The runs of one paragraph or cell."""
    found: list[Run] = []
    at = 0
    for match in MARKED.finditer(text):
        found.append(Run(text[at : match.start()]))
        found.append(Run(match[1], strong=True) if match[1] else Run(match[2], slanted=True))
        at = match.end()
    return joined((*found, Run(text[at:])))


def marked(made: Iterable[Run]) -> str:
    """The runs as words with their marks. An asterisk that would be read as a mark becomes an asterisk operator."""
    wanted = joined(part for run in made for part in _apart(run))
    text = "".join(_mark(run) for run in wanted)
    if runs(text) != wanted:
        text = "".join(_mark(replace(run, text=run.text.replace("*", _ASTERISK))) for run in wanted)
    return text


def joined(made: Iterable[Run]) -> Runs:
    """The same words in as few runs as can be."""
    alike = groupby((run for run in made if run.text), key=lambda run: (run.strong, run.slanted))
    return tuple(Run("".join(run.text for run in group), *look) for look, group in alike)


def plain(made: Iterable[Run]) -> str:
    """The words alone."""
    return "".join(run.text for run in made)


def term_of(block: Block | None) -> str:
    """The defined term that a definition begins with, in quotation marks or not; "" where it begins otherwise."""
    for run in block.runs if isinstance(block, Words) else ():
        if run.strong:
            return run.text
        if run.text.strip(QUOTES):
            return ""
    return ""


def shown_heading(clause: Clause) -> str:
    """The heading that a clause is printed with: none where its words begin with it, as a definition's do."""
    first = next(iter(blocks(clause.body)), None) if clause.kind == "definition" else None
    return "" if clause.heading == term_of(first) else clause.heading


def settled(text: Text) -> Text:
    """The same text as every form can carry it: marks, tables and blank lines written in one way only."""
    return Text(tuple(_settled(clause) for clause in text.clauses))


def _settled(clause: Clause) -> Clause:
    made = blocks(printable(clause.body))
    heading = line(clause.heading)
    if clause.kind == "definition" and not heading:
        heading = line(term_of(next(iter(made), None)))
    return replace(clause, number=line(clause.number), heading=heading, body=body_of(made))


def printable(text: str) -> str:
    """The text without the characters that no XML file may hold, its line ends all alike."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    """The text as one line, single spaces between its words."""
    return " ".join(printable(text).split())


def _block(part: str) -> Block:
    lines = [each.strip() for each in part.split("\n")]
    if len(lines) > 1 and all(each.startswith("|") for each in lines) and _RULE.fullmatch(lines[1]):
        return grid([_cells(each) for at, each in enumerate(lines) if at != 1])
    picture = _PICTURE.fullmatch(part.strip())
    return Picture(picture[1], picture[2]) if picture else Words(runs(part.strip()))


def grid(rows: list[list[Runs]]) -> Grid:
    """A table of some rows, those too short filled up with empty cells."""
    width = max(map(len, rows), default=0)
    return Grid(tuple((*row, *[()] * (width - len(row))) for row in rows))


def _cells(row: str) -> list[Runs]:
    inner = row.removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [runs(cell.strip().replace("\\|", "|").replace("<br>", "\n")) for cell in _BAR.split(inner)]


def _written(block: Block) -> str:
    if isinstance(block, Picture):
        return f"![{line(block.caption)}]({block.name})"
    if isinstance(block, Words):
        return _BLANK.sub("\n", marked(block.runs).strip())
    cells = [[_cell(cell) for cell in row] for row in block.rows]
    if not any(cell for row in cells for cell in row):
        return ""
    rows = ["".join(f"| {cell} " for cell in row) + "|" for row in cells]
    return "\n".join([*rows[:1], "|---" * len(block.rows[0]) + "|", *rows[1:]])


def _cell(cell: Runs) -> str:
    return marked(cell).strip().replace("|", "\\|").replace("\n", "<br>")


def _apart(run: Run) -> list[Run]:
    """A marked run without its outer spaces, which no mark may hold; one that cannot be marked is plain."""
    inner = run.text.strip()
    if not (run.strong or run.slanted):
        return [run]
    if not inner or "*" in inner or "\n" in inner:
        return [Run(run.text)]
    before, _, after = run.text.partition(inner)
    return [Run(before), Run(inner, run.strong, run.slanted and not run.strong), Run(after)]


def _mark(run: Run) -> str:
    sign = "**" if run.strong else "*" if run.slanted else ""
    return f"{sign}{run.text}{sign}"
