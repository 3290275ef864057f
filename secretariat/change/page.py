"""The proposal's page, put together from what each part of the room says of a proposal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from django.utils.text import slugify

from secretariat.change.assessments import page as assessments
from secretariat.change.coming import Coming, Need, in_order
from secretariat.change.decision import page as decision
from secretariat.change.documents import page as documents
from secretariat.change.drafting import page as drafting
from secretariat.change.judging import page as judging
from secretariat.change.judging.models import Summary
from secretariat.change.models import Proposal
from secretariat.change.naming import page as naming
from secretariat.change.releases import page as releases
from secretariat.change.sessions import page as sessions
from secretariat.change.standing import page as standing
from secretariat.consultations import page as consultations
from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import instant, local_day, long_date

TABLES: tuple[Any, ...] = (
    judging, documents, drafting, decision, consultations, assessments, sessions, naming, standing, releases,
)  # fmt: skip
"""The parts in the order in which their tables stand on the page."""
FACTS: tuple[Any, ...] = (
    standing, naming, judging, assessments, consultations, decision, sessions, documents, drafting, releases,
)  # fmt: skip
"""The parts in the order in which their lines stand in the summary."""


@dataclass(frozen=True)
class Section:
    """A table of the page with the name by which an address leads to it."""

    anchor: str
    table: Related


@dataclass(frozen=True)
class Next:
    """A next date as the page prints it."""

    day: str
    coming: Coming
    is_past: bool


@dataclass(frozen=True)
class Told:
    """All that the parts say of a proposal to one person at one instant."""

    summary: Summary | None = None
    facts: list[Fact] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    coming: list[Next] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)


def told(proposal: Proposal, person: Person | None, at: datetime) -> Told:
    """What every part says of the proposal; each part lets through only what the person may read."""

    def each(parts: Iterable[Any], name: str) -> Iterable[Any]:
        asked: Iterable[Callable[..., Iterable[Any]]] = (getattr(part, name) for part in parts)
        return chain.from_iterable(ask(proposal, person, at) for ask in asked)

    return Told(
        summary=judging.summary(proposal, person, at),
        facts=list(each(FACTS, "facts")),
        needs=list(dict.fromkeys(each(TABLES, "needs"))),
        coming=[_next(one, at) for one in in_order(_as_coming(one) for one in each(TABLES, "coming"))],
        related=list(each(TABLES, "related")),
    )


def _as_coming(one: Any) -> Coming:
    """A room below this one tells its dates in a shape of its own, with the same parts."""
    return Coming(one.what, one.due, one.who, one.working, one.citation, one.href)


def _next(one: Coming, at: datetime) -> Next:
    if isinstance(one.due, datetime):
        return Next(instant(one.due), one, one.due < at)
    return Next(long_date(one.due), one, one.day < local_day(at))


def sections(tables: Iterable[Related]) -> list[Section]:
    """Tables with their anchors: the title in small letters; a second table of a title is numbered."""
    found: list[Section] = []
    for table in tables:
        anchor = slugify(table.title)
        known = sum(one.table.title == table.title for one in found)
        found.append(Section(f"{anchor}-{known + 1}" if known else anchor, table))
    return found
