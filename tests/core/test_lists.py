"""A list: one declaration serves the page, its files and the API, in few queries, by the same rules."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from secretariat.core import journal
from secretariat.core.calendar import ProclaimedHoliday
from secretariat.core.classification import Class
from secretariat.core.journal import Entry, Event
from secretariat.core.lists import LISTS
from secretariat.core.people import Capacity, Person, Role

pytestmark = pytest.mark.django_db
AT = datetime(2020, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def clerk(client: Client, settings: Any) -> Client:
    settings.CLOCK, settings.MFA_REQUIRED_ROLES = AT.isoformat(), []
    person = Person.objects.create_user("a@example.org", "A")
    Capacity.objects.create(person=person, role=Role.SECRETARIAT, from_day=date(2020, 1, 1), recorded=AT)
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    client.get("/journal/")
    return client


def events(number: int, name: str = "holiday.enter", at: datetime = AT, **told: Any) -> list[Event]:
    made, _ = ProclaimedHoliday.objects.get_or_create(
        day=date(2022, 6, 3), defaults={"name": "D", "source": "S", "recorded": AT, **told}
    )
    return journal.record_all(Entry(name, made, None, at, at + timedelta(seconds=n)) for n in range(number))


def numbers(client: Client, query: str = "") -> list[int]:
    return [row["number"] for row in client.get(f"/api/journal?{query}").json()["items"]]


def in_csv(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/journal.csv?{query}").content.decode())))


def test_a_page_holds_fifty_rows_and_says_how_many_there_are(clerk: Client) -> None:
    made = events(120)
    first, last = clerk.get("/journal/").content.decode(), clerk.get("/journal/?page=3").content.decode()
    assert "120" in first
    assert f"/journal/{made[-1].pk}/" in first
    assert f"/journal/{made[0].pk}/" not in first
    assert f"/journal/{made[0].pk}/" in last
    assert last.count('href="/journal/') - last.count('href="/journal/?') >= 20


@pytest.mark.parametrize("page", ["0", "-1", "9999", "x"])
def test_a_page_that_does_not_exist_gives_the_nearest(clerk: Client, page: str) -> None:
    events(60)
    assert clerk.get(f"/journal/?page={page}").status_code == 200


def test_rows_are_sorted_by_any_column_both_ways_and_by_nothing_else(clerk: Client) -> None:
    first, second = events(1, "b.enter")[0].pk, events(1, "a.enter")[0].pk
    assert numbers(clerk) == [second, first]
    assert numbers(clerk, "sort=name") == [second, first]
    assert numbers(clerk, "sort=-name") == [first, second]
    assert numbers(clerk, "sort=password") == numbers(clerk)
    assert clerk.get("/journal/?sort=by__password").status_code == 200


def test_equal_rows_stay_in_a_fixed_order(clerk: Client) -> None:
    made = [row.pk for row in events(120)]
    pages = [numbers(clerk, f"sort=name&page={page}") for page in (1, 2, 3)]
    assert [number for page in pages for number in page] == made


def test_a_filter_is_said_in_words_and_holds_in_every_form(clerk: Client) -> None:
    events(2, "meeting.hold")
    kept = {row.pk for row in events(1, "paper.issue")}
    page = clerk.get("/journal/?name=paper").content.decode()
    assert "name begins with paper" in page
    assert set(numbers(clerk, "name=paper")) == kept
    assert {int(row["number"]) for row in in_csv(clerk, "name=paper")} == kept


@pytest.mark.parametrize(
    ("at", "in_february"),
    [
        (datetime(2020, 1, 31, 23, 59, tzinfo=UTC), False),
        (datetime(2020, 2, 1, 0, 0, tzinfo=UTC), True),
        (datetime(2020, 2, 29, 23, 59, tzinfo=UTC), True),
        (datetime(2020, 3, 1, 0, 0, tzinfo=UTC), False),
    ],
)
def test_a_month_runs_from_its_first_london_midnight_to_its_last(
    clerk: Client, at: datetime, in_february: bool
) -> None:
    events(1, at=at)
    assert bool(numbers(clerk, "recorded_in=2020-02")) is in_february


def test_a_wrong_filter_is_told_and_nothing_is_guessed(clerk: Client) -> None:
    events(1)
    answer = clerk.get("/api/journal?recorded_in=soon")
    assert answer.status_code == 422
    assert "is not a month" in answer.json()["problems"][0]
    assert clerk.get("/journal/?recorded_in=soon").status_code == 200


def test_every_form_holds_the_same_rows(clerk: Client) -> None:
    made = events(70, "x.enter")
    book = openpyxl.load_workbook(io.BytesIO(clerk.get("/journal.xlsx").content)).active
    expected = [row.pk for row in reversed(made)]
    assert [int(row["number"]) for row in in_csv(clerk)] == expected
    assert [row[0].value for row in book.iter_rows(min_row=2)] == expected
    assert numbers(clerk, "size=100") == expected


def test_the_files_keep_the_sorting_asked_for(clerk: Client) -> None:
    made = [row.pk for row in events(5)]
    assert [int(row["number"]) for row in in_csv(clerk, "sort=number")] == made


def test_no_form_shows_what_the_person_may_not_read(clerk: Client) -> None:
    events(1, classification=Class.RED)
    assert numbers(clerk) == []
    assert in_csv(clerk) == []
    assert "0" in clerk.get("/journal/").content.decode()


def test_a_form_that_is_not_given_is_not_found(clerk: Client) -> None:
    assert clerk.get("/journal.exe").status_code == 404


def test_a_list_without_days_is_no_feed(clerk: Client) -> None:
    clerk.get("/journal/")
    without = [plural.replace(" ", "-") for plural, page in LISTS.items() if not page.day]
    assert without
    assert {clerk.get(f"/{base}.{ending}").status_code for base in without for ending in ("atom", "ics")} <= {403, 404}


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("path", ["/journal/", "/journal.csv", "/journal.xlsx", "/api/journal"])
def test_a_list_asks_no_more_of_the_database_when_it_is_longer(clerk: Client, path: str) -> None:
    events(2)
    few = queries(clerk, path)
    events(100)
    assert queries(clerk, path) == few


def test_a_list_for_the_secretariat_is_closed_to_others(client: Client) -> None:
    assert client.get("/journal/").status_code == 302
    assert client.get("/journal.csv").status_code == 302
    assert client.get("/api/journal").status_code == 401
