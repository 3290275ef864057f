"""How long a member sits, and to which day a term is aligned (rules GOV-2, ELE-1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from secretariat.core.rulebook import RULEBOOK, Entry, UnknownRule
from secretariat.plain.dates import plain_date
from secretariat.plain.months import Month


@dataclass(frozen=True)
class Term:
    """A term: its last day (none: until further notice), how it was reckoned, and the entry that says how long."""

    last: date | None
    working: str
    entry: Entry


def term(code: str, begins: date) -> Term:
    """The term of a member of the body with a code who takes office on a day.

    Who joins between two annual reviews sits until the one nearest to where a full term would end (ELE-1).
    """
    entry = _entry(f"terms.months.{code}", begins) or RULEBOOK.entry("terms.months.default", begins)
    months = RULEBOOK.number(entry.key, begins)
    if months == 0:
        return Term(None, "No term is set: until further notice.", entry)
    full = add_months(begins, months)
    said = f"{months} months from {plain_date(begins)} end on {plain_date(full - timedelta(days=1))}"
    review = _entry(f"terms.review.{code}", begins)
    nearest = _nearest(str(review.value), full) if review else full
    if nearest == full or nearest <= begins:
        return Term(full - timedelta(days=1), f"{said}.", entry)
    last = nearest - timedelta(days=1)
    aligned = f"the nearest annual review is on {plain_date(nearest)}, so the last day is {plain_date(last)}"
    return Term(last, f"{said}; {aligned}.", entry)


def _entry(key: str, day: date) -> Entry | None:
    try:
        return RULEBOOK.entry(key, day)
    except UnknownRule:
        return None


def _nearest(month_and_day: str, to: date) -> date:
    """The yearly day, as 09-01, that is nearest to another; of two equally near the earlier."""
    found = [date.fromisoformat(f"{year}-{month_and_day}") for year in (to.year - 1, to.year, to.year + 1)]
    return min(found, key=lambda day: abs(day - to))


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    last = Month.of(day).plus(months).last
    return last.replace(day=min(day.day, last.day))
