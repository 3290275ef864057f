"""The body of a clause laid against another: words, and tables cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from secretariat.legaltext.redlines.tokens import (
    IN,
    OUT,
    SAME,
    Kind,
    Runs,
    Step,
    compared,
    one_sided,
    runs,
    steps,
    tokens,
)

TABLE: Final = re.compile(r"(?:\A|(?<=\n\n))\|[^\n]+\n\|[ \t|:-]*-[ \t|:-]*(?:\n|\Z)(?:\|[^\n]+(?:\n|\Z))*(?=\n|\Z)")
"""Lines that begin with a stroke, the second a rule, with nothing right before or after; each with its end of line."""
UNIT: Final = re.compile(r"(?s:.+?)(?:\n{2,}|\Z)")
"""A paragraph with the blank lines after it."""
PIPE: Final = re.compile(r"(?<!\\)\|")
RULE: Final = re.compile(r"[\s|:-]*-[\s|:-]*\Z")
"""The line under a table's heads."""

ALIKE: Final = 50.0
"""Rows, columns and tables less alike than this (of 100) are not each other's successors."""
MANY: Final = 4000
"""Pairs of rows beyond which those that changed are not sought out: they go out and come in."""

Pairs = list[tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Words:
    """Words outside tables; line breaks are among them."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands between two strokes of a line, blanks included; a cell of a new column is "in" as a whole."""

    kind: Kind
    runs: Runs


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. The first piece stands before its first stroke, the last after its last."""

    kind: Kind
    cells: tuple[Cell, ...]

    @property
    def rule(self) -> bool:
        """Whether this is the line under the heads, which nobody reads."""
        return bool(RULE.match(text_of(self, IN if self.kind == OUT else OUT)))

    @property
    def changed(self) -> bool:
        """Whether a reader finds anything new in it: blanks do not count."""
        told = [run for cell in self.cells for run in cell.runs if run.kind != SAME or cell.kind != SAME]
        return self.kind != SAME or any(run.text.strip() for run in told)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its rows in the order in which both sides hold them."""

    kind: Kind
    rows: tuple[Row, ...]


Block = Words | Table
Blocks = tuple[Block, ...]


def compared_blocks(old: str, new: str) -> Blocks:
    """One body against another; each side reads back exactly (see `side_of`)."""
    if old == new:
        return standing(SAME, old)
    if not TABLE.search(old) and not TABLE.search(new):
        return (Words(compared(old, new)),)
    return tuple(_blocks(_units(old), _units(new)))


def standing(kind: Kind, body: str) -> Blocks:
    """A body that stays, comes in or goes out as a whole; its tables are looked for when it is read (`parted`)."""
    return (Words(one_sided(kind, body)),) if body else ()


def parted(blocks: Sequence[Block]) -> Blocks:
    """The blocks with the tables of those that are of one kind as a whole apart from the words."""
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Words) and len(block.runs) == 1 and "|" in block.runs[0].text:
            made += _parted(*block.runs[0])
        else:
            made.append(block)
    return tuple(made)


def _parted(kind: Kind, body: str) -> Iterator[Block]:
    begun = 0
    for found in TABLE.finditer(body):
        if found.start() > begun:
            yield Words(one_sided(kind, body[begun : found.start()]))
        yield _table(kind, found[0])
        begun = found.end()
    if begun < len(body):
        yield Words(one_sided(kind, body[begun:]))


def side_of(blocks: Sequence[Block], dropped: Kind) -> str:
    """The body without what is of the kind `dropped`: "out" for the text after, "in" for the text before."""
    return "".join(_side(block, dropped) for block in blocks)


def _side(block: Block, dropped: Kind) -> str:
    if isinstance(block, Words):
        return "".join(run.text for run in block.runs if run.kind != dropped)
    return "".join(text_of(row, dropped) for row in block.rows if row.kind != dropped)


def text_of(row: Row, dropped: Kind) -> str:
    """The line of a row without what is of the kind `dropped`."""
    cells = (cell for cell in row.cells if cell.kind != dropped)
    return "|".join("".join(run.text for run in cell.runs if run.kind != dropped) for cell in cells)


def _units(body: str) -> list[str]:
    """The paragraphs and tables of a body: a table comes in or goes out between paragraphs, never within one."""
    made: list[str] = []
    begun = 0
    for found in TABLE.finditer(body):
        made += [*UNIT.findall(body[begun : found.start()]), found[0]]
        begun = found.end()
    return [*made, *UNIT.findall(body[begun:])]


def _blocks(olds: Sequence[str], news: Sequence[str]) -> Iterator[Block]:
    """The words between tables, and each table, in order."""
    waiting: list[Step] = []
    for old, new in _in_order(olds, news):
        if TABLE.fullmatch(old or new):
            yield from _words(waiting)
            yield _compared_table(old, new) if old and new else _table(OUT if old else IN, old or new)
            waiting = []
        else:
            waiting += steps(tokens(old), tokens(new))
    yield from _words(waiting)


def _in_order(olds: Sequence[str], news: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Which unit follows which; of those that follow none, words before tables as far as each order allows."""
    going: list[str] = []
    coming: list[str] = []
    for one, other in [*aligned(olds, news), (None, None)]:
        if one is not None and other is None:
            going.append(olds[one])
        elif other is not None and one is None:
            coming.append(news[other])
        else:
            while going or coming:
                out = bool(going) and (not TABLE.fullmatch(going[0]) or not coming or bool(TABLE.fullmatch(coming[0])))
                yield (going.pop(0), "") if out else ("", coming.pop(0))
            if one is not None and other is not None:
                yield olds[one], news[other]


def _words(found: Sequence[Step]) -> Iterator[Words]:
    made = runs(found)
    if made:
        yield Words(made)


def _table(kind: Kind, text: str) -> Table:
    return Table(kind, tuple(_row(kind, PIPE.split(line)) for line in lines(text)))


def _row(kind: Kind, pieces: Sequence[str]) -> Row:
    return Row(kind, tuple(Cell(kind, one_sided(kind, piece)) for piece in pieces))


def _compared_table(old: str, new: str) -> Table:
    if old == new:
        return _table(SAME, old)
    olds, news = ([PIPE.split(line) for line in lines(table)] for table in (old, new))
    columns = _columns(olds, news)
    rows: list[Row] = []
    for one, other in aligned(lines(old), lines(new)):
        rows += _rows(None if one is None else olds[one], None if other is None else news[other], columns)
    return Table(SAME, tuple(rows))


def lines(table: str) -> list[str]:
    """The lines of a table, each with its end."""
    return re.findall(r"[^\n]*\n|[^\n]+", table)


def _columns(olds: Sequence[Sequence[str]], news: Sequence[Sequence[str]]) -> Pairs:
    """Which column follows which, where all rows of each side are of one length; else nothing."""
    widths = {len(row) for row in olds}, {len(row) for row in news}
    if any(len(width) > 1 for width in widths):
        return []
    (before,), (after,) = widths
    if before == after:
        return [(at, at) for at in range(before)]
    inner = aligned(*(["\n".join(column) for column in list(zip(*rows, strict=True))[1:-1]] for rows in (olds, news)))
    moved = [(None if one is None else one + 1, None if other is None else other + 1) for one, other in inner]
    return [(0, 0), *moved, (before - 1, after - 1)]


def _rows(old: Sequence[str] | None, new: Sequence[str] | None, columns: Pairs) -> Iterator[Row]:
    if old is not None and new is not None and (columns or len(old) == len(new)):
        yield Row(SAME, tuple(_cells(old, new, columns or [(at, at) for at in range(len(old))])))
        return
    if old is not None:
        yield _row(OUT, old)
    if new is not None:
        yield _row(IN, new)


def _cells(old: Sequence[str], new: Sequence[str], columns: Pairs) -> Iterator[Cell]:
    for one, other in columns:
        if one is None:
            yield Cell(IN, one_sided(IN, new[other or 0]))
        elif other is None:
            yield Cell(OUT, one_sided(OUT, old[one]))
        else:
            yield Cell(SAME, compared(old[one], new[other]))


def aligned(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """Which text follows which, in order; None stands for none. Texts that are alike but for blanks come first."""
    made: Pairs = []
    gone: list[int] = []
    come: list[int] = []
    for one in Indel.opcodes([" ".join(text.split()) for text in old], [" ".join(text.split()) for text in new]):
        if one.tag == "equal":
            made += _paired(old, new, gone, come)
            made += zip(range(one.src_start, one.src_end), range(one.dest_start, one.dest_end), strict=True)
            gone, come = [], []
        else:
            gone += range(one.src_start, one.src_end)
            come += range(one.dest_start, one.dest_end)
    return [*made, *_paired(old, new, gone, come)]


def _paired(old: Sequence[str], new: Sequence[str], gone: Sequence[int], come: Sequence[int]) -> Pairs:
    found = _likest([old[at] for at in gone], [new[at] for at in come])
    return [(None if one is None else gone[one], None if other is None else come[other]) for one, other in found]


def _likest(old: Sequence[str], new: Sequence[str]) -> Pairs:
    """The pairs in order that are most alike in all."""
    if not old or not new or len(old) * len(new) > MANY:
        return [*((at, None) for at in range(len(old))), *((None, at) for at in range(len(new)))]
    gain = [[_gain(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for one in reversed(range(len(old))):
        for other in reversed(range(len(new))):
            both = best[one + 1][other + 1] + gain[one][other]
            best[one][other] = max(both, best[one + 1][other], best[one][other + 1])
    return _walked(gain, best)


def _gain(one: str, other: str) -> float:
    """How alike two texts are beyond what they must be; a table and words never are."""
    if bool(TABLE.fullmatch(one)) != bool(TABLE.fullmatch(other)):
        return 0.0
    return max(0.0, fuzz.ratio(one, other) - ALIKE)


def _walked(gain: list[list[float]], best: list[list[float]]) -> Pairs:
    made: Pairs = []
    one = other = 0
    while one < len(gain) or other < len(gain[0]):
        here = best[one][other]
        if one < len(gain) and here == best[one + 1][other]:
            made.append((one, None))
            one += 1
        elif other < len(gain[0]) and here == best[one][other + 1]:
            made.append((None, other))
            other += 1
        else:
            made.append((one, other))
            one, other = one + 1, other + 1
    return made
