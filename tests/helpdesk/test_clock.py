"""The service clock: Working Hours, counted."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat.helpdesk.clock import WorkingHours, in_words
from secretariat.plain.dates import LONDON
from secretariat.plain.workdays import default_calendar
from tests.helpdesk.factories import london

HOURS = WorkingHours(default_calendar(), time(9), time(17))
INSTANTS = st.integers(0, 200 * 24 * 60).map(lambda minutes: london("2019-11-01 00:00") + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2020-02-17 09:00", "2020-02-17 17:00", 480),
        ("2020-02-17 08:00", "2020-02-17 09:30", 30),
        ("2020-02-17 16:30", "2020-02-18 09:30", 60),
        ("2020-02-14 16:00", "2020-02-17 10:00", 120),
        ("2020-02-15 12:00", "2020-02-16 12:00", 0),
        ("2019-12-24 16:00", "2019-12-27 10:00", 120),
        ("2020-02-18 12:00", "2020-02-17 12:00", 0),
    ],
)
def test_only_hours_from_nine_to_five_on_working_days_count(start: str, end: str, minutes: int) -> None:
    assert HOURS.between(london(start), london(end)) == minutes


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2020-02-17 09:00", 480, "2020-02-17 17:00"),
        ("2020-02-17 09:00", 481, "2020-02-18 09:01"),
        ("2020-02-14 16:00", 120, "2020-02-17 10:00"),
        ("2020-02-15 12:00", 960, "2020-02-18 17:00"),
        ("2020-02-17 20:00", 1, "2020-02-18 09:01"),
    ],
)
def test_what_is_to_be_done_in_some_working_hours_is_due_when_they_have_run(start: str, minutes: int, end: str) -> None:
    assert HOURS.after(london(start), minutes) == london(end)


@given(INSTANTS, st.integers(1, 5000))
def test_the_hours_until_it_is_due_are_the_hours_given(start: datetime, minutes: int) -> None:
    due = HOURS.after(start, minutes)
    assert HOURS.between(start, due) == minutes
    assert time(9) < due.astimezone(LONDON).time() <= time(17)


@given(st.lists(INSTANTS, min_size=3, max_size=3).map(sorted))
def test_parts_of_a_span_make_the_whole(moments: list[datetime]) -> None:
    first, middle, last = moments
    assert HOURS.between(first, middle) + HOURS.between(middle, last) == HOURS.between(first, last)


def test_a_length_is_said_in_hours_and_minutes() -> None:
    assert [in_words(minutes) for minutes in (0, 25, 60, 200)] == ["0 min", "25 min", "1 h", "3 h 20 min"]
