"""Small facts for the post room's tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.core import journal
from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.classification import Class
from secretariat.core.people import Capacity, Person, Role
from secretariat.plain.dates import LONDON
from secretariat.post.drafts import Draft, queue
from secretariat.post.models import Message

AT = datetime(2020, 2, 17, 9, 30, tzinfo=LONDON)


def person(name: str, role: str = "", **capacity: Any) -> Person:
    """A person, with a capacity from 2013 when a role is given."""
    made = Person.objects.create_user(f"{name.lower()}@example.org", name=name)
    if role:
        Capacity.objects.create(person=made, role=role, from_day=date(2013, 9, 23), recorded=AT, **capacity)
    return made


def secretary() -> Person:
    return person("Secretary", Role.SECRETARIAT)


def contact(name: str = "Contact") -> Person:
    return person(name, Role.PARTY_CONTACT, organisation_id=7)


def holiday(
    day: date = date(2020, 5, 8), name: str = "ENQ-000123 extra day", rank: int = Class.GREEN, **fields: Any
) -> ProclaimedHoliday:
    """A record with an event "proclaimedholiday.enter": any classified record would do."""
    made = ProclaimedHoliday(day=day, name=name, source="Invented", recorded=AT, classification=rank, **fields)
    journal.enter(made, by=None, at=AT, recorded=AT)
    return made


def queued(to: Person, key: str = "one") -> Message:
    """One queued message without a record."""
    draft = Draft(key=key, person=to, subject="A subject", body="A text\n", notice="test")
    return queue([draft], AT, AT)[0]
