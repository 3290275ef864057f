"""A guest's private link: who holds it acts without signing in. It is reckoned, and stored nowhere."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from secretariat.core.people import Person
from secretariat.engagement.events.models import STANDING, EngagementEvent, Registration
from secretariat.engagement.keys import is_the_key, key_for, number_in

SALT = "secretariat.engagement.events"


def key_of(registration: Registration) -> str:
    """The key in the link of a saved registration."""
    return key_for(SALT, registration.pk, registration.link_mark)


def opened(key: str) -> Registration | None:
    """The registration behind a key, held by whoever has the key; None for a key that opens nothing."""
    rows = Registration.objects.filter(pk=number_in(key)).select_related("event", "person")
    found: Registration | None = rows.first()
    if found is None or not is_the_key(key, key_of(found)):
        return None
    found.held = True
    return found


def private_link(registration: Registration, person: Person) -> str:
    """The full address of a registration for its person; nothing for anybody else."""
    if registration.person_id != person.pk:
        return ""
    return f"{settings.SITE_URL}{reverse('own registration', args=[key_of(registration)])}"


def guests_link(event: EngagementEvent, person: Person) -> str:
    """The full address of a person's own registration for an event; nothing for who has none."""
    found = event.registrations.filter(person=person, state__in=STANDING).first()
    return private_link(found, person) if found else ""
