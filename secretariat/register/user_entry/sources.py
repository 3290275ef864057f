"""Where the record shows that a requirement is met: the DCC's words, what holds for another role, and other rooms."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from secretariat.plain.dates import long_date
from secretariat.register.entry import TestNotification
from secretariat.register.identifiers.models import UserId
from secretariat.register.user_entry.models import CONFIRMED, ENDED, PER_ROLE, Kind, Requirement

TESTS = {Kind.SREPT: "srept", Kind.UEPT: "uept", Kind.SMETS1: "smets1"}
"""The tests whose notification meets a requirement (rule UEP-3)."""


@dataclass(frozen=True)
class Source:
    """What shows that a requirement is met, and since when."""

    day: date
    evidence: str


Ask = Callable[[Requirement], Iterable[Source]]

SOURCES: list[Ask] = []
"""What rooms above the register show of a requirement."""


def shows(ask: Ask) -> Ask:
    """Makes known a room's function of a requirement; it yields what in that room shows the requirement to be met."""
    SOURCES.append(ask)
    return ask


def on_record(requirement: Requirement) -> Source | None:
    """What in the record shows that a requirement is met; after a withdrawal, only what is newer than it."""
    found = sorted(_sources(requirement), key=lambda source: source.day)
    newer = [one for one in found if requirement.withdrawn_on is None or one.day > requirement.withdrawn_on]
    return newer[-1] if newer else None


def _sources(requirement: Requirement) -> Iterator[Source]:
    kind = Kind(requirement.kind)
    if kind in TESTS:
        yield from _notified(requirement, kind)
    if kind == Kind.USER_ID:
        yield from _accepted(requirement)
    if kind not in PER_ROLE:
        yield from _of_another_role(requirement)
    for ask in SOURCES:
        yield from ask(requirement)


def _notified(requirement: Requirement, kind: Kind) -> Iterator[Source]:
    rows = TestNotification.objects.filter(party_id=requirement.entry.party_id, kind=TESTS[kind])
    if kind == Kind.UEPT:
        rows = rows.filter(roles=requirement.entry.role_id)
    if kind == Kind.SMETS1:
        rows = rows.filter(Q(roles=requirement.entry.role_id) | Q(roles__isnull=True))
    for day in rows.values_list("notified_on", flat=True):
        yield Source(day, f"The DCC's notification of {long_date(day)}")


def _accepted(requirement: Requirement) -> Iterator[Source]:
    rows = UserId.objects.filter(allocation__party=requirement.entry.party_id, roles=requirement.entry.role_id)
    for row in rows.filter(accepted_on__isnull=False, to_day__isnull=True):
        yield Source(row.accepted_on, f"User ID {row}")


def _of_another_role(requirement: Requirement) -> Iterator[Source]:
    rows = Requirement.objects.filter(entry__party_id=requirement.entry.party_id, kind=requirement.kind)
    others = rows.filter(state=CONFIRMED, day__isnull=False).exclude(pk=requirement.pk).exclude(entry__state=ENDED)
    for day, evidence in others.values_list("day", "evidence"):
        yield Source(day, evidence)
