"""People in their capacities, for the tests of the shell."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from secretariat.core.people import Capacity, Person, Role, Team

AT = datetime(2020, 3, 6, 9, tzinfo=UTC)
PASSWORD = "a long enough password"

ROLES: dict[str, dict[str, Any]] = {
    "operations": {"role": Role.SECRETARIAT, "team": Team.OPERATIONS},
    "helpdesk": {"role": Role.SECRETARIAT, "team": Team.HELPDESK},
    "secretary": {"role": Role.SECRETARIAT, "team": Team.COMMITTEES},
    "party": {"role": Role.PARTY_CONTACT, "organisation_id": 1},
    "member": {"role": Role.COMMITTEE_MEMBER, "audience": "SECP"},
    "dcc": {"role": Role.DCC},
    "authority": {"role": Role.AUTHORITY},
}


def person_as(name: str) -> Person:
    """A person who acts in one capacity; "nobody in particular" acts in none."""
    person = Person.objects.create_user(f"{name.replace(' ', '-')}@example.test", name.title(), PASSWORD)
    if name in ROLES:
        Capacity.objects.create(person=person, from_day=date(2019, 1, 1), recorded=AT, **ROLES[name])
    return person


def client_of(person: Person | None, **options: Any) -> Client:
    """A browser, signed in as a person or signed out."""
    client = Client(**options)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def client_as(name: str) -> Client:
    """A browser of somebody in a capacity; "public" is signed out."""
    return client_of(None if name == "public" else person_as(name))
