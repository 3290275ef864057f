"""Tables of a cell a line whose columns come round in order, and those of which nothing but their lines is known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from secretariat.proof.paper import Cell, Row, Table
from secretariat.proof.readers.flattened import glued
from secretariat.proof.readers.printed import Printed, cells, is_value, starts_with_day

_WIDEST: Final = 8
_MOST_CELLS: Final = 2000
_FEW: Final = 12
_NOTHING: Final = frozenset(("-", "–", "—", "N/A", "n/a", "TBC", "tbc"))


def regular(lines: Sequence[Printed]) -> Table | None:
    """The table whose cells stand a line each; None where no number of columns makes them alike down the rows.

    A column is alike where it holds numbers or days throughout, or words throughout; the first holds no numbers. Of
    words alone, the first column must never repeat itself and another must: names and their kinds.
    """
    units = _units(lines)
    if not 6 <= len(units) <= _MOST_CELLS:
        return None
    texts = [text for text, _ in units]
    for width in range(2, _WIDEST + 1):
        rows = [texts[at : at + width] for at in range(0, len(texts), width)]
        if len(texts) % width == 0 and len(rows) >= 3 and _is_alike(rows):
            made = [Row(tuple(map(Cell, row)), units[at * width][1].place) for at, row in enumerate(rows)]
            return Table(tuple(made[1:]), (made[0],), rebuilt=True, place=lines[0].place)
    return None


def of_words(lines: Sequence[Printed]) -> Table:
    """The table that a caption names, whose columns are lost: a row for each line, or for each group of many lines."""
    wraps = sum(line.words[0].islower() or line.words[0] == "(" for line in lines)
    if len(lines) <= _FEW and wraps * 4 <= len(lines):
        rows = [Row(tuple(map(Cell, cells(line.line.text))), line.place) for line in lines]
        return Table(tuple(rows[1:]), tuple(rows[:1]), rebuilt=True, place=lines[0].place)
    groups: list[list[Printed]] = []
    for line in lines:
        if groups and not line.line.spaced:
            groups[-1].append(line)
        else:
            groups.append([line])
    groups = groups if len(groups) > 1 else [[line] for line in lines]
    made = tuple(Row((Cell(glued(line.words for line in group)),), group[0].place) for group in groups)
    return Table(made, rebuilt=True, place=lines[0].place)


def _units(lines: Sequence[Printed]) -> list[tuple[str, Printed]]:
    """The cells with their first lines: where most lines stand apart, those close together are one cell."""
    if sum(line.tight for line in lines) * 2 > len(lines):
        return [(line.words, line) for line in lines]
    groups: list[list[Printed]] = []
    for line in lines:
        if groups and line.tight:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [(glued(line.words for line in group), group[0]) for group in groups]


def _is_alike(rows: Sequence[Sequence[str]]) -> bool:
    head, body = rows[0], rows[1:]
    if any(is_value(text) for text in head) or len({*head}) < len(head):
        return False
    columns = [[text for text in column if text not in _NOTHING] for column in zip(*body, strict=True)]
    values = [sum(map(is_value, column)) for column in columns]
    if any(0 < count < len(column) for count, column in zip(values, columns, strict=True)) or all(values):
        return False
    if values[0] and not all(starts_with_day(text) for text in columns[0]):
        return False
    if any(values):
        return all(columns)
    repeats = [len({*column}) < len(column) for column in columns]
    return not repeats[0] and any(repeats[1:]) and not {*head} & {text for column in columns for text in column}
