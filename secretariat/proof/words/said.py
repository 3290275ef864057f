"""What a paper says, place by place and sentence by sentence: what rules about words walk over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from secretariat.plain.months import Month
from secretariat.proof.findings import Placed
from secretariat.proof.paper import Block, Figure, Paper, Table
from secretariat.proof.words.dates import column_months

_STOP: Final = re.compile(
    r"(?<![ (][A-Z])(?<!\bNo)(?<!e\.g)(?<!i\.e)[.!?;][)”’\"]?\s{1,9}(?=[A-Z‘“\"(•0-9])|\n\s{0,9}\n"
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words and where they stand: a heading, paragraph, item, caption or footnote, or one cell of a row."""

    where: Placed
    text: str
    cell: bool = False


def said(paper: Paper) -> Iterator[Said]:
    """Everything that is said in the paper, in order, footnotes last."""
    for block in paper.blocks:
        if told := words(block):
            yield Said(block, told)
        for row in (*block.head, *block.rows) if isinstance(block, Table) else ():
            yield from (Said(row, text, cell=True) for text in row.texts if text.strip())
    for note in paper.reading.footnotes:
        yield Said(note, note.text)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text."""
    start = 0
    for stop in _STOP.finditer(text):
        yield text[start : stop.end()].strip()
        start = stop.end()
    if rest := text[start:].strip():
        yield rest


def words(block: Block) -> str:
    """The words of a block that is prose or a heading; of a figure or a table, its caption."""
    return block.caption if isinstance(block, Table | Figure) else block.text


def table_months(table: Table) -> tuple[Month | None, ...]:
    """The month of each column of a table, None where a column is not a month's."""
    told = column_months([row.texts for row in table.head])
    return (*told, *(None for _ in range(table.width - len(told))))


def around(text: str, start: int, end: int, most: int = 140) -> str:
    """The words from start to end with those about them, as far as their sentence goes and `most` characters allow."""
    first = max((stop.end() for stop in _STOP.finditer(text, max(0, start - 400), start)), default=0)
    following = _STOP.search(text, end, end + 400)
    last = following.start() + 1 if following else len(text)
    spare = max(0, most - (end - start))
    if last - first > most:
        first = _word_start(text, max(first, start - spare // 2), start)
        last = _word_end(text, min(last, end + spare // 2), end)
    return " ".join(text[first:last].split())


def _word_start(text: str, at: int, most: int) -> int:
    while 0 < at < most and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, least: int) -> int:
    while least < at < len(text) and not text[at].isspace():
        at -= 1
    return at
