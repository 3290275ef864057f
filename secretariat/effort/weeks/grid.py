"""A week of work as a grid of drivers by days, in hundredths: what last week says of this one, and what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Cell = tuple[int, date]
"""A driver's id and a day."""
Grid = Mapping[Cell, int]
"""Hundredths of a day by cell; what is not booked is not there."""

DAYS, WEEKDAYS = 7, 5


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def days_of(monday: date) -> tuple[date, ...]:
    """The seven days of a week."""
    return tuple(monday + timedelta(days=place) for place in range(DAYS))


def carried_over(last: Grid, until: date, drivers: Iterable[int]) -> dict[Cell, int]:
    """Last week's grid a week later, up to a day, under drivers that are still in force."""
    known = set(drivers)
    later = {(driver, day + timedelta(days=DAYS)): booked for (driver, day), booked in last.items()}
    return {cell: booked for cell, booked in later.items() if cell[0] in known and cell[1] <= until}


@dataclass(frozen=True)
class Change:
    """One cell that changes: nought stands for nothing booked."""

    cell: Cell
    old: int
    new: int


def changes(there: Grid, typed: Grid) -> list[Change]:
    """What is to be written, in the order that never books more than a day holds: first what falls, then what rises."""
    cells = sorted({*there, *typed})
    found = [Change(cell, there.get(cell, 0), typed.get(cell, 0)) for cell in cells]
    return sorted((one for one in found if one.old != one.new), key=lambda one: one.new > one.old)


def by_day(grid: Grid) -> dict[date, int]:
    """The hundredths of each day that has some."""
    totals: dict[date, int] = {}
    for (_, day), booked in grid.items():
        totals[day] = totals.get(day, 0) + booked
    return totals
