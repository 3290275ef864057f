"""Tables without rules on a page of a PDF, put together from words that stand in columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from secretariat.plain.dates import MONTH_NAMES
from secretariat.proof.readers.captions import caption_of
from secretariat.proof.readers.pdf_cells import Found, Matrix, box_of
from secretariat.proof.readers.pdf_print import Rule, Word, joined
from secretariat.proof.words.quantities import cell_number

_GAP: Final = 0.8
_NUMBERS_GAP: Final = 0.5
_EDGE: Final = 2.5
_WIDE: Final = 0.45
_YEAR: Final = re.compile(r"(?:19|20)?\d\d")
_MOST_TRIED: Final = 60
_MOST_BETWEEN: Final = 6
_MOST_TRIES: Final = 6
_LEADERS: Final = re.compile(r"(?:\.\s?){4,}|…{2,}|_{4,}")
_LIST_MARK: Final = re.compile(
    r"[•●▪■◦○–—\-*➢✓]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d+(?:\.\d+)+\.?|\d{1,2}", re.IGNORECASE
)
_VALUE: Final = re.compile(
    r"[-–—]|n/?a|nil|tbc|\d{1,2}/\d{1,2}/\d{2,4}|(?:19|20)\d\d-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2,8} (?:19|20)\d\d",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Piece:
    """Words of one printed line that stand close together."""

    words: list[Word]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].box.left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].box.right

    @property
    def text(self) -> str:
        """Its words."""
        return joined(self.words)

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return cell_number(" ".join(word.text for word in self.words if not word.raised)) is not None

    @property
    def is_value(self) -> bool:
        """Whether it is a number, a date or a sign that there is none."""
        text = " ".join(word.text for word in self.words if not word.raised)
        return cell_number(text) is not None or bool(_VALUE.fullmatch(text))


@dataclass(slots=True)
class Printed:
    """A printed line: its pieces from left to right, its baseline, the size of its type; whether it stands so near
    the edge of the page that it is a running head or foot."""

    pieces: list[Piece]
    base: float
    size: float
    outer: bool = False

    @property
    def words(self) -> list[Word]:
        """Every word of the line."""
        return [word for piece in self.pieces for word in piece.words]

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def width(self) -> float:
        """From its first to its last letter."""
        return self.pieces[-1].right - self.pieces[0].left

    @property
    def is_row(self) -> bool:
        """Whether it may be a row of a table: several pieces, and no leaders to a page's number."""
        return len(self.pieces) > 1 and not self.outer and not _LEADERS.search(joined(self.words))


def printed_line(words: Sequence[Word]) -> Printed:
    """A line as its pieces: words are apart where the gap is wider than a space, numbers where it is nearly so."""
    pieces = [Piece([words[0]])]
    for before, word in pairwise(words):
        gap = word.box.left - before.box.right
        size = max(word.size, before.size)
        both = _number(before) and _number(word)
        if not word.raised and gap > (_NUMBERS_GAP if both else _GAP) * size:
            pieces.append(Piece([word]))
        else:
            pieces[-1].words.append(word)
    if len(pieces) == 2 and _LIST_MARK.fullmatch(pieces[0].text) and not pieces[1].is_value:
        pieces = [Piece(pieces[0].words + pieces[1].words)]
    size = max(word.size for word in words)
    return Printed(pieces, max(words, key=lambda word: word.size).base, size)


def _number(word: Word) -> bool:
    return word.text[:1].isdigit() and cell_number(word.text) is not None


def aligned(lines: Sequence[Printed], rules: Sequence[Rule]) -> list[tuple[int, int, Found]]:
    """The tables in lines that stand one under the other: the first line of each, the line after it, and its cells.

    `rules` are rules across the page, which part rows where they stand between all of them.
    """
    found: list[tuple[int, int, Found]] = []
    for start, end in _runs(lines):
        at = start
        for _ in range(_MOST_TRIES):
            made = _table(lines, at, end, rules) if at < end else None
            if made is not None:
                found.append(made)
            # What stands above may be no part of the table: a line with a gap in it, another table's row.
            at = made[1] if made is not None else next((to for to in range(at + 1, end) if lines[to].is_row), end)
    return found


def _runs(lines: Sequence[Printed]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that may be tables: rows, and short lines between them."""
    start = last = -1
    left = right = 0.0
    for at, line in enumerate(lines):
        far = start >= 0 and (
            (at - last > _MOST_BETWEEN and line.left <= left + 10) or line.base - lines[at - 1].base > 4 * line.size
        )
        prose = not line.is_row and line.left <= left + 3 and line.width > _WIDE * (right - left)
        if start >= 0 and (
            far or prose or line.outer or line.size > 1.15 * lines[last].size or caption_of(joined(line.words))
        ):
            yield start, last + 1
            start = -1
        if line.is_row:
            left, right = (line.left, line.pieces[-1].right) if start < 0 else (
                min(left, line.left), max(right, line.pieces[-1].right)
            )  # fmt: skip
            start = at if start < 0 else start
            last = at
    if start >= 0:
        yield start, last + 1


Columns = list[tuple[float, float]]


def _table(lines: Sequence[Printed], start: int, end: int, rules: Sequence[Rule]) -> tuple[int, int, Found] | None:
    """The first table in a stretch: its first line, the line after it, and its cells."""
    rows = [at for at in range(start, end) if lines[at].is_row]
    valued = [at for at in rows if any(piece.is_value for piece in lines[at].pieces[1:])]
    body = valued if len(valued) >= 2 else rows
    if len(body) < (2 if valued else 3):
        return None
    if len(valued) >= 2 and _is_head_of_years(lines, start, body[0]):
        body = body[1:] or body
    columns, whole = _columns([lines[at] for at in body])
    pieces = [piece for at in body for piece in lines[at].pieces[1:]]
    numbers = sum(piece.is_number for piece in pieces) * 2 >= len(pieces)
    if len(columns) < 2 or (not numbers and not _is_grid([lines[at] for at in body], columns)):
        return None
    first, last = _reach(lines, start, end, body, columns)
    return first, last, _found(lines[first:last], body[0] - first, columns, rules, sure=numbers and whole)


def _is_head_of_years(lines: Sequence[Printed], start: int, at: int) -> bool:
    """Whether a line is the second line of a head of months: years under the names of months."""
    if at <= start or not all(_YEAR.fullmatch(piece.text) for piece in lines[at].pieces[1:]):
        return False
    months = {name[:3] for name in MONTH_NAMES}
    named = [piece.text for piece in lines[at - 1].pieces]
    return sum(name.isalpha() and name[:3] in months for name in named) >= len(lines[at].pieces) - 1


def _columns(body: Sequence[Printed]) -> tuple[Columns, bool]:
    """Where columns stand, and whether no line runs from one into another.

    They are the reaches of the pieces, put together where they overlap; a line without which there would be more
    columns is taken to run over them.
    """
    made, kept, whole = _reaches(body), list(body), True
    for _ in range(2 if len(body) <= _MOST_TRIED else 0):
        tried = [(_reaches(kept[:at] + kept[at + 1 :]), at) for at in range(len(kept))] if len(kept) > 4 else []
        best = max(tried, key=lambda one: len(one[0]), default=None)
        if best is None or len(best[0]) <= len(made):
            break
        made, whole = best[0], False
        del kept[best[1]]
    return made, whole


def _reaches(body: Sequence[Printed]) -> Columns:
    reaches = sorted((piece.left, piece.right) for line in body for piece in line.pieces)
    made: Columns = []
    for left, right in reaches:
        if made and left <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(made[-1][1], right))
        else:
            made.append((left, right))
    return made


def _is_grid(body: Sequence[Printed], columns: Columns) -> bool:
    """Whether words without numbers stand in columns: most pieces of each begin at its edge."""
    if sum(len(line.pieces) == len(columns) for line in body) < 2:
        return False
    inside: list[list[float]] = [[] for _ in columns]
    for line in body:
        for piece in line.pieces:
            first, last = _place(piece, columns)
            if first != last:
                return False
            inside[first].append(piece.left)
    return all(sum(left - min(each) <= _EDGE for left in each) >= max(2, 0.7 * len(each)) for each in inside[1:])


def _place(piece: Piece, columns: Columns) -> tuple[int, int]:
    """The first and the last column that a piece stands over; the nearest, when it stands over none."""
    over = [at for at, (left, right) in enumerate(columns) if piece.left < right and piece.right > left]
    if not over:
        middle = (piece.left + piece.right) / 2
        near = min(range(len(columns)), key=lambda at: abs(middle - sum(columns[at]) / 2))
        return near, near
    return over[0], over[-1]


def _reach(lines: Sequence[Printed], start: int, end: int, body: Sequence[int], columns: Columns) -> tuple[int, int]:
    """The first line of the table and the line after it: heads above the body, cells that run on below it."""
    first = body[0]
    while first > start and _is_head(lines[first - 1], columns) and _follows(lines, first):
        first -= 1
    last = body[-1] + 1
    while last < len(lines) and ((last < end and _fits(lines, last, columns)) or _runs_on(lines, last, columns)):
        last += 1
    return first, last


def _follows(lines: Sequence[Printed], at: int) -> bool:
    return lines[at].base - lines[at - 1].base <= 3 * lines[at].size


def _is_head(line: Printed, columns: Columns) -> bool:
    """Whether a line above the numbers heads columns: words over a column that is not the first."""
    places = [_place(piece, columns) for piece in line.pieces]
    alone = len(line.pieces) == 1 and line.width > _WIDE * (columns[-1][1] - columns[0][0])
    return not alone and any(last > 0 for _, last in places) and line.left >= columns[0][0] - 20


def _fits(lines: Sequence[Printed], at: int, columns: Columns) -> bool:
    """Whether a line below the last number is a row without one: each piece within its column, no further away."""
    places = [_place(piece, columns) for piece in lines[at].pieces]
    inside = all(first == last for first, last in places) and len({first for first, _ in places}) == len(places)
    return inside and lines[at].base - lines[at - 1].base <= 2.5 * lines[at].size


def _runs_on(lines: Sequence[Printed], at: int, columns: Columns) -> bool:
    """Whether a line after the last row runs on in its cells: close below, each piece within one column."""
    line, before = lines[at], lines[at - 1]
    if line.base - before.base > 1.35 * line.size or abs(line.size - before.size) > 0.1 * line.size:
        return False
    places = [_place(piece, columns) for piece in line.pieces]
    edge = [piece.left - columns[first][0] for piece, (first, _) in zip(line.pieces, places, strict=True)]
    inside = all(first == last for first, last in places) and all(-_EDGE <= each <= 15 for each in edge)
    return inside and (places[0][0] > 0 or (len(places) == 1 and line.pieces[0].text[:1].islower()))


def _found(lines: Sequence[Printed], heads: int, columns: Columns, rules: Sequence[Rule], *, sure: bool) -> Found:
    head, spans = _head(lines[:heads], columns)
    body, certain = _body(lines[heads:], columns, rules)
    words = [word for line in lines for word in line.words]
    edges = (*tuple(left for left, _ in columns), columns[-1][1])
    sure = sure and certain and _is_straight(lines[heads:], columns)
    return Found(box_of(words), head + body, edges, head=len(head) or None, spans=spans, sure=sure)


def _filled(pieces: Sequence[Piece], columns: Columns) -> list[list[Word]]:
    row: list[list[Word]] = [[] for _ in columns]
    for piece in pieces:
        row[_place(piece, columns)[0]] += piece.words
    return row


def _head(lines: Sequence[Printed], columns: Columns) -> tuple[Matrix, bool]:
    """The rows of the head: lines close together are one, unless a head covers several columns."""
    made: Matrix = []
    spans, before = False, None
    for line in lines:
        wide = any(len(set(_place(piece, columns))) > 1 for piece in line.pieces)
        row = _filled(line.pieces, columns)
        if made and before is not None and line.base - before.base <= 1.45 * line.size and not spans:
            made[-1] = [above + below for above, below in zip(made[-1], row, strict=True)]
        else:
            made.append(row)
        spans, before = spans or wide, line
    return made, spans


def _body(lines: Sequence[Printed], columns: Columns, rules: Sequence[Rule]) -> tuple[Matrix, bool]:
    """The rows of the body, and whether it is certain which lines make one row."""
    if (bands := _bands(lines, columns, rules)) is not None:
        groups, certain = bands, True
    else:
        groups, certain = _groups(lines, columns)
    return [_filled([piece for line in band for piece in line.pieces], columns) for band in groups], certain


def _bands(lines: Sequence[Printed], columns: Columns, rules: Sequence[Rule]) -> list[list[Printed]] | None:
    """The lines between rules, where rules part every row from the next; None where they do not."""
    left, right = columns[0][0], columns[-1][1]
    levels = [rule.at for rule in rules if rule.start <= left + 5 and rule.end >= right - 5]
    bands: list[list[Printed]] = [[lines[0]]]
    for above, below in pairwise(lines):
        if any(above.base - 0.3 * above.size < level < below.base for level in levels):
            bands.append([below])
        else:
            bands[-1].append(below)
    ruled = len(bands) > 1 and len(bands) * 3 >= len(lines)
    return bands if ruled and not any(_clash(band, columns) for band in bands) else None


def _clash(lines: Sequence[Printed], columns: Columns) -> bool:
    """Whether two of the lines have a number in one column, so that they cannot be one row."""
    numbered = [_place(piece, columns)[0] for line in lines for piece in line.pieces if piece.is_number]
    numbered = [column for column in numbered if column]
    return len(numbered) > len(set(numbered))


def _groups(lines: Sequence[Printed], columns: Columns) -> tuple[list[list[Printed]], bool]:
    """The lines that make a row each, told by the gaps between them, and whether that is certain.

    Lines of one cell stand closer than rows do. Where all gaps are alike, each line is a row.
    """
    gaps = [below.base - above.base for above, below in pairwise(lines)]
    close = min(gaps, default=0.0) * 1.15 + 0.5
    alike = all(gap <= close for gap in gaps)
    made: list[list[Printed]] = [[lines[0]]]
    certain = True
    for line, gap in zip(lines[1:], gaps, strict=True):
        apart = alike or gap > close or _clash([*made[-1], line], columns)
        full = len(line.pieces) == len(columns) and any(len(one.pieces) == len(columns) for one in made[-1])
        goes_on = alike and len(line.pieces) == 1 and line.pieces[0].text[:1].islower()
        if goes_on or not (apart or full):
            made[-1].append(line)
            certain = certain and not goes_on
        else:
            made.append([line])
            certain = certain and (apart or not full) and (line.is_row or gap > close)
    return made, certain


def _is_straight(lines: Sequence[Printed], columns: Columns) -> bool:
    """Whether the pieces of every column begin, end or are centred at one edge, and none stands over two columns."""
    inside: list[list[Piece]] = [[] for _ in columns]
    for line in lines:
        for piece in line.pieces:
            first, last = _place(piece, columns)
            if first != last:
                return False
            inside[first].append(piece)
    return all(_even(pieces) for pieces in inside[1:] if pieces)


def _even(pieces: Sequence[Piece]) -> bool:
    edges = (
        [piece.left for piece in pieces],
        [piece.right for piece in pieces],
        [(piece.left + piece.right) / 2 for piece in pieces],
    )
    return any(max(each) - min(each) <= _EDGE for each in edges)
