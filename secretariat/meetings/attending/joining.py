"""Telling those who are invited how to join: one way for meetings and for whatever else people are invited to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.classification import Recipient
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.pages import Fact
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.meetings.attending.models import HowToJoin


def tell(joining: HowToJoin, people: Iterable[Person], *, place: str, call: str, **told: Unpack[Told]) -> None:
    """Keeps how to join, readable by those invited and by who invites, by name (rule INF-2).

    What is said again replaces what was said; the journal names neither place nor call. Raises Refused when nothing is
    told.
    """
    if not place and not call:
        raise Refused("Say where it is held, or how to call in.")
    with transaction.atomic():
        joining.place, joining.call = place, call
        joining.full_clean()
        joining.save()
        invited = open_to(joining, [*people, *([told["by"]] if told["by"] else [])])
        journal.record(f"{joining._meta.model_name}.invite", joining, **told, invited=invited)


def open_to(joining: HowToJoin, people: Iterable[Person]) -> list[Person]:
    """Makes these people, and nobody else, the readers of how to join; returns each once."""
    readers = {person.pk: person for person in people}
    kind = kind_of(joining)
    Recipient.objects.filter(kind=kind, record_id=joining.pk).exclude(person__in=readers).delete()
    for person in readers.values():
        Recipient.objects.get_or_create(kind=kind, record_id=joining.pk, person=person)
    return list(readers.values())


def close_to(joining: HowToJoin, person: Person) -> None:
    """Takes one person from the readers of how to join."""
    Recipient.objects.filter(kind=kind_of(joining), record_id=joining.pk, person=person).delete()


def joining_facts(told: HowToJoin | None) -> list[Fact]:
    """Where it is and how to call in, as lines of a summary, for who may read them."""
    lines = (("Place", told.place), ("How to call in", told.call)) if told else ()
    return [Fact(label, text, note="For those invited alone.") for label, text in lines if text]
