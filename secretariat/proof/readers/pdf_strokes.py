"""What is drawn on a page of a PDF: ruled lines, pictures, and shapes that are neither."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as pdfium

from secretariat.proof.readers.pdf_print import Box, Frame, Print, Rule, Shape

MOST_OBJECTS: Final = 20_000
_DEEPEST_FORM: Final = 5
_THIN: Final = 2.5

_Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Final[_Matrix] = (1, 0, 0, 1, 0, 0)


def _objects(page: Any) -> Iterator[tuple[Any, _Matrix]]:
    """The drawings and pictures of a page, those inside forms too, with the matrix of what they stand in."""
    left = MOST_OBJECTS
    count = min(pdfium.FPDFPage_CountObjects(page), left)
    waiting = [(pdfium.FPDFPage_GetObject(page, at), _IDENTITY, 0) for at in range(count)]
    waiting.reverse()
    while waiting and left > 0:
        one, matrix, depth = waiting.pop()
        left -= 1
        kind = pdfium.FPDFPageObj_GetType(one)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            inner = _times(_matrix(one), matrix)
            count = min(pdfium.FPDFFormObj_CountObjects(one), left)
            waiting += [(pdfium.FPDFFormObj_GetObject(one, at), inner, depth + 1) for at in reversed(range(count))]
        elif kind in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING}:
            yield one, matrix


def _matrix(one: Any) -> _Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _moved(x: float, y: float, by: _Matrix) -> tuple[float, float]:
    return x * by[0] + y * by[2] + by[4], x * by[1] + y * by[3] + by[5]


def draw(made: Print, page: Any) -> None:
    """Notes the rules, pictures and shapes of a loaded page of pdfium, those inside forms too."""
    frame = made.frame
    for one, matrix in _objects(page):
        made.drawn += 1
        box = _bounds(one, matrix, frame)
        if box is None:
            continue
        if pdfium.FPDFPageObj_GetType(one) != pdfium.FPDF_PAGEOBJ_PATH:
            made.pictures.append(box)
        elif box.height <= _THIN < box.width:
            made.across.append(Rule((box.top + box.bottom) / 2, box.left, box.right))
        elif box.width <= _THIN < box.height:
            made.down.append(Rule((box.left + box.right) / 2, box.top, box.bottom))
        elif box.width > _THIN:
            curved = not _rule(made, frame, one, _times(_matrix(one), matrix))
            made.shapes.append(Shape(box, curved))


def _bounds(one: Any, matrix: _Matrix, frame: Frame) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(one, *map(ctypes.byref, sides)):
        return None
    left, bottom, right, top = (side.value for side in sides)
    corners = ((left, bottom), (right, bottom), (left, top), (right, top))
    return frame.box(_moved(*corner, matrix) for corner in corners)


def _rule(made: Print, frame: Frame, path: Any, matrix: _Matrix) -> bool:
    """Notes the level and upright sides of a path; False for one that has curves or slopes, which is a drawing."""
    count = pdfium.FPDFPath_CountSegments(path)
    if count > 2000:
        return False
    x, y = ctypes.c_float(), ctypes.c_float()
    sides: list[tuple[tuple[float, float], tuple[float, float]]] = []
    start = here = (0.0, 0.0)
    for at in range(count):
        part = pdfium.FPDFPath_GetPathSegment(path, at)
        kind = pdfium.FPDFPathSegment_GetType(part)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO or not pdfium.FPDFPathSegment_GetPoint(part, x, y):
            return False
        there = frame.point(*_moved(x.value, y.value, matrix))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = there
        else:
            sides.append((here, there))
        here = there
        if pdfium.FPDFPathSegment_GetClose(part):
            sides.append((here, start))
    if any(abs(x0 - x1) > _THIN and abs(y0 - y1) > _THIN for (x0, y0), (x1, y1) in sides):
        return False
    for (x0, y0), (x1, y1) in sides:
        if abs(y0 - y1) <= 0.5 and abs(x0 - x1) > _THIN:
            made.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= 0.5 and abs(y0 - y1) > _THIN:
            made.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return True
