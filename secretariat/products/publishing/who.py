"""Who makes, publishes and loads versions of the lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.capacities import committee_member, team
from secretariat.core.people import Person, Team
from secretariat.products.publishing.models import is_central
from secretariat.register.user_entry.procedure import the_dcc

technical_team = team(Team.TECHNICAL)
panel_member = committee_member("SECP")
operations_group_member = committee_member("OPSG")


def the_dcc_or_the_technical_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC's own people, or the technical team for them."""
    return the_dcc(person, record, at) or technical_team(person, record, at)


def who_makes_the_list(person: Person | None, record: Any, at: datetime) -> bool:
    """The technical team; the DCC's own people too, unless it is the Central Products List (section 7.1)."""
    if technical_team(person, record, at):
        return True
    return the_dcc(person, record, at) and (record is None or not is_central(record.list))


def the_operations_group_or_the_technical_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Operations Group, or the technical team from its headlines."""
    return operations_group_member(person, record, at) or technical_team(person, record, at)


def the_panel_or_the_technical_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Panel, or the technical team from its minutes."""
    return panel_member(person, record, at) or technical_team(person, record, at)


def the_asker(person: Person | None, record: Any, at: datetime) -> bool:
    """Whoever asks, each in their own name."""
    return person is not None and bool(record.asked_by_id == person.pk)


def the_asker_or_the_technical_team(person: Person | None, record: Any, at: datetime) -> bool:
    """Who asked, or the technical team."""
    return the_asker(person, record, at) or technical_team(person, record, at)
