"""How fieldwork is booked: asked for, placed with an assessor, moved, held or cancelled (SEC-5), as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q

from secretariat.assurance.models import ENDED, State
from secretariat.assurance.planning.diaries import bounds, diaries, earliest_day
from secretariat.assurance.planning.models import ASKED, BOOKED, CANCELLED, HELD, Assessor, BookedDay, Booking
from secretariat.assurance.planning.windows import tried
from secretariat.core.calendar import calendar
from secretariat.core.capacities import speaks_for, team, the_clock
from secretariat.core.facts import a_day, a_line
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
security_team = team(Team.SECURITY)
BEFORE_FIELDWORK = (State.REQUESTED, State.BOOKED, State.VALIDATED, State.FIRST_PHASE)


def asker(person: Person | None, record: Any, at: datetime) -> bool:
    """The party's own contact, or the security team."""
    if security_team(person, record, at):
        return True
    own = speaks_for(person, at)
    if record is None or record.assessment_id is None:
        return bool(own)
    return record.assessment.party_id in own


def team_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's security team, or time alone."""
    return the_clock(person, record, at) or security_team(person, record, at)


@rule("SEC-2")
def has_fieldwork(booking: Booking, at: datetime) -> bool:
    """A self-assessment has no fieldwork, so none is booked for it."""
    return not booking.assessment.is_self_assessed


@rule("SEC-7")
def is_before_fieldwork(booking: Booking, at: datetime) -> bool:
    """Fieldwork is booked and moved while the assessment is requested, booked or validated; afterwards it is done."""
    return booking.assessment.state in BEFORE_FIELDWORK


@rule("SEC-2")
def lasts_as_long_as_fieldwork_does(booking: Booking, at: datetime) -> bool:
    """Fieldwork lasts from three to ten Working Days, as the rulebook has it."""
    least, most = bounds(local_day(at))
    return least <= booking.days <= most


@rule("SEC-5")
def is_asked_for_on_the_day(booking: Booking, at: datetime) -> bool:
    """A booking is asked for on the day on which its form came, not before it and not after it."""
    return booking.asked_on == local_day(at)


@rule("SEC-5")
def lead_time_is_kept(booking: Booking, at: datetime, facts: Facts) -> bool:
    """Fieldwork begins at the earliest the rulebook's weeks after it was asked for: twelve."""
    return bool(facts["first_day"] >= earliest_day(booking, calendar()))


@rule("SEC-5")
def begins_later_than_today(booking: Booking, at: datetime, facts: Facts) -> bool:
    """Fieldwork is placed on days to come."""
    return bool(facts["first_day"] > local_day(at))


@rule("SEC-1")
def assessor_is_of_the_body(booking: Booking, at: datetime, facts: Facts) -> bool:
    """Security is assessed by the User CIO, privacy by the Independent Privacy Auditor."""
    return bool(facts["assessor"].body == booking.assessment.assessor)


@rule("SEC-5")
def meeting_comes_before(booking: Booking, at: datetime, facts: Facts) -> bool:
    """The meeting beforehand is on a Working Day before fieldwork begins."""
    day = facts["pre_meeting_on"]
    return day is None or (day < facts["first_day"] and calendar().is_working_day(day))


@rule("SEC-5")
def begins_on_another_day(booking: Booking, at: datetime, facts: Facts) -> bool:
    """A booking is moved to another day or another assessor."""
    return bool((facts["first_day"], facts["assessor"]) != (booking.first_day, booking.assessor))


@rule("SEC-7")
def fieldwork_is_over(booking: Booking, at: datetime) -> bool:
    """Fieldwork was held once its last day is over."""
    return booking.last_day is not None and booking.last_day < local_day(at)


@rule("SEC-7")
def assessment_was_cancelled(booking: Booking, at: datetime) -> bool:
    """A booking falls away by itself when its assessment has ended without the fieldwork."""
    return booking.assessment.state in ENDED


def placed(booking: Booking, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Takes the days of fieldwork in the assessor's diary. Raises Refused with every reason against them."""
    assessor: Assessor = facts["assessor"]
    diary = next(one for one in diaries(without=booking) if one.key == assessor.pk)
    found = tried(diary, facts["first_day"], booking.days, calendar())
    if found.window is None:
        raise Refused(*found.reasons)
    booking.assessor = assessor
    booking.first_day, booking.last_day = found.window.first, found.window.last
    booking.pre_meeting_on = facts.get("pre_meeting_on") or booking.pre_meeting_on
    booking.booked_days.all().delete()
    told: dict[str, Any] = {"booking": booking, "assessor": assessor, "classification": booking.classification}
    BookedDay.objects.bulk_create(BookedDay(day=day, audience=booking.audience, **told) for day in found.window.days)


def freed(booking: Booking, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Gives back the days that have not come yet; the earlier ones stay told."""
    booking.booked_days.filter(day__gte=local_day(at)).delete()


def _assessor() -> forms.Field:
    return forms.ModelChoiceField(Assessor.objects.all(), label="Assessor")


FIRST_DAY = a_day("First day of fieldwork")


ON_DAYS = (is_before_fieldwork, lead_time_is_kept, begins_later_than_today, assessor_is_of_the_body)

BOOKINGS = Procedure(
    "booking",
    Booking,
    Step(
        "ask", NEW, ASKED, asker,
        (has_fieldwork, is_before_fieldwork, lasts_as_long_as_fieldwork_does, is_asked_for_on_the_day),
        says="Ask for fieldwork",
    ),
    Step(
        "place", ASKED, BOOKED, security_team, (*ON_DAYS, meeting_comes_before),
        {"assessor": _assessor, "first_day": FIRST_DAY,
         "pre_meeting_on": a_day("Meeting beforehand on", required=False,
                                 help_text="A free session of an hour with the assessor.")}, placed,
        says="Place it with an assessor", primary=True,
    ),
    Step(
        "move", BOOKED, BOOKED, security_team, (*ON_DAYS, begins_on_another_day),
        {"assessor": _assessor, "first_day": FIRST_DAY, "reason": a_line(200, "Why")}, placed, says="Move it",
    ),
    Step("hold", BOOKED, HELD, team_or_clock, (fieldwork_is_over,), says="Record that it was held"),
    Step("withdraw", ASKED, CANCELLED, asker, (), {"reason": a_line(200, "Why")}, says="Withdraw it"),
    Step(
        "lapse", (ASKED, BOOKED), CANCELLED, team_or_clock, (assessment_was_cancelled,), change=freed,
        says="Let it fall away",
    ),
)  # fmt: skip


@register
def over_or_fallen_away(at: datetime) -> Iterator[Due]:
    """The bookings whose fieldwork is over, and those whose assessment has ended before it."""
    today = local_day(at)
    rows = Booking.objects.filter(state__in=(ASKED, BOOKED)).select_related("assessment__party")
    ended = Q(assessment__state__in=ENDED)
    for booking in rows.filter(ended & (Q(last_day__isnull=True) | Q(last_day__gte=today))):
        yield Due(BOOKINGS, "lapse", booking)
    for booking in rows.filter(state=BOOKED, last_day__lt=today):
        yield Due(BOOKINGS, "hold", booking)
