"""Tables told by where their cells stand on the line: by gaps or by tabs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.proof.paper import Cell, Row, Table
from secretariat.proof.readers.flattened import glued
from secretariat.proof.readers.grid import headed
from secretariat.proof.readers.printed import Printed, Sort, cells, day_cell, indent, is_year, months, numbers

_GAP: Final = re.compile(r"\t+|(?<![.:;!?\s])[ \u00a0]{2,}|(?<=[.:;!?])[ \u00a0]{3,}")
_UNFINISHED: Final = re.compile(r"(?:[,&/–—-]|\b(?:and|or|of|the|a|an|in|on|to|for|by|with|from|at|is|was|as|its))$")
_WIDEST: Final = 60


@dataclass(slots=True)
class _Part:
    """Words on a line with where they start and end on it."""

    text: str
    start: int
    end: int


def parts(text: str) -> list[_Part]:
    """The cells of a line with their places; a cell of several numbers is several cells."""
    made: list[_Part] = []
    at = 0
    for gap in (*_GAP.finditer(text), None):
        end = gap.start() if gap else len(text)
        made += _split(text, at, end)
        at = gap.end() if gap else end
    return made


def _split(text: str, start: int, end: int) -> Iterator[_Part]:
    piece = text[start:end]
    if not piece.strip():
        return
    label, values = numbers(piece) if len(piece) < 400 else ("x", ())
    if values and not label and len(values) > 1:
        for word in re.finditer(r"\S+", piece):
            yield _Part(word[0], start + word.start(), start + word.end())
        return
    lead = len(piece) - len(piece.lstrip())
    yield _Part(piece.strip(), start + lead, start + len(piece.rstrip()))


def celled(lines: Sequence[Printed]) -> tuple[int, int]:
    """Where the lines stand that gaps part into cells, if they are at least two and half of what lies between."""
    found = [at for at, line in enumerate(lines) if len(cells(line.line.text)) > 1]
    if len(found) < 2:
        return 0, 0
    first, last = found[0], found[-1] + 1
    if len(found) * 2 < last - first:
        return 0, 0
    left = min(map(indent, (lines[at] for at in found)))
    while last < len(lines) and not lines[last].line.spaced and indent(lines[last]) > left + 1:
        last += 1
    return first, last


def gridded(lines: Sequence[Printed]) -> Table | None:
    """The table whose cells stand under each other on these lines; None where no columns can be told."""
    if any("\t" in line.line.text.strip() for line in lines):
        return _tabbed(lines)
    found = [parts(line.line.text.expandtabs()) for line in lines]
    columns = _columns(found)
    if not 2 <= len(columns) <= _WIDEST:
        return None
    grid = _drawn_together([_placed(row, columns) for row in found])
    columns = [(0, max(len(row[at]) for row in grid)) for at in range(len(grid[0]))]
    kinds = [_is_data(row) for row in grid]
    head = _head_depth(grid, kinds)
    rows = list(_merged(grid[head:], lines[head:], [column[1] - column[0] for column in columns]))
    if head == 0 and len(rows) > 1 and not any(map(_is_data, (grid[0],))):
        heads, rows = [rows[0]], rows[1:]
    else:
        heads = [_over(grid[:head], lines[0])] if head else []
    again = {row.texts for row in heads}
    return Table(tuple(row for row in rows if row.texts not in again), tuple(heads), rebuilt=True, place=lines[0].place)


def _drawn_together(grid: list[list[str]]) -> list[list[str]]:
    """The lines with columns made one where no line has both: a column set now left, now right."""
    at = 1
    while grid and at + 1 < len(grid[0]):
        if any(row[at] and row[at + 1] for row in grid):
            at += 1
            continue
        for row in grid:
            row[at : at + 2] = [row[at] or row[at + 1]]
    return grid


def single(lines: Sequence[Printed]) -> bool:
    """Whether the rows of numbers on these lines have a label of one cell and equally many numbers, so that the words
    alone tell the columns."""
    rows = [line for line in lines if line.sort is Sort.ROW]
    counts = Counter(len(line.values) for line in rows)
    labels = sum(len(parts(line.line.text)) > len(line.values) + 1 for line in rows)
    return (
        bool(rows) and len(rows) * 3 >= len(lines) and not labels and counts.most_common(1)[0][1] * 10 >= len(rows) * 9
    )


def _tabbed(lines: Sequence[Printed]) -> Table:
    rows = []
    for line in lines:
        texts = [" ".join(text.split()) for text in re.split(r"\t+", line.line.text.strip())]
        rows.append(Row(tuple(map(Cell, texts)), line.place))
    depth = headed(rows, [False] * len(rows))
    return Table(tuple(rows[depth:]), tuple(rows[:depth]), rebuilt=True, place=lines[0].place)


def _columns(found: Iterable[Sequence[_Part]]) -> list[tuple[int, int]]:
    """The stretches of the line that cells cover, on the lines that have several."""
    spans = sorted((part.start, part.end) for row in found if len(row) > 1 for part in row)
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], end))
        else:
            made.append((start, end))
    return made


def _placed(row: Sequence[_Part], columns: Sequence[tuple[int, int]]) -> list[str]:
    """The cells of a line, each in the column that it overlaps or starts nearest to."""
    texts = [""] * len(columns)
    at = 0
    for part in row:
        while at + 1 < len(columns) and columns[at + 1][0] < part.end and columns[at][1] <= part.start:
            at += 1
        texts[at] = f"{texts[at]} {part.text}".strip()
    return texts


def _is_data(row: Sequence[str]) -> bool:
    """Whether a line has a number or a day as a cell after its first: the first line of a row."""
    return any(_is_value(text) for text in row[1:])


def _is_value(text: str) -> bool:
    if not text:
        return False
    day = day_cell(text)
    if day is not None and not day[0] and not day[2]:
        return True
    label, values = numbers(text)
    return bool(values) and not label


def _head_depth(grid: Sequence[Sequence[str]], kinds: Sequence[bool]) -> int:
    """How many lines the head has, where rows hold numbers or days: those before the first row of them."""
    if sum(kinds) * 3 < len(kinds):
        return 0
    for at, row in enumerate(grid):
        years = [text for text in row[1:] if text and is_year(text)]
        filled = [text for text in row[1:] if text]
        if kinds[at] and not (at and len(years) == len(filled) and any(map(months, grid[at - 1][1:]))):
            years_alone = len(years) == len(filled) > 1 and at == 0 and all(len(text) == 4 for text in years)
            if not years_alone:
                return at if at <= 4 else 0
    return 0


def _over(grid: Sequence[Sequence[str]], first: Printed) -> Row:
    return Row(tuple(Cell(glued(text for text in column if text)) for column in zip(*grid, strict=True)), first.place)


def _merged(grid: Sequence[Sequence[str]], lines: Sequence[Printed], widths: Sequence[int]) -> Iterator[Row]:
    """The rows, each with the lines that go on with its cells."""
    data = sum(map(_is_data, grid)) * 3 >= len(grid)
    pieces: list[list[str]] = []
    place = lines[0].place if lines else None
    before: Sequence[str] = ()
    for row, line in zip(grid, lines, strict=True):
        goes_on = bool(pieces) and (_goes_on(row, before, pieces, widths) if data else _is_rest(row, before, line))
        if goes_on:
            for column, text in zip(pieces, row, strict=True):
                column.extend([text] if text else [])
        else:
            if pieces and place:
                yield Row(tuple(Cell(glued(column)) for column in pieces), place)
            pieces = [[text] if text else [] for text in row]
            place = line.place
        before = row
    if pieces and place:
        yield Row(tuple(Cell(glued(column)) for column in pieces), place)


def _goes_on(row: Sequence[str], before: Sequence[str], pieces: Sequence[Sequence[str]], widths: Sequence[int]) -> bool:
    """Whether a line of a table of numbers or days goes on with the row above: it starts none of its own."""
    if _is_data(row):
        value = next(at for at, text in enumerate(row) if at and _is_value(text))
        return not any(row[:value])  # a second day under the first, with no label of its own
    alone = not any(row[1:]) and (row[0][:1].islower() or row[0].startswith("("))
    if not row[0] or alone:
        return True
    if any(row[1:]):
        return bool(before) and bool(before[0]) and _rests(row, before)
    said = glued(pieces[0])
    return bool(said) and len(said) + 1 + len(row[0].split()[0]) > widths[0]


def _is_rest(row: Sequence[str], before: Sequence[str], line: Printed) -> bool:
    """Whether a line of a table of words goes on with the row above."""
    if line.line.spaced:
        return False
    if not row[0] or sum(map(bool, row)) < sum(map(bool, before)):
        return True
    return _rests(row, before)


def _rests(row: Sequence[str], before: Sequence[str]) -> bool:
    both = [(above, text) for above, text in zip(before, row, strict=True) if above and text]
    return any(text[0].islower() or _UNFINISHED.search(above) is not None for above, text in both)
