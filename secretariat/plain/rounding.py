"""Rounding for print: stored hundredths, halves away from nought, and a note when printed parts miss their total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Rounded:
    """Parts and total as printed, the printed parts' sum less the printed total, and a note unless that is nought."""

    parts: tuple[Decimal, ...]
    total: Decimal
    difference: Decimal
    note: str


def half_up(hundredths: int, places: int = 0) -> Decimal:
    """The value of so many stored hundredths, rounded to so many decimal places, halves away from nought.

    Raises TypeError for anything but a whole number of hundredths, ValueError for negative places.
    """
    if not isinstance(hundredths, int):
        raise TypeError(f"Hundredths are a whole number, not {hundredths!r}.")
    return printed(Decimal(hundredths).scaleb(-2), places)


def printed_parts(parts: Sequence[Decimal], total: Decimal, places: int = 0, *, unit: str = "figures") -> Rounded:
    """Each part and the total rounded on its own, with a sentence when the printed parts do not sum to the total.

    `unit` is the plural noun of that sentence ("days"). A total that differs from its parts before any rounding is
    said to, because rounding does not explain it. Raises TypeError for a float.
    """
    for value in (*parts, total):
        if not isinstance(value, Decimal):
            raise TypeError(f"Rounding takes Decimal, not {value!r}.")
    shown = tuple(printed(part, places) for part in parts)
    printed_total = printed(total, places)
    printed_sum = sum(shown, Decimal(0))
    difference = printed_sum - printed_total
    note = ""
    if difference:
        reason = _reason(sum(parts, Decimal(0)), total)
        note = f"Printed {unit} sum to {printed_sum:f}; the total of {printed_total:f} {reason}."
    return Rounded(shown, printed_total, difference, note)


def _reason(stored_sum: Decimal, total: Decimal) -> str:
    if stored_sum == total:
        return "is taken from the stored values before rounding"
    return f"is not their sum before rounding either, which is {stored_sum:f}"


def printed(value: Decimal, places: int = 0) -> Decimal:
    """The value rounded for print, halves away from nought. Raises ValueError for negative places."""
    if places < 0:
        raise ValueError(f"Decimal places cannot be negative: {places}.")
    # Adding nought turns the "-0" that a small negative number rounds to into a plain nought.
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + Decimal(0)
