"""The expenses policy as dated values, and what it says of one item: plain, given the limits of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.money import pounds

RAIL, OTHER_TRAVEL, MILEAGE = "rail", "other travel", "mileage"
ACCOMMODATION, SUBSISTENCE = "accommodation", "subsistence"
SORTS = {
    RAIL: "Rail", OTHER_TRAVEL: "Other travel", MILEAGE: "Own car", ACCOMMODATION: "Accommodation",
    SUBSISTENCE: "Subsistence",
}  # fmt: skip
LIMITED = {ACCOMMODATION: "expenses.night", SUBSISTENCE: "expenses.subsistence_day"}
"""The rulebook's limit of a sort: of a night, or of a day."""


@dataclass(frozen=True)
class Limits:
    """The policy's values on a day, in pence: of a night and a day, by the mile, and above what a receipt is needed."""

    night: int
    subsistence: int
    mile: int
    receipt: int

    @classmethod
    def on(cls, day: date) -> Limits:
        """As the rulebook has them on a day (GOV-14)."""
        night, subsistence = (RULEBOOK.number(LIMITED[sort], day) for sort in (ACCOMMODATION, SUBSISTENCE))
        mile, receipt = RULEBOOK.number("expenses.mile", day), RULEBOOK.number("expenses.receipt_above", day)
        return cls(night, subsistence, mile, receipt)

    def most(self, sort: str) -> int | None:
        """The most that the policy pays of a sort; none where it has no limit."""
        return {ACCOMMODATION: self.night, SUBSISTENCE: self.subsistence}.get(sort)


def by_the_mile(tenths: int, mile: int) -> int:
    """The pence of a distance in tenths of a mile, to the nearest penny, halves up."""
    return int(Fraction(tenths * mile, 10) + Fraction(1, 2))


def needs_receipt(sort: str, pence: int, limits: Limits) -> bool:
    """Whether an item is paid against a receipt only; one's own car has none."""
    return sort != MILEAGE and pence > limits.receipt


def beyond(sort: str, pence: int, limits: Limits) -> str:
    """Why an item is more than the policy pays; nothing where it is not."""
    most = limits.most(sort)
    if most is None or pence <= most:
        return ""
    return f"{pounds(pence)} of {SORTS[sort].lower()}; the policy pays up to {pounds(most)}"
