"""Opening a ballot: who its electors are is read off the seats or the register, and frozen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from secretariat.committees.ballots.models import Ballot, Elector, Electorate
from secretariat.committees.seats.models import Constituency, members_on
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.register.parties import Category, CategoryMembership, GroupMembership, Party, VotingGroup


def freeze(ballot: Ballot, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Writes down the electors as they are on the day of the opening; the event lists them. Raises Refused for none."""
    found = list(electorate(ballot, local_day(at)))
    if not any(elector.has_vote for elector in found):
        raise Refused("Nobody could vote: no seat has a member, or no party is in the category.")
    for elector in found:
        elector.ballot = ballot
        elector.classification, elector.audience = ballot.classification, ballot.audience
    kept = Elector.objects.bulk_create(found)
    facts |= {
        "question": ballot.question,
        "method": ballot.method,
        "options": ballot.options,
        "secret": ballot.secret,
        "places": ballot.places,
        "closes_at": ballot.closes_at,
        "electors": [
            {"id": each.pk, "name": each.name, "constituency": each.constituency, "has_vote": each.has_vote}
            for each in kept
        ],
    }


def electorate(ballot: Ballot, day: date) -> Iterator[Elector]:
    """The electors of a ballot as they are on a day, or as they stand on its roll where that was frozen before."""
    if ballot.electorate == Electorate.SEATS:
        yield from _seats(ballot, day)
    elif ballot.electorate == Electorate.GROUPS:
        yield from _groups(ballot, day)
    else:
        yield from _parties(ballot, day)


def _seats(ballot: Ballot, day: date) -> Iterator[Elector]:
    """Each seat with a member; of the seats without a vote only the Chair's, who counts for the quorum (CB-4)."""
    held = members_on(ballot.committee, day)
    for appointment in held.order_by("seat__constituency", "seat__title", "pk"):
        seat = appointment.seat
        if seat.votes or seat.constituency == Constituency.CHAIR:
            place = seat.get_constituency_display()
            yield Elector(seat=seat, name=seat.title, constituency=place, has_vote=seat.votes)


def _groups(ballot: Ballot, day: date) -> Iterator[Elector]:
    living: Any = ballot.roll or GroupMembership.objects.on(day).values("group")
    rows = VotingGroup.objects.filter(pk__in=living)
    for group in rows.filter(category=ballot.category) if ballot.category else rows.exclude(category=Category.DCC):
        yield Elector(voting_group=group, name=group.name, constituency=group.get_category_display())


def _parties(ballot: Ballot, day: date) -> Iterator[Elector]:
    categories = {row.party_id: row.get_category_display() for row in CategoryMembership.objects.on(day)
                  if ballot.category in ("", row.category)}  # fmt: skip
    rows = Party.objects.on(day).filter(pk__in=categories)
    for party in Party.objects.filter(pk__in=ballot.roll) if ballot.roll else rows.filter(is_dcc=False):
        yield Elector(party=party, name=party.name, constituency=categories.get(party.pk, ""))
