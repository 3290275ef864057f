"""Whom an event is meant for: the people, the party that each speaks for, and why they are invited."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from secretariat.consultations.who import AUDIENCE, invites
from secretariat.core import journal
from secretariat.core.capacities import speaks_for
from secretariat.core.people import Capacity, Person, Role
from secretariat.engagement.events.models import STANDING, EngagementEvent, Invitation, Registration
from secretariat.plain.dates import local_day
from secretariat.register.parties import Category, CategoryMembership, Party

LABELS = dict(AUDIENCE)


@dataclass(frozen=True)
class Guest:
    """One person whom an event is meant for, and why; `left_out` says why they are not invited now."""

    person: Person
    party: Party | None
    why: str
    category: str = ""
    left_out: str = ""


def people_of(invited: Collection[str], at: datetime) -> list[Guest]:
    """Everybody who can be reached of some kinds of guest, each once, by party and name, with why."""
    every = [*_of_the_dcc(invited, at), *_of_parties(invited, at)]
    found = {guest.person.pk: guest for guest in every}
    return sorted(found.values(), key=lambda one: (str(one.party or ""), one.person.name, one.person.pk))


def is_meant_for(event: EngagementEvent, person: Person | None, at: datetime) -> bool:
    """Whether a person, or somebody who is not signed in, can register: for no party, or for one they speak for."""
    if invites(event, None, local_day(at)):
        return True
    parties = Party.objects.filter(pk__in=speaks_for(person, at))
    return any(invites(event, party, local_day(at)) for party in parties)


def guests(event: EngagementEvent, at: datetime) -> list[Guest]:
    """Everybody who can be reached and whom the event is meant for, and who of them is left out."""
    invited = set(Invitation.objects.filter(event=event).values_list("person", flat=True))
    there = set(Registration.objects.filter(event=event, state__in=STANDING).values_list("person", flat=True))
    people = people_of(event.invited, at)
    return [replace(one, left_out=_left_out(one.person, invited, there)) for one in people]


def _left_out(person: Person, invited: set[int], there: set[int]) -> str:
    if person.pk in there:
        return "registered already"
    return "invited already" if person.pk in invited else ""


def _of_parties(invited: Collection[str], at: datetime) -> Iterable[Guest]:
    day = local_day(at)
    rows: Any = CategoryMembership.objects.on(day)
    categories = dict(rows.filter(category__in=invited).values_list("party", "category"))
    parties = {party.pk: party for party in Party.objects.on(day).filter(pk__in=categories)}
    spoken: Any = Capacity.objects.on(day)
    spoken = spoken.filter(role=Role.PARTY_CONTACT, organisation_id__in=parties, person__is_active=True)
    for row in spoken.select_related("person"):
        party = parties[row.organisation_id]
        yield Guest(row.person, party, f"Contact of {party}, {LABELS[categories[party.pk]]}", categories[party.pk])


def _of_the_dcc(invited: Collection[str], at: datetime) -> Iterable[Guest]:
    if Category.DCC.value not in invited:
        return
    rows: Any = Capacity.objects.on(local_day(at))
    for row in rows.filter(role=Role.DCC, person__is_active=True).select_related("person"):
        yield Guest(row.person, None, "Represents the DCC", Category.DCC.value)


def uninvited(event: EngagementEvent, at: datetime) -> list[Guest]:
    """Those who would be invited now: neither invited before nor registered."""
    return [guest for guest in guests(event, at) if not guest.left_out]


def invite(event: EngagementEvent, at: datetime, recorded: datetime) -> int:
    """Writes down an invitation, with why, for everybody who has none; returns how many. The notice is the step's."""
    rows = [
        Invitation(event=event, person=one.person, party=one.party, why=one.why[:200], recorded=recorded)
        for one in uninvited(event, at)
    ]
    journal.enter_all(rows, by=None, at=at, recorded=recorded, verb="enter")
    return len(rows)
