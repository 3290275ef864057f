"""Pages of day entries: who sees what, and what a form does."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from secretariat.core.journal import Event
from secretariat.core.people import Person, Role
from secretariat.effort.models import DayEntry
from tests.effort.factories import entry, heading, keep, person, two_schemes

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> DayEntry:
    _, new = two_schemes()
    return entry(heading(new, "Change Management"), date(2020, 2, 3), 125)


@pytest.fixture
def clerk() -> Person:
    return person(Role.SECRETARIAT, "operations")


def form(made: DayEntry, **more: Any) -> dict[str, Any]:
    return {"worker_code": "W1", "driver": made.driver_id, "day": "2020-02-04", "hundredths": "0.25"} | more


def test_the_list_shows_each_reader_what_they_may_read(client: Client, made: DayEntry, clerk: Person) -> None:
    assert b">W1<" not in client.get("/day-entries/").content
    client.force_login(person(Role.PARTY_CONTACT))
    assert b">W1<" not in client.get("/day-entries/").content
    client.force_login(clerk)
    content = client.get("/day-entries/").content
    assert b">W1<" in content
    assert b"1.25" in content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("month=2020-02", True),
        ("month=2020-03", False),
        ("group=services", True),
        ("group=projects", False),
        ("worker=w1", True),
        ("worker=w2", False),
        ("text=change", True),
        ("text=meter", False),
    ],
)
def test_the_list_is_filtered(client: Client, made: DayEntry, clerk: Person, asked: str, found: bool) -> None:
    client.force_login(clerk)
    assert (b"W1" in client.get(f"/day-entries.csv?{asked}").content) is found


def test_the_list_is_filtered_by_driver(client: Client, made: DayEntry, clerk: Person) -> None:
    client.force_login(clerk)
    other = heading(made.driver.scheme, "Meter Splitting")
    assert b"W1" in client.get(f"/day-entries.csv?driver={made.driver_id}").content
    assert b"W1" not in client.get(f"/day-entries.csv?driver={other.pk}").content


def test_a_record_is_not_there_for_those_who_may_not_read_it(client: Client, made: DayEntry, clerk: Person) -> None:
    address = made.get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(person(Role.PARTY_CONTACT))
    assert client.get(address).status_code == 404
    client.force_login(clerk)
    assert b"Change Management" in client.get(address).content
    assert client.get("/day-entries/none/").status_code == 404


def test_the_form_is_for_the_operations_team_and_others_fill_in_their_own_week(
    client: Client, made: DayEntry, clerk: Person
) -> None:
    assert client.get("/day-entries/new/").status_code == 302
    client.force_login(person(Role.SECRETARIAT, "change"))
    assert client.get("/day-entries/").status_code == 200
    assert client.get(f"{made.get_absolute_url()}edit/").status_code == 403
    client.force_login(person(Role.PARTY_CONTACT))
    assert client.get("/day-entries/new/").status_code == 403
    assert client.post("/day-entries/new/", form(made)).status_code == 403
    client.force_login(clerk)
    assert b"Services: Change Management (Drivers of 2020)" in client.get("/day-entries/new/").content


def test_a_day_that_has_not_come_is_neither_worked_nor_spent_on(
    client: Client, made: DayEntry, clerk: Person, settings: Any
) -> None:
    settings.CLOCK = "2020-02-05T12:00:00+00:00"
    client.force_login(clerk)
    spend = {"reference": "R", "category": "Projects", "description": "Hall", "pence": "1.00", "day": "2020-02-06"}
    for path, typed in (("/day-entries/new/", form(made, day="2020-02-06")), ("/spend-entries/new/", spend)):
        answer = client.post(path, typed)
        assert answer.status_code == 422
        assert "Thu 6 Feb 2020 is still to come." in answer.content.decode()
    assert client.post("/spend-entries/new/", spend | {"day": "2020-02-05"}).status_code == 302


def test_days_are_typed_with_two_decimals_and_kept_as_hundredths(client: Client, made: DayEntry, clerk: Person) -> None:
    client.force_login(clerk)
    assert client.post("/day-entries/new/", form(made)).status_code == 302
    assert DayEntry.objects.get(day=date(2020, 2, 4)).hundredths == 25
    assert Event.objects.filter(name="dayentry.enter", by=clerk).count() == 1


@pytest.mark.parametrize("typed", ["0", "-1", "a day", "0.333", "1.51", ""])
def test_a_refused_form_keeps_what_was_typed(client: Client, made: DayEntry, clerk: Person, typed: str) -> None:
    client.force_login(clerk)
    answer = client.post("/day-entries/new/", form(made, hundredths=typed))
    assert answer.status_code == 422
    assert typed.encode() in answer.content
    assert DayEntry.objects.count() == 1


def test_an_entry_is_amended_with_old_and_new(client: Client, made: DayEntry, clerk: Person) -> None:
    client.force_login(clerk)
    address = f"{made.get_absolute_url()}edit/"
    assert b'value="1.25"' in client.get(address).content
    assert client.post(address, form(made, day="2020-02-03", hundredths="0.75")).status_code == 302
    assert Event.objects.get(name="dayentry.amend").facts == {"hundredths": {"old": 125, "new": 75}}


def test_a_number_of_days_opens_to_the_entries_summed(client: Client, made: DayEntry, clerk: Person) -> None:
    keep(date(2020, 2, 1))
    entry(made.driver, date(2020, 3, 1), 10, worker="W9")
    client.force_login(clerk)
    page = client.get("/figures/days_by_driver/2020-02/cell/?row=services-change-management&column=2020-02")
    assert b"W1, Mon 3 Feb 2020" in page.content
    assert b"W9, " not in page.content
    assert client.get("/figures/days_by_driver/2020-02/").status_code == 200
    assert client.get("/api/day-entries?group=services").json()["count"] == 2
