"""Dated schemes of headings, and what a heading continues."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from secretariat.core.schemes import Heading, Scheme, continued_names, scheme_on

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 5, 12, tzinfo=UTC)


def scheme(first: date, last: date | None, *names: str) -> Scheme:
    made: Scheme = Scheme.objects.create(
        subject="drivers", name=f"From {first.year}", from_day=first, to_day=last, recorded=AT
    )
    for position, name in enumerate(names, start=1):
        Heading.objects.create(scheme=made, name=name, position=position)
    return made


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2018, 1, 1), "From 2018"),
        (date(2019, 12, 31), "From 2018"),
        (date(2020, 1, 1), "From 2020"),
        (date(2050, 1, 1), "From 2020"),
    ],
)
def test_the_scheme_of_a_day_is_the_one_in_force(day: date, name: str) -> None:
    scheme(date(2018, 1, 1), date(2019, 12, 31))
    scheme(date(2020, 1, 1), None)
    assert scheme_on("drivers", day).name == name


def test_without_a_scheme_in_force_it_is_said_what_to_do() -> None:
    scheme(date(2018, 1, 1), None)
    with pytest.raises(Scheme.DoesNotExist, match=r"No scheme of drivers is in force on 2017-12-31\. Load one first\."):
        scheme_on("drivers", date(2017, 12, 31))
    with pytest.raises(Scheme.DoesNotExist, match="No scheme of categories"):
        scheme_on("categories", date(2018, 1, 1))


def test_a_heading_continues_earlier_ones_under_a_new_name() -> None:
    old, new = scheme(date(2018, 1, 1), date(2019, 12, 31), "A", "B", "C"), scheme(date(2020, 1, 1), None, "AB", "D")
    new.headings.get(name="AB").continues.set(old.headings.filter(name__in=("A", "B")))
    assert continued_names(new) == {"A": "AB", "B": "AB"}
    assert continued_names(old) == {}


def test_headings_stand_in_their_places_and_one_of_a_name() -> None:
    made = scheme(date(2018, 1, 1), None, "A", "B")
    assert [heading.name for heading in made.headings.all()] == ["A", "B"]
    for name, position in (("A", 3), ("C", 2)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Heading.objects.create(scheme=made, name=name, position=position)
