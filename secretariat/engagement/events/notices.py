"""Who hears of an event: those invited, and at each turn those who registered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.engagement.events.links import guests_link, private_link
from secretariat.engagement.events.models import (
    ASKED,
    ATTENDED,
    PLACED,
    WAITING,
    EngagementEvent,
    Invitation,
    Registration,
)
from secretariat.post.notices import PRIVATE_LINKS, Notice, notify

PRIVATE_LINKS[kind_of(Registration)] = private_link
PRIVATE_LINKS[kind_of(EngagementEvent)] = guests_link


def those_invited(event: Event, record: EngagementEvent, at: datetime) -> Iterable[Person]:
    """Those whom this invitation wrote down."""
    rows = Invitation.objects.filter(event=record, recorded=event.recorded)
    return Person.objects.filter(pk__in=rows.values("person"), is_active=True)


def _guests(record: EngagementEvent, *states: str) -> Iterable[Person]:
    rows = Registration.objects.filter(event=record, state__in=states)
    return Person.objects.filter(pk__in=rows.values("person"), is_active=True)


def guests_and_the_line(event: Event, record: EngagementEvent, at: datetime) -> Iterable[Person]:
    """Everybody with a place or on the waiting list."""
    return _guests(record, PLACED, WAITING)


def guests(event: Event, record: EngagementEvent, at: datetime) -> Iterable[Person]:
    """Everybody with a place."""
    return _guests(record, PLACED)


def those_who_came(event: Event, record: EngagementEvent, at: datetime) -> Iterable[Person]:
    """Everybody who came, or of whom it was not told yet."""
    return _guests(record, PLACED, ATTENDED)


def the_guest(event: Event, record: Registration, at: datetime) -> Iterable[Person]:
    """Whoever it is for."""
    return [record.person]


def who_waits(event: Event, record: Registration, at: datetime) -> Iterable[Person]:
    """Whoever it is for, while no place was given."""
    return [record.person] if record.state == WAITING else []


def who_has_not_confirmed(event: Event, record: Registration, at: datetime) -> Iterable[Person]:
    """Whoever it is for, while it is not confirmed."""
    return [record.person] if record.state == ASKED else []


def _of(name: str, to: Any, subject: str, words: str, **more: str) -> Notice:
    return Notice(name, to=to, subject=subject, template=f"engagement/events/notices/{words}.txt", **more)


TITLE, EVENT_TITLE = "{{ record.title }}", "{{ record.event.title }}"

NOTICES = notify(
    _of("engagement_event.invite", those_invited, f"You are invited: {TITLE}", "invite"),
    _of("engagement_event.move", guests_and_the_line, f"New hours: {TITLE}", "move"),
    _of("engagement_event.relocate", guests_and_the_line, f"It is elsewhere: {TITLE}", "relocate"),
    _of("engagement_event.cancel", guests_and_the_line, f"Cancelled: {TITLE}", "cancel"),
    _of("engagement_event.remind", guests, f"Soon: {TITLE}", "remind"),
    _of("engagementevent.add_material", those_who_came, f"Materials: {TITLE}", "materials"),
    _of("registration.ask", who_has_not_confirmed, f"Confirm your registration: {EVENT_TITLE}", "confirm"),
    _of("registration.send_link", the_guest, f"Your registration: {EVENT_TITLE}", "link"),
    _of("registration.register", who_waits, f"On the waiting list: {EVENT_TITLE}", "waiting"),
    _of("registration.confirm", who_waits, f"On the waiting list: {EVENT_TITLE}", "waiting"),
    _of("registration.give_place", the_guest, f"You have a place: {EVENT_TITLE}", "place"),
    _of("registration.withdraw", the_guest, f"Withdrawn: {EVENT_TITLE}", "withdrawn"),
)
