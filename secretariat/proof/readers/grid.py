"""Tables as rows of equal width: merged cells laid out, and the head told from the body where the form does not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.proof.paper import Cell, Row, UnreadableError

WIDEST: Final = 400
MOST_CELLS: Final = 400_000

_EMPTY: Final = Cell("")
_NUMBER: Final = re.compile(r"[(+−–-]?\s?£?\s?\d[\d,]*(?:\.\d+)?\s?[%mk]?\)?")
_NOTHING: Final = re.compile(r"[-–—*]*|n/?a|nil|tbc", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?:\s?[/–-]\s?(?:\d\d|(?:19|20)\d\d))?")


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as its form keeps it: words, how many columns and rows it covers, whether all of it is bold."""

    cell: Cell
    columns: int = 1
    rows: int = 1
    strong: bool = False


class Budget:
    """How many cells a paper may still have: merged cells let a small file ask for very many."""

    def __init__(self, cells: int = MOST_CELLS) -> None:
        self._left = cells

    def spend(self, cells: int) -> None:
        """Takes that many cells. Raises UnreadableError when they run out."""
        self._left -= cells
        if self._left < 0:
            raise UnreadableError("Its tables have too many cells to be a paper. Split the file.")


def laid_out(rows: Sequence[Sequence[Spanned]], budget: Budget) -> list[tuple[Cell, ...]]:
    """The rows with merged cells in their first place and empty cells in the others.

    Raises UnreadableError when the budget runs out.
    """
    made: list[tuple[Cell, ...]] = []
    below: dict[int, int] = {}
    for row in rows:
        cells: dict[int, Cell] = {}
        covered = {column for column, left in below.items() if left > 0}
        below = {column: left - 1 for column, left in below.items() if left > 1}
        column = 0
        for spanned in row:
            while column in covered:
                column += 1
            if column >= WIDEST:
                break
            cells[column] = spanned.cell
            end = min(column + max(spanned.columns, 1), WIDEST)
            if spanned.rows > 1:
                below |= dict.fromkeys(range(column, end), spanned.rows - 1)
            covered |= set(range(column, end))
            column = end
        width = max(covered, default=-1) + 1
        budget.spend(width)
        made.append(tuple(cells.get(at, _EMPTY) for at in range(width)))
    return made


def headed(rows: Sequence[Row], strong: Sequence[bool], depth: int = 1) -> int:
    """How many of the first rows are the head, where the form marks none: `depth`, or 0.

    A first row is the head when it alone is bold, when a column of numbers stands under words (or a row of years),
    or when the first column tells numbered or dated things under a word without a digit.
    """
    if len(rows) <= depth or len([text for text in rows[0].texts if text]) < min(2, len(rows[0].cells)):
        return 0
    if strong[0] and not all(strong):
        return depth
    first, body = rows[0].texts, [row.texts for row in rows[depth:]]
    years = all(_YEAR.fullmatch(text) for text in first[1:])
    for at, text in enumerate(first):
        column = [row[at] for row in body if at < len(row) and not _NOTHING.fullmatch(row[at])]
        if at == 0:
            if len(column) > 1 and text and not _digit(text) and all(_digit(below) for below in column):
                return depth
        elif text and column and (years or not _NUMBER.fullmatch(text)) and all(map(_NUMBER.fullmatch, column)):
            return depth
    return 0


def _digit(text: str) -> bool:
    return any(letter.isdigit() for letter in text)
