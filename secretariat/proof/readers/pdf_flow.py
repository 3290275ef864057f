"""The order in which a page is read: top to bottom, and in a page set in two columns one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from secretariat.proof.readers.pdf_aligned import Piece, Printed
from secretariat.proof.readers.pdf_print import Box

_LEAST_LINES: Final = 6
_GUTTER: Final = 6.0
_PROSE: Final = 0.55


@dataclass(slots=True)
class Column:
    """Printed lines that are read one after the other, and the numbers of the boxes that stand among them."""

    lines: list[Printed] = field(default_factory=list)
    boxes: list[int] = field(default_factory=list)


def flow(lines: Sequence[Printed], boxes: Sequence[Box], width: float) -> list[Column]:
    """The columns of a page in reading order; a page that is set in one has one.

    `boxes` are tables and figures, `width` is that of the page.
    """
    gutter = _gutter(lines, width)
    if gutter is None:
        return [Column(list(lines), list(range(len(boxes))))]
    made: list[Column] = []
    left, right, whole = Column(), Column(), Column()

    def ended() -> None:
        made.extend(column for column in (left, right) if column.lines or column.boxes)

    items: list[tuple[float, Printed | int]] = [(line.base, line) for line in lines]
    items += [(box.top, at) for at, box in enumerate(boxes)]
    for _, item in sorted(items, key=lambda item: item[0]):
        box = boxes[item] if isinstance(item, int) else Box(item.pieces[0].left, 0, item.pieces[-1].right, 0)
        if isinstance(item, Printed) and not _crosses(item, gutter):
            if whole.lines or whole.boxes:
                made.append(whole)
                whole = Column()
            for column, pieces in ((left, _side(item, gutter, 0)), (right, _side(item, gutter, 1))):
                if pieces:
                    column.lines.append(Printed(pieces, item.base, item.size, item.outer))
        elif isinstance(item, int) and (box.right <= gutter or box.left >= gutter):
            (left if box.right <= gutter else right).boxes.append(item)
        else:
            if left.lines or right.lines or left.boxes or right.boxes:
                ended()
                left, right = Column(), Column()
            if isinstance(item, int):
                whole.boxes.append(item)
            else:
                whole.lines.append(item)
    ended()
    return made + ([whole] if whole.lines or whole.boxes else [])


def _gutter(lines: Sequence[Printed], width: float) -> float | None:
    """Where the gap between two columns of prose lies, or None: many wide pieces on both sides of it."""
    starts = sorted(round(piece.left) for line in lines for piece in line.pieces if 0.35 < piece.left / width < 0.7)
    for start in dict.fromkeys(starts):
        at = start - _GUTTER / 2
        before = [piece for line in lines for piece in line.pieces if piece.right < at]
        after = [piece for line in lines for piece in line.pieces if at < piece.left]
        if min(len(before), len(after)) >= _LEAST_LINES and _is_prose(before) and _is_prose(after):
            parted = sum(not _crosses(line, at) for line in lines)
            if parted >= 0.6 * len(lines):
                return at
    return None


def _is_prose(pieces: Sequence[Piece]) -> bool:
    reach = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    wide = sum(piece.right - piece.left >= _PROSE * reach and len(piece.words) >= 3 for piece in pieces)
    return wide >= 0.6 * len(pieces)


def _crosses(line: Printed, at: float) -> bool:
    return any(piece.left < at < piece.right for piece in line.pieces)


def _side(line: Printed, at: float, side: int) -> list[Piece]:
    return [piece for piece in line.pieces if (piece.left > at) == bool(side)]
