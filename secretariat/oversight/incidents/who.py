"""Who keeps incidents of the central service, and who judges them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import committee_member, speaks_for, team
from secretariat.core.people import Person, Team
from secretariat.register.user_entry.procedure import the_dcc

technical_team = team(Team.TECHNICAL)
operations_group_member = committee_member("OPSG")


def dcc_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC, or the secretariat's technical team for it."""
    return the_dcc(person, record, at) or technical_team(person, record, at)


def group_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Operations Group, or the technical team from its headlines."""
    return operations_group_member(person, record, at) or technical_team(person, record, at)


def dcc_group_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC, a member of the Operations Group, or the technical team for either."""
    return the_dcc(person, record, at) or group_or_team(person, record, at)


def dcc_user_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC, the Service User who is to resolve the incident, or the technical team for either."""
    own = record is not None and record.party_id is not None and record.party_id in speaks_for(person, at)
    return own or dcc_or_team(person, record, at)
