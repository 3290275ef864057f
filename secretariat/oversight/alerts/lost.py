"""Alerts lost while the central service was maintained: what was expected in those hours, and what came.

Expected is the mean of the same hour of the week in the weeks before, outside any maintenance; what came in the hours
just after is told beside it, because alerts that were only held back arrive then and are not lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean, stdev

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Window:
    """Planned maintenance from an instant until another, in UTC. Raises ValueError when it ends before it begins."""

    begins: datetime
    ends: datetime
    name: str = ""

    def __post_init__(self) -> None:
        if self.ends <= self.begins:
            raise ValueError("Maintenance ends after it begins.")

    def hours(self) -> list[datetime]:
        """The whole hours that it touches."""
        first = self.begins.replace(minute=0, second=0, microsecond=0)
        count = -(-(self.ends - first) // HOUR)
        return [first + step * HOUR for step in range(count)]


@dataclass(frozen=True, slots=True)
class Loss:
    """What a window cost: alerts expected and received in it, and how far expectation may be out.

    `spread` is the standard deviation of the weeks compared, hour by hour and added in squares, and never less than
    mere chance gives a count; `later` is what came above expectation in as many hours after the window. `expected` is
    None where there are too few weeks to compare.
    """

    window: Window
    received: int
    expected: float | None
    spread: float
    later: float
    weeks: int

    @property
    def missing(self) -> float | None:
        """Expected less received, less what came later; never below nought."""
        if self.expected is None:
            return None
        return max(0.0, self.expected - self.received - max(0.0, self.later))

    @property
    def is_plain(self) -> bool:
        """Whether more is missing than twice the spread of the weeks: below that it may be chance."""
        return self.missing is not None and self.missing > 2 * self.spread


def losses(hourly: Mapping[datetime, int], windows: Iterable[Window], *, weeks: int, least: int = 3) -> list[Loss]:
    """The loss of each window from alerts by hour (UTC, whole hours), comparing so many weeks before.

    An hour that the data set covers but that has no alerts must be there with 0. Needs at least `least` weeks.
    """
    kept = list(windows)
    maintained = {hour for one in kept for hour in one.hours()}
    return [_loss(hourly, one, maintained, weeks, least) for one in kept]


def _loss(hourly: Mapping[datetime, int], window: Window, maintained: set[datetime], weeks: int, least: int) -> Loss:
    hours = window.hours()
    after = [hours[-1] + (step + 1) * HOUR for step in range(len(hours))]
    inside = [_before(hourly, hour, maintained, weeks) for hour in hours]
    outside = [_before(hourly, hour, maintained, weeks) for hour in after if hour not in maintained]
    fewest = min(len(values) for values in inside)
    received = sum(hourly.get(hour, 0) for hour in hours)
    if fewest < least:
        return Loss(window, received, None, 0.0, 0.0, fewest)
    later = sum(hourly.get(hour, 0) for hour in after if hour not in maintained)
    usual = sum(fmean(values) for values in outside if values)
    around = sum(max(stdev(values) ** 2, fmean(values)) for values in inside) ** 0.5
    return Loss(window, received, sum(fmean(values) for values in inside), around, later - usual, fewest)


def _before(hourly: Mapping[datetime, int], hour: datetime, maintained: set[datetime], weeks: int) -> Sequence[int]:
    earlier = (hour - timedelta(weeks=step) for step in range(1, weeks + 1))
    return [hourly[one] for one in earlier if one in hourly and one not in maintained]
