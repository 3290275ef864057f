"""Who is cleared for more never sees less: of every kind of record that has a class."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretariat.core.classification import Class, Classified, Clearance, Recipient, why_visible
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from tests.architecture.made import AT, every_model, made, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("some_world")]

BODIES = ("", "SSC", "TABASC")
NAMED = 3
CLASSIFIED = [model for model in every_model() if issubclass(model, Classified) and kind_of(model) != "core.event"]
SPREAD = [(klass, BODIES[place % 3]) for place, klass in enumerate([*Class, *Class])]


def door(model: type[Classified]) -> tuple[Any, ...]:
    """What decides who sees rows of a kind: kinds of one room with no owner and no rule of their own share it."""
    rows = type(model._default_manager.all())
    return rows.visible_to, rows.cleared_for, model.owned_by or model._meta.app_label


clearances = st.builds(
    Clearance,
    rank=st.sampled_from(Class),
    audiences=st.frozensets(st.sampled_from(BODIES[1:])),
    organisations=st.frozensets(st.integers(1, 3)),
    person_id=st.sampled_from([None, 1, 2]),
)
every_model_with_a_class = pytest.mark.parametrize("model", CLASSIFIED, ids=kind_of)
every_door = pytest.mark.parametrize("model", {door(model): model for model in CLASSIFIED}.values(), ids=kind_of)
for_rows = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def spread(some_world: None, django_db_blocker: Any) -> None:
    """The made rows over all classes; gone with the world."""
    with django_db_blocker.unblock():
        spread_classes()


def spread_classes() -> None:
    """Gives the made rows all classes and some bodies, and some Red ones a named reader."""
    for model in CLASSIFIED:
        rows = model._default_manager.order_by("pk")
        for row, (klass, body) in zip(rows, SPREAD, strict=False):
            model._base_manager.filter(pk=row.pk).update(classification=klass, audience=body)
            if klass is Class.RED:
                reader = made("core.person", 1)
                Recipient.objects.get_or_create(kind=kind_of(model), record_id=row.pk, person=reader)


def seen(model: type[models.Model], cleared: Clearance) -> set[Any]:
    """The ids of the rows that a clearance opens."""
    return set(model._default_manager.all().cleared_for(cleared).values_list("pk", flat=True))


@every_door
@for_rows
@given(less=clearances, rank=st.sampled_from(Class), body=st.sampled_from(BODIES[1:]), organisation=st.integers(1, 3))
def test_who_is_cleared_for_more_never_sees_less(
    model: type[models.Model], spread: None, less: Clearance, rank: Class, body: str, organisation: int
) -> None:
    before = seen(model, less)
    for more in (
        replace(less, rank=max(rank, less.rank)),
        replace(less, audiences=less.audiences | {body}),
        replace(less, organisations=less.organisations | {organisation}),
        replace(less, person_id=less.person_id or made("core.person", 1).pk),
    ):
        assert before <= seen(model, more)


@every_model_with_a_class
def test_the_public_sees_exactly_what_is_white(model: type[models.Model], spread: None) -> None:
    white = set(model._default_manager.filter(classification=Class.WHITE).values_list("pk", flat=True))
    assert seen(model, Clearance()) == white


@every_model_with_a_class
def test_red_is_for_named_readers_alone(model: type[models.Model], spread: None) -> None:
    everything_but = Clearance(Class.AMBER, frozenset(BODIES), frozenset(range(100)), made("core.person", 2).pk)
    red = set(model._default_manager.filter(classification=Class.RED).values_list("pk", flat=True))
    assert not red & seen(model, everything_but)
    assert red <= seen(model, replace(everything_but, person_id=made("core.person", 1).pk))


@every_model_with_a_class
def test_what_is_seen_has_a_ground_that_is_told(model: type[models.Model], spread: None) -> None:
    lead = staff(email="reader@example.org")
    for reader in (lead, None):
        for row in model._default_manager.all().visible_to(reader, AT):
            assert why_visible(row, reader, AT).endswith(".")


def test_there_are_kinds_of_all_rooms_among_them() -> None:
    assert len({model._meta.app_label for model in CLASSIFIED}) > 5
    assert not issubclass(Person, Classified)
