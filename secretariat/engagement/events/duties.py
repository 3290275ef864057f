"""The events that are meant for a party and to which its people can still register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.consultations.who import invites
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.engagement.events.models import FULL, OPEN, STANDING, EngagementEvent
from secretariat.plain.dates import instant, local_day
from secretariat.register.parties import Party


@duties
def events(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """An open event for each that the party may come to and the person has not registered for."""
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        return
    rows = EngagementEvent.objects.filter(state__in=(OPEN, FULL), begins_at__gt=at).visible_to(person, at)
    for event in rows.exclude(registrations__in=_own(person)):
        if invites(event, party, local_day(at)) and at <= event.registration_ends:
            why = f"It begins {instant(event.begins_at)}."
            yield Duty(f"Register for {event}", event, event.registration_ends, why=why,
                       citation="HLP-8", does="Register", weight=Weight.MAY, name="register",
                       href=reverse("event-register", args=[event.pk]))  # fmt: skip


def _own(person: Person | None) -> list[int]:
    if person is None:
        return []
    return list(person.event_registrations.filter(state__in=STANDING).values_list("pk", flat=True))
