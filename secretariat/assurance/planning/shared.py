"""Shared Resource Providers (SEC-14): the half-years of which a User on one reports its systems, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.assurance.planning.models import Reliance, SystemsReport
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month


@dataclass(frozen=True)
class Owed:
    """A report of numbers that a User owes: as at which day, by when, and how that is reckoned."""

    as_at: date
    due: date
    working: str


def period_end(day: date, months: int) -> date:
    """The last day of the newest whole period of so many months of the year that has ended before a day."""
    month = Month.of(day).plus(-1)
    return month.plus(-(month.month % months)).last


def owed(party_id: int, day: date) -> Owed | None:
    """The newest report that a User on a shared provider owes as known on a day; none where it came, or is not owed."""
    months = RULEBOOK.number("assessment.systems_report_months", day)
    end = period_end(day, months)
    relied = Reliance.objects.on(end).filter(party_id=party_id).exists()
    if not relied or SystemsReport.objects.filter(party_id=party_id, as_at__gte=end).exists():
        return None
    days = RULEBOOK.number("assessment.systems_report_days", day)
    due = end + timedelta(days=days)
    return Owed(end, due, f"{days} days after {long_date(end)}, the end of {months} months, is {long_date(due)}.")
