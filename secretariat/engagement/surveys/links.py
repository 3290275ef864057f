"""The private link of somebody asked: who holds it answers without signing in. It is reckoned, and stored nowhere."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from secretariat.core.people import Person
from secretariat.engagement.keys import is_the_key, key_for, number_in
from secretariat.engagement.surveys.models import Invitee, Survey

SALT = "secretariat.engagement.surveys"


def key_of(invitee: Invitee) -> str:
    """The key in the link of somebody asked."""
    return key_for(SALT, invitee.pk, invitee.link_mark)


def opened(key: str) -> Invitee | None:
    """Whoever is asked behind a key; None for a key that opens nothing."""
    found: Invitee | None = Invitee.objects.filter(pk=number_in(key)).select_related("survey").first()
    return found if found is not None and is_the_key(key, key_of(found)) else None


def private_link(survey: Survey, person: Person) -> str:
    """The full address at which a person answers a survey; nothing for who is not asked."""
    invitee = survey.invitees.filter(person=person).first()
    return f"{settings.SITE_URL}{reverse('own survey', args=[key_of(invitee)])}" if invitee else ""
