"""How somebody comes into a seat, stays, and leaves it (rules GOV-2, GOV-7, GOV-13, ELE-1, ELE-6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from secretariat.committees.seats.clearances import open_and_close
from secretariat.committees.seats.models import (
    ENDED,
    IN_OFFICE,
    RESIGNED,
    Appointment,
    EmployerChange,
    Filling,
    How,
    members_on,
)
from secretariat.committees.seats.terms import term
from secretariat.committees.who import committees_team, team_member_or_clock, team_or_the_member
from secretariat.core.capacities import the_clock
from secretariat.core.facts import a_day, a_line
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
ROLLING = (Filling.ELECTED, Filling.BODY)
"""Seats whose members have the term of the rulebook where no last day is told; others sit until further notice."""


@rule("ELE-6")
def the_seat_is_there(appointment: Appointment, at: datetime) -> bool:
    """A member takes a seat that the body has on the first day."""
    seat = appointment.seat
    return seat.from_day <= appointment.from_day and (seat.to_day is None or seat.to_day >= appointment.from_day)


@rule("House rule: a second capacity")
def nobody_is_appointed_to_a_second_hat(appointment: Appointment, at: datetime) -> bool:
    """This seat is filled by all members of another body: appoint them there."""
    return not appointment.seat.second_hat


@rule("House rule: seats filled from another body")
def a_member_of_the_other_body(appointment: Appointment, at: datetime) -> bool:
    """The seat is for a member of another body, and this person is none on the first day."""
    filled_by = appointment.seat.filled_by
    if filled_by is None or appointment.alternate_for_id:
        return True
    return bool(members_on(filled_by, appointment.from_day).filter(person=appointment.person_id).exists())


@rule("GOV-7")
def an_alternate_is_another_person(appointment: Appointment, at: datetime) -> bool:
    """A member is not the own alternate."""
    member = appointment.alternate_for
    return member is None or member.person_id != appointment.person_id


@rule("GOV-7")
def notice_of_an_alternate_comes_first(appointment: Appointment, at: datetime) -> bool:
    """An alternate acts from the day of the notice at the earliest."""
    return appointment.notice_on is None or appointment.notice_on <= appointment.from_day


@rule("GOV-2, ELE-1")
def the_term_has_an_end(appointment: Appointment, at: datetime) -> bool:
    """Only who sits for a term is reappointed; this appointment lasts until further notice."""
    return appointment.to_day is not None and not appointment.alternate_for_id


@rule("GOV-2, ELE-1")
def the_new_term_ends_later(appointment: Appointment, at: datetime, facts: Facts) -> bool:
    """A new term ends after the present one."""
    return facts["until"] is None or appointment.to_day is None or facts["until"] > appointment.to_day


@rule("ELE-1")
def the_last_day_is_within_the_term(appointment: Appointment, at: datetime, facts: Facts) -> bool:
    """The last day lies on or after the first day, and not after the day on which the appointment ends anyway."""
    last: date = facts["last_day"]
    return appointment.from_day <= last and (appointment.to_day is None or last <= appointment.to_day)


@rule("GOV-7")
def no_alternate_begins_later(appointment: Appointment, at: datetime, facts: Facts) -> bool:
    """An alternate is named from a day after that one: end that first."""
    return not appointment.alternates.filter(from_day__gt=facts["last_day"], state=IN_OFFICE).exists()


@rule("ELE-1")
def the_term_is_over(appointment: Appointment, at: datetime) -> bool:
    """An appointment is over after its last day."""
    return appointment.to_day is not None and appointment.to_day < local_day(at)


@rule("GOV-13")
def in_the_seat_on_the_day(appointment: Appointment, at: datetime, facts: Facts) -> bool:
    """A change of employer is recorded of a day that has come, on which the person sat."""
    day: date = facts["day"]
    return appointment.from_day <= day <= local_day(at) and (appointment.to_day is None or day <= appointment.to_day)


@rule("GOV-13")
def another_employer(appointment: Appointment, at: datetime, facts: Facts) -> bool:
    """The new employer is another than the one that is known."""
    return bool(facts["employer"].strip() != appointment.employer)


def _appoint(appointment: Appointment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    seat, member = appointment.seat, appointment.alternate_for
    if member is not None:
        appointment.how, appointment.to_day = How.ALTERNATE, appointment.to_day or member.to_day
    elif appointment.to_day is None and seat.filling in ROLLING:
        told = term(seat.committee.code, appointment.from_day)
        appointment.to_day, facts["working"] = told.last, told.working
    appointment.full_clean()
    facts |= {"seat": seat, "person": appointment.person, "how": appointment.how,
              "from_day": appointment.from_day, "to_day": appointment.to_day}  # fmt: skip
    facts["opens"] = open_and_close(appointment, recorded)


def _reappoint(appointment: Appointment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    if appointment.to_day is not None and facts["until"] is None:
        told = term(appointment.seat.committee.code, appointment.to_day + timedelta(days=1))
        facts |= {"until": told.last, "working": told.working}
    appointment.to_day, appointment.terms = facts["until"], appointment.terms + 1
    appointment.full_clean()
    facts["opens"] = open_and_close(appointment, recorded)


def _leave(appointment: Appointment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    last: date = facts["last_day"]
    appointment.to_day, appointment.why_ended = last, facts["reason"]
    open_and_close(appointment, recorded, at_once=appointment.state == ENDED and last <= local_day(at))
    for alternate in appointment.alternates.filter(from_day__lte=last).exclude(to_day__lte=last):
        alternate.to_day = last
        alternate.save(update_fields=["to_day"])
        open_and_close(alternate, recorded)


def _resign(appointment: Appointment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    appointment.notice_on = local_day(at)
    _leave(appointment, at, recorded, facts)


def _change_employer(appointment: Appointment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    facts["before"] = appointment.employer
    change = EmployerChange(
        appointment=appointment, day=facts["day"], left=appointment.employer, joined=facts["employer"].strip(),
        recorded=recorded, classification=appointment.classification, audience=appointment.audience,
        invented=appointment.invented,
    )  # fmt: skip
    change.full_clean()
    change.save()
    appointment.employer = change.joined


LAST = {"last_day": a_day(help_text="The last day in the seat."), "reason": a_line(200, required=False)}

APPOINTMENTS = Procedure(
    "appointment",
    Appointment,
    Step("appoint", NEW, IN_OFFICE, team_member_or_clock,
         rules=(the_seat_is_there, nobody_is_appointed_to_a_second_hat, a_member_of_the_other_body,
                an_alternate_is_another_person, notice_of_an_alternate_comes_first), change=_appoint),
    Step("reappoint", IN_OFFICE, IN_OFFICE, committees_team, says="Appoint for another term",
         rules=(the_term_has_an_end, the_new_term_ends_later), change=_reappoint,
         facts={"until": a_day(required=False, help_text="Empty: as long as the rules say.")}),
    Step("change_employer", IN_OFFICE, None, team_or_the_member, says="Record a change of employer",
         rules=(in_the_seat_on_the_day, another_employer), change=_change_employer,
         facts={"employer": a_line(200, "Works for"),
                "day": a_day("Since")}),
    Step("resign", IN_OFFICE, RESIGNED, team_or_the_member,
         rules=(the_last_day_is_within_the_term, no_alternate_begins_later), facts=LAST, change=_resign),
    Step("end", IN_OFFICE, ENDED, committees_team, says="End the appointment",
         rules=(the_last_day_is_within_the_term, no_alternate_begins_later), facts=LAST, change=_leave),
    Step("expire", IN_OFFICE, ENDED, the_clock, says="The term is over", rules=(the_term_is_over,)),
)  # fmt: skip


@register
def what_time_ends(at: datetime) -> Iterator[Due]:
    """The appointments whose last day has passed."""
    for appointment in Appointment.objects.filter(state=IN_OFFICE, to_day__lt=local_day(at)):
        yield Due(APPOINTMENTS, "expire", appointment)
