"""The Working Day calendar (WD-1 to WD-5) and every count of Working Days.

A Working Day is any day but a Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday (WD-1), taken as those
of England and Wales (WD-2). The days come from `bank_holidays.csv`; days proclaimed since are added by `plus`.
"""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from secretariat.plain.dates import LONDON, in_london, long_date

BANK_HOLIDAYS: Final = Path(__file__).with_name("bank_holidays.csv")
CLOSE: Final = time(17)


class Holiday(NamedTuple):
    """A day that is no Working Day, what it is called, and who says so."""

    day: date
    name: str
    source: str


class OutsideCalendarError(ValueError):
    """A day lies in a year for which the calendar holds no bank holidays."""


@dataclass(frozen=True, slots=True)
class WorkingLine:
    """One calendar day passed: its number in the count, or else why it was not counted."""

    day: date
    number: int | None
    reason: str

    def __str__(self) -> str:
        return f"{long_date(self.day)}  {self.reason if self.number is None else self.number}"


@dataclass(frozen=True, slots=True)
class Working:
    """A count of Working Days with its working, one line for each calendar day passed after the start."""

    start: date
    n: int
    result: date
    lines: tuple[WorkingLine, ...]

    def sentence(self) -> str:
        """The count in words, naming every bank holiday passed over."""
        if not self.n:
            return f"No Working Days from {long_date(self.start)} is {long_date(self.result)} itself."
        days = "Working Day" if abs(self.n) == 1 else "Working Days"
        where = "after" if self.n > 0 else "before"
        counted = f"{abs(self.n)} {days} {where} {long_date(self.start)} is {long_date(self.result)}"
        return f"{counted}{self._passed_over()}."

    def _passed_over(self) -> str:
        skipped = [line for line in self.lines if line.number is None]
        weekend_days = sum(_is_weekend(line.day) for line in skipped)
        reasons = [f"{weekend_days} weekend {'day' if weekend_days == 1 else 'days'}"] if weekend_days else []
        reasons += [f"{line.reason} on {long_date(line.day)}" for line in skipped if not _is_weekend(line.day)]
        return f", not counting {_listed(reasons)}" if reasons else ""


@dataclass(frozen=True)
class Calendar:
    """Working Days over the years of its bank holidays, which are in order and one to a day.

    Every method raises OutsideCalendarError for a day, given or arrived at, outside those years, and TypeError for a
    datetime, whose London date the caller must choose.
    """

    holidays: tuple[Holiday, ...]
    first_day: date
    last_day: date
    _days: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _before: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = tuple(holiday.day.toordinal() for holiday in self.holidays if not _is_weekend(holiday.day))
        object.__setattr__(self, "_days", days)
        # How many Working Days lie before each holiday: the key that turns a count back into a date by bisection.
        before = tuple(_weekdays_to(day) - 1 - earlier for earlier, day in enumerate(days))
        object.__setattr__(self, "_before", before)

    @classmethod
    def of(cls, holidays: Iterable[Holiday]) -> Calendar:
        """The calendar of the whole years that these holidays span; ValueError for none, or for two on one day."""
        in_order = tuple(sorted(holidays))
        if not in_order:
            raise ValueError("A calendar needs at least one bank holiday to know its years.")
        for one, next_one in pairwise(in_order):
            if one.day == next_one.day:
                raise ValueError(f"{long_date(one.day)} is listed twice: {one.name}, {next_one.name}.")
        return cls(in_order, date(in_order[0].day.year, 1, 1), date(in_order[-1].day.year, 12, 31))

    def plus(self, extra: Iterable[Holiday]) -> Calendar:
        """A calendar with proclaimed holidays added (WD-2); a day already held keeps its first name and source."""
        days = {holiday.day: holiday for holiday in self.holidays}
        for holiday in extra:
            self._ordinal(holiday.day)
            days.setdefault(holiday.day, holiday)
        return Calendar(tuple(sorted(days.values())), self.first_day, self.last_day)

    def is_working_day(self, day: date) -> bool:
        """Whether the day is a Working Day (WD-1)."""
        return self._is_working(self._ordinal(day))

    def add(self, day: date, n: int) -> date:
        """The nth Working Day after the day, or before it when n is negative (WD-3, WD-5).

        The day itself is day 0 whether it is a Working Day or not, and is the answer when n is 0.
        """
        start = self._ordinal(day)
        if n == 0:
            return date.fromordinal(start)
        count = self._working_to(start) + n if n > 0 else self._working_to(start - 1) + n + 1
        return self._date(self._nth_working(count))

    def count(self, a: date, b: date) -> int:
        """How many Working Days come after a, up to and including b (WD-5).

        When b is before a, minus the number before a, down to and including b; so that for every n but 0
        `count(a, add(a, n))` is n.
        """
        start, end = self._ordinal(a), self._ordinal(b)
        if end >= start:
            return self._working_to(end) - self._working_to(start)
        return self._working_to(end - 1) - self._working_to(start - 1)

    def working(self, day: date, n: int) -> Working:
        """The same date as `add`, with each calendar day passed and its number, or why it was not counted."""
        result = self.add(day, n)
        step = 1 if n > 0 else -1
        lines: list[WorkingLine] = []
        number = 0
        for ordinal in range(day.toordinal() + step, result.toordinal() + step, step) if n else ():
            counted = self._is_working(ordinal)
            number += step * counted
            passed = date.fromordinal(ordinal)
            lines.append(WorkingLine(passed, number if counted else None, "" if counted else self._reason(passed)))
        return Working(day, n, result, tuple(lines))

    def closing(self, day: date) -> datetime:
        """The instant at which a period that ends on the day ends: 17:00 on the London clock (WD-3)."""
        return datetime.combine(date.fromordinal(self._ordinal(day)), CLOSE, tzinfo=LONDON)

    def effective_day(self, instant: datetime) -> date:
        """The Working Day on which a notice given at the instant counts (WD-4).

        After 17:00 London time, or on any other day than a Working Day, that is the next Working Day. Raises
        ValueError when the instant carries no time zone.
        """
        local = in_london(instant)
        day = local.date()
        in_time = local.time() <= CLOSE and self.is_working_day(day)
        return day if in_time else self.add(day, 1)

    def _reason(self, day: date) -> str:
        if _is_weekend(day):
            return "weekend"
        return self.holidays[bisect_left(self.holidays, (day,))].name

    def _is_working(self, ordinal: int) -> bool:
        position = bisect_left(self._days, ordinal)
        held = position < len(self._days) and self._days[position] == ordinal
        return not held and (ordinal - 1) % 7 < 5

    def _working_to(self, ordinal: int) -> int:
        """Working Days up to and including the day, counted from the calendar's Monday 1 January 0001."""
        return _weekdays_to(ordinal) - bisect_right(self._days, ordinal)

    def _nth_working(self, count: int) -> int:
        """The ordinal of the day up to which there are so many Working Days."""
        weekday = count + bisect_left(self._before, count) - 1
        return weekday // 5 * 7 + weekday % 5 + 1

    def _ordinal(self, day: date) -> int:
        if isinstance(day, datetime):
            raise TypeError("Working Days are counted from a date; take the London date of the instant.")
        if not self.first_day <= day <= self.last_day:
            raise OutsideCalendarError(f"{long_date(day)} is outside the calendar. {self._years()}")
        return day.toordinal()

    def _date(self, ordinal: int) -> date:
        if not self.first_day.toordinal() <= ordinal <= self.last_day.toordinal():
            raise OutsideCalendarError(f"The count runs outside the calendar. {self._years()}")
        return date.fromordinal(ordinal)

    def _years(self) -> str:
        return f"Bank holidays are known from {self.first_day.year} to {self.last_day.year}."


@cache
def default_calendar() -> Calendar:
    """The calendar of the data file, read once."""
    return read_calendar(BANK_HOLIDAYS)


def read_calendar(path: Path) -> Calendar:
    """The calendar of a file with the columns day, name and source; ValueError for a day not written as 2020-05-08."""
    with path.open(encoding="utf-8", newline="") as file:
        return Calendar.of(
            Holiday(date.fromisoformat(row["day"]), row["name"], row["source"]) for row in csv.DictReader(file)
        )


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def _is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def _weekdays_to(ordinal: int) -> int:
    """Mondays to Fridays up to and including the day; the first ordinal is a Monday."""
    return ordinal // 7 * 5 + min(ordinal % 7, 5)
