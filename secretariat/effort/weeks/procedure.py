"""How a week of days worked is kept: begun, closed, put right with a reason, and asked for when it is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Sum

from secretariat.core.calendar import calendar
from secretariat.core.capacities import the_clock
from secretariat.core.facts import a_line
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.weeks.grid import DAYS, monday_of
from secretariat.effort.weeks.models import CLOSED, OPEN, WeekSheet
from secretariat.effort.who import worker_lead_or_clock, worker_or_lead
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

PRACTICE = "House rule: timesheets"
LOOKED_BACK = 8
"""How many missing weeks the clock begins at most: what is older is the operations team's to begin."""

Facts = Mapping[str, Any]


def due_on(sheet: WeekSheet) -> date:
    """The day by which a week is closed: so many Working Days after its Sunday."""
    return calendar().add(sheet.sunday, RULEBOOK.number("effort.week_wd", sheet.sunday))


@rule(PRACTICE)
def the_week_has_begun(sheet: WeekSheet, at: datetime) -> bool:
    """A week is kept once it has begun."""
    return sheet.monday <= local_day(at)


@rule(PRACTICE)
def it_says_where_the_time_went(sheet: WeekSheet, at: datetime, facts: Facts) -> bool:
    """A Working Day without anything booked is told of in the note, such as leave: book it, or say why not."""
    return bool(facts.get("note") or sheet.note) or not unbooked(sheet)


@rule(PRACTICE)
def its_working_days_are_over(sheet: WeekSheet, at: datetime) -> bool:
    """A week is closed on its Friday or later."""
    return local_day(at) >= sheet.monday + timedelta(days=4)


@rule(PRACTICE)
def it_is_late(sheet: WeekSheet, at: datetime) -> bool:
    """A week is asked for when its day has passed and it is not closed."""
    return local_day(at) > due_on(sheet)


@rule(PRACTICE)
def it_was_not_chased_lately(sheet: WeekSheet, at: datetime) -> bool:
    """A missing week is asked for once in so many Working Days, and no oftener."""
    if sheet.chased_on is None:
        return True
    pause = RULEBOOK.number("effort.chase_wd", at)
    return local_day(at) >= calendar().add(sheet.chased_on, pause)


def unbooked(sheet: WeekSheet) -> list[date]:
    """The Working Days of a sheet's week on which nothing is booked; bank holidays are none."""
    known = calendar()
    there = set(sheet.worker.day_entries.filter(day__range=(sheet.monday, sheet.sunday)).values_list("day", flat=True))
    return [day for day in sheet.days if known.is_working_day(day) and day not in there]


def booked_in(sheet: WeekSheet) -> int:
    """The hundredths of a day that are booked in a sheet's week."""
    entries = sheet.worker.day_entries.filter(day__range=(sheet.monday, sheet.sunday))
    return int(entries.aggregate(found=Sum("hundredths"))["found"] or 0)


def _close(sheet: WeekSheet, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    sheet.closed_on, sheet.note = local_day(at), facts["note"] or sheet.note


def _reopen(sheet: WeekSheet, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    sheet.closed_on = None


def _chase(sheet: WeekSheet, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    sheet.chased_on = local_day(at)


WEEKS = Procedure(
    "week_sheet",
    WeekSheet,
    Step("begin", NEW, OPEN, who=worker_lead_or_clock, rules=(the_week_has_begun,)),
    Step("close", OPEN, CLOSED, who=worker_or_lead, rules=(its_working_days_are_over, it_says_where_the_time_went),
         facts={"note": a_line(200, "Note", required=False, help_text="Needed where a Working Day is not booked.")},
         change=_close,
         says="Close the week", primary=True),
    Step("reopen", CLOSED, OPEN, who=worker_or_lead, facts={"reason": a_line(200, "Why")}, change=_reopen,
         says="Reopen to put it right"),
    Step("chase", OPEN, None, who=the_clock, rules=(it_is_late, it_was_not_chased_lately), change=_chase),
)  # fmt: skip


def missing(at: datetime) -> list[WeekSheet]:
    """The weeks that are over and that a worker has no sheet of, since the last one that the worker kept.

    Who never kept a week is not asked for one, nor who had left the secretariat by the week's Friday.
    """
    today, found = local_day(at), []
    last_over = monday_of(today) - timedelta(days=DAYS)
    kept = WeekSheet.objects.order_by().values_list("worker").annotate(Max("monday"))
    behind = {worker: monday for worker, monday in kept if monday < last_over}
    people = Person.objects.in_bulk(behind) if behind else {}
    for worker, latest in behind.items():
        weeks = (last_over - latest).days // DAYS
        for number in range(max(1, weeks - LOOKED_BACK + 1), weeks + 1):
            monday = latest + timedelta(days=DAYS * number)
            if _is_of_the_secretariat(worker, monday + timedelta(days=4)):
                found.append(WeekSheet(worker=people[worker], monday=monday))
    return found


def _is_of_the_secretariat(worker: int, day: date) -> bool:
    held: Any = Capacity.objects.filter(person=worker, role=Role.SECRETARIAT)
    return bool(held.on(day).exists())


@register
def weeks_that_are_behind(at: datetime) -> Iterator[Due]:
    """Missing weeks are begun, and those that are late are asked for."""
    for sheet in missing(at):
        yield Due(WEEKS, "begin", sheet)
    for sheet in WeekSheet.objects.filter(state=OPEN, monday__lt=monday_of(local_day(at))).select_related("worker"):
        if it_is_late(sheet, at) and it_was_not_chased_lately(sheet, at):
            yield Due(WEEKS, "chase", sheet)
