"""The private links of a subscriber: to confirm, to choose, and to end it without signing in.

A link is signed with the installation's own secret. It is reckoned as a mail is sent, and stored nowhere. One to
confirm holds for the request that it answers, and for no later one.
"""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from secretariat.core.people import Person
from secretariat.engagement.subscribing.models import ASKED, Subscriber

_CONFIRM = Signer(salt="secretariat.newsletter.confirm")
_OWN = Signer(salt="secretariat.newsletter.own")


def confirm_link(subscriber: Subscriber) -> str:
    """The address that confirms the newest request of a subscriber."""
    return _link("newsletter-confirm", _CONFIRM.sign(f"{subscriber.pk}-{subscriber.asked_times}"))


def choices_link(reader: Subscriber | Person) -> str:
    """The address at which a reader chooses what comes, and how often."""
    return _link("newsletter-choices", own_key(reader))


def unsubscribe_link(reader: Subscriber | Person) -> str:
    """The address that ends it for a reader."""
    return _link("newsletter-unsubscribe", own_key(reader))


def own_key(reader: Subscriber | Person) -> str:
    """What stands in a reader's own links."""
    return _OWN.sign(f"{'p' if isinstance(reader, Person) else 's'}{reader.pk}")


def _link(name: str, key: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[key])}"


def confirming(key: str) -> Subscriber | None:
    """The subscriber that a link to confirm belongs to; None when it is not the newest or none of ours."""
    try:
        pk, _, times = _CONFIRM.unsign(key).partition("-")
    except BadSignature:
        return None
    found: Subscriber | None = Subscriber.objects.filter(pk=pk, asked_times=times).first()
    return found if found is not None and found.state in (ASKED, "confirmed") else None


def owner(key: str) -> Subscriber | Person | None:
    """Whose link it is: a subscriber, or a person who is written to in a capacity; None when it is none of ours."""
    try:
        told = _OWN.unsign(key)
    except BadSignature:
        return None
    if told.startswith("p"):
        person = Person.objects.filter(pk=told[1:]).first()
        own: Subscriber | None = Subscriber.objects.filter(person=person).first() if person else None
        return own or person
    found: Subscriber | None = Subscriber.objects.filter(pk=told[1:]).first()
    return found
