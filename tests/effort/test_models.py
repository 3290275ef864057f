"""What a day entry may be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.core import journal
from secretariat.core.people import Role
from secretariat.effort.models import DayEntry
from tests.effort.factories import NOON, entry, heading, person, two_schemes

pytestmark = pytest.mark.django_db
TIMES: Any = {"by": None, "at": NOON, "recorded": NOON}


def test_a_worker_books_at_most_one_and_a_half_days_on_one_day() -> None:
    _, new = two_schemes()
    entry(heading(new, "Change Management"), date(2020, 2, 3), 100)
    driver = heading(new, "Meter Splitting")
    journal.enter(DayEntry(driver=driver, day=date(2020, 2, 3), hundredths=50, worker_code="W1"), **TIMES)
    third = DayEntry(driver=heading(new, "Security and Privacy"), day=date(2020, 2, 3), hundredths=1, worker_code="W1")
    with pytest.raises(ValidationError, match="1.51 days on one day; at most 1.50"):
        journal.enter(third, **TIMES)


def test_the_limit_is_each_workers_own() -> None:
    _, new = two_schemes()
    driver = heading(new, "Change Management")
    entry(driver, date(2020, 2, 3), 150)
    journal.enter(DayEntry(driver=driver, day=date(2020, 2, 3), hundredths=150, worker_code="W2"), **TIMES)
    assert DayEntry.objects.count() == 2


def test_amending_an_entry_does_not_count_it_twice() -> None:
    _, new = two_schemes()
    made = entry(heading(new, "Change Management"), date(2020, 2, 3), 100)
    journal.amend(made, {"hundredths": 150}, **TIMES)
    assert DayEntry.objects.get().days == "1.50"


def test_a_driver_must_be_in_force_on_the_day() -> None:
    old, _ = two_schemes()
    driver = heading(old, "Technical Effectiveness")
    DayEntry(driver=driver, day=date(2018, 9, 30), hundredths=50, worker_code="W1").full_clean()
    with pytest.raises(ValidationError, match="not in force on Mon 1 Oct 2018"):
        DayEntry(driver=driver, day=date(2018, 10, 1), hundredths=50, worker_code="W1").full_clean()


def test_nothing_is_booked_for_no_time() -> None:
    _, new = two_schemes()
    made = DayEntry(driver=heading(new, "Change Management"), day=date(2020, 2, 3), hundredths=0, worker_code="W1")
    with pytest.raises(ValidationError):
        made.full_clean()


def test_an_entry_names_either_a_person_or_a_code() -> None:
    _, new = two_schemes()
    told = {"driver": heading(new, "Change Management"), "day": date(2020, 2, 3), "hundredths": 50}
    worker = person(Role.SECRETARIAT)
    for wrong in (DayEntry(**told), DayEntry(**told, worker=worker, worker_code="W1")):
        with pytest.raises(ValidationError, match="not both and not neither"):
            wrong.full_clean()


def test_one_entry_for_a_worker_driver_and_day() -> None:
    _, new = two_schemes()
    driver = heading(new, "Change Management")
    entry(driver, date(2020, 2, 3), 25)
    with pytest.raises(ValidationError, match="amend that entry"):
        DayEntry(driver=driver, day=date(2020, 2, 3), hundredths=25, worker_code="W1").full_clean()


def test_an_entry_is_amber_for_the_secretariat() -> None:
    _, new = two_schemes()
    entry(heading(new, "Change Management"), date(2020, 2, 3), 25)
    assert DayEntry.objects.visible_to(person(Role.SECRETARIAT), NOON).count() == 1
    assert DayEntry.objects.visible_to(person(Role.PARTY_CONTACT), NOON).count() == 0
    assert DayEntry.objects.visible_to(None, NOON).count() == 0
