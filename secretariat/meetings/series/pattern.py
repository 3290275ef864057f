"""The days that a rule such as "second Friday of every month" gives, without a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from secretariat.plain.months import Month
from secretariat.plain.workdays import Calendar

LAST = 5
WEEK = timedelta(days=7)


class Rhythm(Enum):
    """Whether a series counts in weeks or in months."""

    WEEKS = "weeks"
    MONTHS = "months"


class OnHoliday(Enum):
    """Where a meeting goes when its day is no Working Day."""

    WEEK_LATER = "week later"
    NEXT_WORKING_DAY = "next working day"
    NOT_AT_ALL = "not at all"
    ALL_THE_SAME = "all the same"

    @property
    def label(self) -> str:
        """As a form says it."""
        return {
            "week later": "A week later",
            "next working day": "The next Working Day",
            "not at all": "It does not meet",
            "all the same": "It meets all the same",
        }[self.value]

    def meets_on(self, day: date, calendar: Calendar) -> date | None:
        """The day on which a body meets that should meet on `day`; none when it does not meet."""
        if self is OnHoliday.ALL_THE_SAME or calendar.is_working_day(day):
            return day
        if self is OnHoliday.NOT_AT_ALL:
            return None
        if self is OnHoliday.NEXT_WORKING_DAY:
            return calendar.add(day, 1)
        return self.meets_on(day + WEEK, calendar)


@dataclass(frozen=True)
class Pattern:
    """A rule: every so many weeks or months on a weekday (0 is Monday), the `nth` of the month (5 is the last)."""

    rhythm: Rhythm
    every: int
    weekday: int
    nth: int | None
    first: date
    last: date | None = None

    def days(self, first: date, last: date) -> list[date]:
        """The days of the rule from `first` to `last`, both included, in order."""
        until = last if self.last is None else min(last, self.last)
        found = self._weekly(until) if self.rhythm is Rhythm.WEEKS else self._monthly(until)
        return [day for day in found if max(first, self.first) <= day <= until]

    def _weekly(self, until: date) -> Iterator[date]:
        day = self.first + timedelta(days=(self.weekday - self.first.weekday()) % 7)
        while day <= until:
            yield day
            day += self.every * WEEK

    def _monthly(self, until: date) -> Iterator[date]:
        month = Month.of(self.first)
        while month.first <= until:
            yield nth_weekday(month, self.weekday, self.nth or 1)
            month = month.plus(self.every)


def nth_weekday(month: Month, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; the last one for 5, whether it is the fourth or the fifth."""
    days = [day for day in month.days() if day.weekday() == weekday]
    return days[-1] if nth == LAST else days[nth - 1]
