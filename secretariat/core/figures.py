"""Figures: the only place that counts, and every number opens to what it counted.

A figure is a read-only function of a span of days. It returns a grid of cells or a listing; each cell
carries its value and what stands behind it: a query for records, a printed number, or other cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.urls import reverse

from secretariat.core.kinds import kind_of
from secretariat.core.published import PublishedFigure
from secretariat.plain.dates import parse_day
from secretariat.plain.months import Month

Value = int | Decimal


@dataclass(frozen=True, order=True)
class Span:
    """The days a figure looks at, first and last included."""

    first: date
    last: date

    @classmethod
    def of(cls, month: Month) -> Span:
        """A whole month."""
        return cls(month.first, month.last)

    @classmethod
    def after(cls, day: date, last: date) -> Span:
        """From the day after `day` to `last`: "since the last Panel meeting"."""
        return cls(day + timedelta(days=1), last)

    @classmethod
    def parse(cls, text: str) -> Span:
        """`2020-02`, or `2020-02-15..2020-03-06`. Raises ValueError saying which is expected."""
        if ".." not in text:
            return cls.of(Month.parse(text))
        first, last = (parse_day(part) for part in text.split("..", 1))
        if last < first:
            raise ValueError(f"The span {text} ends before it begins.")
        return cls(first, last)

    @property
    def month(self) -> Month:
        """The month in which the span ends."""
        return Month.of(self.last)

    @property
    def is_month(self) -> bool:
        """Whether it is exactly one calendar month."""
        return self == Span.of(self.month)

    def __str__(self) -> str:
        return self.month.iso if self.is_month else f"{self.first.isoformat()}..{self.last.isoformat()}"


@dataclass(frozen=True)
class Records:
    """Counted from records: the model and the filter that finds exactly those counted."""

    model: type[models.Model]
    filters: Mapping[str, Any] = field(default_factory=dict)
    summed: str = ""
    how: str = ""
    """Where the number is no count of them: in which way it is taken from them."""

    @property
    def queryset(self) -> models.QuerySet[Any]:
        """The records counted, whoever may read them."""
        return self.model._default_manager.filter(**self.filters)

    @property
    def ids(self) -> list[int]:
        """The ids of the records counted, in order; what an issued figure stores."""
        return list(self.queryset.order_by("pk").values_list("pk", flat=True).distinct())

    @property
    def kind(self) -> str:
        """The label of the model."""
        return kind_of(self.model)


@dataclass(frozen=True)
class Printed:
    """Taken from a publication, because records were not yet kept."""

    row: PublishedFigure


@dataclass(frozen=True)
class Sum:
    """Reckoned from other cells of the same grid."""

    keys: tuple[tuple[str, str], ...]
    how: str = "sum"


@dataclass(frozen=True)
class Unknown:
    """Nothing is known: neither records nor a printed number."""

    why: str = "No records were kept then and no document prints it."


Counted = Records | Printed | Sum | Unknown


@dataclass(frozen=True)
class Cell:
    """A number and what stands behind it. No value where nothing is known: never a guess."""

    value: Value | None
    counted: Counted
    remark: str = ""


@dataclass(frozen=True)
class Head:
    """A row's or column's key (stable, in addresses) and its label (printed). `group` is its printed group."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Grid:
    """Numbers in rows and columns. `totals` are keys of rows that are totals; remarks are said with the table."""

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: Mapping[tuple[str, str], Cell]
    totals: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def cell(self, row: str, column: str = "") -> Cell:
        """The cell at a row and column; without a column, that of the last column. Raises KeyError."""
        return self.cells[(row, column or self.columns[-1].key)]

    @property
    def headline(self) -> Cell:
        """The number a sentence means by the figure: its last total or, without one, its last row; newest column.

        Of a grid without rows it is unknown.
        """
        if not self.rows:
            return Cell(None, Unknown("There is nothing yet that it tells of."))
        return self.cell(self.totals[-1] if self.totals else self.rows[-1].key)


@dataclass(frozen=True)
class Row:
    """One row of a listing: the record it tells of, and its printed values."""

    record: Any
    values: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """Records told one by one, under printed heads."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    counted: Records
    remarks: tuple[str, ...] = ()

    @property
    def headline(self) -> Cell:
        """How many rows."""
        return Cell(len(self.rows), self.counted)


Result = Grid | Listing


@dataclass(frozen=True)
class Figure:
    """A named, documented way to count."""

    name: str
    title: str
    unit: str
    room: str
    function: Callable[[Span], Result]

    @property
    def rule(self) -> str:
        """What is counted, in the words of the function's docstring."""
        return " ".join((self.function.__doc__ or "").split())

    def __call__(self, span: Span) -> Result:
        """Counts."""
        return self.function(span)

    def grid(self, span: Span) -> Grid:
        """Counts, where the figure is a grid. Raises TypeError when it is a listing."""
        result = self.function(span)
        if not isinstance(result, Grid):
            raise TypeError(f"{self.name} is a listing.")
        return result

    def listing(self, span: Span) -> Listing:
        """Tells, where the figure is a listing. Raises TypeError when it is a grid."""
        result = self.function(span)
        if not isinstance(result, Listing):
            raise TypeError(f"{self.name} is a grid.")
        return result

    def address(self, span: Span, row: str = "", column: str = "") -> str:
        """The address of the figure's page, or of the page that opens one cell."""
        if not row:
            return reverse("figure", args=[self.name, str(span)])
        return f"{reverse('cell', args=[self.name, str(span)])}?{urlencode({'row': row, 'column': column})}"


FIGURES: dict[str, Figure] = {}
"""Every figure by its name."""


def figure(name: str, *, title: str, unit: str) -> Callable[[Callable[[Span], Result]], Figure]:
    """Makes a function a figure and makes it known; its docstring is the rule that its page prints."""

    def make(function: Callable[[Span], Result]) -> Figure:
        room = function.__module__.split(".")[1]
        made = Figure(name, title, unit, room, function)
        if name in FIGURES:
            raise ValueError(f"Two figures are named {name!r}.")
        if not made.rule:
            raise ValueError(f"The figure {name!r} does not say what it counts.")
        FIGURES[name] = made
        return made

    return make


def month_heads(months: Iterable[Month]) -> tuple[Head, ...]:
    """Columns for months, keyed `2020-02` and labelled `Feb 20`."""
    return tuple(Head(month.iso, month.short) for month in months)


def single(label: str, counted: Records, value: Value, column: str = "value") -> Grid:
    """A grid of one number."""
    return Grid((Head("value", label),), (Head(column, label),), {("value", column): Cell(value, counted)})


def counters(rows: Iterable[tuple[str, str, Records, Value]], column: Head) -> Grid:
    """A grid of one column: (key, label, what was counted, value) a row."""
    known = tuple(rows)
    return Grid(
        tuple(Head(key, label) for key, label, _, _ in known),
        (column,),
        {(key, column.key): Cell(value, counted) for key, _, counted, value in known},
    )
