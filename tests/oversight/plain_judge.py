"""Which firmware is spurious, judged one by one in plain words: what the query of the page is checked against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Rated:
    """What a model's firmware sent of one code in a month, and how many of it were installed."""

    device_type: str
    model: str
    firmware: str
    code: int
    alerts: int
    installed: int
    alerting: int = 0

    @property
    def rate(self) -> float:
        """Alerts per installed device; nothing installed gives 0."""
        return self.alerts / self.installed if self.installed else 0.0

    @property
    def share_alerting(self) -> float:
        """The share of the installed devices that sent any: a few chatterers, or the whole population."""
        return self.alerting / self.installed if self.installed else 0.0


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From when a rate is spurious: so many alerts, installed devices, spreads above and times the middle."""

    alerts: int
    installed: int
    spreads: float
    times: float


@dataclass(frozen=True, slots=True)
class Judged:
    """One rate among its peers: their median and median absolute deviation, and which thresholds it does not pass."""

    rated: Rated
    median: float
    spread: float
    peers: int
    below: tuple[str, ...]

    @property
    def flagged(self) -> bool:
        """Whether it passes every threshold."""
        return not self.below


def spread(values: Iterable[float]) -> float:
    """The median absolute deviation from the median. Raises ValueError where there are no values."""
    kept = list(values)
    if not kept:
        raise ValueError("No values have no spread.")
    middle = median(kept)
    return median(abs(value - middle) for value in kept)


def judge(rates: Iterable[Rated], thresholds: Thresholds) -> list[Judged]:
    """Every rate beside its peers: the same type of device and code, models with enough installed.

    The highest rate comes first. The peers include the one judged, so that a group of one never flags itself.
    """
    groups: Mapping[tuple[str, int], list[Rated]] = defaultdict(list)
    for one in rates:
        groups[one.device_type, one.code].append(one)
    judged = [found for group in groups.values() for found in _judged(group, thresholds)]
    return sorted(judged, key=lambda one: (-one.rated.rate, one.rated.code, one.rated.model, one.rated.firmware))


def _judged(group: list[Rated], thresholds: Thresholds) -> Iterable[Judged]:
    peers = [one.rate for one in group if one.installed >= thresholds.installed]
    if not peers:
        return
    middle, around = median(peers), spread(peers)
    for one in group:
        yield Judged(one, middle, around, len(peers), tuple(_below(one, middle, around, thresholds)))


def _below(one: Rated, middle: float, around: float, thresholds: Thresholds) -> Iterable[str]:
    if one.alerts < thresholds.alerts:
        yield f"fewer than {thresholds.alerts:,} alerts"
    if one.installed < thresholds.installed:
        yield f"fewer than {thresholds.installed:,} installed"
    if one.rate <= middle + thresholds.spreads * around:
        yield f"not above the median and {thresholds.spreads:g} times the spread"
    if one.rate <= thresholds.times * middle:
        yield f"not above {thresholds.times:g} times the median"
