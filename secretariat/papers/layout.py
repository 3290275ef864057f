"""How a table sits on a page of paper: its grid, type size and column widths, alike in PDF and Word.

Lengths are points (1/72 inch). Text is measured with the advance widths of Arial, which Arimo shares.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from secretariat.papers.document import Cell, Table
from secretariat.papers.wording import cell_text

TEXT_WIDTH = 481.9  # A4 portrait (595.3) less two margins of 20 mm
SIZES = (9.5, 9.0, 8.5, 8.0, 7.0, 6.0)  # 8 carries thirteen months; the last two only keep words apart
DENSE_COLUMNS = 9  # from here on, figures of 8 points and tighter padding
LIKE_COLUMNS = 6  # this many numeric columns are a series: all of one width
TOGETHER_LINES = 22  # a table up to this many lines is not split between pages
LONG_WORD = 30  # characters: a longer word (an address) may be broken, so that it does not push the table off the page
LONG_CELL = 1500  # characters: a row with a longer cell may be split, or it might not fit on any page

_WIDTHS = (
    dict.fromkeys("abdeghnopqu0123456789L_£$", 556)
    | dict.fromkeys("ckJsvxyz", 500)
    | dict.fromkeys("ftI .,:;/!'[]\\\n\xa0", 278)
    | dict.fromkeys("ijl‘’", 222)
    | dict.fromkeys("r-()“”*", 333)
    | dict.fromkeys("ABEKPSVXY&", 667)
    | dict.fromkeys("CDHNRUw", 722)
    | dict.fromkeys("FTZ", 611)
    | dict.fromkeys("GOQ", 778)
    | {"m": 833, "M": 833, "W": 944, "%": 889, "@": 1015, "—": 1000}
)
_BREAK = re.compile(r"\s+|(?<=[A-Za-z]-)")
_LONG = re.compile(rf"\S{{{LONG_WORD + 1},}}")
_PIECE = re.compile(rf"[^/._?&=]{{1,{LONG_WORD - 1}}}[/._?&=]*|[/._?&=]+")


@dataclass(frozen=True)
class Fit:
    """How a table is set: type size, horizontal padding on each side of a cell, width of each column."""

    points: float
    padding: float
    widths: tuple[float, ...]
    together: bool


def measure(text: str, points: float, strong: bool = False) -> float:
    """The printed length of one line of text, in points."""
    length = sum(_WIDTHS.get(character, 600) for character in text) * points / 1000
    return length * 1.08 if strong else length


def splits(row: tuple[Cell, ...]) -> bool:
    """Whether a row may be split between pages: only one with a cell so long that no page might hold it."""
    return any(len(cell_text(cell)) > LONG_CELL for cell in row)


def breakable(text: str) -> str:
    """The text with a zero-width space at the joints of each very long word, where a line may end."""
    return _LONG.sub(lambda word: "\u200b".join(_PIECE.findall(word[0])), text)


def grid(table: Table) -> tuple[tuple[Cell | None, ...], ...]:
    """The rows with every column present: None where a cell above spans down.

    Raises ValueError when a row has too many or too few cells for the table's columns.
    """
    columns = len(table.head)
    hanging = [0] * columns
    rows = []
    for row in table.rows:
        free = [column for column in range(columns) if not hanging[column]]
        if len(free) != len(row):
            raise ValueError(f"A row of {table.caption!r} has {len(row)} cells where {len(free)} are wanted.")
        placed = dict(zip(free, row, strict=True))
        rows.append(tuple(placed.get(column) for column in range(columns)))
        hanging = [placed[at].rows - 1 if at in placed else hanging[at] - 1 for at in range(columns)]
    return tuple(rows)


def numeric_columns(table: Table) -> tuple[bool, ...]:
    """For each column, whether its cells are figures (so that its heading stands above them, to the right)."""
    columns = list(zip(*grid(table), strict=True)) if table.rows else [() for _ in table.head]
    return tuple(_is_numeric([cell for cell in column if cell]) for column in columns)


def _is_numeric(cells: list[Cell]) -> bool:
    return bool(cells) and sum(cell.numeric for cell in cells) * 2 > len(cells)


def heads(table: Table) -> tuple[str, ...]:
    """The column titles as paper prints them: over a series of figures, one word a line ("Feb" above "20")."""
    numeric = numeric_columns(table)
    if sum(numeric) < LIKE_COLUMNS:
        return table.head
    return tuple("\n".join(title.split()) if flag else title for title, flag in zip(table.head, numeric, strict=True))


def fit(table: Table, available: float = TEXT_WIDTH) -> Fit:
    """The largest type size at which no word of the table is broken, with the column widths for it."""
    dense = len(table.head) >= DENSE_COLUMNS
    padding = 2.5 if dense else 5.0
    for points in SIZES[3:] if dense else SIZES:
        least, natural = _extents(table, points, padding)
        if sum(least) <= available:
            break
    widths = _shared(least, natural, numeric_columns(table), available)
    return Fit(points, padding, widths, _lines(table, widths, points, padding) <= TOGETHER_LINES)


def _extents(table: Table, points: float, padding: float) -> tuple[list[float], list[float]]:
    least, natural = [], []
    rows = grid(table)
    for column, title in enumerate(heads(table)):
        cells = [(at, row[column]) for at, row in enumerate(rows)]
        texts = [(title, True), *((cell_text(cell), _bold(table, at, cell)) for at, cell in cells if cell)]
        words = [measure(word, points, bold) for text, bold in texts for word in _words(text)]
        lines = [measure(line, points, bold) for text, bold in texts for line in text.split("\n")]
        least.append(max(words, default=0) + 2 * padding + 1)
        natural.append(max(lines, default=0) + 2 * padding + 1)
    return _alike(least, table), _alike(natural, table)


def _words(text: str) -> list[str]:
    return [word for part in _BREAK.split(text) for word in breakable(part).split("\u200b") if word]


def _bold(table: Table, at: int, cell: Cell) -> bool:
    return at >= len(table.rows) - table.totals or cell.header


def _alike(lengths: list[float], table: Table) -> list[float]:
    series = [column for column, numeric in enumerate(numeric_columns(table)) if numeric]
    if len(series) < LIKE_COLUMNS:
        return lengths
    widest = max(lengths[column] for column in series)
    return [widest if column in series else length for column, length in enumerate(lengths)]


def _shared(least: list[float], natural: list[float], numeric: tuple[bool, ...], available: float) -> tuple[float, ...]:
    if sum(least) >= available:
        return tuple(length * available / sum(least) for length in least)
    if sum(natural) <= available:
        return _spread(natural, numeric, available)
    return _squeezed(least, natural, available)


def _spread(natural: list[float], numeric: tuple[bool, ...], available: float) -> tuple[float, ...]:
    """Spare width goes to the words, or to the figures where they are a series."""
    to_figures = sum(numeric) >= LIKE_COLUMNS or all(numeric)
    takers = [flag is to_figures for flag in numeric]
    spare = (available - sum(natural)) / sum(takers)
    return tuple(length + spare if taker else length for length, taker in zip(natural, takers, strict=True))


def _squeezed(least: list[float], natural: list[float], available: float) -> tuple[float, ...]:
    """Wanting width, a column gets it by the square root of its text, within what it needs and what it can use."""
    low, high = 0.0, available
    for _ in range(40):
        factor = (low + high) / 2
        widths = [max(a, min(b, factor * math.sqrt(b))) for a, b in zip(least, natural, strict=True)]
        low, high = (factor, high) if sum(widths) < available else (low, factor)
    return tuple(width * available / sum(widths) for width in widths)


def _lines(table: Table, widths: tuple[float, ...], points: float, padding: float) -> int:
    """About how many lines of print the table takes."""
    total = 2
    for row in grid(table):
        cells = [(cell, width) for cell, width in zip(row, widths, strict=True) if cell and cell.rows == 1]
        total += max((_cell_lines(cell, width - 2 * padding, points) for cell, width in cells), default=1)
    return total


def _cell_lines(cell: Cell, width: float, points: float) -> int:
    lines = cell_text(cell).split("\n")
    return sum(max(1, math.ceil(measure(line, points) * 1.05 / max(width, 1))) for line in lines)
