"""What a count of cases says about the share behind it: intervals that stay honest where none or all are of one kind.

Three hundred hubs without a fault do not show that no hub has one. Shares are fractions from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """The lowest and the highest share that the cases leave likely."""

    low: float
    high: float

    def __str__(self) -> str:
        return f"{100 * self.low:.1f} % to {100 * self.high:.1f} %"


def wilson(found: int, tried: int) -> Interval:
    """Wilson's score interval of a share of which `found` of `tried` cases are known.

    Raises ValueError when nothing was tried or more was found than tried.
    """
    _check(found, tried)
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    share, weight = found / tried, z * z / tried
    middle = (share + weight / 2) / (1 + weight)
    reach = z * sqrt(share * (1 - share) / tried + weight / (4 * tried)) / (1 + weight)
    low = 0.0 if found == 0 else max(0.0, middle - reach)
    high = 1.0 if found == tried else min(1.0, middle + reach)
    return Interval(low, high)


def none_found(tried: int) -> float:
    """The highest share that `tried` cases without a single find leave likely, one-sided and exact.

    Of many cases it is near three over their number ("the rule of three"). Raises ValueError when nothing was tried.
    """
    _check(0, tried)
    return float(1 - (1 - LEVEL) ** (1 / tried))


def sentence(found: int, tried: int, what: str) -> str:
    """The share of `what` with its interval, in words; what nought cases do and do not show is said."""
    if tried == 0:
        return f"Nothing was tried, so nothing is known of the share of {what}."
    share = f"{100 * found / tried:.1f} %"
    said = f"{found:,} of {tried:,} are {what}: {share}, with 95 % confidence {wilson(found, tried)}."
    if found == 0:
        most = f"{100 * none_found(tried):.1f}"
        said += f" None among {tried:,} does not mean none at all: a share of up to {most} % would often go unseen."
    return said


def _check(found: int, tried: int) -> None:
    if tried <= 0:
        raise ValueError("A share needs at least one case that was tried.")
    if not 0 <= found <= tried:
        raise ValueError(f"{found} of {tried} cannot be found.")
