"""What is counted of SMETS1 migration: installations migrated, and why others were not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.db.models import Sum as Added

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, Unknown, figure, month_heads
from secretariat.oversight.incidents.figures import share
from secretariat.oversight.smets1.models import Combination, MigrationFailure, MigrationReturn, Reason
from secretariat.plain.months import Month

MONTHS = 6
"""How many months the table of migration shows before what was migrated to date."""
TO_DATE, TOTAL = "to-date", "total"
NOTHING_TRIED = Unknown("No installation was tried then: not applicable.")


@figure("smets1_migrations", title="SMETS1 installations migrated", unit="installations")
def smets1_migrations(span: Span) -> Grid:
    """How many SMETS1 installations of each combination were migrated, by the month in which the days of the DCC's
    return end, and all of them until the span's last day. A return that a later one restates is not counted.
    """
    rows = [Head(f"combination-{one.pk}", one.name, one.cohort.code) for one in
            Combination.objects.select_related("cohort").order_by("cohort_id", "name")]  # fmt: skip
    months = span.month.back(MONTHS)
    columns = (*month_heads(months), Head(TO_DATE, "To date"))
    spans = [(month.iso, month.first, min(month.last, span.last)) for month in months]
    cells: dict[tuple[str, str], Cell] = {}
    for key, first, last in [*spans, (TO_DATE, None, span.last)]:
        found = _migrated(first, last)
        for row in rows:
            number = int(row.key.rpartition("-")[2])
            cells[(row.key, key)] = Cell(found.get(number, 0), _returns(first, last, number))
    for column in columns:
        parts = tuple((row.key, column.key) for row in rows)
        cells[(TOTAL, column.key)] = Cell(sum(int(cells[part].value or 0) for part in parts), Sum(parts))
    return Grid((*rows, Head(TOTAL, "Total")), columns, cells, (TOTAL,))


def _days(first: date | None, last: date) -> dict[str, Any]:
    filters: dict[str, Any] = {"restated": False, "last_day__lte": last}
    return filters if first is None else filters | {"last_day__gte": first}


def _migrated(first: date | None, last: date) -> dict[int, int]:
    rows = MigrationReturn.objects.filter(**_days(first, last)).values_list("combination")
    return {pk: int(number) for pk, number in rows.annotate(Added("migrated")).order_by()}


def _returns(first: date | None, last: date, combination: int | None = None, summed: str = "migrated") -> Records:
    filters = _days(first, last)
    return Records(MigrationReturn, filters if combination is None else filters | {"combination": combination}, summed)


@figure("smets1_failures", title="SMETS1 installations that were not migrated", unit="installations")
def smets1_failures(span: Span) -> Grid:
    """Of the SMETS1 installations tried in the DCC's returns whose days end in the span, how many were migrated and how
    many not, by the reason that the DCC gives. What a return leaves without a reason is told as such.
    """
    filters = _days(span.first, span.last)
    told = MigrationReturn.objects.filter(**filters).aggregate(tried=Added("attempted"), done=Added("migrated"))
    tried, done = int(told["tried"] or 0), int(told["done"] or 0)
    of_reason = dict(
        MigrationFailure.objects.filter(**{f"of__{name}": value for name, value in filters.items()})
        .values_list("reason").annotate(Added("number")).order_by()
    )  # fmt: skip
    cells: dict[tuple[str, str], Cell] = {
        ("tried", "number"): Cell(tried, _returns(span.first, span.last, summed="attempted")),
        ("migrated", "number"): Cell(done, _returns(span.first, span.last)),
    }
    for reason in Reason:
        cells[(_key(reason), "number")] = Cell(int(of_reason.get(reason, 0)), _failures(filters, reason))
    explained = sum(int(number) for number in of_reason.values())
    parts = (("tried", "number"), ("migrated", "number"), *((_key(one), "number") for one in Reason))
    cells[("untold", "number")] = Cell(tried - done - explained, Sum(parts, how="the first less the others"))
    rows = (Head("tried", "Tried"), Head("migrated", "Migrated"),
            *(Head(_key(one), str(one.label), "Not migrated") for one in Reason),
            Head("untold", "No reason told", "Not migrated"))  # fmt: skip
    for row in rows:
        value = int(cells[(row.key, "number")].value or 0)
        behind = Sum(((row.key, "number"), ("tried", "number")), how="the first of the second, in per cent")
        level = Cell(share(value, tried), behind) if tried else None
        cells[(row.key, "share")] = level or Cell(None, NOTHING_TRIED)
    return Grid(rows, (Head("number", "Installations"), Head("share", "Of those tried, %")), cells)


def _key(reason: Reason) -> str:
    return reason.value.replace(" ", "-")


def _failures(filters: dict[str, Any], reason: Reason) -> Records:
    told = {f"of__{name}": value for name, value in filters.items()}
    return Records(MigrationFailure, told | {"reason": reason.value}, "number")


def migrated_until(day: date, combinations: Iterable[int] = ()) -> int:
    """How many installations were migrated by a day, of some combinations or, where none is told, of all."""
    of = Q(combination__in=list(combinations)) if combinations else Q()
    found = MigrationReturn.objects.filter(of, **_days(None, day)).aggregate(number=Added("migrated"))
    return int(found["number"] or 0)


def failure_share(combination: int, month: Month) -> Decimal | None:
    """How many of the installations of a combination tried in a month were not migrated, in per cent; None untried."""
    rows = MigrationReturn.objects.filter(**_days(month.first, month.last), combination=combination)
    told = rows.aggregate(tried=Added("attempted"), done=Added("migrated"))
    tried = int(told["tried"] or 0)
    return share(tried - int(told["done"] or 0), tried) if tried else None
