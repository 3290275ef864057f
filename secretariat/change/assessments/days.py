"""By when an assessment is due and a reply is aimed at: the rulebook's Working Days, from the day that counts."""

from __future__ import annotations

from datetime import date, datetime

from secretariat.change.assessments.models import Assessment
from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK, Entry, UnknownRule
from secretariat.plain.dates import local_day
from secretariat.plain.workdays import OutsideCalendarError

REPLY = "change.reply_wd"


def counted_from(at: datetime) -> date:
    """The Working Day on which something given at an instant counts (WD-4); its own day outside the calendar."""
    try:
        return calendar().effective_day(at)
    except OutsideCalendarError:
        return local_day(at)


def timescale(assessment: Assessment, day: date) -> Entry | None:
    """The standard timescale of an assessment on a day; None on the urgent track and before 1 November 2018 (NEW-6)."""
    if assessment.urgent:
        return None
    try:
        return RULEBOOK.entry(f"change.assessment.{assessment.kind}_wd", day)
    except UnknownRule:
        return None


def standard_day(assessment: Assessment, counts_from: date) -> date | None:
    """The day due by the standard timescale; None where there is none, or the calendar does not reach it."""
    entry = timescale(assessment, counts_from)
    return None if entry is None else _after(counts_from, int(entry.value))


def reply_day(counts_from: date) -> date | None:
    """The day by which a critical-friend reply is aimed at (NEW-3); None before there was such an aim."""
    try:
        return _after(counts_from, RULEBOOK.number(REPLY, counts_from))
    except UnknownRule:
        return None


def _after(day: date, count: int) -> date | None:
    try:
        return calendar().add(day, count)
    except OutsideCalendarError:
        return None
