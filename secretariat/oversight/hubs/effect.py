"""Whether an intervention changed a monthly series: one straight line before it and one from it on, nothing hidden.

The two lines together are the usual segmented regression with a change of level and a change of slope. Reckoned with
the standard library alone; what the method cannot see (seasons, other changes in the same month) is said beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean

T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
"""The 97.5 % point of Student's t for 1 to 30 degrees of freedom, as tables print it."""
BEYOND = 1.96
ROUNDING = 1e-9
EVEN = (1.2, 2.8)
"""Where the Durbin-Watson statistic of months that do not hang together lies, roughly; two is none at all."""


class TooShort(ValueError):
    """There are too few months on one side of the intervention to say anything."""


@dataclass(frozen=True)
class Line:
    """A straight line through months: its height at month 0 of the whole series, its slope a month."""

    at_zero: float
    slope: float

    def at(self, month: float) -> float:
        """Its height at a month."""
        return self.at_zero + self.slope * month


@dataclass(frozen=True)
class Change:
    """A change with its standard error and 95 % interval, in the unit of the series."""

    value: float
    error: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out "no change"; what is left over by rounding is none."""
        return abs(self.value) > ROUNDING and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Effect:
    """What changed at an intervention: the level at its first month, and the slope a month from it on."""

    before: Line
    after: Line
    level: Change
    slope: Change
    months_before: int
    months_after: int
    evenness: float

    @property
    def hangs_together(self) -> bool:
        """Whether neighbouring months resemble or oppose one another, so that the intervals are too narrow or wide."""
        return not EVEN[0] <= self.evenness <= EVEN[1]

    @property
    def expected(self) -> float:
        """What the last month would have been had the line before it gone on."""
        return self.before.at(self.months_before + self.months_after - 1)

    @property
    def verdict(self) -> str:
        """What the two changes amount to, in words."""
        changes = (_verdict("level", self.level, "fell", "rose"), _verdict("slope", self.slope, "eased", "steepened"))
        clear = [told for told in changes if told]
        if not clear:
            return "No effect is shown: neither the level nor the slope changed beyond what chance explains."
        return f"{' and '.join(clear).capitalize()}, beyond what chance explains."


def _verdict(what: str, change: Change, down: str, up: str) -> str:
    return f"the {what} {down if change.value < 0 else up}" if change.is_clear else ""


def effect(values: Sequence[float], first: int, fewest: int) -> Effect:
    """The effect at month number `first` (from nought) of a monthly series without gaps.

    Raises TooShort when either side has fewer than `fewest` months, or fewer than three.
    """
    before, after = values[:first], values[first:]
    need = max(fewest, 3)
    if len(before) < need or len(after) < need:
        raise TooShort(f"{len(before)} months before and {len(after)} from it on; at least {need} of each are needed.")
    early, late = list(range(first)), list(range(first, len(values)))
    one, other = _fit(early, before), _fit(late, after)
    rest = [value - one.at(month) for month, value in zip(early, before, strict=True)]
    rest += [value - other.at(month) for month, value in zip(late, after, strict=True)]
    free = len(values) - 4
    spread = sum(each * each for each in rest) / free
    t = T_975[free - 1] if free <= len(T_975) else BEYOND
    level = _change(other.at(first) - one.at(first), spread * (_at(early, first) + _at(late, first)), t)
    slope = _change(other.slope - one.slope, spread * (1 / _squares(early) + 1 / _squares(late)), t)
    return Effect(one, other, level, slope, len(before), len(after), _durbin_watson(rest))


def _fit(months: Sequence[int], values: Sequence[float]) -> Line:
    """The line of least squares."""
    x, y = fmean(months), fmean(values)
    slope = sum((m - x) * (v - y) for m, v in zip(months, values, strict=True)) / _squares(months)
    return Line(y - slope * x, slope)


def _squares(months: Sequence[int]) -> float:
    middle = fmean(months)
    return sum((month - middle) ** 2 for month in months)


def _at(months: Sequence[int], month: int) -> float:
    """The variance of a line's height at a month, in units of the variance of one value."""
    return 1 / len(months) + (month - fmean(months)) ** 2 / _squares(months)


def _change(value: float, variance: float, t: float) -> Change:
    error = sqrt(variance)
    return Change(value, error, value - t * error, value + t * error)


def _durbin_watson(rest: Sequence[float]) -> float:
    """The sum of squared steps between neighbours over the sum of squares; two where nothing is left over."""
    total = sum(each * each for each in rest)
    return sum((b - a) ** 2 for a, b in pairwise(rest)) / total if total else 2.0
