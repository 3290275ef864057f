from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from secretariat.plain import refresh_bank_holidays
from secretariat.plain.workdays import (
    BANK_HOLIDAYS,
    Calendar,
    Holiday,
    OutsideCalendarError,
    Working,
    default_calendar,
    read_calendar,
)

CALENDAR = default_calendar()
PROCLAIMED = {date(2020, 5, 8), date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
MOVED_FROM = {date(2020, 5, 4), date(2022, 5, 30)}


def easter_sunday(year: int) -> date:
    """The anonymous Gregorian algorithm, as printed by Meeus."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def first_monday(year: int, month: int) -> date:
    start = date(year, month, 1)
    return start + timedelta(days=-start.weekday() % 7)


def last_monday(year: int, month: int) -> date:
    end = date(year, month, 31)
    return end - timedelta(days=end.weekday())


def next_free_weekday(day: date, taken: set[date]) -> date:
    while day.weekday() >= 5 or day in taken:
        day += timedelta(days=1)
    return day


def bank_holidays_by_rule(year: int) -> set[date]:
    easter = easter_sunday(year)
    days = {easter - timedelta(days=2), easter + timedelta(days=1)}
    days |= {first_monday(year, 5), last_monday(year, 5), last_monday(year, 8)}
    days.add(next_free_weekday(date(year, 1, 1), set()))
    # On a weekend Christmas Day takes the next day that Boxing Day does not hold by right.
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    held = {day for day in (christmas, boxing) if day.weekday() < 5}
    for day in (christmas, boxing):
        held.add(day if day in held else next_free_weekday(day, held))
    days |= held
    return (days - MOVED_FROM) | {day for day in PROCLAIMED if day.year == year}


@pytest.mark.parametrize("year", range(2013, 2031))
def test_bank_holidays_are_those_of_the_statute_and_the_proclamations(year: int) -> None:
    assert {holiday.day for holiday in CALENDAR.holidays if holiday.day.year == year} == bank_holidays_by_rule(year)


def test_the_file_holds_weekdays_in_order_each_once_for_2013_to_2035() -> None:
    assert all(one.day < after.day for one, after in pairwise(CALENDAR.holidays))
    assert all(holiday.day.weekday() < 5 for holiday in CALENDAR.holidays)
    assert (CALENDAR.first_day, CALENDAR.last_day) == (date(2013, 1, 1), date(2035, 12, 31))


def test_the_file_is_what_the_refresh_writes(tmp_path: Path) -> None:
    written = tmp_path / "days.csv"
    assert refresh_bank_holidays.write(written) == len(CALENDAR.holidays)
    fresh = read_calendar(written)
    assert [day[:2] for day in fresh.holidays] == [day[:2] for day in CALENDAR.holidays]
    assert written.read_text().splitlines()[0] == BANK_HOLIDAYS.read_text().splitlines()[0] == "day,name,source"


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2020, 5, 8), False),
        (date(2020, 5, 4), True),
        (date(2022, 5, 30), True),
        (date(2022, 6, 2), False),
        (date(2022, 6, 3), False),
        (date(2022, 9, 19), False),
        (date(2023, 5, 8), False),
        (date(2020, 4, 10), False),
        (date(2020, 12, 25), False),
        (date(2021, 12, 28), False),
        (date(2020, 2, 29), False),
        (date(2020, 3, 1), False),
        (date(2020, 3, 6), True),
    ],
)
def test_a_working_day_is_no_weekend_and_no_bank_holiday(day: date, is_working: bool) -> None:
    assert CALENDAR.is_working_day(day) is is_working


PUBLISHED_COUNTS = [
    ("referral window of SECMP0035", date(2017, 6, 22), 10, date(2017, 7, 6)),
    ("implementation of SECMP0035", date(2017, 7, 6), 5, date(2017, 7, 13)),
    ("Modification Report Consultation of 2020", date(2020, 3, 17), 15, date(2020, 4, 7)),
    ("consultation over the August bank holiday", date(2019, 8, 12), 15, date(2019, 9, 3)),
    ("papers of Panel 58", date(2018, 7, 13), -5, date(2018, 7, 6)),
    ("papers of Panel 77", date(2020, 2, 14), -5, date(2020, 2, 7)),
    ("papers of Panel 78", date(2020, 3, 13), -5, date(2020, 3, 6)),
    ("budget consultation of 2018", date(2018, 2, 15), 15, date(2018, 3, 8)),
]


@pytest.mark.parametrize(("what", "start", "n", "end"), PUBLISHED_COUNTS)
def test_counts_give_the_published_dates(what: str, start: date, n: int, end: date) -> None:
    assert CALENDAR.add(start, n) == end, what
    assert CALENDAR.count(start, end) == n, what
    assert CALENDAR.working(start, n).result == end, what


def test_counting_is_from_day_0_even_when_that_is_no_working_day() -> None:
    saturday, sunday = date(2020, 3, 7), date(2020, 3, 8)
    assert CALENDAR.add(saturday, 1) == CALENDAR.add(sunday, 1) == date(2020, 3, 9)
    assert CALENDAR.add(saturday, -1) == CALENDAR.add(sunday, -1) == date(2020, 3, 6)
    assert CALENDAR.add(saturday, 0) == saturday


def test_a_count_has_the_sign_of_its_direction() -> None:
    friday, sunday = date(2020, 3, 6), date(2020, 3, 8)
    assert CALENDAR.count(friday, sunday) == 0
    assert CALENDAR.count(sunday, friday) == -1
    assert CALENDAR.count(date(2020, 3, 12), friday) == -4


def test_the_working_shows_each_day_passed_and_why_it_was_not_counted() -> None:
    working = CALENDAR.working(date(2019, 8, 23), 2)
    assert [str(line) for line in working.lines] == [
        "Sat 24 Aug 2019  weekend",
        "Sun 25 Aug 2019  weekend",
        "Mon 26 Aug 2019  Late Summer Bank Holiday",
        "Tue 27 Aug 2019  1",
        "Wed 28 Aug 2019  2",
    ]
    assert working.sentence() == (
        "2 Working Days after Fri 23 Aug 2019 is Wed 28 Aug 2019, "
        "not counting 2 weekend days and Late Summer Bank Holiday on Mon 26 Aug 2019."
    )


def test_the_working_of_a_negative_count_runs_backwards() -> None:
    working = CALENDAR.working(date(2020, 3, 10), -3)
    assert [line.number for line in working.lines] == [-1, None, None, -2, -3]
    assert working.sentence() == "3 Working Days before Tue 10 Mar 2020 is Thu 5 Mar 2020, not counting 2 weekend days."


def test_short_workings_read_as_sentences() -> None:
    thursday = date(2020, 3, 5)
    assert CALENDAR.working(thursday, 1).sentence() == "1 Working Day after Thu 5 Mar 2020 is Fri 6 Mar 2020."
    assert CALENDAR.working(thursday, 0) == Working(thursday, 0, thursday, ())
    assert CALENDAR.working(thursday, 0).sentence() == "No Working Days from Thu 5 Mar 2020 is Thu 5 Mar 2020 itself."
    assert CALENDAR.working(date(2020, 4, 9), 1).sentence() == (
        "1 Working Day after Thu 9 Apr 2020 is Tue 14 Apr 2020, "
        "not counting 2 weekend days, Good Friday on Fri 10 Apr 2020 and Easter Monday on Mon 13 Apr 2020."
    )


def test_a_period_ends_at_17_00_london_time_in_winter_and_in_summer() -> None:
    assert CALENDAR.closing(date(2017, 7, 6)).astimezone(UTC) == datetime(2017, 7, 6, 16, tzinfo=UTC)
    assert CALENDAR.closing(date(2020, 2, 14)).astimezone(UTC) == datetime(2020, 2, 14, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "counts_on"),
    [
        (datetime(2020, 2, 14, 17, 0, tzinfo=UTC), date(2020, 2, 14)),
        (datetime(2020, 2, 14, 17, 0, 1, tzinfo=UTC), date(2020, 2, 17)),
        (datetime(2020, 7, 3, 16, 0, tzinfo=UTC), date(2020, 7, 3)),
        (datetime(2020, 7, 3, 16, 1, tzinfo=UTC), date(2020, 7, 6)),
        (datetime(2020, 7, 4, 9, 0, tzinfo=UTC), date(2020, 7, 6)),
        (datetime(2020, 7, 5, 23, 30, tzinfo=UTC), date(2020, 7, 6)),
        (datetime(2020, 5, 8, 9, 0, tzinfo=UTC), date(2020, 5, 11)),
    ],
)
def test_a_late_notice_counts_on_the_next_working_day(given: datetime, counts_on: date) -> None:
    assert CALENDAR.effective_day(given) == counts_on


def test_a_notice_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        CALENDAR.effective_day(datetime(2020, 2, 14, 17))  # noqa: DTZ001


def test_a_proclaimed_day_makes_a_new_calendar_and_leaves_the_old() -> None:
    monday = date(2031, 6, 2)
    extended = CALENDAR.plus([Holiday(monday, "Jubilee", "invented")])
    assert CALENDAR.is_working_day(monday)
    assert not extended.is_working_day(monday)
    assert extended.add(date(2031, 5, 30), 1) == date(2031, 6, 3)
    assert extended.working(date(2031, 5, 30), 1).lines[-2].reason == "Jubilee"
    assert (
        extended.count(date(2031, 1, 1), date(2035, 12, 31)) == CALENDAR.count(date(2031, 1, 1), date(2035, 12, 31)) - 1
    )


def test_a_day_already_held_keeps_its_name() -> None:
    assert CALENDAR.plus([Holiday(date(2020, 4, 10), "Twice", "invented")]) == CALENDAR


def test_a_proclaimed_weekend_changes_no_count() -> None:
    saturday = date(2031, 6, 7)
    extended = CALENDAR.plus([Holiday(saturday, "Fair", "invented")])
    assert extended.add(date(2031, 6, 6), 1) == date(2031, 6, 9)
    assert extended.working(date(2031, 6, 6), 1).lines[0].reason == "weekend"


@pytest.mark.parametrize("day", [date(2012, 12, 31), date(2036, 1, 1)])
def test_a_day_outside_the_files_years_is_refused(day: date) -> None:
    for ask in (
        lambda: CALENDAR.is_working_day(day),
        lambda: CALENDAR.add(day, 0),
        lambda: CALENDAR.count(day, date(2020, 1, 1)),
        lambda: CALENDAR.count(date(2020, 1, 1), day),
        lambda: CALENDAR.closing(day),
        lambda: CALENDAR.plus([Holiday(day, "Far", "invented")]),
    ):
        with pytest.raises(OutsideCalendarError, match="known from 2013 to 2035"):
            ask()


@pytest.mark.parametrize(("day", "n"), [(date(2035, 12, 31), 1), (date(2013, 1, 2), -1), (date(2020, 1, 1), 10**9)])
def test_a_count_that_runs_out_of_the_years_is_refused(day: date, n: int) -> None:
    with pytest.raises(OutsideCalendarError, match="runs outside"):
        CALENDAR.add(day, n)


def test_a_datetime_is_not_taken_for_a_day() -> None:
    with pytest.raises(TypeError, match="London date"):
        CALENDAR.add(datetime(2020, 2, 14, 23, tzinfo=UTC), 1)


def test_a_calendar_needs_holidays_and_has_one_to_a_day() -> None:
    day = Holiday(date(2020, 4, 10), "Good Friday", "invented")
    with pytest.raises(ValueError, match="at least one"):
        Calendar.of([])
    with pytest.raises(ValueError, match="Fri 10 Apr 2020 is listed twice"):
        Calendar.of([day, day._replace(name="Again")])


def test_the_default_calendar_is_read_once() -> None:
    assert default_calendar() is CALENDAR
