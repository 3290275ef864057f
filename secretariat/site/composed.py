"""What the home and search pages are composed of: the rooms' own lists and procedures, whichever are there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.http import HttpRequest
from django.urls import reverse

from secretariat.core.capacities import is_out_of_reach
from secretariat.core.kinds import KINDS
from secretariat.core.lists import LISTS, Column, ListPage
from secretariat.core.people import Person
from secretariat.core.procedure import PROCEDURES, OpenStep, Procedure
from secretariat.plain.dates import local_day

WAITING_SHOWN = 5
WAITING_LOOKED_AT = 60
SEEN_AT_ONCE = 12
"""As many kinds of record wait on a person without being gathered by room."""


@dataclass(frozen=True)
class Line:
    """One row of a list on another page: its record's address, its title, and its other columns in words."""

    href: str
    title: str
    told: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """Some rows of a list under a title; `more` leads to the rest."""

    title: str
    lines: list[Line]
    empty: str
    more: str = ""
    more_label: str = ""
    total: int = 0


@dataclass(frozen=True)
class Waiting:
    """The records of one kind whose next step is this person's; `plural` names their list, where there is one."""

    words: str
    plural: str
    tasks: list[Task]
    more: bool = False
    room: str = ""

    @property
    def told(self) -> str:
        """Of what there are how many; a plus stands for more than are shown."""
        return f"{self.plural or self.words} {len(self.tasks)}{'+' if self.more else ''}"


@dataclass(frozen=True)
class WaitingRoom:
    """What waits on a person in one room; without a name where all of it is little."""

    name: str
    groups: list[Waiting]

    @property
    def told(self) -> str:
        """Of what there are how many."""
        return ", ".join(group.told for group in self.groups)


@dataclass(frozen=True)
class Task:
    """A record and the steps on it that are open to this person."""

    record: Any
    state: str
    steps: list[OpenStep] = field(default_factory=list)
    kind: str = ""


def opened_list(plural: str, request: HttpRequest) -> ListPage | None:
    """The list with this plural, ready to be asked; None where there is none or this person may not open it."""
    page = LISTS.get(plural)
    person = request.user if isinstance(request.user, Person) else None
    if page is None or not page.who(person, None, request.at):  # type: ignore[attr-defined]
        return None
    view = page()
    view.request = request  # type: ignore[assignment]
    return view


def lines(view: ListPage, rows: models.QuerySet[Any], limit: int) -> list[Line]:
    """The first rows as lines: the first column is the title, three more are told."""
    return [_line(view, row) for row in islice(view.values(rows[:limit]), limit)]


def _line(view: ListPage, row: tuple[Any, ...]) -> Line:
    words = [_told(column, value) for column, value in zip(view.columns, row[1:], strict=True)]
    title = view.columns[0].shown(row[1]) or str(row[0])
    return Line(view.address(row[0]), title, tuple(word for word in words[1:5] if word))


def _told(column: Column, value: Any) -> str:
    word = column.shown(value)
    return f"{column.label} {word}" if column.numeric and word else word


def latest(plural: str, title: str, request: HttpRequest, limit: int = 5, empty: str = "", **only: Any) -> Panel | None:
    """The first rows of a list in its own order; None where there is no such list."""
    view = opened_list(plural, request)
    if view is None:
        return None
    rows = view.rows().filter(**_known(view.model, only))
    found = lines(view, rows.order_by(view.order, "pk"), limit)
    return Panel(title, found, empty or view.empty, reverse(plural), f"All {plural}")


def coming(plural: str, title: str, request: HttpRequest, limit: int = 5, **only: Any) -> Panel | None:
    """The rows of a list whose date is today or later, soonest first; None where there is no such list."""
    view = opened_list(plural, request)
    if view is None or not view.day:
        return None
    at: datetime = request.at  # type: ignore[attr-defined]
    since = at if _is_instant(view.model, view.day) else local_day(at)
    rows = view.rows().filter(**{f"{view.day}__gte": since}, **_known(view.model, only))
    found = lines(view, rows.order_by(view.day, "pk"), limit)
    return Panel(title, found, f"No {plural} are fixed after today.", reverse(plural), f"All {plural}")


def _is_instant(model: type[models.Model], path: str) -> bool:
    """Whether a field is an instant and not a day; a path such as meeting__day leads to it over other records."""
    name, _, rest = path.partition("__")
    field: Any = model._meta.get_field(name)
    return _is_instant(field.related_model, rest) if rest else isinstance(field, models.DateTimeField)


def _known(model: type[models.Model], only: dict[str, Any]) -> dict[str, Any]:
    names = {known.name for known in model._meta.get_fields()}
    return {path: value for path, value in only.items() if path.split("__")[0] in names}


def waiting_on(person: Person, at: datetime) -> list[Waiting]:
    """The records whose main next step this person may take: a query for each procedure with any, however many."""
    found = [_waiting(kind, PROCEDURES[kind], person, at) for kind in in_motion()]
    return [group for group in found if group.tasks]


def by_room(groups: list[Waiting]) -> list[WaitingRoom]:
    """What waits on a person, gathered by room where it is too much to be seen at once: where most waits goes first."""
    if len(groups) <= SEEN_AT_ONCE:
        return [WaitingRoom("", groups)] if groups else []
    rooms: dict[str, list[Waiting]] = defaultdict(list)
    for group in groups:
        rooms[group.room].append(group)
    found = [WaitingRoom(name, waiting) for name, waiting in rooms.items()]
    return sorted(found, key=lambda room: (-len(room.groups), room.name))


def in_motion() -> list[str]:
    """The kinds of which any record stands where a main step leads on: one query for all of them."""
    states = {kind: waiting_states(procedure) for kind, procedure in PROCEDURES.items()}
    asked = {kind: found for kind, found in states.items() if found}
    with connection.cursor() as cursor:
        cursor.execute(_any_of(tuple(asked)), [state for found in asked.values() for state in found])
        return [kind for kind, any_ in zip(asked, cursor.fetchone(), strict=True) if any_]


@cache
def _any_of(kinds: tuple[str, ...]) -> str:
    """A query that tells of each kind whether it has records in any of as many states as it has to wait in."""
    named = connection.ops.quote_name
    tables = [(named(PROCEDURES[kind].model._meta.db_table), len(waiting_states(PROCEDURES[kind]))) for kind in kinds]
    each = [f"EXISTS(SELECT 1 FROM {table} WHERE state IN ({', '.join(['%s'] * count)}))" for table, count in tables]  # noqa: S608 - tables of our own
    return f"SELECT {', '.join(each)}"


def waiting_states(procedure: Procedure) -> list[str]:
    """The states from which a main step leads on."""
    return sorted({state for step in procedure.steps.values() if step.primary for state in step.origins})


def _waiting(kind: str, procedure: Procedure, person: Person, at: datetime) -> Waiting:
    shown = list(islice(tasks(kind, procedure, person, at), WAITING_SHOWN + 1))
    word = KINDS[kind].word if kind in KINDS else str(procedure.model._meta.verbose_name)
    plural = next((page.plural for page in LISTS.values() if page.model is procedure.model), "")
    room = str(apps.get_app_config(procedure.model._meta.app_label).verbose_name)
    return Waiting(f"{word}s", plural, shown[:WAITING_SHOWN], len(shown) > WAITING_SHOWN, room)


def tasks(kind: str, procedure: Procedure, person: Person, at: datetime, **only: Any) -> Iterable[Task]:
    """The newest records of a procedure, of those that `only` chooses, whose main next step is now this person's."""
    main = [step for step in procedure.steps.values() if step.primary and not is_out_of_reach(step.who, person, at)]
    states = {state for step in main for state in step.origins}
    for record in _standing_at(procedure.model, states, person, at, only) if states else ():
        steps = [OpenStep(step, ()) for step in _main_steps(procedure, record) if step.waits_on(person, record, at)]
        if steps:
            yield Task(record, record.state, steps, kind)


def _standing_at(
    model: type[models.Model], states: Iterable[str], person: Person, at: datetime, only: dict[str, Any]
) -> Iterable[Any]:
    rows = model._default_manager.filter(state__in=sorted(states), **only)
    readable = rows.visible_to(person, at) if hasattr(rows, "visible_to") else rows
    return readable.select_related().order_by("-pk")[:WAITING_LOOKED_AT]


def _main_steps(procedure: Procedure, record: Any) -> list[Any]:
    return [step for step in procedure.steps.values() if step.primary and record.state in step.origins]
