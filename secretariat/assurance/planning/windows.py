"""Where fieldwork can be placed: from capacity, absences, what is booked and the Working Days, and nothing else.

Plain values in, plain values out, and the same answer for the same facts. A day of fieldwork is a Working Day on which
the assessor works, is not absent and has no other fieldwork; a week has at most as many as the assessor gives to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

from secretariat.plain.dates import long_date
from secretariat.plain.workdays import Calendar, OutsideCalendarError

LOOKS_AHEAD = 550
"""Calendar days from the earliest day on within which a window is looked for."""


@dataclass(frozen=True)
class Capacity:
    """The days a week that an assessor gives to fieldwork, from a day until a day (none: until further notice)."""

    first: date
    last: date | None
    days_a_week: int

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Away:
    """Days on which an assessor does no fieldwork, and why."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class Diary:
    """All that is known of one assessor; `taken` holds the days of fieldwork with what they are for."""

    key: int
    name: str
    capacities: tuple[Capacity, ...] = ()
    away: tuple[Away, ...] = ()
    taken: Mapping[date, str] = field(default_factory=dict)

    def days_a_week(self, day: date) -> int:
        """How many days of fieldwork the week of a day may have; none when the assessor does not work then."""
        return next((one.days_a_week for one in self.capacities if one.holds(day)), 0)

    def room(self, day: date) -> int:
        """How many more days of fieldwork the week of a day can take."""
        monday = day - timedelta(days=day.weekday())
        in_week = sum(monday + timedelta(days=step) in self.taken for step in range(7))
        return self.days_a_week(day) - in_week

    def hinders(self, day: date) -> str:
        """Why a Working Day cannot be one of fieldwork, as a sentence; nothing when it can."""
        if not self.days_a_week(day):
            return f"{self.name} does no fieldwork on {long_date(day)}."
        away = next((one for one in self.away if one.first <= day <= one.last), None)
        if away is not None:
            return f"{self.name} is away on {long_date(day)}: {away.reason}."
        if day in self.taken:
            return f"{self.name} is booked on {long_date(day)}: {self.taken[day]}."
        return ""

    def booked(self, days: Iterable[date], what: str) -> Diary:
        """The same with some more days taken."""
        return replace(self, taken={**self.taken, **dict.fromkeys(days, what)})


@dataclass(frozen=True)
class Window:
    """Days of fieldwork of one assessor."""

    assessor: int
    days: tuple[date, ...]

    @property
    def first(self) -> date:
        """The day on which it begins."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The day on which it ends."""
        return self.days[-1]


@dataclass(frozen=True)
class Wish:
    """Fieldwork that is to be placed: how many days, not before which day, and by when if that is known."""

    key: int
    what: str
    days: int
    earliest: date
    latest: date | None = None


@dataclass(frozen=True)
class Tried:
    """What came of trying a first day: the window, or every reason against it."""

    window: Window | None
    reasons: tuple[str, ...]


def tried(diary: Diary, first: date, number: int, calendar: Calendar) -> Tried:
    """The window of so many days from a first day, or why there is none.

    Days off and the rest of a full week are passed over; an absence or another booking in between is a reason against.
    """
    try:
        if not calendar.is_working_day(first):
            return Tried(None, (f"{long_date(first)} is not a Working Day.",))
        if not diary.hinders(first) and diary.room(first) < 1:
            return Tried(None, (f"The week of {long_date(first)} has no day of {diary.name} left.",))
        days, reasons = _walk(diary, first, number, calendar)
    except OutsideCalendarError as error:
        return Tried(None, (str(error),))
    return Tried(None, reasons) if reasons else Tried(Window(diary.key, days), ())


def _walk(diary: Diary, first: date, number: int, calendar: Calendar) -> tuple[tuple[date, ...], tuple[str, ...]]:
    days: list[date] = []
    day = first
    while len(days) < number:
        if calendar.is_working_day(day):
            hindrance = diary.hinders(day)
            if hindrance:
                return (), (hindrance,)
            week = day.isocalendar()[:2]
            if sum(one.isocalendar()[:2] == week for one in days) < diary.room(day):
                days.append(day)
        day += timedelta(days=1)
    return tuple(days), ()


def windows(diary: Diary, number: int, earliest: date, calendar: Calendar) -> Iterator[Window]:
    """Every window of so many days of one assessor, earliest first."""
    for step in range(LOOKS_AHEAD):
        found = tried(diary, earliest + timedelta(days=step), number, calendar).window
        if found is not None:
            yield found


def proposals(diaries: Iterable[Diary], wish: Wish, calendar: Calendar, each: int = 2) -> list[Window]:
    """The first windows of every assessor, earliest first; of one day, by the assessor's number."""
    found = (window for one in diaries for window in islice(_apart(one, wish, calendar), each))
    return sorted(found, key=lambda window: (window.first, window.last, window.assessor))


def _apart(diary: Diary, wish: Wish, calendar: Calendar) -> Iterator[Window]:
    """An assessor's windows that share no day."""
    after = date.min
    for window in windows(diary, wish.days, wish.earliest, calendar):
        if window.first > after:
            after = window.last
            yield window


@dataclass(frozen=True)
class Plan:
    """Where each wish was placed, and why the others were not."""

    placed: Mapping[int, Window]
    unplaced: Mapping[int, str]


def planned(wishes: Iterable[Wish], diaries: Iterable[Diary], calendar: Calendar) -> Plan:
    """Places every wish, those due first before the others, each as early as any assessor can.

    A wish is placed after the day by which it is due rather than not at all: the plan shows what comes late.
    """
    known = {one.key: one for one in diaries}
    placed, unplaced = dict[int, Window](), dict[int, str]()
    for wish in sorted(wishes, key=lambda one: (one.latest or date.max, one.earliest, one.key)):
        found = proposals(known.values(), wish, calendar, each=1)
        if not found:
            unplaced[wish.key] = "No assessor has so many days together in the time looked at."
            continue
        placed[wish.key] = found[0]
        known[found[0].assessor] = known[found[0].assessor].booked(found[0].days, wish.what)
    return Plan(placed, unplaced)


def earliest(asked: date, weeks: int, calendar: Calendar) -> date:
    """The first Working Day on which fieldwork can begin that was asked for on a day, so many weeks ahead (SEC-5)."""
    day = asked + timedelta(weeks=weeks)
    return day if calendar.is_working_day(day) else calendar.add(day, 1)


def days_to_give(diary: Diary, first: date, last: date, calendar: Calendar) -> list[date]:
    """The days of fieldwork that an assessor has from one day to another, whatever is booked: the first of each week.

    Raises OutsideCalendarError where the bank holidays are not known.
    """
    found: list[date] = []
    in_week = dict[tuple[int, int], int]()
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        week = day.isocalendar()[:2]
        free = calendar.is_working_day(day) and not replace(diary, taken={}).hinders(day)
        if free and in_week.get(week, 0) < diary.days_a_week(day):
            in_week[week] = in_week.get(week, 0) + 1
            found.append(day)
    return found


def upset(diary: Diary, days: Iterable[date], calendar: Calendar) -> list[str]:
    """Why booked days of an assessor can no longer be held: an absence, or a day off, that was entered afterwards."""
    free = replace(diary, taken={})
    reasons = []
    for day in days:
        if not calendar.is_working_day(day):
            reasons.append(f"{long_date(day)} is not a Working Day.")
        elif hindrance := free.hinders(day):
            reasons.append(hindrance)
    return reasons


@dataclass(frozen=True)
class Fee:
    """The share of the fee, in per cent, that a move or a cancellation costs; until when it is none, and why."""

    percent: int
    last_free_day: date
    working: str


def late_fee(fieldwork: date, day: date, weeks: int, percent: int) -> Fee:
    """What it costs to move or cancel on a day fieldwork that begins on another (SEC-5)."""
    last = fieldwork - timedelta(weeks=weeks)
    told = f"{weeks} weeks before {long_date(fieldwork)} is {long_date(last)}"
    if day <= last:
        return Fee(0, last, f"{told}: {long_date(day)} is in time.")
    return Fee(percent, last, f"{told}: {long_date(day)} is later, so {percent} per cent and the costs are asked for.")
