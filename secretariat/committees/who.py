"""Who acts for the bodies: the committees team, and a member for the own seat."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import team
from secretariat.core.people import Person, Team
from secretariat.plain.dates import local_day

committees_team = team(Team.COMMITTEES)


def team_or_the_member(person: Person | None, appointment: Any, at: datetime) -> bool:
    """The secretariat's committees team; a member for an alternate of the own, or for the own appointment."""
    if person is None or committees_team(person, appointment, at):
        return person is not None
    if appointment is None:
        return bool(person.pk and person.appointments.on(local_day(at)).filter(alternate_for=None).exists())
    member = appointment.alternate_for if appointment.alternate_for_id else appointment
    return bool(member.pk and member.person_id == person.pk)


def team_member_or_clock(person: Person | None, appointment: Any, at: datetime) -> bool:
    """The secretariat's committees team, a member for the own alternate, or time alone, as an election closes."""
    return person is None or team_or_the_member(person, appointment, at)
