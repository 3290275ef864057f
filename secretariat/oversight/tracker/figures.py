"""What the tracker counts: entries opened, over and open by region, the open ones one by one, and dates that moved."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q

from secretariat.core.classification import Class
from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, Sum, figure
from secretariat.oversight.regions import Region
from secretariat.oversight.tracker.models import PlanMove, TrackerEntry
from secretariat.plain.dates import long_date

ALL = Head("all-regions", "All regions together")
ROWS = (*(Head(one.value, str(one.label)) for one in Region), ALL)
TOTAL = Head("total", "Total")
COLUMNS = (Head("reported", "Reported"), Head("over", "Fixed or set aside"), Head("open", "Open at the end"))


def _counted(span: Span) -> dict[str, dict[str, Any]]:
    """The filter of each column, but for the region."""
    return {
        "reported": {"reported_on__range": (span.first, span.last)},
        "over": {"closed_on__range": (span.first, span.last)},
        "open": {"pk__in": list(TrackerEntry.objects.open_on(span.last).values_list("pk", flat=True))},
    }


@figure("tracker_entries", title="Spurious alerts in the centralised tracker", unit="entries")
def tracker_entries(span: Span) -> Grid:
    """How many entries of the centralised tracker were reported in the span, how many came to their end in it, and
    how many were open at the end of its last day, by the region that they are about. An entry that was taken up again
    counts as open from its report on.
    """
    filters = _counted(span)
    keys = {key: Count("pk", filter=Q(**found)) for key, found in filters.items()}
    counts = {row["region"]: row for row in TrackerEntry.objects.order_by().values("region").annotate(**keys)}
    cells = {}
    for head in ROWS:
        region = "" if head == ALL else head.key
        for column in COLUMNS:
            value = counts.get(region, {}).get(column.key, 0)
            cells[(head.key, column.key)] = Cell(
                value, Records(TrackerEntry, {**filters[column.key], "region": region})
            )
    for column in COLUMNS:
        parts = tuple((head.key, column.key) for head in ROWS)
        cells[(TOTAL.key, column.key)] = Cell(sum(int(cells[part].value or 0) for part in parts), Sum(parts))
    return Grid((*ROWS, TOTAL), COLUMNS, cells, (TOTAL.key,))


LISTED = Class.GREEN
"""The highest class of what these listings tell: they are printed for the parties."""


@figure("tracker_open", title="Open entries of the centralised tracker", unit="entries")
def tracker_open(span: Span) -> Listing:
    """The White and Green entries of the centralised tracker that were open at the end of the span's last day: the
    device, the alert, whom it hurts, the owner, and the dates of the plan as they stand in the record now.
    """
    there = TrackerEntry.objects.open_on(span.last)
    rows = there.filter(classification__lte=LISTED).select_related("owner_party").prefetch_related("impacts", "plan")
    found = list(rows.order_by("number"))
    heads = ("Entry", "Device", "Alert", "Whom it hurts", "Owner", "Plan")
    told = tuple(Row(one, _values(one)) for one in found)
    return Listing(
        heads, told, Records(TrackerEntry, {"pk__in": [one.pk for one in found]}), _others(there.count(), told)
    )


def _others(there: int, told: tuple[Row, ...]) -> tuple[str, ...]:
    more = there - len(told)
    return (f"{more} more of a higher class {'is' if more == 1 else 'are'} not listed.",) if more else ()


def _values(one: TrackerEntry) -> tuple[str, ...]:
    hurt = "; ".join(str(impact) for impact in one.impacts.all()) or "not said yet"
    plan = "; ".join(str(part) for part in one.plan.all()) or "none yet"
    return (one.reference, one.device, one.alert_code, hurt, one.owned, plan)


@figure("tracker_moves", title="Dates of remedies that moved", unit="moves")
def tracker_moves(span: Span) -> Listing:
    """The dates of plans of White and Green entries in the centralised tracker that moved in the span, from when to
    when, and why. A first date where none was confirmed is told too.
    """
    there = PlanMove.objects.filter(moved_on__range=(span.first, span.last))
    rows = there.filter(classification__lte=LISTED, date__entry__classification__lte=LISTED)
    found = list(rows.select_related("date__entry").order_by("moved_on", "pk"))
    heads = ("Entry", "Part", "From", "To", "Why", "Moved on")
    told = tuple(Row(one, _moved(one)) for one in found)
    counted = Records(PlanMove, {"pk__in": [one.pk for one in found]})
    return Listing(heads, told, counted, _others(there.count(), told))


def _moved(one: PlanMove) -> tuple[str, ...]:
    days = (long_date(day) if day else "to be confirmed" for day in (one.old, one.new))
    return (one.date.entry.reference, str(one.date.get_work_display()), *days, one.reason, long_date(one.moved_on))
