"""Working Day counts against a day-by-day walk, over any dates and any proclaimed holidays."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from secretariat.plain.dates import LONDON
from secretariat.plain.workdays import Calendar, Holiday, default_calendar

FILE = default_calendar()
DAYS = st.dates(date(2014, 1, 1), date(2034, 12, 31))
NUMBERS = st.integers(-200, 200)
CALENDARS = st.lists(DAYS, max_size=5).map(
    lambda days: FILE.plus(Holiday(day, "Proclaimed", "invented") for day in days)
)


def walked(calendar: Calendar, day: date, n: int) -> date:
    """The plain reading of WD-3: step a day at a time and count the Working Days met."""
    off = {holiday.day for holiday in calendar.holidays}
    step = timedelta(days=1 if n > 0 else -1)
    left = abs(n)
    while left:
        day += step
        left -= day.weekday() < 5 and day not in off
    return day


@given(CALENDARS, DAYS, NUMBERS)
def test_add_is_what_walking_day_by_day_finds(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.add(day, n) == walked(calendar, day, n)


@given(CALENDARS, DAYS, NUMBERS)
def test_count_undoes_add(calendar: Calendar, day: date, n: int) -> None:
    assert calendar.count(day, calendar.add(day, n)) == n


@given(CALENDARS, DAYS, NUMBERS)
def test_a_negative_add_returns_to_the_working_day_it_left(calendar: Calendar, day: date, n: int) -> None:
    assume(calendar.is_working_day(day))
    assert calendar.add(calendar.add(day, n), -n) == day


@given(CALENDARS, DAYS, NUMBERS)
def test_add_arrives_on_a_working_day(calendar: Calendar, day: date, n: int) -> None:
    assert n == 0 or calendar.is_working_day(calendar.add(day, n))


@given(CALENDARS, DAYS, DAYS)
def test_count_is_the_number_of_working_days_after_a_up_to_b(calendar: Calendar, a: date, b: date) -> None:
    start, end = min(a, b), max(a, b)
    passed = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    assert calendar.count(start, end) == sum(calendar.is_working_day(day) for day in passed)


@given(CALENDARS, DAYS, DAYS, DAYS)
def test_counts_join_end_to_end(calendar: Calendar, one: date, two: date, three: date) -> None:
    a, b, c = sorted((one, two, three))
    assert calendar.count(a, b) + calendar.count(b, c) == calendar.count(a, c)
    assert calendar.count(c, b) + calendar.count(b, a) == calendar.count(c, a)


@given(CALENDARS, DAYS, NUMBERS)
def test_the_working_has_every_day_passed_and_every_number_once(calendar: Calendar, day: date, n: int) -> None:
    working = calendar.working(day, n)
    step = 1 if n > 0 else -1
    assert working.result == calendar.add(day, n)
    passed = range(step, (working.result - day).days + step, step) if n else ()
    assert [line.day for line in working.lines] == [day + timedelta(days=gone) for gone in passed]
    assert [line.number for line in working.lines if line.number is not None] == list(range(step, n + step, step))
    assert all((line.number is None) == bool(line.reason) for line in working.lines)


@given(CALENDARS, st.datetimes(datetime(2014, 1, 1), datetime(2034, 12, 31)))  # noqa: DTZ001
def test_a_notice_counts_on_the_first_working_day_whose_close_it_is_not_after(
    calendar: Calendar, when: datetime
) -> None:
    moment = when.replace(tzinfo=UTC)
    effective = calendar.effective_day(moment)
    days = (moment.astimezone(LONDON).date() + timedelta(days=step) for step in range(40))
    assert effective == next(day for day in days if calendar.is_working_day(day) and moment <= calendar.closing(day))
