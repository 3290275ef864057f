"""The calendar of all bodies: what there is on which day, also of what other rooms hold meetings of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from secretariat.core.calendar import calendar
from secretariat.core.people import Person
from secretariat.meetings.models import Meeting
from secretariat.plain.months import Month


@dataclass(frozen=True)
class Line:
    """One thing on a day: whose, from when until when, and where it is told. `reference` is empty where it has none."""

    day: date
    body: str
    href: str
    hours: str = ""
    starts: time | None = None
    reference: str = ""
    state: str = ""

    @property
    def order(self) -> tuple[date, time, str]:
        """Its place: what has no hour comes first on its day."""
        return self.day, self.starts or time.min, self.body


Ask = Callable[[Person | None, datetime, date, date], Iterable[Line]]
OTHERS: list[Ask] = []
"""Functions of rooms above that tell other things of a calendar, as far as the person may read them."""


def also(ask: Ask) -> Ask:
    """Makes a room's function of (person, at, first, last) known; it yields lines of days from first to last."""
    OTHERS.append(ask)
    return ask


def lines_of(meetings: Iterable[Meeting]) -> list[Line]:
    """Meetings as lines."""
    return [
        Line(one.day, one.committee.short_name, one.get_absolute_url(), one.hours, one.starts, one.reference, one.state)
        for one in meetings
    ]


@dataclass(frozen=True)
class Day:
    """One square of the grid; `holiday` is the name of a day that is no Working Day for another cause than Sunday's."""

    day: date
    is_of_month: bool
    is_today: bool
    holiday: str
    lines: tuple[Line, ...]


def grid(month: Month, lines: Iterable[Line], today: date) -> list[list[Day]]:
    """The weeks of a month, Monday first, with the days before and after it that fill them."""
    by_day: dict[date, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.order):
        by_day[line.day].append(line)
    holidays = {holiday.day: holiday.name for holiday in calendar().holidays}
    first, last = weeks_around(month)
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    squares = [
        Day(day, month.first <= day <= month.last, day == today, holidays.get(day, ""), tuple(by_day[day]))
        for day in days
    ]
    return [squares[start : start + 7] for start in range(0, len(squares), 7)]


def weeks_around(month: Month) -> tuple[date, date]:
    """The Monday and the Sunday between which the whole weeks lie that a month touches."""
    return month.first - timedelta(days=month.first.weekday()), month.last + timedelta(days=6 - month.last.weekday())
