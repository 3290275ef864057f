"""What a question about alerts shows: columns, rows, a chart, remarks, and the queries that it opens to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from secretariat.core.lists import shown as printed
from secretariat.oversight.readings.questions import Answer

SHOWN_ROWS = 100


@dataclass(frozen=True)
class Column:
    """One column: its name in files, its printed head, whether it is a number, and how it is printed."""

    name: str
    label: str
    numeric: bool = True
    printed: Callable[[Any], str] = printed


@dataclass(frozen=True)
class Line:
    """One row: its values, and where its first cell leads."""

    values: tuple[Any, ...]
    href: str = ""


@dataclass(frozen=True)
class Shown:
    """An answer as a page shows it and files hold it."""

    columns: tuple[Column, ...]
    rows: Sequence[Line]
    asked: tuple[Answer, ...]
    caption: str = ""
    alt: str = ""
    spec: dict[str, Any] | None = None
    remarks: Sequence[str] = field(default_factory=tuple)
    empty: str = "There is nothing to tell for these months."


@dataclass(frozen=True)
class Cell:
    """One cell as it is printed."""

    text: str
    numeric: bool
    href: str = ""


def lines(shown: Shown) -> list[list[Cell]]:
    """The first rows as cells."""
    return [
        [
            Cell(column.printed(value), column.numeric, line.href if not place else "")
            for place, (column, value) in enumerate(zip(shown.columns, line.values, strict=True))
        ]
        for line in shown.rows[:SHOWN_ROWS]
    ]


def ratio(places: int = 2) -> Callable[[float | None], str]:
    """Prints a number with so many decimals, and nothing for none."""
    return lambda value: "" if value is None else f"{value:,.{places}f}"


def share(value: float | None) -> str:
    """Prints a share in per cent."""
    return "" if value is None else f"{100 * value:.1f} %"
