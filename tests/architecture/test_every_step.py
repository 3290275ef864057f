"""Every step of every procedure, from every state, by all sorts of people, with facts right and wrong.

Whatever is told, a refusal changes nothing at all, and a step that is taken leaves its event, which says how the
state moved. The records are made from their fields alone, so that most steps are refused; rooms test what they do.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import NEW, PROCEDURES, Procedure, Refused, Step
from tests.architecture.made import AT, made

SINCE = date(2013, 1, 1)
TRIES = 4
"""How often a step is tried from each of its states."""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_world", "at_the_clock")]


def everyone() -> list[Person | None]:
    """The clock, a stranger, and somebody who acts in every capacity, for every party."""
    stranger = Person.objects.create_user("stranger@example.org", "Stranger")
    busy = Person.objects.create_user("everyone@example.org", "Everyone")
    told: dict[str, Any] = {"person": busy, "from_day": SINCE, "recorded": AT}
    for team in Team:
        Capacity.objects.create(role=Role.SECRETARIAT, team=team, **told)
    for role in set(Role) - {Role.SECRETARIAT, Role.PARTY_CONTACT, Role.COMMITTEE_MEMBER}:
        Capacity.objects.create(role=role, **told)
    party = apps.get_model("register.party")
    for pk in party._base_manager.values_list("pk", flat=True):
        Capacity.objects.create(role=Role.PARTY_CONTACT, organisation_id=pk, leads=True, **told)
    for body in apps.get_model("committees.committee")._base_manager.all():
        Capacity.objects.create(role=Role.COMMITTEE_MEMBER, audience=body.code, **told)
    return [busy, busy, busy, None, None, stranger]


def value(field: forms.Field, draw: random.Random) -> Any:
    """A value that a field takes, mostly; at times nothing, or nonsense."""
    if draw.random() < 0.1:
        return draw.choice(("", None, "?", "2020-02-30", "-1"))
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        keys = [row.pk for row in (field.queryset or [])]
        one = draw.choice(keys) if keys else ""
        return [one] if isinstance(field, forms.ModelMultipleChoiceField) else one
    if isinstance(field, forms.MultipleChoiceField):
        return [draw.choice([key for key, _ in field.choices])]
    if isinstance(field, forms.ChoiceField):
        return draw.choice([key for key, _ in field.choices])
    about = AT + timedelta(days=draw.randint(-20, 40))
    kinds: tuple[tuple[type[forms.Field], Any], ...] = (
        (forms.DateTimeField, about.isoformat()),
        (forms.DateField, about.date().isoformat()),
        (forms.BooleanField, True),
        (forms.IntegerField, draw.randint(0, 30)),
        (forms.EmailField, "person@example.org"),
    )
    return next((value for kind, value in kinds if isinstance(field, kind)), "Words.")


def everything(procedure: Procedure) -> list[Any]:
    """How long the journal is, and every row of the room."""
    room = apps.get_app_config(procedure.model._meta.app_label).get_models()
    return [Event.objects.count(), *(list(model._base_manager.order_by("pk").values()) for model in room)]


def tries(procedure: Procedure, draw: random.Random) -> Iterator[tuple[Step, str]]:
    """Each step from each of its states, several times; and from one state in which it is refused."""
    for step in procedure.steps.values():
        others = [state for state in (NEW, *procedure.states) if state not in step.origins]
        for state in (*step.origins * TRIES, *(others and [draw.choice(others)])):
            yield step, state


@pytest.mark.parametrize("procedure", sorted(PROCEDURES.values(), key=lambda one: one.name), ids=lambda one: one.name)
def test_a_refusal_changes_nothing_and_a_step_leaves_its_event(procedure: Procedure) -> None:
    draw, people, kind = random.Random(procedure.name), everyone(), kind_of(procedure.model)
    key, fields = made(kind, 2).pk, {field.name for field in procedure.model._meta.fields}
    rows = procedure.model._base_manager.filter(pk=key)
    before, (at_first,) = everything(procedure), rows.values()
    for step, state in tries(procedure, draw):
        facts = {name: value(make(), draw) for name, make in step.facts.items()}
        with contextlib.suppress(IntegrityError), transaction.atomic():
            rows.update(**at_first | {"state": state} | ({state: AT} if state in fields else {}))
        record, events = rows.get(), Event.objects.count()
        stood = record.state
        mark = transaction.savepoint()
        try:
            event = procedure.take(step.name, record, by=draw.choice(people), at=AT, recorded=AT, **facts)
        except (Refused, ValidationError):
            assert record.state == stood
            assert Event.objects.count() == events, step.name
            continue
        assert stood in step.origins
        assert (event.kind, event.subject_id) == (kind, key)
        assert event.facts["state"] == {"old": stood, "new": record.state}
        assert rows.values_list("state", flat=True).get() == record.state
        assert Event.objects.count() > events
        transaction.savepoint_rollback(mark)
    rows.update(**at_first)
    assert everything(procedure) == before
