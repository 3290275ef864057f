"""Amounts in whole pounds: one, or a range, and "about" kept as about; pence are never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_ONE = r"£?\s?(?P<{0}>[0-9][0-9,]*(?:\.[0-9]+)?)\s?(?P<{0}_unit>k|m|thousand|million)?"
_TYPED = re.compile(
    rf"(?P<about>about|approximately|approx\.?|around|circa|c\.?|~)?\s*(?:between\s+)?{_ONE.format('low')}"
    rf"(?:\s*(?:to|and|-|–)\s*{_ONE.format('high')})?",
    re.IGNORECASE,
)
UNITS = {"": 1, "k": 1_000, "thousand": 1_000, "m": 1_000_000, "million": 1_000_000}


@dataclass(frozen=True)
class Amount:
    """An amount in pounds: exact or about, one figure or from `low` to `high`."""

    low: int
    high: int | None = None
    about: bool = False

    def __str__(self) -> str:
        told = f"£{self.low:,}" if self.high is None else f"£{self.low:,} to £{self.high:,}"
        return f"about {told}" if self.about else told


def read_amount(text: str) -> Amount:
    """The amount that was typed or printed: "about £120,000", "£1.2m", "£100,000 to £150,000".

    Raises ValueError with a sentence for pence, for a range that falls, and for what is no amount.
    """
    match = _TYPED.fullmatch(" ".join(text.split()))
    if match is None:
        raise ValueError(f"“{text}” is not an amount. Write it as £120,000, about £120,000 or £100,000 to £150,000.")
    high_unit = (match["high_unit"] or "").lower()
    low = _pounds(match["low"], (match["low_unit"] or "").lower())
    high = _pounds(match["high"], high_unit) if match["high"] else None
    if high is not None and high < low:
        raise ValueError(f"“{text}” falls: write the lower amount first, and the unit with both.")
    return Amount(low, None if high == low else high, match["about"] is not None)


def _pounds(digits: str, unit: str) -> int:
    pounds = Decimal(digits.replace(",", "")) * UNITS[unit]
    if pounds != pounds.to_integral_value():
        raise ValueError("Write whole pounds: pence are not kept here.")
    return int(pounds)
