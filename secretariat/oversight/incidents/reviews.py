"""When the papers of a major incident's review are due, with the working (H9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from secretariat.core.calendar import calendar
from secretariat.core.rulebook import RULEBOOK, Entry
from secretariat.oversight.incidents.models import MajorReview
from secretariat.plain.dates import local_day
from secretariat.plain.workdays import Calendar


@dataclass(frozen=True)
class Paper:
    """One paper of a review: by when it is due, when it came, how that is reckoned, and by which entry."""

    what: str
    due: date
    received: date | None
    working: str
    rule: Entry

    def standing(self, at: datetime) -> str:
        """How it stands, in words."""
        late = (self.received or local_day(at)) > self.due
        if self.received is None:
            return "late" if late else "to come"
        return "received late" if late else "received in time"


def papers(review: MajorReview, known: Calendar | None = None) -> list[Paper]:
    """The summary and the report of a review; none before the incident is closed. Give the calendar for many."""
    closed = review.incident.closed_at
    if closed is None:
        return []
    days = known or calendar()
    return [
        _paper("Summary", "review_summary_wd", closed, review.summarised_on, days),
        _paper("Report", "review_report_wd", closed, review.reported_on, days),
    ]


def _paper(what: str, key: str, closed: datetime, received: date | None, known: Calendar) -> Paper:
    rule = RULEBOOK.entry(f"service_incident.{key}", closed)
    counted = known.working(local_day(closed), RULEBOOK.number(rule.key, closed))
    return Paper(what, counted.result, received, counted.sentence(), rule)
