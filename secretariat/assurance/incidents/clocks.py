"""The clocks of a notice: by when it is acknowledged and assessed, and how that is reckoned (SEC-15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from secretariat.assurance.incidents.models import SecurityNotice
from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.plain.dates import instant, local_day
from secretariat.plain.workdays import Calendar


@dataclass(frozen=True)
class Clock:
    """One thing that is due about a notice: by when, when it was done, how it is reckoned, and by which entry."""

    what: str
    due: datetime
    done: datetime | date | None
    working: str
    rule: Entry

    def is_late(self, at: datetime) -> bool:
        """Whether it was done too late, or is not done and its time is over."""
        if self.done is None:
            return at > self.due
        return self.done > self.due if isinstance(self.done, datetime) else self.done > local_day(self.due)

    def standing(self, at: datetime) -> str:
        """How it stands, in words."""
        if self.done is None:
            return "late" if self.is_late(at) else "running"
        return "done late" if self.is_late(at) else "done in time"


def clocks(notice: SecurityNotice, known: Calendar | None = None) -> list[Clock]:
    """The clocks that run since a notice was reported, none before it is. Give the calendar where many are asked."""
    since = notice.reported_at
    if since is None:
        return []
    return [_acknowledgement(notice, since), _assessment(notice, since, known or calendar())]


def _acknowledgement(notice: SecurityNotice, since: datetime) -> Clock:
    rule = RULEBOOK.entry("incident.acknowledge_hours", since)
    due = since + timedelta(hours=RULEBOOK.number(rule.key, since))
    working = f"{rule.value} hours after {instant(since)}."
    return Clock("Acknowledge it", due, notice.acknowledged_at, working, rule)


def _assessment(notice: SecurityNotice, since: datetime, known: Calendar) -> Clock:
    rule = RULEBOOK.entry("incident.assess_wd", since)
    counted = known.working(local_day(since), RULEBOOK.number(rule.key, since))
    return Clock("Assess it", known.closing(counted.result), notice.assessed_on, counted.sentence(), rule)


def has_run_out(notice: SecurityNotice, at: datetime, known: Calendar | None = None) -> bool:
    """Whether something about a notice is overdue and not done."""
    return any(clock.done is None and clock.is_late(at) for clock in clocks(notice, known))
