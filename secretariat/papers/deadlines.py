"""The days of a paper's life, reckoned back from its meeting in Working Days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.workdays import Calendar, Working


@dataclass(frozen=True)
class Deadline:
    """What must be done, by which instant, and how the day was reckoned."""

    what: str
    closes: datetime
    working: Working
    rule: str


def paper_day(meeting_day: date, days: Calendar) -> date:
    """The day on which a meeting's papers are issued (rule GOV-10)."""
    return days.add(meeting_day, -RULEBOOK.number("panel.papers_wd", meeting_day))


def deadlines(meeting_day: date, days: Calendar) -> list[Deadline]:
    """The days of a paper for a meeting, earliest first; each closes at 17:00 London time."""
    issue = paper_day(meeting_day, days)
    steps = [
        ("Every section written and affirmed", "panel.draft_wd", issue),
        ("Reviewed", "panel.review_wd", issue),
        ("Signed off", "panel.sign_off_wd", issue),
        ("Issued", "panel.papers_wd", meeting_day),
    ]
    found = []
    for what, key, from_day in steps:
        working = days.working(from_day, -RULEBOOK.number(key, meeting_day))
        found.append(Deadline(what, days.closing(working.result), working, key))
    return found
