"""Paper day: by when the papers of a meeting are in, who is reminded when, and whether one came late (rule GOV-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK
from secretariat.meetings.body_rules import body_rule
from secretariat.meetings.models import PLANNED, Meeting
from secretariat.plain.dates import local_day
from secretariat.plain.workdays import Calendar, Working

LOOKS_AHEAD = timedelta(days=60)
"""How long before a meeting its authors may be reminded at the earliest; no chaser reaches further back."""
DAY_AFTER = -1


def paper_day_working(meeting: Meeting, days: Calendar) -> Working:
    """The day on which the papers of a meeting are issued, with the count (rule GOV-10)."""
    return days.working(meeting.day, -int(body_rule("papers_wd", meeting.committee, meeting.day).value))


def paper_day(meeting: Meeting, days: Calendar | None = None) -> date:
    """The day on which the papers of a meeting are issued: 5 Working Days before it for the Panel (rule GOV-10)."""
    return paper_day_working(meeting, days or calendar()).result


def is_late(meeting: Meeting, issued_at: datetime) -> bool:
    """Whether a paper issued at an instant comes after the close of paper day (rules GOV-10, WD-3)."""
    days = calendar()
    return issued_at > days.closing(paper_day(meeting, days))


def chaser_days(meeting: Meeting, days: Calendar) -> list[date]:
    """The days on which the authors of missing papers are reminded: twice before paper day, and on the day after."""
    day = paper_day(meeting, days)
    before = [RULEBOOK.number(key, meeting.day) for key in ("meetings.first_chaser_wd", "meetings.second_chaser_wd")]
    return sorted(days.add(day, -count) for count in (*before, DAY_AFTER))


def last_chaser_day(meeting: Meeting, at: datetime, days: Calendar) -> date | None:
    """The latest chaser day that has come, if one has."""
    today = local_day(at)
    return max((day for day in chaser_days(meeting, days) if day <= today), default=None)


def meetings_ahead(at: datetime) -> Iterator[Meeting]:
    """The planned meetings whose authors may have to be reminded now."""
    today = local_day(at)
    rows = Meeting.objects.filter(state=PLANNED, day__gte=today, day__lte=today + LOOKS_AHEAD)
    yield from rows.select_related("committee").order_by("day", "pk")


def due_words(day: date, at: datetime, days: Calendar) -> str:
    """How far off a day is, in Working Days: "in 3 Working Days", "today", "2 Working Days ago"."""
    count = days.count(local_day(at), day)
    if not count:
        return "today"
    unit = "Working Day" if abs(count) == 1 else "Working Days"
    return f"in {count} {unit}" if count > 0 else f"{-count} {unit} ago"
