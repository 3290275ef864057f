"""Whether a trend reaches a target by the month that was promised: a straight line, and how sure it is.

The line is the least-squares line through the reported levels. Its interval is a bootstrap: the reported months are
drawn again with replacement, a line is laid through each draw, and the middle share of what they say is told. The
draws are always the same, so that a page and a paper say the same.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from secretariat.plain.months import Month

SEED = 20200229
FARTHEST = 600
"""Months beyond which a line that still rises is not said to reach anything."""

Point = tuple[int, float]


@dataclass(frozen=True)
class Line:
    """A level at month nought and its slope, in percentage points a month."""

    start: float
    slope: float

    def at(self, month: int) -> float:
        """The level in a month."""
        return self.start + self.slope * month


@dataclass(frozen=True)
class Forecast:
    """What the line through some months says of a target.

    `reaches` is the first month in which the line is at the target; none where it does not come there. `earliest` and
    `latest` bound it; a bound is none where the line of that draw does not come there. `slope`, with `low` and `high`,
    is in percentage points a month.
    """

    months: int
    slope: float
    low: float
    high: float
    reaches: Month | None
    earliest: Month | None
    latest: Month | None
    share_by: float

    @property
    def sentence(self) -> str:
        """The forecast in words."""
        trend = f"{self.slope:+.2f} points a month ({self.low:+.2f} to {self.high:+.2f}) over {self.months} months"
        if self.reaches is None:
            return f"Not reached: the trend is {trend}."
        latest = self.latest.label if self.latest else "never"
        earliest = self.earliest.label if self.earliest else "never"
        return f"Reached in {self.reaches.label} (between {earliest} and {latest}) if the trend of {trend} goes on."


def fit(points: Sequence[Point]) -> Line:
    """The least-squares line; a level one through points of a single month. Raises ValueError without points."""
    if not points:
        raise ValueError("A line needs points.")
    count = len(points)
    middle, mean = sum(x for x, _ in points) / count, math.fsum(y for _, y in points) / count
    spread = math.fsum((x - middle) ** 2 for x, _ in points)
    slope = math.fsum((x - middle) * (y - mean) for x, y in points) / spread if spread else 0.0
    return Line(mean - slope * middle, slope)


def reached(line: Line, target: float, now: int) -> int | None:
    """The first month from `now` on in which the line is at the target; none where it does not come there."""
    lacking = target - line.at(now)
    if lacking <= 1e-9:
        return now
    if line.slope <= 0:
        return None
    months = now + math.ceil(lacking / line.slope - 1e-9)
    return months if months - now <= FARTHEST else None


def forecast(levels: Mapping[Month, float], target: float, by: Month, draws: int, percent: int) -> Forecast:
    """What the reported levels say of a target, and in which share of the draws it is met by a month.

    Raises ValueError where fewer than three months are reported: two make a line of anything.
    """
    if len(levels) < 3:
        raise ValueError("A trend needs at least three reported months.")
    first, last = min(levels), max(levels)
    points = sorted((_between(first, month), level) for month, level in levels.items())
    now, due = _between(first, last), _between(first, by)
    line = fit(points)
    drawn = _drawn(points, draws)
    slopes = sorted(one.slope for one in drawn)
    ends = sorted(_or_never(reached(one, target, now)) for one in drawn)
    low, high = _bounds(draws, percent)
    return Forecast(
        months=len(points), slope=line.slope, low=slopes[low], high=slopes[high],
        reaches=_month(first, _or_never(reached(line, target, now))),
        earliest=_month(first, ends[low]), latest=_month(first, ends[high]),
        share_by=sum(end <= due for end in ends) / draws,
    )  # fmt: skip


def _between(first: Month, month: Month) -> int:
    return 12 * (month.year - first.year) + month.month - first.month


def _drawn(points: Sequence[Point], draws: int) -> list[Line]:
    chance = random.Random(SEED)  # noqa: S311  draws for an interval keep no secret
    return [fit(chance.choices(points, k=len(points))) for _ in range(draws)]


def _bounds(draws: int, percent: int) -> tuple[int, int]:
    left_out = draws * (100 - percent) // 200
    return left_out, draws - 1 - left_out


def _or_never(months: int | None) -> float:
    return math.inf if months is None else months


def _month(first: Month, months: float) -> Month | None:
    return None if math.isinf(months) else first.plus(int(months))
