"""Money in whole pence: how it is typed, how it is told, and how it is shared out without losing a penny."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

_POUNDS = re.compile(r"(?P<sign>-?)£?(?P<pounds>[0-9]{1,3}(,[0-9]{3})+|[0-9]{1,10})(\.(?P<pence>[0-9]{2}))?")


def pence_of(text: str) -> int:
    """The pence that "1,234.56", "£1234" or "-£20.00" says. Raises ValueError with a sentence for another text."""
    found = _POUNDS.fullmatch(text.strip().replace("−", "-"))
    if found is None:
        raise ValueError(f"“{text}” is not an amount in pounds, such as 1234.56.")
    whole = 100 * int(found["pounds"].replace(",", "")) + int(found["pence"] or 0)
    return -whole if found["sign"] else whole


def pounds(pence: int) -> str:
    """So many pence as "£1,234.56"."""
    sign = "−" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}"


def in_pounds(pence: int) -> Decimal:
    """So many pence as pounds, exactly."""
    return Decimal(pence) / 100


def spread(pence: int, weights: Sequence[int]) -> tuple[int, ...]:
    """An amount shared out by weights so that the parts add up to it; odd pence go to the largest remainders.

    Raises ValueError where no weight is above nought, or one is below.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("Weights are not below nought, and one at least is above.")
    parts = [divmod(pence * weight, whole) for weight in weights]
    odd = pence - sum(part for part, _ in parts)
    first = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:odd]
    return tuple(part + (place in first) for place, (part, _) in enumerate(parts))


class MoneyField(forms.Field):
    """An amount typed in pounds; its value is whole pence."""

    def to_python(self, value: Any) -> int | None:
        """The pence, or none. Raises ValidationError with what to type."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return pence_of(str(value))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: Any) -> Any:
        """Stored pence as pounds; what was typed stays as typed."""
        return f"{in_pounds(value):.2f}" if isinstance(value, int) else value
