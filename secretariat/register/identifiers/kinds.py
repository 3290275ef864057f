"""The records of identifiers that a reference in prose can name."""

from __future__ import annotations

from secretariat.core import kinds
from secretariat.register.identifiers.models import Allocation, FormerName, IdList, Participant
from secretariat.register.kinds import not_named


def find_participant(text: str) -> Participant | None:
    """The organisation with this key."""
    return Participant.objects.filter(key=text).first()


def find_allocation(text: str) -> Allocation | None:
    """The allocation with this signifier."""
    return Allocation.objects.filter(signifier__iexact=text.strip()).first() if text.strip() else None


kinds.register("participant", Participant, find_participant, lambda row: row.name)
kinds.register("allocation", Allocation, find_allocation)
kinds.register("id list", IdList, not_named)
kinds.register("former name", FormerName, not_named)
