"""The service clock: how long an enquiry has been with us, counted in the helpdesk's Working Hours (rule HLP-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import LONDON, in_london
from secretariat.plain.workdays import Calendar


@dataclass(frozen=True)
class WorkingHours:
    """The hours from opening to closing, on the London clock, of every Working Day."""

    days: Calendar
    opens: time
    closes: time

    @property
    def of_a_day(self) -> int:
        """Minutes of Working Hours in one Working Day."""
        return _minutes(self.closes) - _minutes(self.opens)

    def between(self, start: datetime, end: datetime) -> int:
        """Whole minutes of Working Hours from one instant to a later one; nothing when the second is not later."""
        if end <= start:
            return 0
        first, last = in_london(start).date(), in_london(end).date()
        days = self.days.count(first, last) - self.days.is_working_day(last) + self.days.is_working_day(first)
        return days * self.of_a_day - self._into_the_day(start) + self._into_the_day(end)

    def after(self, start: datetime, minutes: int) -> datetime:
        """The instant at which so many minutes of Working Hours have run since another; that one itself for none."""
        if minutes <= 0:
            return start
        day = in_london(start).date()
        left = minutes + self._into_the_day(start)
        if not self.days.is_working_day(day) or left > self.of_a_day:
            left -= self.of_a_day * self.days.is_working_day(day)
            further = -(-left // self.of_a_day)
            day = self.days.add(day, further)
            left -= (further - 1) * self.of_a_day
        return datetime.combine(day, self.opens, tzinfo=LONDON) + timedelta(minutes=left)

    def _into_the_day(self, moment: datetime) -> int:
        """Minutes of Working Hours that have run on the instant's own day."""
        local = in_london(moment)
        if not self.days.is_working_day(local.date()):
            return 0
        return min(max(_minutes(local.time()) - _minutes(self.opens), 0), self.of_a_day)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def working_hours(at: datetime) -> WorkingHours:
    """The helpdesk's hours in force at an instant (rule HLP-1)."""
    opens, closes = (RULEBOOK.number(f"helpdesk.{word}_hour", at) for word in ("opening", "closing"))
    return WorkingHours(calendar(), time(opens), time(closes))


def target_minutes(at: datetime) -> int:
    """Minutes of Working Hours in which an enquiry is to be answered (rule HLP-2)."""
    return RULEBOOK.number("helpdesk.target_hours", at) * 60


def in_words(minutes: int) -> str:
    """A length of Working Hours as a page says it: "3 h 20 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"
