"""What is written about an event besides its bare steps: asking for a place, choosing sessions, who came, materials."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import combinations
from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.engagement.events.models import (
    ATTENDED,
    HELD,
    IN_PLACE,
    PLACED,
    STANDING,
    EngagementEvent,
    EventSession,
    Material,
    Registration,
)
from secretariat.engagement.events.procedure import EVENTS, REGISTRATIONS, settle
from secretariat.register.accession.actions import person_at


def register(registration: Registration, **told: Unpack[Told]) -> Registration:
    """Asks for a place for somebody who is known: a place at once while one is free, else the end of the line.

    Raises Refused.
    """
    with transaction.atomic():
        registration.event = _held(registration.event)
        if _standing(registration.event, registration.person):
            raise Refused("This person is registered already.")
        registration.asked_at = told["at"]
        REGISTRATIONS.take("register", registration, **told)
        settle(registration.event, told["at"], told["recorded"])
    registration.refresh_from_db()
    return registration


def ask(registration: Registration, email: str, name: str, *, at: datetime, recorded: datetime) -> None:
    """Takes in what the public typed: the address is mailed a link by which it confirms that it asked.

    Nobody learns from the answer whether the address is registered already. Raises Refused.
    """
    with transaction.atomic():
        registration.event = _held(registration.event)
        registration.person = person_at(email, name, at, recorded)
        registration.asked_at = at
        there = _standing(registration.event, registration.person)
        if there is None:
            REGISTRATIONS.take("ask", registration, by=None, at=at, recorded=recorded)
        else:
            journal.record("registration.send_link", there, by=None, at=at, recorded=recorded)


def _held(event: EngagementEvent) -> EngagementEvent:
    """The event as it stands now, held still until this is written, so that two do not ask for one place.

    It is held before anything else, so that two never wait for each other.
    """
    row: EngagementEvent = EngagementEvent.objects.select_for_update().get(pk=event.pk)
    return row


def _standing(event: EngagementEvent, person: Person) -> Registration | None:
    rows = Registration.objects.filter(event=event, person=person, state__in=STANDING)
    found: Registration | None = rows.select_for_update().first()
    return found


def confirm(registration: Registration, **told: Unpack[Told]) -> None:
    """Confirms that the address asked: from now it stands in the line. Raises Refused."""
    with transaction.atomic():
        registration.event = _held(registration.event)
        REGISTRATIONS.take("confirm", registration, **told)
        settle(registration.event, told["at"], told["recorded"])
    registration.refresh_from_db()


def withdraw(registration: Registration, **told: Unpack[Told]) -> None:
    """Gives up a place, or the place in the line; whoever is next has it. Raises Refused."""
    with transaction.atomic():
        registration.event = _held(registration.event)
        REGISTRATIONS.take("withdraw", registration, **told)
        settle(registration.event, told["at"], told["recorded"])


def resize(event: EngagementEvent, capacity: int | None, **told: Unpack[Told]) -> int:
    """Changes the number of places and gives those that become free; returns how many were given. Raises Refused."""
    with transaction.atomic():
        EVENTS.take("resize", event, capacity=capacity, **told)
        given = settle(event, told["at"], told["recorded"])
    event.refresh_from_db()
    return given


def choose(registration: Registration, sessions: Iterable[EventSession], **told: Unpack[Told]) -> None:
    """Chooses sessions that have places of their own. Raises Refused: without a place, beyond one's, or two at once."""
    with transaction.atomic():
        _held(registration.event)
        registration.refresh_from_db()
        chosen = sorted(sessions, key=lambda one: (one.begins_at, one.pk))
        if registration.state != PLACED:
            raise Refused("Sessions are chosen by who has a place.")
        if any(one.event_id != registration.event_id for one in chosen):
            raise Refused("Choose among the sessions of this event.")
        for first, second in combinations(chosen, 2):
            if first.overlaps(second):
                raise Refused(f"“{first}” and “{second}” are at the same time: choose one of them.")
        for one in chosen:
            if one.capacity is not None and _others(one, registration) >= one.capacity:
                raise Refused(f"“{one}” is full.")
        registration.sessions.set(chosen)
        journal.record("registration.choose", registration, **told, sessions=[str(one) for one in chosen])


def _others(session: EventSession, registration: Registration) -> int:
    there = session.registrations.filter(state__in=IN_PLACE).exclude(pk=registration.pk)
    return int(there.count())


def tell_attendance(event: EngagementEvent, came: Iterable[int], **told: Unpack[Told]) -> int:
    """Tells of everybody with a place whether they came, and returns how many states changed. Raises Refused."""
    there = set(came)
    with transaction.atomic():
        rows = list(event.registrations.filter(state__in=IN_PLACE).select_related("event"))
        changed = [one for one in rows if one.state == PLACED or (one.state == ATTENDED) != (one.pk in there)]
        for one in changed:
            REGISTRATIONS.take("attend" if one.pk in there else "miss", one, **told)
    return len(changed)


def add_material(
    event: EngagementEvent, title: str, name: str, content: bytes, rank: int, **told: Unpack[Told]
) -> Material:
    """Keeps a file under its class and gives it to the guests. Raises Refused before the event was held.

    Raises ValidationError for a file that is not taken, or that is there already.
    """
    if event.state != HELD:
        raise Refused("Materials are given once the event was held.")
    file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=told["recorded"])
    file.classification, file.audience = rank, "" if rank < event.classification else event.audience
    with transaction.atomic():
        journal.enter(file, **told)
        material = Material(event=event, title=title, file=file)
        journal.enter(material, **told)
        journal.record("engagementevent.add_material", event, **told, material=title)
    return material
