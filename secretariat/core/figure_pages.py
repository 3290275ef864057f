"""Pages that open a figure: its grid, and behind every number the records or the printed line it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from secretariat.core.capacities import secretariat
from secretariat.core.exports import csv_file
from secretariat.core.figures import FIGURES, Cell, Figure, Grid, Listing, Printed, Records, Result, Span, Sum, Unknown
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who

SHOWN_RECORDS = 500


@dataclass(frozen=True)
class Opened:
    """What stands behind one number, as far as a person may see it.

    `hidden` is how many of the counted records the person may not read; `more` how many are not printed.
    """

    cell: Cell
    label: str
    records: list[Any]
    hidden: int
    more: int
    parts: list[tuple[str, Cell]]

    @property
    def printed(self) -> Any | None:
        """The publication's line, when the number was taken from one."""
        return self.cell.counted.row if isinstance(self.cell.counted, Printed) else None

    @property
    def unknown(self) -> str:
        """Why there is no number, when there is none."""
        return self.cell.counted.why if isinstance(self.cell.counted, Unknown) else ""

    @property
    def counted_records(self) -> int:
        """How many records were counted."""
        return len(self.records) + self.hidden + self.more


def opened(result: Result, row: str, column: str, person: Person | None, at: datetime) -> Opened:
    """Opens one number of a grid, or the whole of a listing. Raises Http404 when there is no such cell."""
    cell, label, parts = _found(result, row, column)
    records: list[Any] = []
    hidden = more = 0
    if isinstance(cell.counted, Records):
        records, hidden, more = _readable(cell.counted.queryset, person, at)
    return Opened(cell, label, records, hidden, more, parts)


def _found(result: Result, row: str, column: str) -> tuple[Cell, str, list[tuple[str, Cell]]]:
    if isinstance(result, Listing):
        return result.headline, "", []
    try:
        cell = result.cell(row, column) if row else result.headline
    except KeyError as error:
        raise Http404("The figure has no such row and column.") from error
    heads = {head.key: head.label for head in (*result.rows, *result.columns)}
    parts = []
    if isinstance(cell.counted, Sum):
        parts = [(f"{heads[part[0]]}, {heads[part[1]]}", result.cells[part]) for part in cell.counted.keys]
    label = ", ".join(heads[key] for key in (row, column) if key in heads)
    return cell, label, parts


def _readable(rows: models.QuerySet[Any], person: Person | None, at: datetime) -> tuple[list[Any], int, int]:
    total = rows.distinct().count()
    visible = rows.visible_to(person, at) if hasattr(rows, "visible_to") else rows
    readable = visible.distinct().count()
    shown = list(visible.distinct().order_by("pk")[:SHOWN_RECORDS])
    return shown, total - readable, readable - len(shown)


class FigureIndex(Page):
    """Every figure, with what it counts."""

    template = "core/figures.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    crumbs = (Crumb("Figures"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list of figures, by room."""
        figures = sorted(FIGURES.values(), key=lambda figure: (figure.room, figure.title))
        span = Span.of(Span(self.request.at.date(), self.request.at.date()).month.plus(-1))
        return self.shown({"figures": [(figure, figure.address(span)) for figure in figures]})


def _figure_and_span(name: str, span: str) -> tuple[Figure, Span]:
    if name not in FIGURES:
        raise Http404(f"There is no figure {name}.")
    try:
        return FIGURES[name], Span.parse(span)
    except ValueError as error:
        raise Http404(str(error)) from error


class FigurePage(Page):
    """One figure for one span, as a table whose every number opens; also as CSV and JSON."""

    template = "core/figure.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, name: str, span: str, ending: str = "") -> HttpResponse:
        """The figure as a page, or as a file."""
        figure, when = _figure_and_span(name, span)
        result = figure(when)
        if ending == "csv":
            return attachment(csv_file(*as_rows(result)), "text/csv; charset=utf-8", f"{name}-{span}.csv")
        if ending == "json":
            return JsonResponse({"figure": name, "span": str(when), "rule": figure.rule, **as_json(result)})
        crumbs = (Crumb("Figures", "/figures/"), Crumb(figure.title))
        return self.shown({"figure": figure, "span": when, "result": result, "crumbs": crumbs})


class CellPage(Page):
    """What stands behind one number."""

    template = "core/cell.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, name: str, span: str) -> HttpResponse:
        """The number, its rule, and the records that it counted."""
        figure, when = _figure_and_span(name, span)
        row, column = request.GET.get("row", ""), request.GET.get("column", "")
        found = opened(figure(when), row, column, reader(self.request), self.request.at)
        crumbs = (Crumb("Figures", "/figures/"), Crumb(figure.title, figure.address(when)), Crumb(found.label or "all"))

        def address(row: str = "", column: str = "") -> str:
            return figure.address(when, row, column)

        return self.shown({"figure": figure, "span": when, "opened": found, "address": address, "crumbs": crumbs})


def as_rows(result: Result) -> tuple[list[str], list[list[Any]]]:
    """A figure as a head and rows, for a CSV file."""
    if isinstance(result, Listing):
        return list(result.heads), [list(row.values) for row in result.rows]
    heads = ["", *(head.label for head in result.columns)]
    rows = [[row.label, *(_value(result, row.key, head.key) for head in result.columns)] for row in result.rows]
    return heads, rows


def _value(grid: Grid, row: str, column: str) -> Any:
    cell = grid.cells.get((row, column))
    return cell.value if cell else None


def as_json(result: Result) -> dict[str, Any]:
    """A figure as JSON: every value with what it was counted from."""
    if isinstance(result, Listing):
        rows = [list(row.values) for row in result.rows]
        row_ids = [row.record.pk for row in result.rows]
        return {"heads": list(result.heads), "rows": rows, "row_ids": row_ids, "ids": result.counted.ids}
    return {
        "cells": [
            {"row": row, "column": column, "value": _number(cell.value), **origin(cell)}
            for (row, column), cell in result.cells.items()
        ],
        "remarks": list(result.remarks),
    }


def _number(value: Any) -> Any:
    return value if value is None or isinstance(value, int) else str(value)


def origin(cell: Cell) -> dict[str, Any]:
    """Where a value comes from, as JSON: record ids, a printed line, other cells, or nothing known."""
    counted = cell.counted
    if isinstance(counted, Records):
        return {"from": "records", "kind": counted.kind, "ids": counted.ids}
    if isinstance(counted, Printed):
        return {"from": "printed", "publication": counted.row.publication.slug, "line": counted.row.pk}
    if isinstance(counted, Sum):
        return {"from": counted.how, "of": [list(key) for key in counted.keys]}
    return {"from": "nothing", "why": counted.why}
