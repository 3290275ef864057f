"""Who may, in matters of effort and money."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import committee_member, secretariat, team
from secretariat.core.people import Person, Role, Team

operations_team = team(Team.OPERATIONS)
panel_member = committee_member("SECP")
finance_member = committee_member("PFCG")


def worker_or_lead(person: Person | None, record: Any, at: datetime) -> bool:
    """Whose week it is, while of the secretariat, or the operations team."""
    if operations_team(person, record, at):
        return True
    own = record is None or (person is not None and record.worker_id == person.pk)
    return own and secretariat(person, record, at)


def worker_lead_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """Whose week it is, the operations team, or time alone."""
    return person is None or worker_or_lead(person, record, at)


def finance_group(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Panel's finance group, or the operations team from its headlines."""
    return finance_member(person, record, at) or operations_team(person, record, at)


def the_panel(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Panel, or the operations team from its headlines."""
    return panel_member(person, record, at) or operations_team(person, record, at)


def the_authority(person: Person | None, record: Any, at: datetime) -> bool:
    """The Authority, or the operations team from its letter."""
    known = person is not None and person.acts_as(Role.AUTHORITY, at)
    return known or operations_team(person, record, at)


def team_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The operations team, or time alone."""
    return person is None or operations_team(person, record, at)


def staff_or_panel(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat, or a member of the Panel or of its finance group."""
    known = secretariat(person, record, at)
    return known or panel_member(person, record, at) or finance_member(person, record, at)
