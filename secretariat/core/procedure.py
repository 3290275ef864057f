"""Procedures: a table of steps, and the one door through which a state changes.

A room's `procedure.py` is the code's section on one screen: states, steps, who may take them, and the
rules that must hold, each a named function whose docstring is the sentence a person is told.
Buttons, API endpoints, "waiting on me", diagrams, the permission matrix and the docs are read off it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from secretariat.core.journal import Event, record, save_checked
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person

Who = Callable[[Person | None, Any, datetime], bool]
Change = Callable[[Any, datetime, datetime, dict[str, Any]], None]
NEW = ""


class Refused(Exception):
    """A step was refused: nothing changed. `messages` are sentences for the person, as of a ValidationError."""

    def __init__(self, *messages: str) -> None:
        super().__init__(" ".join(messages))
        self.messages = list(messages)


@dataclass(frozen=True)
class Rule:
    """A named rule: its citation, the sentence told when it does not hold, and the test of it."""

    name: str
    citation: str
    sentence: str
    test: Callable[..., bool]

    def __call__(self, record_: Any, at: datetime, facts: Mapping[str, Any] | None = None) -> bool:
        """Whether the rule holds for a record at an instant, given the facts of the step."""
        if len(inspect.signature(self.test).parameters) == 2:
            return self.test(record_, at)
        return self.test(record_, at, facts or {})


def rule(citation: str) -> Callable[[Callable[..., bool]], Rule]:
    """Marks a predicate of (record, at) or (record, at, facts) as a rule; its docstring is the refusal's sentence."""

    def mark(test: Callable[..., bool]) -> Rule:
        sentence = inspect.cleandoc(test.__doc__ or "").split("\n\n")[0].replace("\n", " ")
        if not sentence:
            raise ValueError(f"The rule {test.__name__} has no sentence.")
        return Rule(test.__name__, citation, sentence, test)

    return mark


@dataclass(frozen=True)
class Step:
    """One row of a procedure: from one of `sources` to `target`, by `who`, when every rule holds.

    `target` None leaves the state as it is. `facts` names what must be told, each with the form field that
    checks it. `change` writes the fields and dated rows that belong to the step: (record, at, recorded, facts).
    `turn` says on whom and from when a main step waits, where that is less than who may take it.
    """

    name: str
    sources: str | tuple[str, ...]
    target: str | None
    who: Who
    rules: tuple[Rule, ...] = ()
    facts: Mapping[str, Callable[[], forms.Field]] = field(default_factory=dict)
    change: Change | None = None
    says: str = ""
    primary: bool = False
    turn: Who | None = None

    @property
    def label(self) -> str:
        """The step's name as a button says it."""
        return self.says or self.name.replace("_", " ").capitalize()

    @property
    def origins(self) -> tuple[str, ...]:
        """The states from which the step can be taken."""
        return (self.sources,) if isinstance(self.sources, str) else self.sources

    def waits_on(self, person: Person | None, record_: Any, at: datetime) -> bool:
        """Whether it is now for this person to take, and not only open to them."""
        return self.who(person, record_, at) and (self.turn is None or self.turn(person, record_, at))

    def cleaned(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts, checked by their fields. Raises Refused with a sentence per bad or missing fact."""
        known = {}
        reasons = [f"The step {self.name!r} does not take {name!r}." for name in facts.keys() - self.facts.keys()]
        for name, make in self.facts.items():
            try:
                known[name] = make().clean(facts.get(name))
            except ValidationError as error:
                reasons.append(f"{name.replace('_', ' ').capitalize()}: {' '.join(error.messages)}")
        if reasons:
            raise Refused(*reasons)
        return known


PROCEDURES: dict[str, Procedure] = {}
"""Every procedure by the kind of record it moves."""


class Procedure:
    """A table of steps over one model with a `state` field."""

    def __init__(self, name: str, model: type[models.Model], *steps: Step) -> None:
        self.name = name
        self.model = model
        self.steps = {step.name: step for step in steps}
        if len(self.steps) != len(steps):
            raise ValueError(f"Two steps of {name} have the same name.")
        PROCEDURES[kind_of(model)] = self

    @property
    def states(self) -> list[str]:
        """Every state, in the order of the field's choices where it has some, then as the table names them."""
        named = [str(state) for step in self.steps.values() for state in (*step.origins, step.target or NEW)]
        told = [str(value) for value, _ in self.model._meta.get_field("state").choices or ()]  # type: ignore[union-attr]
        return [state for state in dict.fromkeys([*told, *named]) if state != NEW and state in named]

    def take(
        self, name: str, record_: Any, /, *, by: Person | None, at: datetime, recorded: datetime, **facts: Any
    ) -> Event:
        """Takes one step and returns its event; the only writer of a state.

        The record is read again and locked first, so that of two people who take a step the second meets the
        state the first left. Raises Refused, and then nothing has changed.
        """
        step = self.steps[name]
        with transaction.atomic():
            if record_.pk:
                _refresh_locked(record_)
            before = _as_it_stands(record_)
            self._check(step, record_, by, at, recorded)
            known = step.cleaned(facts)
            broken = [rule_ for rule_ in step.rules if not rule_(record_, at, known)]
            if broken:
                raise Refused(*(f"{rule_.sentence} ({rule_.citation})" for rule_ in broken))
            try:
                self._apply(step, record_, at, recorded, known)
            except Exception:
                vars(record_).clear()
                vars(record_).update(before)
                raise
            told = {**known, "state": {"old": before["state"], "new": record_.state}}
            return record(f"{self.name}.{name}", record_, by=by, at=at, recorded=recorded, **told)

    def _check(self, step: Step, record_: Any, by: Person | None, at: datetime, recorded: datetime) -> None:
        if at > recorded:
            raise Refused("A step is recorded once it has taken effect, not before.")
        if record_.state not in step.origins:
            here = record_.state or "not begun"
            raise Refused(f"{step.label} is not possible here: the state is {here!r}.")
        if not step.who(by, record_, at):
            raise Refused(f"{step.label} is for others: {who_sentence(step.who)}")

    def _apply(self, step: Step, record_: Any, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        if step.target is not None:
            record_.state = step.target
        new = record_.pk is None
        if new:
            self._save(record_)
        if step.change is not None:
            step.change(record_, at, recorded, facts)
        if not new or step.change is not None:
            self._save(record_)

    @staticmethod
    def _save(record_: Any) -> None:
        try:
            save_checked(record_)
        except ValidationError as error:
            raise Refused(*error.messages) from error

    def open_steps(self, record_: Any, person: Person | None, at: datetime) -> Iterator[OpenStep]:
        """The steps a person may take from where the record stands, each with the rules that do not yet hold."""
        for step in self.steps.values():
            if record_.state in step.origins and step.who(person, record_, at):
                yield OpenStep(step, tuple(rule_ for rule_ in step.rules if not _holds_so_far(rule_, record_, at)))

    def waiting(self, record_: Any) -> list[Step]:
        """The steps that lead on from where the record stands, whoever may take them."""
        return [step for step in self.steps.values() if record_.state in step.origins and step.target is not None]


@dataclass(frozen=True)
class OpenStep:
    """A step open to a person, and what it still needs."""

    step: Step
    lacking: tuple[Rule, ...]


def _holds_so_far(rule_: Rule, record_: Any, at: datetime) -> bool:
    """A rule about the step's own facts cannot be judged before they are told, so it does not yet stand in the way."""
    return len(inspect.signature(rule_.test).parameters) > 2 or rule_(record_, at)


def _as_it_stands(record_: models.Model) -> dict[str, Any]:
    """The record's own values, for taking back what a refused step wrote; a new record then has no id again."""
    state = copy(record_._state)
    state.fields_cache = dict(record_._state.fields_cache)
    return {**vars(record_), "_state": state}


def _refresh_locked(record_: models.Model) -> None:
    rows = type(record_)._default_manager.filter(pk=record_.pk)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    record_.refresh_from_db(from_queryset=rows)


def who_sentence(who: Who) -> str:
    """Who may take a step, in the words of the predicate's docstring."""
    return inspect.cleandoc(who.__doc__ or "").split("\n\n")[0].replace("\n", " ")
