"""Who may: the predicates of (person, record, at) that procedures share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day

WHATEVER_THE_RECORD: set[Who] = set()
"""The predicates that ask for a person's capacity alone."""


def whatever_the_record(who: Who) -> Who:
    """Makes known that a predicate does not look at the record, which may then be None."""
    WHATEVER_THE_RECORD.add(who)
    return who


def is_out_of_reach(who: Who, person: Person | None, at: datetime) -> bool:
    """Whether a predicate holds for no record at all of a person at an instant, as far as that can be told."""
    return who in WHATEVER_THE_RECORD and not who(person, None, at)


@whatever_the_record
def secretariat(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat."""
    return person is not None and person.acts_as(Role.SECRETARIAT, at)


def team(name: Team) -> Who:
    """A predicate: the named team of the secretariat, or its operations lead."""

    def member(person: Person | None, record: Any, at: datetime) -> bool:
        if person is None:
            return False
        return person.acts_as(Role.SECRETARIAT, at, name) or person.acts_as(Role.SECRETARIAT, at, Team.OPERATIONS)

    member.__name__ = f"{Team(name).name.lower()}_team"
    member.__doc__ = f"The secretariat's {Team(name).label.lower()} team."
    return whatever_the_record(member)


def committee_member(code: str) -> Who:
    """A predicate: a member of the body with this code."""

    def member(person: Person | None, record: Any, at: datetime) -> bool:
        return person is not None and any(
            row.role == Role.COMMITTEE_MEMBER and row.audience == code for row in person.capacities_on(local_day(at))
        )

    member.__name__ = f"{code.lower()}_member"
    member.__doc__ = f"A member of {code}."
    return whatever_the_record(member)


def speaks_for(person: Person | None, at: datetime) -> frozenset[int]:
    """The numbers of the parties whose contact a person is at an instant."""
    rows = person.capacities_on(local_day(at)) if person is not None else []
    return frozenset(
        row.organisation_id for row in rows if row.role == Role.PARTY_CONTACT and row.organisation_id is not None
    )


@whatever_the_record
def party_contact(person: Person | None, record: Any, at: datetime) -> bool:
    """A party's contact."""
    return bool(speaks_for(person, at))


@whatever_the_record
def the_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """Nobody: time alone causes it."""
    return person is None


def anyone_signed_in(person: Person | None, record: Any, at: datetime) -> bool:
    """Anybody who is signed in."""
    return person is not None


def in_a_capacity(person: Person | None, record: Any, at: datetime) -> bool:
    """Anybody who acts in any capacity."""
    return person is not None and bool(person.capacities_on(local_day(at)))
