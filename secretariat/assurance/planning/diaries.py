"""The assessors' diaries as kept here, and what of the rulebook the planner asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from secretariat.assurance.models import Assessment
from secretariat.assurance.planning.models import Absence, Assessor, AssessorCapacity, BookedDay, Booking, Reliance
from secretariat.assurance.planning.windows import Away, Capacity, Diary, Wish, earliest
from secretariat.core.rulebook import RULEBOOK, UnknownRule
from secretariat.plain.workdays import Calendar

Rows = dict[int, list[Any]]


def diaries(body: str = "", without: Booking | None = None) -> list[Diary]:
    """The diary of every assessor, or of those of a body; `without` a booking that is to be moved. Four queries."""
    taken: dict[int, dict[date, str]] = defaultdict(dict)
    days = BookedDay.objects.exclude(booking=without) if without else BookedDay.objects.all()
    for assessor, day, party in days.values_list("assessor_id", "day", "booking__assessment__party__name"):
        taken[assessor][day] = party
    rows = Assessor.objects.filter(**({"body": body} if body else {})).order_by("pk")
    return [replace(one, taken=taken[one.key]) for one in empty_diaries(rows)]


def empty_diaries(rows: Iterable[Assessor] | None = None) -> list[Diary]:
    """The diaries of some assessors, or of all that have a capacity, without what is booked. Two queries."""
    capacities, away = _by_assessor(AssessorCapacity), _by_assessor(Absence)
    if rows is None:
        rows = [spells[0].assessor for spells in capacities.values()]
    return [
        Diary(
            row.pk,
            row.name,
            tuple(Capacity(one.from_day, one.to_day, one.days_a_week) for one in capacities[row.pk]),
            tuple(Away(one.from_day, one.to_day, one.reason) for one in away[row.pk]),
        )
        for row in rows
    ]


def _by_assessor(model: Any) -> Rows:
    found: Rows = defaultdict(list)
    for row in model.objects.select_related("assessor").order_by("from_day", "pk"):
        found[row.assessor_id].append(row)
    return found


def earliest_day(booking: Booking, calendar: Calendar) -> date:
    """The first day on which fieldwork can begin, so many weeks after it was asked for (SEC-5)."""
    weeks = RULEBOOK.number("user_entry.lead.booking_weeks", booking.asked_on)
    return earliest(booking.asked_on, weeks, calendar)


def wish(booking: Booking, calendar: Calendar) -> Wish:
    """What a booking asks for: not before its earliest day, nor before the day from which it is wanted."""
    first, wanted = earliest_day(booking, calendar), booking.wanted_from
    return Wish(booking.pk or 0, str(booking), booking.days, max(first, wanted) if wanted else first)


def usual_days(kind: str, party_id: int, day: date) -> int:
    """The Working Days of fieldwork to reckon with: fewer where the party relies on a shared provider (SEC-14)."""
    relies = Reliance.objects.on(day).filter(party_id=party_id).exists()
    return days_of_kind(kind, day, relies=relies)


def days_of_kind(kind: str, day: date, *, relies: bool = False) -> int:
    """The same where it is known whether the party relies on a provider; nought for what has no fieldwork."""
    told = (part.partition("=") for part in RULEBOOK.text("assessment.usual_days", day).split("|"))
    days = {name: int(number) for name, _, number in told}.get(kind, 0)
    return min(days, RULEBOOK.number("assessment.shared_days", day)) if relies else days


def bounds(day: date) -> tuple[int, int]:
    """The fewest and the most Working Days of fieldwork (SEC-2)."""
    return RULEBOOK.number("assessment.fieldwork_least_wd", day), RULEBOOK.number("assessment.fieldwork_most_wd", day)


def proposed_days(assessment: Assessment, day: date) -> int:
    """The days to ask for: the usual ones, within the bounds."""
    least, most = bounds(day)
    try:
        return min(most, max(least, usual_days(assessment.kind, assessment.party_id, day)))
    except UnknownRule:
        return least
