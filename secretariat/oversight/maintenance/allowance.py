"""What planned maintenance may take: its hours of the day, its hours of the month, and the notice given of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from secretariat.plain.dates import LONDON, in_london, long_date
from secretariat.plain.months import Month
from secretariat.plain.workdays import Calendar


@dataclass(frozen=True)
class Allowance:
    """The rulebook's values in force: hours of the day, hours a month, and Working Days of notice."""

    from_hour: int
    until_hour: int
    hours_a_month: int
    notice_wd: int


@dataclass(frozen=True)
class Spell:
    """From one instant to another."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it lasts, by the clock of the world and not of the summer."""
        return max(timedelta(), self.end.astimezone(UTC) - self.start.astimezone(UTC))


def within(spell: Spell, month: Month) -> timedelta:
    """How much of a spell lies in a month of the London calendar."""
    first, next_first = month.bounds()
    return Spell(max(spell.start, first), min(spell.end, next_first)).length


def total(spells: Iterable[Spell], month: Month) -> timedelta:
    """How much of a month lies in any of some spells; what two of them share counts once."""
    found, reached = timedelta(), None
    for one in sorted(spells, key=lambda spell: spell.start):
        start = one.start if reached is None or one.start > reached else reached
        found += within(Spell(start, one.end), month)
        reached = one.end if reached is None or one.end > reached else reached
    return found


def keeps_the_hours(spell: Spell, told: Allowance) -> bool:
    """Whether a spell lies in the night that maintenance may take, from one evening to the next morning."""
    start = in_london(spell.start)
    evening = start.date() if start.hour >= told.from_hour else start.date() - timedelta(days=1)
    night = Spell(
        datetime.combine(evening, time(told.from_hour), tzinfo=LONDON),
        datetime.combine(evening + timedelta(days=1), time(told.until_hour), tzinfo=LONDON),
    )
    return night.start <= spell.start and spell.end <= night.end


def announce_by(spell: Spell, told: Allowance, calendar: Calendar) -> date:
    """The last day on which planned maintenance is announced in time."""
    return calendar.add(in_london(spell.start).date(), -told.notice_wd)


def remarks(
    spell: Spell, announced: date | None, others: Iterable[Spell], told: Allowance, calendar: Calendar
) -> list[str]:
    """A sentence for each thing that a planned window does not keep; nothing where it keeps all."""
    found = []
    if not keeps_the_hours(spell, told):
        found.append(f"It is not wholly between {told.from_hour}:00 and {told.until_hour:02}:00 of the London clock.")
    by = announce_by(spell, told, calendar)
    if announced is not None and announced > by:
        days = f"{told.notice_wd} Working Days before is {long_date(by)}"
        found.append(f"It was announced on {long_date(announced)}; {days}.")
    month = Month.of(in_london(spell.start).date())
    hours = total([spell, *others], month)
    if hours > timedelta(hours=told.hours_a_month):
        found.append(f"{in_hours(hours)} hours are planned in {month.label}; {told.hours_a_month} are allowed.")
    return found


def in_hours(length: timedelta) -> str:
    """A length in hours with at most two decimals."""
    return f"{length / timedelta(hours=1):.2f}".rstrip("0").rstrip(".")
