"""What a moved or cancelled booking costs: nothing in time, a share of the fee later (SEC-5)."""

from __future__ import annotations

from datetime import date

from secretariat.assurance.planning.windows import Fee, late_fee
from secretariat.core.rulebook import RULEBOOK


def fee_share(told_on: date, fieldwork: date) -> Fee:
    """What is asked for fieldwork that is moved or cancelled on a day, by the rulebook's weeks and share (SEC-5)."""
    weeks = RULEBOOK.number("assessment.move_weeks", told_on)
    return late_fee(fieldwork, told_on, weeks, RULEBOOK.number("assessment.late_move_percent", told_on))
