"""Tables that the maker of a PDF has tagged as tables: cells told by the file itself, ruled or not."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2.raw as pdfium

from secretariat.proof.readers.grid import WIDEST
from secretariat.proof.readers.pdf_cells import Found, Matrix, box_of
from secretariat.proof.readers.pdf_print import Word

_DEEPEST: Final = 60
_MOST_ELEMENTS: Final = 20_000


@dataclass(slots=True)
class _Element:
    """An element of the tree of tags on one page: what it is, its own marked content, what is in it.

    `inside` is None where a child stands on another page or is empty.
    """

    kind: str
    own: list[int]
    inside: list[_Element | None]
    columns: int = 1
    rows: int = 1

    def every(self) -> Iterator[_Element]:
        """This element and all in it, in order."""
        yield self
        for one in self.inside:
            if one is not None:
                yield from one.every()

    def contents(self) -> Iterator[int]:
        """The marked content of this element and all in it."""
        for one in self.every():
            yield from one.own


@dataclass(slots=True)
class Tags:
    """What the tags of a page say: its tables, and the marked content that is drawn as figures, with its words."""

    tables: list[Found] = field(default_factory=list)
    figures: list[set[int]] = field(default_factory=list)


def tagged(page: Any, words: list[Word]) -> Tags:
    """The tables and figures tagged on a page of pdfium. A table of one row or one column is layout, not a table."""
    told = Tags()
    by_tag: dict[int, list[Word]] = {}
    for word in words:
        if word.tag >= 0:
            by_tag.setdefault(word.tag, []).append(word)
    if not by_tag:
        return told
    with _tree(page) as elements:
        for top in elements:
            for one in top.every():
                if one.kind == "Figure":
                    told.figures.append(set(one.contents()))
                elif one.kind == "Table" and (found := _table(one, by_tag)) is not None:
                    told.tables.append(found)
    return told


def _table(element: _Element, by_tag: dict[int, list[Word]]) -> Found | None:
    rows = list(_rows(element))
    if any(len(cell) > 1 and _holds_table(one) for row in rows for cell in [row.inside] for one in cell):
        return None
    matrix, head, spans = _laid(rows, by_tag)
    words = [word for row in matrix for cell in row for word in cell]
    full = [row for row in matrix if sum(map(bool, row)) > 1]
    if not words or len(matrix) < 2 or not full or max(map(len, matrix)) < 2:
        return None
    return Found(box_of(words), matrix, head=head or None, spans=spans, tagged=True)


def _holds_table(one: _Element | None) -> bool:
    return one is not None and any(inner.kind == "Table" for inner in one.every())


def _rows(element: _Element) -> Iterator[_Element]:
    for one in element.inside:
        if one is None:
            continue
        if one.kind == "TR":
            yield one
        elif one.kind in {"THead", "TBody", "TFoot", "NonStruct", "Div", "Part", "Sect"}:
            yield from _rows(one)


def _laid(rows: list[_Element], by_tag: dict[int, list[Word]]) -> tuple[Matrix, int, bool]:
    """The words by row and column, how many rows of heads stand first, and whether a head covers several columns."""
    places: list[dict[int, list[Word]]] = []
    covered: dict[int, int] = {}
    head, heads_go_on, spans = 0, True, False
    from_above: dict[int, list[Word]] = {}
    for row in rows:
        cells: dict[int, list[Word]] = {}
        busy = {column for column, left in covered.items() if left > 0}
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        column = 0
        for one in row.inside:
            while column in busy:
                column += 1
            if column >= WIDEST:
                break
            wide = min(one.columns if one else 1, WIDEST - column)
            cells[column] = [word for tag in one.contents() for word in by_tag.get(tag, [])] if one else []
            if one and one.rows > 1:
                covered |= dict.fromkeys(range(column, column + wide), one.rows - 1)
            column += wide
        present = [one for one in row.inside if one is not None]
        heads_go_on = heads_go_on and bool(present) and all(one.kind == "TH" for one in present)
        if present and all(one.rows > 1 for one in present) and len(present) < len(row.inside):
            # The row began on the page before; only a cell that covers this page's rows too is printed here.
            from_above |= cells
            continue
        for at in from_above.keys() & busy:
            cells[at] = from_above.pop(at)
        if any(cells.values()):
            head += heads_go_on
            spans = spans or (heads_go_on and any(one.columns > 1 for one in present))
            places.append(cells | {at: [] for at in busy if at not in cells})
    width = max((max(cells, default=-1) + 1 for cells in places), default=0)
    return [[cells.get(at, []) for at in range(width)] for cells in places], head, spans


@contextmanager
def _tree(page: Any) -> Iterator[list[_Element]]:
    """The tags of the page, read; the tree of pdfium is let go at the end."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        yield []
        return
    try:
        left = [_MOST_ELEMENTS]
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        tops = (pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(max(count, 0)))
        yield [_element(top, 0, left) for top in tops if top]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _element(element: Any, depth: int, left: list[int]) -> _Element:
    left[0] -= 1
    made = _Element(_word(pdfium.FPDF_StructElement_GetType, element), [], [])
    if made.kind in {"TD", "TH"}:
        made.columns, made.rows = _span(element)
    for at in range(max(pdfium.FPDF_StructElement_CountChildren(element), 0)):
        if left[0] <= 0 or depth >= _DEEPEST:
            break
        content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
        if content >= 0:
            made.own.append(content)
            continue
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        left[0] -= not child
        made.inside.append(_element(child, depth + 1, left) if child else None)
    return made


def _span(element: Any) -> tuple[int, int]:
    """How many columns and rows a cell covers."""
    columns = rows = 1
    for at in range(max(pdfium.FPDF_StructElement_GetAttributeCount(element), 0)):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, at)
        columns = max(columns, _number(attribute, b"ColSpan"))
        rows = max(rows, _number(attribute, b"RowSpan"))
    return columns, rows


def _number(attribute: Any, name: bytes) -> int:
    value = pdfium.FPDF_StructElement_Attr_GetValue(attribute, name)
    number = ctypes.c_float()
    if not value or not pdfium.FPDF_StructElement_Attr_GetNumberValue(value, ctypes.byref(number)):
        return 1
    return int(min(max(number.value, 1), WIDEST))


def _word(ask: Callable[..., int], element: Any) -> str:
    size = ask(element, None, 0)
    if size <= 2 or size > 1000:
        return ""
    told = ctypes.create_string_buffer(size)
    ask(element, told, size)
    return told.raw.decode("utf-16-le", "replace").rstrip("\0")
