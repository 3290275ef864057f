"""Who is invited comes or sends apologies, arrives and leaves; a conflict of interest is declared and dealt with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.facts import a_line
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.meetings.attending.joining import close_to
from secretariat.meetings.attending.models import (
    APOLOGIES,
    COMING,
    DECLARED,
    INVITED,
    LEFT,
    PRESENT,
    STAYS,
    WITHDRAWN,
    WITHDREW,
    Attendance,
    Capacity,
    Conflict,
    Place,
    Presence,
)
from secretariat.meetings.models import CANCELLED, HELD, PLANNED
from secretariat.meetings.procedure import committees_team
from secretariat.plain.dates import local_day


def themself_or_team(person: Person | None, record: Attendance | Conflict, at: datetime) -> bool:
    """Whom it is about, or the secretariat's committees team."""
    own = person is not None and record is not None and record.person_id == person.pk
    return own or committees_team(person, record, at)


def who_is_asked(person: Person | None, record: Attendance, at: datetime) -> bool:
    """Who is invited to a meeting to come, and has not answered."""
    own = person is not None and record.person_id == person.pk
    return own and record.state == INVITED and record.meeting.state == PLANNED


@rule("GOV-9")
def is_not_cancelled(attendance: Attendance, at: datetime) -> bool:
    """Nobody comes to a meeting that is cancelled."""
    return attendance.meeting.state in (PLANNED, HELD)


@rule("GOV-9")
def is_to_come(attendance: Attendance, at: datetime) -> bool:
    """Whether somebody comes is said before the meeting."""
    return attendance.meeting.state == PLANNED


@rule("GOV-5")
def on_the_day(attendance: Attendance, at: datetime) -> bool:
    """Somebody arrives on the day of the meeting."""
    return local_day(at) == attendance.meeting.day


@rule("GOV-5")
def after_arriving(attendance: Attendance, at: datetime) -> bool:
    """Nobody leaves before arriving, or on another day."""
    there = attendance.presences.filter(left_at=None).first()
    return there is not None and there.arrived_at <= at and local_day(at) == attendance.meeting.day


@rule("GOV-5")
def after_leaving(attendance: Attendance, at: datetime) -> bool:
    """Who comes back arrives after having left."""
    return not attendance.presences.filter(left_at__gt=at).exists()


@rule("GOV-5")
def comes_for_a_seat(attendance: Attendance, at: datetime) -> bool:
    """The chair is taken by a member or an alternate."""
    return attendance.capacity in (Capacity.MEMBER, Capacity.ALTERNATE)


def _arrive(attendance: Attendance, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    Presence.objects.create(attendance=attendance, arrived_at=at)


def _leave(attendance: Attendance, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    attendance.presences.filter(left_at=None).update(left_at=at)
    attendance.chairs = False


def _take_the_chair(attendance: Attendance, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    Attendance.objects.filter(meeting=attendance.meeting_id, chairs=True).update(chairs=False)
    attendance.chairs = True


def _apologise(attendance: Attendance, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    attendance.reason = facts["reason"]


def _accept(attendance: Attendance, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    attendance.reason = ""


def _withdraw(attendance: Attendance, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Who is not invited any more does not read how to join."""
    place = Place.objects.filter(meeting=attendance.meeting_id).first()
    if place is not None and attendance.person is not None:
        close_to(place, attendance.person)


def invited(meeting_id: int) -> Any:
    """The attendances at a meeting whose invitation stands."""
    return Attendance.objects.filter(meeting=meeting_id).exclude(state=WITHDRAWN)


ATTENDANCES = Procedure(
    "attendance",
    Attendance,
    Step("invite", NEW, INVITED, committees_team, (is_not_cancelled,)),
    Step("accept", (INVITED, APOLOGIES), COMING, themself_or_team, (is_to_come,), change=_accept, says="Say you come",
         primary=True, turn=who_is_asked),
    Step("apologise", (INVITED, COMING), APOLOGIES, themself_or_team, (is_not_cancelled,),
         {"reason": a_line(200, required=False)}, _apologise, "Send apologies"),
    Step("arrive", (INVITED, COMING, APOLOGIES, LEFT), PRESENT, committees_team,
         (is_not_cancelled, on_the_day, after_leaving), change=_arrive, says="Has arrived"),
    Step("leave", PRESENT, LEFT, committees_team, (after_arriving,), change=_leave, says="Has left"),
    Step("take_the_chair", PRESENT, None, committees_team, (comes_for_a_seat,), change=_take_the_chair,
         says="Takes the chair"),
    Step("withdraw", (INVITED, COMING, APOLOGIES), WITHDRAWN, committees_team, change=_withdraw,
         says="Withdraw the invitation"),
)  # fmt: skip


@rule("GOV-3")
def at_a_meeting_not_cancelled(conflict: Conflict, at: datetime) -> bool:
    """A conflict of interest is declared for a meeting that is not cancelled."""
    return conflict.meeting.state != CANCELLED


@rule("GOV-3")
def is_on_the_list(conflict: Conflict, at: datetime) -> bool:
    """Who declares a conflict of interest is on the list of those invited to the meeting."""
    return bool(invited(conflict.meeting_id).filter(person=conflict.person_id).exists())


def _outcome(conflict: Conflict, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    conflict.outcome = facts["decided"]


CONFLICTS = Procedure(
    "conflict",
    Conflict,
    Step("declare", NEW, DECLARED, themself_or_team, (at_a_meeting_not_cancelled, is_on_the_list)),
    Step("withdraw", DECLARED, WITHDREW, committees_team, (at_a_meeting_not_cancelled,), says="Withdrew for the item",
         primary=True),
    Step("let_stay", DECLARED, STAYS, committees_team, (at_a_meeting_not_cancelled,),
         {"decided": a_line(200, "What the body decided")}, _outcome,
         "The body lets the person stay"),
)  # fmt: skip
