"""How the runs of a redline read: paragraphs of pieces, each with its look, and how each paragraph's end came about.

Every form of a redline is a walk over these, so the forms agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple

from secretariat.legaltext.formats.marks import MARKED
from secretariat.legaltext.redlines import compare
from secretariat.legaltext.redlines.blocks import Block, Cell, Row, Words, parted, side_of
from secretariat.legaltext.redlines.tokens import IN, OUT, SAME, Kind, Run, new_side, old_side

PLAIN, STRONG, SLANTED, MARK = range(4)
"""How a letter looks; a mark is not seen."""
_NUMBER: Final = "\ue000"
"""A letter that no text has, where a number stands."""
BREAK: Final = re.compile(r"(\n{2,})")


class Piece(NamedTuple):
    """Words of one kind and one look. Words that only look otherwise than before go out and come in."""

    kind: Kind
    text: str
    strong: bool = False
    slanted: bool = False


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some pieces, and whether the end of the paragraph stayed, came in or went out."""

    pieces: Pieces
    end: Kind

    @property
    def whole(self) -> Kind | None:
        """The kind of all of it, where it is one that came in or went out as a whole."""
        kinds = {piece.kind for piece in self.pieces}
        return kinds.pop() if len(kinds) == 1 and kinds != {SAME} else None


def looked(found: Sequence[Run]) -> Pieces:
    """The runs without their marks, each with the look that its side gives it."""
    if not any("*" in run.text for run in found):
        return tuple(Piece(run.kind, run.text) for run in found)
    before, after = _looks(old_side(found)), _looks(new_side(found))
    made: list[Piece] = []
    old = new = 0
    for kind, text in found:
        length = len(text)
        was = before[old : old + length] if kind != IN else bytes([MARK]) * length
        now = after[new : new + length] if kind != OUT else bytes([MARK]) * length
        made += _pieces(text, was, now)
        old, new = old + length * (kind != IN), new + length * (kind != OUT)
    return _joined(made)


def _looks(text: str) -> bytes:
    made = bytearray(len(text))
    for match in MARKED.finditer(text):
        group = 1 if match[1] else 2
        made[match.start() : match.end()] = bytes([MARK]) * (match.end() - match.start())
        made[match.start(group) : match.end(group)] = bytes([STRONG if group == 1 else SLANTED]) * len(match[group])
    return bytes(made)


def _pieces(text: str, was: bytes, now: bytes) -> Iterator[Piece]:
    for (old, new), letters in groupby(zip(was, now, text, strict=True), key=lambda one: one[:2]):
        words = "".join(letter for _, _, letter in letters)
        if old == new != MARK:
            yield Piece(SAME, words, old == STRONG, old == SLANTED)
            continue
        if old != MARK:
            yield Piece(OUT, words, old == STRONG, old == SLANTED)
        if new != MARK:
            yield Piece(IN, words, new == STRONG, new == SLANTED)


def _joined(made: Iterable[Piece]) -> Pieces:
    alike = groupby(made, key=lambda piece: (piece.kind, piece.strong, piece.slanted))
    return tuple(Piece(kind, "".join(piece.text for piece in group), *look) for (kind, *look), group in alike)


def paragraphs(found: Sequence[Run]) -> tuple[Paragraph, ...]:
    """The paragraphs that some runs make, of both sides together.

    An end of a paragraph counts on a side where that side has words before it and after it. Where a paragraph came in
    or went out as a whole, its own end did so too.
    """
    words = [piece for piece in looked(found) if piece.text]
    left: dict[Kind, int] = {OUT: 0, IN: 0}
    for piece in words:
        _count(left, piece, 1)
    made: list[Paragraph] = []
    held: list[Piece] = []
    seen: dict[Kind, int] = {OUT: 0, IN: 0}
    ever: dict[Kind, int] = {OUT: 0, IN: 0}
    for part in (replaced for piece in words for replaced in _parts(piece)):
        _count(left, part, -1)
        if not BREAK.fullmatch(part.text):
            held.append(part)
            _count(seen, part, 1)
            continue
        end = _end(part.kind, seen, left)
        if end:
            made.append(Paragraph(tuple(held), end))
            held = []
            for side in _sides(end):
                seen[side], ever[side] = 0, 1
    last = _end(SAME, {side: seen[side] or ever[side] for side in seen}, {OUT: 1, IN: 1})
    if last and (held or not made):
        made.append(Paragraph(tuple(held), last))
    return _slid(made)


def _parts(piece: Piece) -> Iterator[Piece]:
    return (piece._replace(text=text) for text in BREAK.split(piece.text) if text)


def _count(letters: dict[Kind, int], piece: Piece, sign: int) -> None:
    for side in _sides(piece.kind):
        letters[side] += sign * len("".join(piece.text.split()))


def _sides(kind: Kind) -> tuple[Kind, ...]:
    return (OUT, IN) if kind == SAME else (kind,)


def _end(kind: Kind, before: dict[Kind, int], after: dict[Kind, int]) -> Kind | None:
    """The kind of an end of a paragraph, by the sides on which there are words around it; None for no end."""
    sides = [side for side in _sides(kind) if before[side] and after[side]]
    return SAME if len(sides) == 2 else sides[0] if sides else None


def _slid(made: list[Paragraph]) -> tuple[Paragraph, ...]:
    """Ends changed for each other, so that a paragraph which came or went as a whole did so with its own end."""
    for at in range(len(made) - 1, 0, -1):
        kind = made[at].whole
        if kind and made[at - 1].end == kind and made[at].end in (SAME, kind):
            made[at - 1], made[at] = replace(made[at - 1], end=made[at].end), replace(made[at], end=kind)
    return tuple(made)


def one_side(found: Sequence[Paragraph], dropped: Kind) -> tuple[Paragraph, ...]:
    """The paragraphs without what is of the kind `dropped`, those whose end is dropped running on."""
    made: list[Paragraph] = []
    held: list[Piece] = []
    for paragraph in found:
        held += [piece for piece in paragraph.pieces if piece.kind != dropped]
        if paragraph.end != dropped:
            made.append(Paragraph(tuple(held), paragraph.end))
            held = []
    return tuple(made)


def without(pieces: Pieces, dropped: Kind) -> Pieces:
    """The pieces that are not of the kind `dropped`."""
    return tuple(piece for piece in pieces if piece.kind != dropped)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table that a reader reads: its cells, each with its kind and its pieces."""

    kind: Kind
    cells: tuple[tuple[Kind, Pieces], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """A table as it is read, without the line under its heads; the first line is the heads."""

    kind: Kind
    lines: tuple[Line, ...]


def readable(body: Sequence[Block]) -> tuple[Paragraph | Lines, ...]:
    """The body of a clause as paragraphs and tables, in order."""
    made: list[Paragraph | Lines] = []
    for block in parted(body):
        if isinstance(block, Words):
            made += paragraphs(block.runs)
        else:
            made.append(Lines(block.kind, tuple(Line(row.kind, _cells(row)) for row in block.rows if not row.rule)))
    return tuple(made)


def numbered(body: Sequence[Block]) -> tuple[tuple[Pieces, Kind], tuple[Paragraph | Lines, ...]]:
    """What stands in one paragraph with a clause's number, with its end, and what follows.

    The number is there on both sides whatever becomes of the words, and keeps the end of its paragraph.
    """
    body = parted(body)
    first = body[0] if body else None
    if not isinstance(first, Words):
        return ((), SAME), readable(body)
    found = paragraphs((Run(SAME, _NUMBER), *first.runs))
    pieces = tuple(piece._replace(text=piece.text.replace(_NUMBER, "", 1)) for piece in found[0].pieces)
    kept = tuple(piece for piece in pieces if piece.text)
    return (kept, found[0].end), (*found[1:], *readable(body[1:]))


def heading_of(row: compare.Row) -> Pieces:
    """The heading of a clause; no mark is read in it."""
    return tuple(Piece(run.kind, run.text) for run in row.heading)


def says_its_term(row: compare.Row) -> bool:
    """Whether a definition's words begin with its term on each side, so that it needs no heading beside them."""
    sides = [(old_side(row.heading), side_of(row.body, IN)), (new_side(row.heading), side_of(row.body, OUT))]
    told = [body.startswith(f"**{term}**") for term, body in sides if term]
    return row.kind.new == "definition" and bool(told) and all(told)


def _cells(row: Row) -> tuple[tuple[Kind, Pieces], ...]:
    """The cells of a line, without what stands before its first stroke and after its last."""
    last = row.cells[-1]
    held = row.cells[1:-1] if not "".join(run.text for run in last.runs).strip() else row.cells[1:]
    return tuple((cell.kind, _cell(cell)) for cell in held)


def _cell(cell: Cell) -> Pieces:
    pieces = looked(cell.runs)
    told = [piece._replace(text=piece.text.replace("\\|", "|").replace("<br>", "\n")) for piece in pieces]
    if told:
        told[0] = told[0]._replace(text=told[0].text.lstrip())
        told[-1] = told[-1]._replace(text=told[-1].text.rstrip())
    return tuple(piece for piece in told if piece.text)
