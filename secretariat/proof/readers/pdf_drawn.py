"""Drawings on a page of a PDF: bars, lines and curves of a chart, and the words that are printed in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from secretariat.proof.readers.captions import caption_of
from secretariat.proof.readers.pdf_aligned import Printed
from secretariat.proof.readers.pdf_print import Box, Print, joined

_LEAST: Final = 40.0
_NEAR: Final = 14.0
_APART: Final = 150.0
_MOST_WORDS: Final = 5
_MOST_SHAPES: Final = 1_500
_MOST_DRAWINGS: Final = 12


def drawings(page: Print, tables: Sequence[Box], lines: Sequence[Printed]) -> list[Box]:
    """The charts drawn on a page outside its tables: shapes that are bars of one chart, or that have curves.

    Shapes with nothing but labels between them are one chart; `lines` are the printed lines outside tables.
    """
    outside = [
        shape for shape in page.shapes
        if not any(table.holds((shape.box.left + shape.box.right) / 2, (shape.box.top + shape.box.bottom) / 2)
                   for table in tables)
    ]  # fmt: skip
    if len(outside) > _MOST_SHAPES:
        return []
    boxes = [shape.box for shape in outside if not shape.curved]
    made = [shape.box for shape in outside if shape.curved and _is_large(shape.box)]
    made += _bars(boxes, lambda box: box.left, lambda box: box.right)
    made += _bars(boxes, lambda box: box.bottom, lambda box: box.top)
    return _one_below_another(_together(made, page), lines)[:_MOST_DRAWINGS]


def _is_large(box: Box) -> bool:
    return max(box.width, box.height) >= 1.5 * _LEAST and min(box.width, box.height) >= 0.2 * _LEAST


def with_labels(drawing: Box, lines: Sequence[Printed]) -> tuple[Box, list[Printed]]:
    """The drawing with the words printed in it and close around it, each line of few words; captions stay out."""
    inside: list[Printed] = []
    left = [line for line in lines if _may_be_label(line) and not line.outer]
    grown = True
    while grown:
        grown = False
        for line in list(left):
            if _reaches(drawing, line):
                inside.append(line)
                left.remove(line)
                drawing = _around([drawing, *(word.box for word in line.words)])
                grown = True
    return drawing, inside


def _bars(boxes: Sequence[Box], foot: Callable[[Box], float], end: Callable[[Box], float]) -> list[Box]:
    """The boxes that stand on one line as the bars of a chart do: three or more, that end at different lengths."""
    made: list[Box] = []
    for level in {round(foot(box)) for box in boxes}:
        standing = [box for box in boxes if abs(foot(box) - level) <= 1]
        lengths = {round(end(box) / 2) for box in standing}
        if len(standing) >= 3 and len(lengths) >= 2:
            made.append(_around(standing))
    return [box for box in made if max(box.width, box.height) >= _LEAST]


def _together(boxes: Sequence[Box], page: Print) -> list[Box]:
    """Boxes that touch or nearly touch as one; what covers most of the page is its background."""
    made: list[Box] = []
    for box in boxes:
        if box.width * box.height > 0.7 * page.width * page.height:
            continue
        near = [other for other in made if _gap(box, other) <= 2 * _NEAR]
        made = [other for other in made if other not in near] + [_around([box, *near])]
    return made


def _one_below_another(boxes: Sequence[Box], lines: Sequence[Printed]) -> list[Box]:
    made: list[Box] = []
    for box in sorted(boxes, key=lambda box: box.top):
        above = made[-1] if made else None
        if above is not None and min(above.right, box.right) - max(above.left, box.left) > 0.5 * box.width:
            between = [line for line in lines if above.bottom < line.base < box.top]
            if box.top - above.bottom <= _APART and all(map(_may_be_label, between)):
                made[-1] = _around([above, box])
                continue
        made.append(box)
    return made


def _may_be_label(line: Printed) -> bool:
    return _is_label(line) and not caption_of(joined(line.words))


def _gap(one: Box, other: Box) -> float:
    across = max(one.left - other.right, other.left - one.right, 0)
    down = max(one.top - other.bottom, other.top - one.bottom, 0)
    return max(across, down)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes), min(box.top for box in boxes),
        max(box.right for box in boxes), max(box.bottom for box in boxes),
    )  # fmt: skip


def _is_label(line: Printed) -> bool:
    return all(len(piece.words) <= _MOST_WORDS for piece in line.pieces)


def _reaches(drawing: Box, line: Printed) -> bool:
    box = _around([word.box for word in line.words])
    level = box.top < drawing.bottom and box.bottom > drawing.top
    if level:
        return _gap(drawing, box) <= 4 * _NEAR
    return _gap(drawing, box) <= _NEAR and (len(line.words) <= 3 or len(line.pieces) > 1)
