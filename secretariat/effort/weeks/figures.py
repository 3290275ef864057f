"""What is counted of weeks: days by team, and the weeks that are missing."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum as Added

from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, figure
from secretariat.core.people import Capacity, Role, Team
from secretariat.core.schemes import Heading
from secretariat.effort.models import DRIVERS, DayEntry
from secretariat.effort.weeks.models import OPEN, WeekSheet
from secretariat.plain.dates import long_date

OUTSIDE = Head("outside", "Of no team")
TOTAL = Head("total", "Total")
ALL = Head("all", "All drivers")


def _teams(span: Span) -> dict[int, str]:
    """The team of each worker on the span's last day; of several, the first."""
    rows = Capacity.objects.on(span.last).filter(role=Role.SECRETARIAT).exclude(team="").order_by("-pk")
    return dict(rows.values_list("person", "team"))


@figure("days_by_team", title="Days worked by team and driver", unit="days worked")
def days_by_team(span: Span) -> Grid:
    """Days worked in the span by the team in which the worker is on its last day, under each driver that was worked on.

    Who is in no team then, or is known by a code alone, stands in a row of their own.
    """
    within = {"day__range": (span.first, span.last)}
    teams = _teams(span)
    booked: dict[tuple[str, int], int] = {}
    rows = DayEntry.objects.filter(**within).order_by().values_list("worker", "driver").annotate(Added("hundredths"))
    for worker, driver, hundredths in rows:
        key = (teams.get(worker, OUTSIDE.key), driver)
        booked[key] = booked.get(key, 0) + hundredths
    used = {driver for _, driver in booked}
    drivers = Heading.objects.filter(scheme__subject=DRIVERS, pk__in=used).order_by("scheme__from_day", "position")
    columns = {Head(f"driver-{one.pk}", one.name): (one.pk,) for one in drivers} | {ALL: tuple(used)}
    heads = (*(Head(team.value, str(team.label)) for team in Team), OUTSIDE, TOTAL)
    cells = {}
    for head in heads:
        whose = _of(head, teams)
        for column, keys in columns.items():
            chosen = {**within, **whose, **({"driver__in": list(keys)} if column != ALL else {})}
            value = sum(
                amount for (team, driver), amount in booked.items()
                if driver in keys and head.key in (team, TOTAL.key)
            )  # fmt: skip
            counted = Records(DayEntry, chosen, summed="hundredths")
            cells[(head.key, column.key)] = Cell(Decimal(value).scaleb(-2), counted)
    return Grid(heads, tuple(columns), cells, (TOTAL.key,))


def _of(head: Head, teams: dict[int, str]) -> dict[str, object]:
    """The filter of a row's workers."""
    if head == TOTAL:
        return {}
    if head == OUTSIDE:
        return {"pk__in": DayEntry.objects.order_by().exclude(worker__in=list(teams)).values("pk")}
    return {"worker__in": [worker for worker, team in teams.items() if team == head.key]}


@figure("weeks_missing", title="Weeks of days worked that are not closed", unit="weeks")
def weeks_missing(span: Span) -> Listing:
    """The weeks that ended by the span's last day and are not closed now, oldest first, with the day on which they
    were last asked for.
    """
    rows = WeekSheet.objects.filter(state=OPEN, monday__lte=span.last).select_related("worker")
    found = [one for one in rows.order_by("monday", "pk") if one.sunday <= span.last]
    told = tuple(
        Row(one, (str(one.worker), long_date(one.monday), long_date(one.chased_on) if one.chased_on else "not yet"))
        for one in found
    )
    counted = Records(WeekSheet, {"pk__in": [one.pk for one in found]})
    return Listing(("Worker", "Week from", "Asked for"), told, counted)
