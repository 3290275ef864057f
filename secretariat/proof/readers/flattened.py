"""Tables of numbers put together again from lines: heads of months, wrapped labels, rows on a line or a cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, TypeAlias

from secretariat.proof.paper import Cell, DataLabel, Place, Row, Table
from secretariat.proof.readers.printed import SUMMING, Printed, Sort, apart, cells, is_year, months, numbers, with_year

_WIDE: Final = 3
_MOST_WORDS_BETWEEN: Final = 6
_MOST_HEAD: Final = 4
_MOST_LABEL: Final = 4
_SAMPLE: Final = 12
_LONGEST_TAIL: Final = 3
_CAPITAL: Final = re.compile(r"\s+(?=[A-Z£%(]|\d)")
_MOST_INTERRUPTIONS: Final = 2
_HEADS: Final = frozenset((Sort.WORDS, Sort.MONTHS))
_JOINING: Final = ("&", " and", " of", " for", " the", " to", " in", ",", "/", " or", " with", "–")

Found: TypeAlias = Table | Printed


@dataclass(slots=True)
class _Body:
    """A row in the making: the pieces of its label, its numbers, and whether more numbers may follow on later lines."""

    label: list[str]
    values: list[str]
    place: Place
    open: bool = False


@dataclass(slots=True)
class _Head:
    """The head of months: its cells, the words that stand over the labels, and the rows above."""

    cells: list[str] = field(default_factory=list)
    corner: str = ""
    years: tuple[str, ...] = ()
    end: int = 0


def numbered(lines: Sequence[Printed]) -> Iterator[Found]:
    """The lines with every run of rows of numbers made a table; other lines come back as they are, in order."""
    done = 0
    _mark_tailed(lines)
    for start, body, end, head in _regions(lines):
        if start < done:
            continue
        made = _table(lines, start, body, end, head)
        if made is None:
            continue
        table, first, last = made
        yield from lines[done:first]
        yield table
        done = last
    yield from lines[done:]


def _mark_tailed(lines: Sequence[Printed]) -> None:
    """Marks rows whose numbers a word follows, "Calls answered 98.0% 99.1% Met", where they are most of the lines."""
    found = [(line, told) for line in lines if line.sort is Sort.WORDS and (told := _tailed(line.words)) is not None]
    if len(found) < 2 or len(found) * 3 < len(lines) or len({len(values) for _, (_, values) in found}) > 1:
        return
    for line, (label, values) in found:
        line.sort, line.said, line.values = Sort.ROW, label, values


def _tailed(words: str) -> tuple[str, tuple[str, ...]] | None:
    parts = words.split()
    for tail in range(1, min(_LONGEST_TAIL, len(parts) - 2) + 1):
        label, values = numbers(" ".join(parts[:-tail]))
        if values:
            named = label and len(values) > 1 and parts[-tail][0].isupper() and not words.endswith(".")
            return (label, (*values, " ".join(parts[-tail:]))) if named else None
    return None


def labels(table: Table) -> tuple[DataLabel, ...]:
    """The names and numbers of a table of one column of numbers, as the labels of a figure; else none."""
    rows = [row for row in table.rows if len(row.cells) == 2 and row.label]
    if len(rows) * 2 <= len(table.rows):
        return ()
    return tuple(DataLabel(row.label, row.cells[1].text, row.place) for row in rows)


def glued(pieces: Iterable[str]) -> str:
    """The words of a cell wrapped over lines: a hyphen at the end of a line and a letter split off are drawn together.

    "Sub-", "Committees" is "Sub-Committees"; "Correspondenc", "e" is "Correspondence".
    """
    made: list[str] = []
    for piece in pieces:
        before = made[-1] if made else ""
        split_off = piece.isalpha() and piece.islower() and len(piece) <= 2 and piece not in _SMALL_WORDS
        close = not before or before.endswith(("-", "/")) or (split_off and before[-1:].isalpha())
        made += [piece] if close else [" ", piece]
    return "".join(made)


_SMALL_WORDS: Final = frozenset(
    ("a", "an", "as", "at", "by", "if", "in", "is", "it", "of", "on", "or", "to", "up", "we")
)


def _regions(lines: Sequence[Printed]) -> Iterator[tuple[int, int, int, _Head | None]]:
    """Where tables may stand: first line, first line of the body, end, and the head of months if there is one."""
    at = 0
    while at < len(lines):
        if lines[at].sort is Sort.MONTHS and (head := _months_from(lines, at)) is not None:
            above = at - 1 if at and _all_years(lines[at - 1]) else at
            if above < at:
                head.years = lines[above].values
            elif at and not head.corner and _is_corner(lines[at - 1], lines[at]):
                above, head.corner = at - 1, lines[at - 1].words
            end = _end(lines, head.end)
            yield above, head.end, end, head
            at = max(end, head.end)
        elif lines[at].sort in {Sort.ROW, Sort.NUMBERS} and not _heads_months(lines, at):
            end = _end(lines, at)
            yield at, at, end, None
            at = end
        else:
            at += 1


def _is_corner(line: Printed, first: Printed) -> bool:
    """Whether the line before the first month stands over the labels."""
    close = line.line.page == first.line.page and not first.line.spaced
    return close and line.sort is Sort.WORDS and len(line.words.split()) <= 2 and not line.introduces


def _heads_months(lines: Sequence[Printed], at: int) -> bool:
    return _all_years(lines[at]) and at + 1 < len(lines) and lines[at + 1].sort is Sort.MONTHS


def _all_years(line: Printed) -> bool:
    return line.sort is Sort.NUMBERS and all(len(value) == 4 and is_year(value) for value in line.values)


def _end(lines: Sequence[Printed], start: int) -> int:
    """The end of the rows that start here: words too many to be a label end them, as does a head of months."""
    end, words = start, 0
    for at in range(start, len(lines)):
        line = lines[at]
        if line.sort in {Sort.ROW, Sort.NUMBERS}:
            if _heads_months(lines, at):
                break
            end, words = at + 1, 0
        elif line.sort is Sort.MONTHS:
            break
        else:
            words += 1
            if words > _MOST_WORDS_BETWEEN:
                break
    return end


def _months_from(lines: Sequence[Printed], start: int) -> _Head | None:
    """The head that starts here, over several lines if need be; None for fewer than three months."""
    head = _Head()
    interruptions = 0
    at = start
    while at < len(lines):
        line = lines[at]
        found = line.values if line.sort is Sort.MONTHS else ()
        if found:
            head.cells += found
            head.corner = f"{head.corner} {line.said}".strip()
        elif line.sort is Sort.NUMBERS and _takes_years(head, line):
            _give_years(head, line.values)
        elif (years := _years_after_corner(head, line)) is not None:
            head.corner = years[0]
            _give_years(head, years[1])
            at += 1
            break
        elif len(head.cells) >= _WIDE and line.words.lower() in SUMMING:
            head.cells.append(line.words)
        elif _interrupts(lines, at) and interruptions < _MOST_INTERRUPTIONS:
            interruptions += 1
            head.corner = f"{head.corner} {line.words}".strip()
        else:
            break
        at += 1
    head.end = at
    dated = {_dated(cell) for cell in head.cells if cell.lower() not in SUMMING}
    if len(head.cells) < _WIDE or (len(dated) > 1 and not _dated(head.cells[0])):
        return None
    return head


def _dated(cell: str) -> bool:
    return cell[-1].isdigit()


def _takes_years(head: _Head, line: Printed) -> bool:
    bare = sum(not _dated(cell) for cell in head.cells)
    if not 0 < bare == len(line.values) or not all(map(is_year, line.values)):
        return False
    years = {int(year.strip("-–—'’")) % 100 for year in line.values}
    return max(years) - min(years) <= 1 + len(line.values) // 12


def _give_years(head: _Head, years: Sequence[str]) -> None:
    given = iter(years)
    head.cells = [cell if _dated(cell) else with_year(cell, next(given)) for cell in head.cells]


def _years_after_corner(head: _Head, line: Printed) -> tuple[str, tuple[str, ...]] | None:
    """ "Category 19 19 20" under a row of three months: the words over the labels, and the years."""
    if line.sort is not Sort.ROW or len(line.values) < _WIDE or not _takes_years(head, line):
        return None
    return line.said, line.values


def _interrupts(lines: Sequence[Printed], at: int) -> bool:
    """Whether words stand between months because the corner of the table was read in between."""
    few = lines[at].sort is Sort.WORDS and len(lines[at].words.split()) <= 3
    return few and at + 1 < len(lines) and lines[at + 1].sort is Sort.MONTHS


def _table(
    lines: Sequence[Printed], start: int, body: int, end: int, head: _Head | None
) -> tuple[Table, int, int] | None:
    """The table of a region with its first line and its end; None where the rows are too few to be one."""
    first = _label_start(lines, body) if head is None else body
    rows = _rows(lines[first:end], len(head.cells) if head else 0)
    width = max((len(row.values) for row in rows), default=0)
    _share_labels(rows)
    if not (len(rows) > 1 or width >= _WIDE) or (head is None and not any("".join(row.label) for row in rows)):
        return None
    end = _after_last(lines, rows, end, width)
    top = _head_start(lines, first, width) if head is None else start
    place = lines[top].place
    made = [each for row in rows for each in _finished(row)]
    over = [line.line.text.strip() for line in lines[top:first]]
    if head is None and width == 1 and len(over) == 2 and len(over[0].split()) == 2 and _has_groups(made):
        made.insert(0, Row((Cell(over.pop()),), lines[first - 1].place))
    heads = _month_rows(head, width) if head else _word_rows(over, width)
    return Table(tuple(made), heads, rebuilt=True, place=place), top, end


def _has_groups(rows: Sequence[Row]) -> bool:
    return any(len(row.cells) == 1 for row in rows)


def _label_start(lines: Sequence[Printed], body: int) -> int:
    """The first piece of the first row's label: what stands right before numbers alone, or a wrapped beginning."""
    at = body
    first = lines[body]
    close = sum(line.tight for line in lines[body : body + _SAMPLE]) * 2 > len(lines[body : body + _SAMPLE])
    if first.sort is Sort.NUMBERS and close and at and lines[at - 1].sort is Sort.WORDS:
        at -= 1
        while at and lines[at - 1].sort is Sort.WORDS and _continues(lines[at - 1].words, lines[at].words):
            at -= 1
    elif first.sort is Sort.NUMBERS:
        while at and lines[at - 1].sort is Sort.WORDS and body - at < _MOST_LABEL and (at == body or lines[at].tight):
            at -= 1
    elif at and lines[at - 1].sort is Sort.WORDS and _continues(lines[at - 1].words, first.said):
        at -= 1
    return at


def _head_start(lines: Sequence[Printed], first: int, width: int) -> int:
    """The first line of a head of words: at most as many lines as there are columns, and a few for wrapped ones."""
    top = first
    most = max(width + 1, _MOST_HEAD)
    while top and first - top < most and lines[top - 1].sort in _HEADS and not lines[top - 1].ended:
        if lines[top - 1].joined or len(lines[top - 1].words) > 60 or ":" in lines[top - 1].words:
            break
        top -= 1
        if first - top == 1 and len(_spread(lines[top].line.text, width)) in {width, width + 1} and width > 1:
            above = lines[top - 1] if top else None
            if above is None or len(cells(above.line.text)) not in {width, width + 1}:
                break
    return top


def _spread(text: str, width: int) -> list[str]:
    """The cells of a line of a head: parted by gaps, or each a word where the words are as many as the columns."""
    parts = cells(text)
    if len(parts) != 1 or months(parts[0]):
        return months(parts[0]) if len(parts) == 1 else parts
    for told in (parts[0].split(), _CAPITAL.split(parts[0])):
        if len(told) in {width, width + 1}:
            return told
    return parts


def _rows(lines: Sequence[Printed], expected: int) -> list[_Body]:
    made: list[_Body] = []
    pieces: list[str] = []
    widest = max((len(line.said) for line in lines if line.sort is Sort.ROW), default=0)
    aligned = sum(apart(line.line.text) for line in lines) * 2 > len(lines)
    for line in lines:
        last = made[-1] if made else None
        if line.sort is Sort.WORDS and aligned and last is not None and _wraps_down(last, pieces, line, widest):
            last.label.append(line.words)
        elif line.sort is Sort.WORDS:
            pieces.append(f"\t{line.words}" if line.tight and pieces else line.words)
        elif line.sort is Sort.ROW:
            made.append(_Body([*pieces, line.said], list(line.values), line.place))
            pieces = []
        elif not pieces and last is not None and last.open and not (expected and len(last.values) >= expected):
            last.values += line.values
        else:
            made.append(_Body(pieces, list(line.values), line.place, open=len(line.values) == 1))
            pieces = []
    if pieces and made:
        made[-1].open = True  # words follow: whether they are its label's end is told by _after_last
    return made


def _wraps_down(last: _Body, pieces: Sequence[str], line: Printed, widest: int) -> bool:
    """Whether words under an aligned row are the rest of its label: they would not have fitted beside it."""
    if pieces or line.line.spaced or not 0 < len(last.label) < _MOST_LABEL:
        return False
    label = glued(piece.strip() for piece in last.label)
    return _continues(label, line.words) or len(label) + 1 + len(line.words.split()[0]) > widest


def _share_labels(rows: Sequence[_Body]) -> None:
    """Gives a row without a label the first of the two that stand before the next row."""
    for row, after in pairwise(rows):
        if not row.label and len(after.label) == 2 and len(row.values) == len(after.values):
            row.label = [after.label.pop(0)]


def _after_last(lines: Sequence[Printed], rows: list[_Body], end: int, width: int) -> int:
    """The end with the last label's second line, which stands under a wide row where labels wrap downwards."""
    if end < len(lines) and width >= _WIDE and lines[end].tight and lines[end].sort is Sort.WORDS:
        line = lines[end]
        if len(line.words.split()) <= 2 and not line.ended and (end + 1 == len(lines) or not lines[end + 1].tight):
            rows[-1].label.append(line.words)
            return end + 1
    return end


def _finished(row: _Body) -> Iterator[Row]:
    """The row; before it, as rows of their own, words that name a group of rows and not this one."""
    pieces = row.label
    own = len(pieces) - 1
    wide = len(row.values) >= _WIDE
    while own > 0 and len(pieces) - own < _MOST_LABEL:
        if not (wide or pieces[own].startswith("\t") or _continues(pieces[own - 1], pieces[own])):
            break
        own -= 1
    for piece in pieces[: max(own, 0)]:
        yield Row((Cell(piece.strip()),), row.place)
    label = glued(piece.strip() for piece in pieces[max(own, 0) :])
    yield Row((Cell(label), *(Cell(value) for value in row.values)), row.place)


def _continues(before: str, after: str) -> bool:
    after = after.strip()
    return before.endswith(("-", *_JOINING)) or after[:1].islower() or after.startswith(("(", "&"))


def _month_rows(head: _Head, width: int) -> tuple[Row, ...]:
    """The head of months over the numbers, one column right of the labels; a head that lost months is one cell."""
    if len(head.cells) != width:
        return (Row((Cell(" ".join((*head.years, *head.cells))),)),)
    rows = [Row(tuple(Cell(text) for text in (head.corner, *head.cells)))]
    turns = [at for at, cell in enumerate(head.cells) if at and cell.lower().startswith("jan")]
    if head.years and len(turns) + 1 == len(head.years):
        over = [""] * (width + 1)
        for at, year in zip((0, *turns), head.years, strict=True):
            over[at + 1] = year
        rows.insert(0, Row(tuple(map(Cell, over))))
    return tuple(rows)


def _word_rows(lines: Sequence[str], width: int) -> tuple[Row, ...]:
    """The head of words: one for each column where they can be told apart, else a single cell as printed."""
    told = [_spread(line, width) if len(lines) == 1 else cells(line) for line in lines]
    if len(told) > 1 and all(len(row) in {width, width + 1} and len(row) > 1 for row in told):
        return tuple(Row(tuple(map(Cell, row if len(row) > width else ["", *row]))) for row in told)
    parts = [part for row in told for part in row]
    if len(parts) > 2 and width == 1:
        parts = [parts[0], glued(parts[1:])]
    if len(parts) == width:
        parts = ["", *parts]
    if not parts:
        return ()
    return (Row(tuple(map(Cell, parts if len(parts) == width + 1 else [glued(parts)]))),)
