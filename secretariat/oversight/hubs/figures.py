"""What is counted of hubs: their flow, exceptions by category and region, returns against decommissions, triage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum as Added

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, Unknown, Value, figure, month_heads
from secretariat.oversight.hubs.models import ExceptionCategory, Flow, HubCount, HubException, TriageBatch
from secretariat.oversight.regions import Region
from secretariat.plain.months import Month

MONTHS = 13
TOTAL = Head("total", "Total")
NOT_TOLD = Unknown("The central service returned no count of this month.")
REGIONS = tuple(Head(one.value, str(one.label)) for one in Region)
CURRENT: dict[str, Any] = {"superseded_at__isnull": True}
Counts = Mapping[tuple[str, date], int]


def _months(span: Span) -> tuple[Month, ...]:
    return span.month.back(MONTHS)


def _grid(model: Any, lookup: str, rows: tuple[Head, ...], months: tuple[Month, ...]) -> Grid:
    """Counts summed by one lookup and month, with a total; a month of which nothing was returned is not known."""
    over = {**CURRENT, "month__range": (months[0].first, months[-1].first)}
    found = model.objects.filter(**over).order_by().values_list(lookup, "month").annotate(Added("count"))
    counts: Counts = {(str(key), month): value for key, month, value in found}
    told = {month for _, month in counts}
    cells: dict[tuple[str, str], Cell] = {}
    for month in months:
        for row in rows:
            value = counts.get((row.key, month.first))
            counted = Records(model, {**CURRENT, "month": month.first, lookup: row.key}, summed="count")
            cells[(row.key, month.iso)] = Cell(value, counted) if value is not None else Cell(None, NOT_TOLD)
        parts = tuple((row.key, month.iso) for row in rows)
        total = sum((int(cells[part].value or 0) for part in parts), 0)
        cells[(TOTAL.key, month.iso)] = Cell(total, Sum(parts)) if month.first in told else Cell(None, NOT_TOLD)
    return Grid((*rows, TOTAL), month_heads(months), cells, (TOTAL.key,))


@figure("hub_exceptions", title="Communications Hub exceptions by category", unit="exceptions")
def hub_exceptions(span: Span) -> Grid:
    """The exceptions at the installation of Communications Hubs that the central service returned for each category,
    in the month in which the span ends and the twelve before it, over all regions. A restated count takes the place of
    the earlier one.
    """
    rows = tuple(Head(str(one.pk), one.name) for one in ExceptionCategory.objects.all())
    return _grid(HubException, "category_id", rows, _months(span))


@figure("hub_exceptions_by_region", title="Communications Hub exceptions by region", unit="exceptions")
def hub_exceptions_by_region(span: Span) -> Grid:
    """The exceptions at the installation of Communications Hubs that the central service returned for each region, in
    the month in which the span ends and the twelve before it, over all categories. A restated count takes the place of
    the earlier one.
    """
    return _grid(HubException, "region", REGIONS, _months(span))


FLOWS = tuple(Head(one.value, str(one.label)) for one in Flow)
SHARE = Head("share", "Returned of decommissioned, in per cent")
RATE = Head("rate", "Exceptions per 1,000 installed")
EXCEPTIONS = Head("exceptions", "Exceptions")


@figure("hub_flow", title="Communications Hubs from order to return", unit="hubs")
def hub_flow(span: Span) -> Grid:
    """How many Communications Hubs were ordered, delivered, installed, decommissioned and returned in the months of the
    span, by region, with the exceptions at installation; the share of those decommissioned that came back, and the
    exceptions per 1,000 installed. A restated count takes the place of the earlier one.
    """
    over = {**CURRENT, "month__range": (span.first.replace(day=1), span.last)}
    cells: dict[tuple[str, str], Cell] = {}
    _fill(cells, HubCount, "flow", FLOWS, over)
    _fill(cells, HubException, "", (EXCEPTIONS,), over)
    for column in (*REGIONS, TOTAL):
        cells[(SHARE.key, column.key)] = _per(cells, column, (Flow.RETURNED, Flow.DECOMMISSIONED), 100)
        cells[(RATE.key, column.key)] = _per(cells, column, (EXCEPTIONS.key, Flow.INSTALLED), 1000)
    rows = (*FLOWS, EXCEPTIONS, SHARE, RATE)
    return Grid(rows, (*REGIONS, TOTAL), cells)


def _fill(
    cells: dict[tuple[str, str], Cell], model: Any, lookup: str, rows: Iterable[Head], over: dict[str, Any]
) -> None:
    """A cell for each row and region, and the total of the row."""
    keys = (lookup, "region") if lookup else ("region",)
    found = model.objects.filter(**over).order_by().values_list(*keys).annotate(Added("count"))
    counts = {tuple(key): value for *key, value in found}
    for row in rows:
        for region in REGIONS:
            at = (row.key, region.key) if lookup else (region.key,)
            which = {**over, "region": region.key} | ({lookup: row.key} if lookup else {})
            value = counts.get(at)
            counted = Records(model, which, summed="count")
            cells[(row.key, region.key)] = Cell(value, counted) if value is not None else Cell(None, NOT_TOLD)
        parts = tuple((row.key, region.key) for region in REGIONS)
        known = [cells[part].value for part in parts if cells[part].value is not None]
        total = sum(int(value) for value in known if value is not None)
        cells[(row.key, TOTAL.key)] = Cell(total, Sum(parts)) if known else Cell(None, NOT_TOLD)


def _per(cells: Mapping[tuple[str, str], Cell], column: Head, keys: tuple[str, str], of: int) -> Cell:
    part, whole = ((str(key), column.key) for key in keys)
    value: Value | None = cells[part].value
    base = cells[whole].value
    if value is None or not base:
        return Cell(None, Unknown("One of the two counts is not known, or nothing is to be divided by."))
    return Cell(round(Decimal(of) * value / base, 1), Sum((part, whole), how=f"the first per {of:,} of the second"))


TRIAGED, FAULTY = Head("triaged", "Hubs examined"), Head("faulty", "Hubs with a fault")


@figure("hub_triage", title="Returned Communications Hubs examined", unit="hubs")
def hub_triage(span: Span) -> Grid:
    """How many returned Communications Hubs were examined until the end of the span, and in how many of them a fault
    was found, by what was reported of each batch until then.
    """
    which = {"triaged_on__lte": span.last}
    found = TriageBatch.objects.filter(**which).aggregate(triaged=Added("triaged"), faulty=Added("faulty"))
    column = Head("value", "Hubs")
    cells = {
        (row.key, column.key): Cell(found[row.key] or 0, Records(TriageBatch, which, summed=row.key))
        for row in (TRIAGED, FAULTY)
    }
    return Grid((TRIAGED, FAULTY), (column,), cells)
