"""What could stand on the agenda of a meeting: standing items, carried actions, requests, votes and steps that wait."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from secretariat.committees.ballots.models import OPEN, PREPARED, Ballot
from secretariat.core.classification import Class, Classified, Recipient
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, PROCEDURES
from secretariat.meetings.actions.models import Action, open_for
from secretariat.meetings.agenda.models import (
    ACCEPTED,
    ASKED,
    LISTED,
    Act,
    AgendaItem,
    Request,
    StandingItem,
)
from secretariat.meetings.agenda.procedure import AGENDA_ITEMS, number_for, place_for
from secretariat.meetings.models import Meeting

TITLE, OWNER = 200, 120
"""Characters of a title, and of who presents."""


@dataclass(frozen=True)
class Candidate:
    """One item that could be put on an agenda, and where it comes from."""

    source: str
    record: Any
    title: str
    act: str = Act.NOTE
    minutes: int | None = None
    presenter: str = ""
    position: int | None = None

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{kind_of(self.record)}-{self.record.pk}"

    @property
    def classification(self) -> int:
        """The class of the record that it comes from."""
        return int(getattr(self.record, "classification", Class.GREEN))


def candidates(meeting: Meeting, person: Person | None, at: datetime) -> list[Candidate]:
    """What the person may put on the agenda and is not on it yet, source by source."""
    sources = (_standing, _carried, _asked, _votes, _waiting)
    return [one for source in sources for one in source(meeting, person, at)]


def _open(rows: models.QuerySet[Any], person: Person | None, at: datetime) -> models.QuerySet[Any]:
    found: models.QuerySet[Any] = rows.visible_to(person, at)  # type: ignore[attr-defined]
    return found


def _standing(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Candidate]:
    """The standing items whose turn it is."""
    there = meeting.agenda.filter(state=LISTED).values("standing")
    rows = StandingItem.objects.filter(committee=meeting.committee).exclude(pk__in=there.filter(standing__isnull=False))
    for row in _open(rows, person, at):
        if row.is_due_at(meeting):
            yield Candidate("Standing item", row, row.title, row.act, row.minutes, row.presenter, row.position)


def _carried(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Candidate]:
    """The actions that the body has still to see, to be given an item of their own."""
    for row in _open(_not_about(meeting, open_for(meeting.committee)), person, at):
        yield Candidate(
            "Action carried over", row, f"Action {row.reference}: {row.what}"[:TITLE], presenter=row.owner[:OWNER]
        )


def _asked(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Candidate]:
    """What was asked for and accepted, for this meeting or for the next that has time."""
    there = meeting.agenda.filter(state=LISTED, request__isnull=False).values("request")
    wanted = Q(meeting=meeting) | Q(meeting__isnull=True, items__isnull=True)
    rows = Request.objects.filter(wanted, committee=meeting.committee, state=ACCEPTED).exclude(pk__in=there)
    for row in _open(rows, person, at):
        yield Candidate("Request", row, row.title, row.act, row.minutes)


def _votes(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Candidate]:
    """The body's votes that are prepared or open: those of proposals among them."""
    rows = Ballot.objects.filter(committee=meeting.committee, state__in=(PREPARED, OPEN))
    for row in _open(_not_about(meeting, rows), person, at):
        yield Candidate("Vote", row, row.question[:TITLE], Act.APPROVE)


def _waiting(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Candidate]:
    """The records of all rooms on which a step waits for the body's members."""
    name = f"{meeting.committee.code.lower()}_member"
    for procedure in PROCEDURES.values():
        steps = [step for step in procedure.steps.values() if step.who.__name__ == name]
        states = {state for step in steps for state in step.origins if state != NEW}
        if states and issubclass(procedure.model, Classified):
            kept: Any = procedure.model._default_manager
            for row in _open(_not_about(meeting, kept.filter(state__in=states)), person, at):
                yield Candidate("Step that waits", row, f"{steps[0].label}: {row}"[:TITLE], Act.AGREE)


def _not_about(meeting: Meeting, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Those that no listed item of the agenda is about."""
    there = meeting.agenda.filter(state=LISTED, about_kind=kind_of(rows.model), about_id__isnull=False)
    return rows.exclude(pk__in=list(there.values_list("about_id", flat=True)))


def waiting_requests(meeting: Meeting, person: Person | None, at: datetime) -> models.QuerySet[Any]:
    """What was asked of the body and is not answered yet."""
    return _open(Request.objects.filter(committee=meeting.committee, state=ASKED), person, at)


def carried_to(meeting: Meeting) -> Any:
    """The actions of earlier meetings that were not settled before this one: they come to it by themselves."""
    unsettled = Q(settled_on__isnull=True) | Q(settled_on__gte=meeting.day)
    rows: Any = Action.objects.filter(unsettled, committee=meeting.committee, meeting__day__lt=meeting.day)
    return rows.exclude(state="").order_by(models.F("due").asc(nulls_last=True), "pk")


def put(item: AgendaItem, *, about: Any = None, **told: Any) -> AgendaItem:
    """Puts a new item on its meeting's agenda, numbered within its class. Raises Refused.

    Of a Red item, who puts it is the first named reader; the readers of its papers follow.
    """
    if about is not None:
        item.about_kind, item.about_id = kind_of(about), about.pk
    item.number = number_for(item, item.classification)
    told_place: int | None = item.position
    item.position = place_for(item) if told_place is None else told_place
    item.audience = item.meeting.committee.code
    with transaction.atomic():
        AGENDA_ITEMS.take("put", item, **told)
        if item.classification == Class.RED and told["by"] is not None:
            Recipient.objects.get_or_create(kind=kind_of(item), record_id=item.pk, person=told["by"])
    return item


def put_candidates(meeting: Meeting, chosen: Iterable[Candidate], told: Told) -> list[AgendaItem]:
    """Puts candidates on the agenda; call inside a transaction. Raises Refused."""
    return [_put_one(meeting, one, told) for one in chosen]


def _put_one(meeting: Meeting, one: Candidate, told: Told) -> AgendaItem:
    item = AgendaItem(
        meeting=meeting, title=one.title, act=one.act, minutes=one.minutes, presenter=one.presenter,
        classification=one.classification, **({} if one.position is None else {"position": one.position}),
    )  # fmt: skip
    if isinstance(one.record, StandingItem):
        item.standing = one.record
        return put(item, **told)
    if isinstance(one.record, Request):
        item.request = one.record
        return put(item, about=one.record.about, **told)
    return put(item, about=one.record, **told)
