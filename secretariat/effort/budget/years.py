"""Regulatory Years, what was planned of one by a day, and how it will end if things go on: plain values in pence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from secretariat.effort.money import spread
from secretariat.plain.months import Month

MONTHS = 12
EVENLY = (1,) * MONTHS
"""The weights of a line that is spent evenly over the months."""


@dataclass(frozen=True, order=True)
class RegulatoryYear:
    """A year from 1 April to 31 March (rule CHG-6), by the calendar year in which it begins."""

    begins: int

    @classmethod
    def of(cls, day: date) -> RegulatoryYear:
        """The Regulatory Year that a day lies in."""
        return cls(day.year if day.month >= 4 else day.year - 1)

    @property
    def first(self) -> date:
        """Its 1 April."""
        return date(self.begins, 4, 1)

    @property
    def last(self) -> date:
        """Its 31 March."""
        return date(self.begins + 1, 3, 31)

    def months(self) -> tuple[Month, ...]:
        """Its twelve months."""
        return Month.range(Month.of(self.first), Month.of(self.last))

    def months_over(self, day: date) -> int:
        """How many of its months have ended by the end of a day."""
        return sum(month.last <= day for month in self.months())

    def __str__(self) -> str:
        return f"{self.begins}/{(self.begins + 1) % 100:02}"


def weights_of(text: str) -> tuple[int, ...]:
    """Twelve weights, April first, from text such as "1 1 1 2 ...". Evenly where nothing is told.

    Raises ValueError with a sentence.
    """
    parts = text.replace(",", " ").split()
    if not parts:
        return EVENLY
    if len(parts) != MONTHS or not all(part.isdecimal() for part in parts) or not any(int(part) for part in parts):
        raise ValueError("Give twelve whole numbers, April first, one of them above nought; or nothing for evenly.")
    return tuple(int(part) for part in parts)


def planned_by(pence: int, weights: Sequence[int], months: int) -> int:
    """How much of a year's amount was planned for its first months."""
    return sum(spread(pence, weights)[:months])


@dataclass(frozen=True)
class Course:
    """A year month by month, in pence since 1 April by the end of each: what was planned, and what was spent by then
    for the months that are over.
    """

    months: tuple[Month, ...]
    planned: tuple[int, ...]
    spent: tuple[int, ...]

    def by_run_rate(self) -> tuple[int | None, ...]:
        """From the last month that is over on: if each month to come costs what the past ones did on average."""
        over = len(self.spent)
        rate = Fraction(self.spent[-1], over) if over else Fraction(0)
        return self._from_now_on(round(rate * number) for number in range(over, MONTHS + 1))

    def by_plan(self) -> tuple[int | None, ...]:
        """From the last month that is over on: if what is to come costs what is planned for it."""
        over = len(self.spent)
        ahead = self.spent[-1] - self.planned[over - 1] if over else 0
        return self._from_now_on(ahead + planned for planned in self.planned[max(over - 1, 0) :])

    def _from_now_on(self, values: Iterable[int]) -> tuple[int | None, ...]:
        over = len(self.spent)
        return (*(None,) * (over - 1), *values) if over else (None,) * MONTHS


@dataclass(frozen=True)
class Outlook:
    """One category in one year, in pence: the year's budget, what was planned and what was spent by a day."""

    budget: int
    planned: int
    spent: int
    months: int

    @property
    def variance(self) -> int:
        """Spent over what was planned; below nought is less than planned."""
        return self.spent - self.planned

    @property
    def by_run_rate(self) -> int | None:
        """The year's end if each month to come costs what the past ones did on average; None before a month is over."""
        return round(Fraction(self.spent * MONTHS, self.months)) if self.months else None

    @property
    def by_plan(self) -> int:
        """The year's end if what is to come costs what is planned for it."""
        return self.spent + self.budget - self.planned

    def needs_words(self, percent: int, least: int) -> bool:
        """Whether the variance is to be explained: beyond so many per cent of the plan, and at least so many pence."""
        return abs(self.variance) >= max(least, 1) and 100 * abs(self.variance) > percent * abs(self.planned)
