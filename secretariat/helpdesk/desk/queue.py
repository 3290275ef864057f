"""The queue: what is in work, in the order in which it runs out, and where one enquiry stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest

from secretariat.core.capacities import secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.people import Team
from secretariat.core.procedure import Who
from secretariat.helpdesk.ball import Holder
from secretariat.helpdesk.desk.filters import BY_DUE, STATE_OF, QueueFilter
from secretariat.helpdesk.models import WORKING, Enquiry

HOLDERS = {state: holder.value for holder, state in STATE_OF.items()}


class Queue(ListPage):
    """The enquiries in work."""

    model = Enquiry
    word, plural = "enquiry in work", "queue"
    rows_are = "enquiries in work"
    template = "helpdesk/queue.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    filters = QueueFilter
    about = "Enquiries that are not finished: what runs out first stands first."
    empty = "Nothing is in work: every enquiry is answered, or put off until later."
    columns = (
        Column("number", "Number", "number"),
        Column("due", "Answer by", "due"),
        Column("subject", "Subject", "subject"),
        Column("category", "Category", "category__name"),
        Column("waits_on", "Waits on", "state", lambda state: HOLDERS.get(state, Holder.NOBODY.value)),
        Column("assignee", "In the hand of", "assignee__name"),
        Column("organisation", "Organisation", "organisation"),
        Column("received", "Received", "received"),
        Column("team", "Team", "team", lambda team: str(Team(team).label)),
        class_column(),
    )
    link = "number"
    order_words = "by when it is to be answered"

    def rows(self) -> models.QuerySet[Any]:
        """What is in work and the person may read, without what is put off unless that is asked for."""
        rows = super().rows().filter(state__in=WORKING)
        if self.request.GET.get("put_off") == "true":
            return rows
        return rows.exclude(snoozed_until__gt=self.request.at)

    def ordered(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """As asked for, or by when it is to be answered."""
        return super().ordered(rows) if self.sort else rows.order_by(*BY_DUE)

    def lines(self, rows: Iterable[tuple[Any, ...]], base: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """The rows as the page prints them; each leads to the desk with the filters of now, and says if it is late."""
        query = f"?{self.query()}" if self.query() else ""
        kept = list(rows)
        late = [row[DUE] is not None and row[DUE] < self.request.at for row in kept]
        lines = zip(super().lines(kept, base), late, strict=True)
        return [(f"{href}{query}", _marked(cells) if is_late else cells) for (href, cells), is_late in lines]


PLACES = {column.name: place for place, column in enumerate(Queue.columns)}
DUE = 1 + PLACES["due"]
"""Where a row's values hold when it is to be answered; its key stands before its columns."""


def _marked(cells: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The cells of an enquiry whose time has run out, said where it waits."""
    place = PLACES["waits_on"]
    look, text = cells[place]
    return [*cells[:place], (look, f"{text}, overdue"), *cells[place + 1 :]]


@dataclass(frozen=True)
class Place:
    """Where an enquiry stands in the queue as it is filtered: its number from 1, and its neighbours' numbers."""

    number: int
    total: int
    before: str
    after: str


def place_of(request: HttpRequest, number: str) -> Place:
    """The place of an enquiry in the queue of the filters asked for; one that is not in it leads to the first."""
    view = Queue()
    view.request = request  # type: ignore[assignment]
    numbers = list(view.ordered(view.found().qs).values_list("number", flat=True))
    if number not in numbers:
        return Place(0, len(numbers), "", numbers[0] if numbers else "")
    at = numbers.index(number)
    following = numbers[at + 1] if at + 1 < len(numbers) else ""
    return Place(at + 1, len(numbers), numbers[at - 1] if at else "", following)
