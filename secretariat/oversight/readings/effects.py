"""Whether a change had an effect: the ratio of alerts after it to before, its interval, and against a control group.

The device is the unit, not the alert: alerts of one device come together. The interval is of the ratio of
two means over devices, by linearisation on the logarithm (the ratio estimator of survey sampling); the sums
that it needs come from question 4, so no row leaves the engine.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Group:
    """Devices, and over them the sums of alerts before and after, of their squares and of their products."""

    devices: int
    earlier: int
    later: int
    earlier_squares: int
    later_squares: int
    products: int

    @classmethod
    def of(cls, row: Mapping[str, int]) -> Group:
        """A row of question 4, silent devices counted with nought."""
        return cls(**{name: row[name] for name in cls.__dataclass_fields__})

    @property
    def log_ratio(self) -> float:
        """The logarithm of alerts after over alerts before. Raises ValueError where one of them is nought."""
        if not self.earlier or not self.later:
            raise ValueError("Without alerts both before and after there is no ratio.")
        return math.log(self.later / self.earlier)

    @property
    def variance(self) -> float:
        """The variance of `log_ratio` when devices are drawn again."""
        ratio = self.later / self.earlier
        squares = self.later_squares - 2 * ratio * self.products + ratio * ratio * self.earlier_squares
        freed = self.devices / (self.devices - 1) if self.devices > 1 else math.inf
        return freed * squares / (self.later * self.later)


@dataclass(frozen=True)
class Effect:
    """A ratio and the ends of its interval; below one, fewer alerts than before."""

    ratio: float
    low: float
    high: float

    @property
    def fewer(self) -> bool:
        """Whether the whole interval lies below one."""
        return self.high < 1


def effect(changed: Group, control: Group | None = None, confidence: float = 0.95) -> Effect:
    """The ratio after to before, divided by that of the control group where there is one, with its interval.

    Raises ValueError where a group has no alerts before or after.
    """
    logged = changed.log_ratio - (control.log_ratio if control else 0)
    spread = math.sqrt(changed.variance + (control.variance if control else 0))
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * spread
    return Effect(math.exp(logged), math.exp(logged - reach), math.exp(logged + reach))
