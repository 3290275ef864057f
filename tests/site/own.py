"""People who speak for parties, for the tests of a party's own pages."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client

from secretariat.core.people import Capacity, Person, Role
from secretariat.register.models import Party
from tests.site.people import AT, PASSWORD, client_of


def contact(of: Party, name: str = "First", since: str = "2019-01-01", **more: Any) -> Person:
    """A person who speaks for a party; one of the same name speaks for another one too."""
    email = f"{name.lower()}@example.test"
    person = Person.objects.filter(email=email).first() or Person.objects.create_user(email, name, PASSWORD)
    told = {"role": Role.PARTY_CONTACT, "organisation_id": of.pk, "recorded": AT, **more}
    Capacity.objects.create(person=person, from_day=date.fromisoformat(since), **told)
    return person


def capacity(of: Party, person: Person) -> Capacity:
    """The capacity in which a person speaks for a party."""
    found: Capacity = Capacity.objects.get(person=person, organisation_id=of.pk)
    return found


def browser(of: Party, name: str = "First") -> Client:
    """A browser of a party's contact."""
    return client_of(contact(of, name))
