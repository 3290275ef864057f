"""Over the web, nobody takes a step without signing in: not even those that time alone causes."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, PROCEDURES, Procedure, Step
from tests.architecture.made import AT, made

Ask = Callable[[str], Any]
every_procedure = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda procedure: procedure.name)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("some_world", "at_the_clock"),
    pytest.mark.one_database,  # who may is decided in Python; the queries of these pages are the crawl's too
]


def ready(procedure: Procedure, step: Step) -> str:
    """The path of a step on a White record that stands where the step leads from."""
    record = made(kind_of(procedure.model), 2)
    fields = {field.name for field in procedure.model._meta.fields}
    state = next((state for state in step.origins if state != NEW), NEW)
    told = {"state": state} | ({"classification": 0} if "classification" in fields else {})
    if state in fields:
        told[state] = AT
    with contextlib.suppress(IntegrityError), transaction.atomic():
        procedure.model._base_manager.filter(pk=record.pk).update(**told)
    return f"{kind_of(procedure.model)}/{record.pk}/{step.name}"


def let_in(procedure: Procedure, ask: Ask, refusals: set[int]) -> list[str]:
    """The steps of a procedure at which asking is answered otherwise than by a refusal; none may leave an event."""
    before = Event.objects.count()
    found = [
        path for step in procedure.steps.values() if ask(path := ready(procedure, step)).status_code not in refusals
    ]
    assert Event.objects.count() == before
    return found


@every_procedure
def test_nobody_takes_a_step_on_a_page(procedure: Procedure) -> None:
    nobody = Client()
    assert let_in(procedure, lambda path: nobody.get(f"/steps/{path}/"), {302, 403, 404}) == []
    assert let_in(procedure, lambda path: nobody.post(f"/steps/{path}/"), {302, 403, 404}) == []


@every_procedure
def test_nobody_takes_a_step_by_the_api(procedure: Procedure) -> None:
    def ask(path: str) -> Any:
        return Client().post(f"/api/steps/{path}", "{}", content_type="application/json")

    assert let_in(procedure, ask, {401, 404}) == []


@every_procedure
def test_who_is_signed_in_without_any_capacity_takes_no_step(procedure: Procedure) -> None:
    stranger = Client()
    person = Person.objects.create_user("stranger@example.org", "Stranger")
    stranger.force_login(person, "django.contrib.auth.backends.ModelBackend")
    assert let_in(procedure, lambda path: stranger.post(f"/steps/{path}/"), {403, 404}) == []
