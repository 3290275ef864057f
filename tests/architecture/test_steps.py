"""Over the web, nobody takes a step without signing in: not even those that time alone causes."""

from __future__ import annotations

import pytest
from django.test import Client

from secretariat.core.journal import Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, PROCEDURES, Procedure, Step
from tests.architecture.made import AT, made

STEPS = [(procedure, step) for procedure in PROCEDURES.values() for step in procedure.steps.values()]
every_step = pytest.mark.parametrize(
    ("procedure", "step"), STEPS, ids=[f"{procedure.name}.{step.name}" for procedure, step in STEPS]
)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_world", "at_the_clock")]


def ready(procedure: Procedure, step: Step) -> str:
    """The path of a step on a White record that stands where the step leads from."""
    record = made(kind_of(procedure.model), 2)
    fields = {field.name for field in procedure.model._meta.fields}
    state = next((state for state in step.origins if state != NEW), NEW)
    told = {"state": state} | ({"classification": 0} if "classification" in fields else {})
    if state in fields:
        told[state] = AT
    procedure.model._base_manager.filter(pk=record.pk).update(**told)
    return f"{kind_of(procedure.model)}/{record.pk}/{step.name}"


@every_step
def test_nobody_takes_a_step_on_a_page(procedure: Procedure, step: Step) -> None:
    path, before = f"/steps/{ready(procedure, step)}/", Event.objects.count()
    for ask in (Client().get, Client().post):
        assert ask(path).status_code in (302, 403, 404)
    assert Event.objects.count() == before


@every_step
def test_nobody_takes_a_step_by_the_api(procedure: Procedure, step: Step) -> None:
    path, before = f"/api/steps/{ready(procedure, step)}", Event.objects.count()
    assert Client().post(path, "{}", content_type="application/json").status_code in (401, 404)
    assert Event.objects.count() == before


@every_step
def test_who_is_signed_in_without_any_capacity_takes_no_step(procedure: Procedure, step: Step) -> None:
    client = Client()
    stranger = Person.objects.create_user("stranger@example.org", "Stranger")
    client.force_login(stranger, "django.contrib.auth.backends.ModelBackend")
    path, before = f"/steps/{ready(procedure, step)}/", Event.objects.count()
    assert client.post(path).status_code in (403, 404)
    assert Event.objects.count() == before
