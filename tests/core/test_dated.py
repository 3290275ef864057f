"""Dated rows: in force on their first and on their last day, and not on any other."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from secretariat.core.people import Capacity, Person, Role

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 5, 12, tzinfo=UTC)


def capacity(first: date, last: date | None) -> Capacity:
    person, _ = Person.objects.get_or_create(email="a@example.org", name="A")
    return Capacity.objects.create(person=person, role=Role.DCC, from_day=first, to_day=last, recorded=AT)


@pytest.mark.parametrize(
    ("day", "in_force"),
    [
        (date(2020, 1, 31), False),
        (date(2020, 2, 1), True),
        (date(2020, 2, 29), True),
        (date(2020, 3, 1), False),
    ],
)
def test_a_row_is_in_force_from_its_first_to_its_last_day(day: date, in_force: bool) -> None:
    capacity(date(2020, 2, 1), date(2020, 2, 29))
    assert Capacity.objects.on(day).exists() is in_force


def test_a_row_without_a_last_day_is_in_force_until_further_notice() -> None:
    capacity(date(2020, 2, 1), None)
    assert Capacity.objects.on(date(2999, 1, 1)).exists()
    assert not Capacity.objects.on(date(2020, 1, 31)).exists()


@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [
        (date(2020, 1, 1), date(2020, 1, 31), False),
        (date(2020, 1, 1), date(2020, 2, 1), True),
        (date(2020, 2, 10), date(2020, 2, 11), True),
        (date(2020, 2, 29), None, True),
        (date(2020, 3, 1), None, False),
        (date(2019, 1, 1), None, True),
    ],
)
def test_rows_overlap_when_they_share_a_day(first: date, last: date | None, overlaps: bool) -> None:
    capacity(date(2020, 2, 1), date(2020, 2, 29))
    assert Capacity.objects.all().overlapping(first, last).exists() is overlaps


def test_an_open_row_overlaps_all_that_comes_after_its_first_day() -> None:
    capacity(date(2020, 2, 1), None)
    assert Capacity.objects.all().overlapping(date(2025, 1, 1), date(2025, 1, 2)).exists()
    assert not Capacity.objects.all().overlapping(date(2019, 1, 1), date(2020, 1, 31)).exists()


def test_the_database_refuses_a_row_that_ends_before_it_begins() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        capacity(date(2020, 2, 2), date(2020, 2, 1))
