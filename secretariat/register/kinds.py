"""The register's records that a reference in prose can name."""

from __future__ import annotations

from django.db.models import Q

from secretariat.core import kinds
from secretariat.register.models import (
    DefaultCase,
    Departure,
    Party,
    TestedRole,
    TestNotification,
    UserEntry,
    VotingGroup,
)


def find_party(text: str) -> Party | None:
    """The party with this key or legal name; of several rows of one organisation the latest."""
    found = Party.objects.filter(Q(key=text) | Q(name__iexact=text))
    return found.order_by("-acceded_on", "-pk").first()


def find_group(text: str) -> VotingGroup | None:
    """The Voting Group with this key."""
    return VotingGroup.objects.filter(key=text).first()


def not_named(text: str) -> None:
    """Nothing: records that prose does not name by a reference; pages and figures lead to them."""


kinds.register("party", Party, find_party, lambda party: party.name)
kinds.register("voting group", VotingGroup, find_group, lambda group: group.name)
kinds.register("default case", DefaultCase, not_named)
kinds.register("departure", Departure, not_named)
kinds.register("user entry", UserEntry, not_named)
kinds.register("test notification", TestNotification, not_named)
kinds.register("tested role", TestedRole, not_named)
