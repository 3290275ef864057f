"""When an article is looked at again: dates alone."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from secretariat.plain.months import Month
from secretariat.plain.workdays import Calendar


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    month = Month.of(day).plus(months)
    return date(month.year, month.month, min(day.day, monthrange(month.year, month.month)[1]))


def next_review(day: date, months: int, holds_until: date | None) -> date:
    """When an article found true on a day is looked at again; at the latest on its last day in force.

    What has ended already is looked at after the months, so that it does not come back every day.
    """
    later = months_later(day, months)
    return min(later, holds_until) if holds_until is not None and holds_until > day else later


def is_to_be_reminded(review_on: date | None, reminded_on: date | None, day: date, every: int, days: Calendar) -> bool:
    """Whether the owner is reminded on a day: when the review falls due, and again after so many Working Days."""
    if review_on is None or day < review_on:
        return False
    return reminded_on is None or reminded_on < review_on or days.add(reminded_on, every) <= day
