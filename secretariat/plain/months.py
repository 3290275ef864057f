"""A calendar month: what reports are about, and how they filter and label."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from secretariat.plain.dates import LONDON, MONTH_NAMES, month_number

_ISO: Final = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})")
_WORDED: Final = re.compile(r"(?P<month>[A-Za-z]+) +(?P<year>[0-9]{4})")
_WHAT_TO_TYPE: Final = "Type it as 2020-02, Feb 2020 or February 2020."
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2999


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One month of one year; months order by time. ValueError for a month that does not exist."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"There is no month {self.month}: months run from 1 to 12.")
        if not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            raise ValueError(f"The year {self.year} is outside {_FIRST_YEAR} to {_LAST_YEAR}.")

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month typed as 2020-02, Feb 2020 or February 2020; ValueError says what to type instead."""
        typed = text.strip()
        match = _ISO.fullmatch(typed) or _WORDED.fullmatch(typed)
        if match is None:
            raise ValueError(f"“{typed}” is not a month. {_WHAT_TO_TYPE}")
        try:
            month = int(match["month"]) if match["month"].isdigit() else month_number(match["month"])
            return cls(int(match["year"]), month)
        except ValueError as wrong:
            raise ValueError(f"{wrong} {_WHAT_TO_TYPE}") from None

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that a date lies in; for an instant, pass its London date."""
        return cls(day.year, day.month)

    @staticmethod
    def range(start: Month, end: Month) -> tuple[Month, ...]:
        """Every month from start to end, both included; ValueError when the end is before the start."""
        if end < start:
            raise ValueError(f"{end.label} is before {start.label}.")
        return end.back(end._index - start._index + 1)

    @property
    def _index(self) -> int:
        return self.year * 12 + self.month - 1

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def label(self) -> str:
        """As prose has it, "February 2020"."""
        return f"{MONTH_NAMES[self.month - 1]} {self.year}"

    @property
    def short(self) -> str:
        """As a column head has it, "Feb 20"."""
        return f"{MONTH_NAMES[self.month - 1][:3]} {self.year % 100:02d}"

    @property
    def iso(self) -> str:
        """As addresses and files have it, "2020-02"."""
        return f"{self.year}-{self.month:02d}"

    def __str__(self) -> str:
        return self.iso

    def plus(self, months: int) -> Month:
        """The month so many months later; earlier when negative."""
        year, month = divmod(self._index + months, 12)
        return Month(year, month + 1)

    def back(self, months: int) -> tuple[Month, ...]:
        """So many months in order, ending with this one; ValueError when fewer than one is asked for."""
        if months < 1:
            raise ValueError(f"At least one month is needed, not {months}.")
        return tuple(self.plus(step) for step in range(1 - months, 1))

    def days(self) -> tuple[date, ...]:
        """Every day of the month in order."""
        return tuple(self.first + timedelta(days=step) for step in range(self.last.day))

    def bounds(self) -> tuple[datetime, datetime]:
        """The London midnights that begin this month and the next: start included, end not."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=LONDON)
