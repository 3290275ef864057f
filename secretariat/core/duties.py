"""What a party must do, may do and can expect, by when and why: asked of every room, for the party's own page.

Not a sixth idea: a duty is a derived date. It is read off a record, the rule that starts its clock and the calendar, as
a deadline on a record's page is; nothing of it is stored, nothing can be done to it, and it is gone when the record
moves on. This module only lets each room say its dates in one shape.

@duties
def cures(party_id, person, at):
    for case in DefaultCase.objects.filter(party_id=party_id).visible_to(person, at): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from django.db import models

from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.plain.dates import LONDON, in_london, local_day


class Weight(Enum):
    """Whether a duty binds: it must be done, it may be done, or it comes by itself."""

    MUST = "to do"
    MAY = "you may"
    COMES = "coming"


@dataclass(frozen=True)
class Duty:
    """One line: what, by when, why, and where it is done.

    `due` is a day, or an instant where a period closes at one; none where no day is fixed. `working` is the count of
    Working Days in words. `name` tells apart what is due about one record. `href` is the record's page unless told.
    """

    what: str
    about: models.Model
    due: date | datetime | None = None
    why: str = ""
    citation: str = ""
    working: str = ""
    does: str = "Open it"
    href: str = ""
    weight: Weight = Weight.MUST
    name: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is about, and which of several it is: the same for as long as it lasts."""
        return kind_of(self.about), self.about.pk, self.name

    @property
    def day(self) -> date | None:
        """The day on which it is due, in London."""
        return local_day(self.due) if isinstance(self.due, datetime) else self.due

    @property
    def end(self) -> datetime | None:
        """The instant after which it is late: the one given, or the end of the day."""
        if self.due is None or isinstance(self.due, datetime):
            return self.due
        return datetime.combine(self.due, time.max, tzinfo=LONDON)

    def is_late(self, at: datetime) -> bool:
        """Whether its time has run out at an instant; what only comes is never late."""
        return self.weight is not Weight.COMES and self.end is not None and self.end < at


Ask = Callable[[int, Person | None, datetime], Iterable[Duty]]

DUTIES: list[Ask] = []
"""Every function that tells duties of a party; each asks `visible_to` for the person."""


def duties(ask: Ask) -> Ask:
    """Makes a room's function of (party_id, person, at) known; it yields what the person may read."""
    DUTIES.append(ask)
    return ask


def duties_of(party_id: int, person: Person | None, at: datetime) -> list[Duty]:
    """What all rooms tell of a party, in order."""
    return in_order((duty for ask in DUTIES for duty in ask(party_id, person, at)), at)


def in_order(found: Iterable[Duty], at: datetime) -> list[Duty]:
    """Duties by date, each once: the late, those without a day, then those to come; what is bygone is left out."""
    known = {duty.key: duty for duty in found if not _is_bygone(duty, at)}
    return sorted(known.values(), key=lambda duty: _place(duty, at))


def _is_bygone(duty: Duty, at: datetime) -> bool:
    return duty.weight is not Weight.MUST and duty.end is not None and duty.end < at


def _place(duty: Duty, at: datetime) -> tuple[int, float, str]:
    if duty.end is None:
        return 1, 0.0, duty.what
    return 0 if duty.is_late(at) else 2, in_london(duty.end).timestamp(), duty.what
