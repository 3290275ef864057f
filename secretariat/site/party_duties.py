"""Everything open for one party across the rooms, by date: what rooms tell, and what their tables say by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.urls import reverse

from secretariat.core.duties import Duty, Weight, duties_of, in_order
from secretariat.core.kinds import KINDS, kind_of
from secretariat.core.lists import LISTS, ListPage
from secretariat.core.people import Person
from secretariat.core.procedure import PROCEDURES, OpenStep
from secretariat.plain.dates import local_day
from secretariat.plain.months import Month
from secretariat.register.models import Party
from secretariat.site.colleagues import contacts_of
from secretariat.site.composed import in_motion, tasks
from secretariat.site.words import capital

ROWS_OF_A_LIST = 20


def owed(party: Party, person: Person, at: datetime) -> list[Duty]:
    """Every duty of a party that a person may read, in order.

    What a room tells of a record goes before what is read off its procedure or its list.
    """
    told = duties_of(party.pk, person, at)
    known = {duty.key[:2] for duty in told}
    found = [*open_steps(party, person, at), *dated_rows(party, person, at)]
    read_off = [duty for duty in found if duty.key[:2] not in known]
    return in_order([*read_off, *told, *access(party, person, at)], at)


def open_steps(party: Party, person: Person, at: datetime) -> Iterator[Duty]:
    """The main steps on the party's own records that this person may take."""
    for kind in in_motion():
        procedure = PROCEDURES[kind]
        owner = getattr(procedure.model, "owned_by", "")
        for task in tasks(kind, procedure, person, at, **{owner: party.pk}) if owner else ():
            for opened in task.steps:
                yield _step(kind, task.record, opened)


def _step(kind: str, record: Any, opened: OpenStep) -> Duty:
    cited = "; ".join(dict.fromkeys(rule.citation for rule in opened.step.rules))
    return Duty(
        what=f"{opened.step.label}: {record}",
        about=record,
        why="It waits on you: the next step is yours.",
        citation=cited,
        does=opened.step.label,
        href=reverse("step", args=[kind, record.pk, opened.step.name]),
        name=opened.step.name,
    )


def dated_rows(party: Party, person: Person, at: datetime) -> Iterator[Duty]:
    """The party's own rows in any list whose date is still to come, those that are done with left out."""
    for page in LISTS.values():
        owner = getattr(page.model, "owned_by", "")
        if owner and page.day and page.model is not Party and page.who(person, None, at):
            yield from _rows(page, owner, party, person, at)


def _rows(page: type[ListPage], owner: str, party: Party, person: Person, at: datetime) -> Iterator[Duty]:
    path = next((column.path for column in page.columns if column.name == page.day), page.day)
    is_instant = isinstance(page.model._meta.get_field(path.split("__")[0]), models.DateTimeField)
    since: date | datetime = at if is_instant else local_day(at)
    rows: Any = page.model._default_manager.filter(**{owner: party.pk, f"{path}__gte": since})
    procedure = PROCEDURES.get(kind_of(page.model))
    for record in rows.visible_to(person, at).select_related().order_by(path, "pk")[:ROWS_OF_A_LIST]:
        if procedure is not None and not procedure.waiting(record):
            continue
        yield Duty(f"{capital(page.word)}: {record}", record, getattr(record, path), weight=Weight.COMES)


def access(party: Party, person: Person, at: datetime) -> Iterator[Duty]:
    """When the person's own access ends, and when nobody of the party could sign in any more."""
    rows = contacts_of(party, at)
    where = reverse("colleagues", args=[party.key])
    lasts = [row for row in rows if row.to_day is not None]
    for row in lasts:
        if row.person_id == person.pk:
            yield Duty("Your access ends", row, row.to_day, "So your capacity was entered.", weight=Weight.COMES,
                       does="See who can sign in", href=where)  # fmt: skip
    if rows and len(lasts) == len(rows):
        last = max(rows, key=lambda row: row.to_day or date.max)
        yield Duty("Name a colleague who can sign in", last, last.to_day, "After this day nobody of your party can.",
                   does="Invite a colleague", href=where, name="nobody")  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A duty as the page shows it."""

    duty: Duty
    late: bool
    href: str

    @property
    def reason(self) -> str:
        """Whether there is anything to tell of why."""
        return self.duty.why or self.duty.citation or self.duty.working


@dataclass(frozen=True)
class Outlook:
    """A party's duties at an instant: all of them, and what this month asks."""

    lines: tuple[Line, ...]
    until: date
    must: int
    soon: int
    late: int
    next: Duty | None


def outlook(party: Party, person: Person, at: datetime) -> Outlook:
    """What a party has to do until the end of the month of an instant, and what comes next."""
    found = owed(party, person, at)
    until = Month.of(local_day(at)).last
    soon = [duty for duty in found if duty.day is None or duty.day <= until]
    return Outlook(
        lines=tuple(Line(duty, duty.is_late(at), address(duty)) for duty in found),
        until=until,
        must=sum(duty.weight is Weight.MUST for duty in soon),
        soon=len(soon),
        late=sum(duty.is_late(at) for duty in soon),
        next=next((duty for duty in found if duty.end is not None and duty.end >= at), None),
    )


def address(duty: Duty) -> str:
    """Where a duty is done: the address it gives, else the page of what it is about."""
    if duty.href or not hasattr(duty.about, "get_absolute_url"):
        return duty.href
    return str(duty.about.get_absolute_url())


def owned_models() -> list[Any]:
    """The models of all kinds of record that belong to a party."""
    return [kind.model for kind in KINDS.values() if getattr(kind.model, "owned_by", "")]
