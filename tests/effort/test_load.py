"""Loading timesheets."""

from __future__ import annotations

from datetime import date

import pytest

from secretariat.core.journal import Event
from secretariat.core.load import LOADS, Loading, load, preview
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.effort.models import DayEntry
from tests.effort.factories import NOON, entry, heading, person, two_schemes

pytestmark = pytest.mark.django_db
LOADING = Loading(None, NOON, NOON)
HEAD = "worker,day,driver,days\n"
GOOD = (
    HEAD
    + "W1,2020-02-03,Change Management,0.25\nW1,2020-02-03,Meter Splitting,1.25\nW2,04/02/2020,change management,1\n"
)


def refusals(rows: str) -> list[str]:
    prepared = preview(LOADS["timesheets"], "t.csv", (HEAD + rows).encode(), LOADING)
    return [str(refusal) for refusal in prepared.refused]


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: object, tmp_path: object) -> None:
    settings.FILES_ROOT = tmp_path  # type: ignore[attr-defined]


def test_a_preview_writes_nothing() -> None:
    two_schemes()
    assert preview(LOADS["timesheets"], "t.csv", GOOD.encode(), LOADING).sentence.startswith("3 accepted")
    assert not DayEntry.objects.exists()
    assert not Event.objects.exists()


def test_a_file_is_loaded_once_however_often_it_is_given() -> None:
    two_schemes()
    person(Role.SECRETARIAT)
    again = HEAD + GOOD.removeprefix(HEAD) + "secretariat@example.test,2020-02-03,Change Management,0.50\n"
    for expected in ("4 accepted, 0", "0 accepted, 4"):
        assert load(LOADS["timesheets"], "t.csv", again.encode(), LOADING).sentence.startswith(expected)
    assert DayEntry.objects.count() == 4
    assert DayEntry.objects.filter(worker__isnull=False, worker_code="").count() == 1
    assert Event.objects.filter(name="dayentry.load", imported=True).count() == 4


def test_one_refused_row_refuses_the_file() -> None:
    two_schemes()
    with pytest.raises(Refused, match="row 5, days"):
        load(LOADS["timesheets"], "t.csv", (GOOD + "W3,2020-02-03,Change Management,0\n").encode(), LOADING)
    assert not DayEntry.objects.exists()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("W1,2020-02-03,Change Management,-0.25", "-0.25 days is not above nought"),
        ("W1,2020-02-03,Change Management,0.255", "at most two decimals"),
        ("W1,2020-02-03,Change Management,NaN", "at most two decimals"),
        ("W1,2020-02-03,Change Management,1.51", "1.51 days on one day; at most 1.50"),
        ("W1,2020-02-31,Change Management,1", "no 31 February 2020"),
        ("W1,2020-03-06,Change Management,1", "Fri 6 Mar 2020 is still to come"),
        (",2020-02-03,Change Management,1", "worker: is empty"),
        ("W1,2017-12-31,Change Management,1", "No drivers are in force then"),
    ],
)
def test_a_row_is_refused_with_its_reason(row: str, said: str) -> None:
    two_schemes()
    [refusal] = refusals(row)
    assert said in refusal
    assert refusal.startswith("row 2, ")


def test_an_unknown_driver_is_refused_naming_those_in_force_on_the_day() -> None:
    two_schemes()
    assert refusals("W1,2020-02-03,Technical Effectiveness,1") == [
        "row 2, driver: “Technical Effectiveness” is not a driver on Mon 3 Feb 2020. "
        "In force are Security and Privacy, Change Management, Meter Splitting."
    ]


def test_two_rows_for_the_same_worker_day_and_driver_are_refused() -> None:
    two_schemes()
    row = "W1,2020-02-03,Change Management,0.25\n"
    assert refusals(row * 2) == ["row 3, driver: is booked for this worker and day in row 2."]


def test_the_limit_counts_what_is_booked_already() -> None:
    _, new = two_schemes()
    entry(heading(new, "Meter Splitting"), date(2020, 2, 3), 100)
    assert refusals("W1,2020-02-03,Change Management,0.50") == []
    assert "1.51 days on one day" in refusals("W1,2020-02-03,Change Management,0.51")[0]


def test_another_number_of_days_for_a_booked_entry_is_refused() -> None:
    _, new = two_schemes()
    entry(heading(new, "Meter Splitting"), date(2020, 2, 3), 100)
    [refusal] = refusals("W1,2020-02-03,Meter Splitting,0.50")
    assert "1.00 days are booked already" in refusal
