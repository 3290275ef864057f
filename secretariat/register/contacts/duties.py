"""What a party owes of its details: the yearly confirmation, and answers about a change that it asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.duties import Duty, duties
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.register.contacts.details import QUERIED, DetailsChange
from secretariat.register.contacts.rounds import ASKED, LAPSED, OPEN, Confirmation


@duties
def confirmations(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The confirmation of this year's round, until 17:00 on its last day; one that lapsed stays due."""
    rows = Confirmation.objects.filter(party_id=party_id, state__in=(ASKED, LAPSED), round__state=OPEN)
    for row in rows.visible_to(person, at).select_related("party", "round"):
        if row.asked_on is not None:
            yield _to_confirm(row, row.asked_on)


def _to_confirm(row: Confirmation, asked: date) -> Duty:
    days = RULEBOOK.number("party.confirmation_wd", asked)
    return Duty(
        what=f"Confirm your Party Details for {row.round.year}",
        about=row,
        due=calendar().closing(row.due_on) if row.due_on else None,
        why="Each party keeps its details current, and confirms them every year.",
        citation="PTY-30, Section M6.2",
        working=calendar().working(asked, days).sentence(),
        does="Confirm our details",
        href=reverse("step", args=[kind_of(row), row.pk, "confirm"]),
    )


@duties
def queries(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The changes of details about which the secretariat asked something."""
    rows = DetailsChange.objects.filter(party_id=party_id, state=QUERIED).visible_to(person, at)
    for change in rows.select_related("party"):
        yield Duty(
            what="Answer the question about the change of your details",
            about=change,
            why=change.exchange[-1]["question"] if change.exchange else "",
            citation="PTY-30, Section M6.2",
            does="Answer",
            href=reverse("step", args=[kind_of(change), change.pk, "answer"]),
        )
