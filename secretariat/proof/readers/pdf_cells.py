"""The cells of a table found on a page of a PDF, and the table that they make."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.proof.paper import Cell, Place, Row, Table
from secretariat.proof.readers.grid import Budget, headed
from secretariat.proof.readers.pdf_print import Box, Word, in_lines, joined

_MARK: Final = re.compile(r"[\d,]{1,5}|[a-z]|[*†‡§#]+", re.IGNORECASE)
_HUNG: Final = re.compile(r"(?s)(?P<words>.*[^\s*†‡§])(?P<mark>[*†‡§]+)")
_UNIT: Final = re.compile(r"\b[kcm]?m$|CO$")
_UNBROKEN: Final = re.compile(r"(?<=\w)[-_/]$|(?<=\w)\u00ad$")

Matrix = list[list[list[Word]]]


@dataclass(slots=True)
class Found:
    """A table found on a page: the words of each cell by row and column, where it stands, and what is known of it.

    `head` is how many rows are its head where the form says so; `spans` whether cells of the first row cover several
    columns; `edges` where its columns begin and end; `sure` whether every cell is certain to stand in its place;
    `tagged` whether the file itself told the cells.
    """

    box: Box
    matrix: Matrix
    edges: tuple[float, ...] = ()
    head: int | None = None
    spans: bool = False
    sure: bool = True
    tagged: bool = False

    @property
    def words(self) -> list[Word]:
        """Every word in the table."""
        return [word for row in self.matrix for cell in row for word in cell]


def table(found: Found, page: int, numbers: dict[int, int], budget: Budget) -> Table:
    """The table of the cells found; a row stands at the line of its first word.

    `numbers` gives the printed line of a word by its identity. Raises UnreadableError when the budget runs out.
    """
    budget.spend(sum(len(row) for row in found.matrix))
    rows = []
    for row in found.matrix:
        line = min((numbers.get(id(word), 0) for cell in row for word in cell), default=0)
        rows.append(Row(tuple(cell_of(cell) for cell in row), Place(page, line)))
    head = min(_depth(found, rows), len(rows))
    place = rows[0].place if rows else Place(page)
    return Table(tuple(rows[head:]), tuple(rows[:head]), rebuilt=not found.sure, place=place)


def _depth(found: Found, rows: Sequence[Row]) -> int:
    if found.head is not None:
        return found.head
    strong = [_is_strong(row) for row in found.matrix]
    bold = next((at for at, each in enumerate(strong) if not each), len(strong))
    depth = max(1, bold if bold < len(strong) else 1, 2 if found.spans else 1)
    return headed(rows, strong, depth) or (depth if found.spans and len(rows) > depth else 0)


def _is_strong(row: Sequence[Sequence[Word]]) -> bool:
    words = [word for cell in row for word in cell if not word.raised]
    return bool(words) and all(word.bold for word in words)


def cell_of(words: Sequence[Word]) -> Cell:
    """A cell: its lines joined, footnote marks apart."""
    marks = [word for word in words if _is_mark(word)] if any(not word.raised for word in words) else []
    lines = in_lines(word for word in words if not word.turned)
    kept: list[Word] = []
    text = ""
    for line in lines:
        plain = [word for at, word in enumerate(line) if word not in marks or _is_unit(line[:at])]
        kept += plain
        text = run_on(text, joined(plain))
    sideways = joined(word for word in words if word.turned)
    text = run_on(text, sideways) if sideways else text
    hung = [word.text.strip(",") for word in marks if word not in kept]
    if match := _HUNG.fullmatch(text):
        text, hung = match["words"], [*hung, match["mark"]]
    return Cell(text.strip(), tuple(mark for each in hung for mark in re.split(r"[,\s]+", each) if mark))


def run_on(text: str, more: str) -> str:
    """A text and its next printed line: a word broken at a hyphen, an underscore or a slash is put together."""
    if not text or not more:
        return text or more
    if text.endswith("\u00ad"):
        return text[:-1] + more
    return text + more if _UNBROKEN.search(text) else f"{text} {more}"


def _is_mark(word: Word) -> bool:
    return word.raised and bool(_MARK.fullmatch(word.text))


def _is_unit(before: Sequence[Word]) -> bool:
    return bool(before) and bool(_UNIT.search(before[-1].text))


def box_of(words: Iterable[Word]) -> Box:
    """The box around words."""
    boxes = [word.box for word in words]
    return Box(
        min(box.left for box in boxes), min(box.top for box in boxes),
        max(box.right for box in boxes), max(box.bottom for box in boxes),
    )  # fmt: skip
