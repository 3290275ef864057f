"""Pages of registrations: the list, and one of them, for who registered and for the organisers."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Fact, RecordPage, reader
from secretariat.engagement.events.filters import RegistrationFilter
from secretariat.engagement.events.forms import chosen_between
from secretariat.engagement.events.models import ASKED, CANCELLED, HELD, PLACED, WAITING, Registration
from secretariat.engagement.events.procedure import REGISTRATIONS, party_support
from secretariat.engagement.events.waiting import place_in_line
from secretariat.plain.dates import instant

ON_OWN_PAGE = ("withdraw",)
"""Steps that are taken on a page of their own, so that who is next has the place at once."""


class Registrations(ListPage):
    """Registrations: one's own, and for the secretariat all."""

    model = Registration
    word, plural = "registration", "registrations"
    filters = RegistrationFilter
    about = "Who asked for a place at which event, and what became of it. Everybody reads their own."
    empty = "There is no registration that you may read."
    columns = (
        Column("person", "Who", "person__name"),
        Column("event", "Event", "event__title"),
        Column("state", "State", "state"),
        Column("organisation", "Organisation", "organisation"),
        Column("party", "Party", "party__name"),
        Column("begins_at", "Begins", "event__begins_at"),
        Column("asked_at", "Asked", "asked_at"),
        class_column(),
    )
    order, order_words = "asked_at", "by the order of asking"
    day = "begins_at"


class RegistrationPage(RecordPage):
    """One registration, for who registered and for the organisers."""

    template = "engagement/events/registration.html"
    model = Registration
    word, plural = "registration", "registrations"

    def facts(self, record: Registration) -> list[Fact]:
        """For what, of whom, and where it stands in the line."""
        return standing(record)

    def context(self, record: Registration) -> dict[str, Any]:
        """What the guest can do here."""
        person, at = reader(self.request), self.request.at
        steps = [one for one in REGISTRATIONS.open_steps(record, person, at) if one.step.name not in ON_OWN_PAGE]
        mine = person is not None and record.person_id == person.pk
        jobs = guest_jobs(record, "registration", str(record.pk), mine=mine)
        return {"steps": steps, "jobs": jobs if mine or party_support(person, record, at) else []}


def standing(record: Registration) -> list[Fact]:
    """A registration in lines: the event, its hours, who comes, what they need, and the place in the line."""
    event = record.event
    facts = [
        Fact("Event", event.title, event.get_absolute_url()),
        Fact("Begins", instant(event.begins_at)),
        Fact("Where", event.place or "to be told"),
        Fact("Who", record.person.name),
        Fact("Organisation", record.organisation or (str(record.party) if record.party else "none told")),
        Fact("Asked", instant(record.asked_at)),
    ]
    if record.state == WAITING:
        line = [one.asked for one in event.registrations.filter(state=WAITING)]
        facts.append(Fact("Place on the waiting list", str(place_in_line(line, record.asked))))
    if record.needs:
        facts.append(Fact("What we should know", record.needs, note="Read by the organisers alone, until the event."))
    chosen = ", ".join(str(one) for one in record.sessions.all())
    return [*facts, *([Fact("Sessions chosen", chosen)] if chosen else [])]


def guest_jobs(record: Registration, name: str, key: str, *, mine: bool = True) -> list[tuple[str, str]]:
    """What a guest can do about a registration, as links of the pages whose names begin with `name`.

    Where it is not one's own: what an organiser can do for the guest.
    """
    found: list[tuple[str, str]] = []
    if record.event.state in (CANCELLED, HELD):
        return found
    if mine and record.state == PLACED and chosen_between(record.event).exists():
        found.append(("Choose sessions", reverse(f"{name}-sessions", args=[key])))
    if record.state in (ASKED, WAITING, PLACED):
        found.append(("Withdraw" if mine else "Withdraw for the guest", reverse(f"{name}-withdraw", args=[key])))
    return found
