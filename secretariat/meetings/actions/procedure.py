"""An action is placed, done and closed with its evidence; until then it comes back to its body."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.calendar import calendar
from secretariat.core.capacities import speaks_for, the_clock
from secretariat.core.classification import Class
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.actions.models import CLOSED, DONE, DROPPED, OPEN, Action
from secretariat.meetings.procedure import committees_team
from secretariat.plain.dates import local_day, long_date
from secretariat.post.due import Due, register
from secretariat.register.parties import Party

Facts = Mapping[str, Any]


def its_owner(person: Person | None, record: Any, at: datetime) -> bool:
    """The action's owner."""
    if person is None or record is None:
        return False
    if person.pk == record.person_id:
        return True
    if record.team:
        return person.acts_as(Role.SECRETARIAT, at, record.team)
    return record.organisation_id in speaks_for(person, at)


@rule("INF-2")
def who_does_a_red_one_is_named(action: Action, at: datetime) -> bool:
    """A Red action is read by named people alone: its owner is a person, not a team or an organisation."""
    return action.classification < Class.RED or action.person is not None


@rule("INF-2")
def red_stays_with_its_named_owner(action: Action, at: datetime) -> bool:
    """A Red action is not handed over: drop it, and place another with its own named recipients."""
    return action.classification < Class.RED


@rule("House rule: actions")
def one_new_owner(action: Action, at: datetime, facts: Facts) -> bool:
    """An action has one owner: name a person, a team or an organisation."""
    return sum(bool(facts[name]) for name in ("person", "team", "organisation")) == 1


@rule("House rule: actions")
def the_new_day_is_another(action: Action, at: datetime, facts: Facts) -> bool:
    """The new day is another day than the present one, and has not passed."""
    return bool(facts["due"] != action.due and facts["due"] >= local_day(at))


def _do(action: Action, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.answer, action.done_on = facts["answer"], local_day(at)


def _reopen(action: Action, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.done_on, action.chased_at = None, None


def _close(action: Action, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.evidence, action.settled_on = facts["evidence"], local_day(at)


def _drop(action: Action, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.settled_on = local_day(at)


def _move(action: Action, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    before = f" It was due on {long_date(action.due)}." if action.due else ""
    action.working = f"Moved on {long_date(local_day(at))}: {facts['why'].rstrip('.')}.{before}"
    action.due, action.chased_at = facts["due"], None


def _hand_over(action: Action, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.person, action.team, action.organisation = facts["person"], facts["team"], facts["organisation"]


def _chase(action: Action, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.chased_at = at


TEXT = a_text(2000, "What was done")


def _person() -> forms.Field:
    return forms.ModelChoiceField(Person.objects.filter(is_active=True), required=False)


def _team() -> forms.Field:
    return forms.ChoiceField(choices=[("", "None"), *Team.choices], required=False)


def _organisation() -> forms.Field:
    return forms.ModelChoiceField(Party.objects.all(), required=False)


OWNER = {"person": _person, "team": _team, "organisation": _organisation}
DUE = {"due": a_day("New day"), "why": a_line()}

ACTIONS = Procedure(
    "action",
    Action,
    Step("place", NEW, OPEN, committees_team, (who_does_a_red_one_is_named,)),
    Step("do", OPEN, DONE, its_owner, facts={"answer": TEXT}, change=_do, says="Say that it is done", primary=True),
    Step("record_done", OPEN, DONE, committees_team, facts={"answer": TEXT}, change=_do,
         says="Record that it is done"),
    Step("move", OPEN, None, committees_team, (the_new_day_is_another,), DUE, _move, "Move its day"),
    Step("hand_over", OPEN, None, committees_team,
         (red_stays_with_its_named_owner, one_new_owner), OWNER, _hand_over),
    Step("chase", OPEN, None, the_clock, change=_chase),
    Step("reopen", DONE, OPEN, committees_team, facts={"why": a_line(500)}, change=_reopen, says="It is not done yet"),
    Step("close", DONE, CLOSED, committees_team, facts={"evidence": a_line(500)}, change=_close,
         says="Close with the evidence", primary=True),
    Step("drop", (OPEN, DONE), DROPPED, committees_team, facts={"why": a_line(500)}, change=_drop),
)  # fmt: skip


@register
def chasers(at: datetime) -> Iterator[Due]:
    """The open actions whose day is near or past and whose owner was not reminded of it."""
    last = calendar().add(local_day(at), RULEBOOK.number("action.chase_wd", at))
    for action in Action.objects.filter(state=OPEN, chased_at__isnull=True, due__lte=last).order_by("pk"):
        yield Due(ACTIONS, "chase", action)
