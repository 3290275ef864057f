"""Lays out the Change Board's seats as the rulebook composes it, and keeps those of Voting Groups with the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Unpack

from django.db import models, transaction

from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Constituency, Seat
from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.plain.dates import local_day
from secretariat.register.parties import Category, GroupMembership, VotingGroup

FIXED = (
    Constituency.CONSUMER, Constituency.SMALL_SUPPLIERS, Constituency.NETWORKS, Constituency.OTHER_PARTIES,
)  # fmt: skip
"""The constituencies of the Change Board with a number of seats of their own."""


@dataclass(frozen=True)
class Composition:
    """How many seats a constituency has on a day, how many the rulebook says, and how sure we are of that."""

    constituency: Constituency
    seats: int
    said: int
    entry: Entry


def composition(committee: Committee, day: date) -> list[Composition]:
    """The Change Board's constituencies against the rulebook (rule CB-2)."""
    held = dict(
        Seat.objects.filter(committee=committee).on(day).values_list("constituency").annotate(models.Count("pk"))
    )
    return [Composition(each, held.get(each, 0), number, entry) for each, number, entry in _said(day)]


def _said(day: date) -> Iterator[tuple[Constituency, int, Entry]]:
    per_group = RULEBOOK.entry("ballot.seats.per_large_supplier_group", day)
    large = groups_on(day).count() * RULEBOOK.number(per_group.key, day)
    yield Constituency.LARGE_SUPPLIERS, large, per_group
    for each in FIXED:
        entry = RULEBOOK.entry(f"ballot.seats.{each.name.lower()}", day)
        yield each, RULEBOOK.number(entry.key, day), entry


def groups_on(day: date) -> models.QuerySet[VotingGroup]:
    """The Large Supplier Voting Groups with a party in them on a day."""
    living = GroupMembership.objects.on(day).values("group")
    found: models.QuerySet[VotingGroup] = VotingGroup.objects.filter(category=Category.LARGE_SUPPLIER, pk__in=living)
    return found


def lay_out(committee: Committee, **told: Unpack[Told]) -> list[Seat]:
    """Enters the seats that the rulebook gives and the body lacks; ends those of Voting Groups that are no more.

    Returns the seats entered. Running it again changes nothing.
    """
    day = local_day(told["at"])
    present = Seat.objects.filter(committee=committee).on(day)
    with transaction.atomic():
        for seat in present.filter(voting_group__isnull=False).exclude(voting_group__in=groups_on(day)):
            journal.amend(seat, {"to_day": max(seat.from_day, day - timedelta(days=1))}, **told)
        lacking = [
            Seat(committee=committee, constituency=Constituency.LARGE_SUPPLIERS, voting_group=group, title=group.name)
            for group in groups_on(day).exclude(
                pk__in=present.filter(voting_group__isnull=False).values("voting_group")
            )
        ]
        for line in composition(committee, day):
            for number in range(line.seats, line.said) if line.constituency in FIXED else ():
                title = f"{line.constituency.label} {number + 1}"
                lacking.append(Seat(committee=committee, constituency=line.constituency, title=title))
        for seat in lacking:
            seat.from_day, seat.recorded = day, told["recorded"]
            journal.enter(seat, **told)
    return lacking
