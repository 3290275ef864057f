"""What the parts of the room say of a meeting, for its page: each makes its functions known in its `page.py`.

@tells_tables
def items(meeting, person, at):
    yield Related("Agenda", ...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.meetings.models import Meeting

TellFacts = Callable[[Meeting, Person | None, datetime], Iterable[Fact]]
TellTables = Callable[[Meeting, Person | None, datetime], Iterable[Related]]
FACTS: list[TellFacts] = []
TABLES: list[TellTables] = []
ORDER = ("packs", "minutes", "attending")
"""The parts whose tables come first on a meeting's page, in this order."""


def tells_facts(tell: TellFacts) -> TellFacts:
    """Makes a function of (meeting, person, at) known that yields lines of the summary which the person may read."""
    FACTS.append(tell)
    return tell


def tells_tables(tell: TellTables) -> TellTables:
    """Makes a function of (meeting, person, at) known that yields tables with what the person may read."""
    TABLES.append(tell)
    return tell


def facts_of(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Fact]:
    """What all parts say of a meeting in lines."""
    for tell in FACTS:
        yield from tell(meeting, person, at)


def tables_of(meeting: Meeting, person: Person | None, at: datetime) -> Iterator[Related]:
    """What all parts say of a meeting in tables: what is to be read goes before who is there."""
    for tell in sorted(TABLES, key=_place):
        yield from tell(meeting, person, at)


def _place(tell: TellTables) -> int:
    part = tell.__module__.split(".")[-2]
    return ORDER.index(part) if part in ORDER else len(ORDER)
