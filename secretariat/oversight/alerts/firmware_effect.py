"""Whether a change of firmware did what was promised: the same devices before and after, beside devices not changed.

The effect is a ratio of mean daily alerts, after over before. Its interval resamples devices, because a device's
alerts hang together; the control group takes away what changed for everybody in the same weeks.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

ROUNDS: Final = 1_000
_MOST_BLOCKS: Final = 400


@dataclass(frozen=True, slots=True)
class Watched:
    """One device's alerts in the days watched before and after its change (a control's: before and after that day)."""

    before: int
    after: int
    days_before: float
    days_after: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A ratio after over before with its interval; `ratio` None where there was nothing before to compare with."""

    devices: int
    before_a_day: float
    after_a_day: float
    ratio: float | None
    low: float | None
    high: float | None

    @property
    def says(self) -> str:
        """What the interval allows to be said of the number of alerts."""
        if self.ratio is None or self.low is None or self.high is None:
            return "cannot be told"
        if self.high < 1:
            return "fewer"
        return "more" if self.low > 1 else "no change can be told"


@dataclass(frozen=True, slots=True)
class Compared:
    """The changed devices, the control group, and the effect of the change alone: the one ratio over the other."""

    changed: Effect
    control: Effect
    net: float | None
    low: float | None
    high: float | None


def compare(
    changed: Sequence[Watched], control: Sequence[Watched], *, seed: int, rounds: int = ROUNDS, cover: float = 0.95
) -> Compared:
    """Effect of a change with its control, each with an interval of so much cover; equal seeds give equal answers."""
    chance = random.Random(seed)  # noqa: S311  an interval is resampled, nothing is kept secret by it
    first, second = _resampled(changed, chance, rounds), _resampled(control, chance, rounds)
    net = [one / other for one, other in zip(first, second, strict=True) if math.isfinite(one) and 0 < other < math.inf]
    mine, theirs = _effect(changed, first, cover), _effect(control, second, cover)
    ratio = mine.ratio / theirs.ratio if mine.ratio is not None and theirs.ratio else None
    return Compared(mine, theirs, ratio, *(interval(net, cover) if ratio is not None else (None, None)))


def effect(watched: Sequence[Watched], *, seed: int, rounds: int = ROUNDS, cover: float = 0.95) -> Effect:
    """The effect alone, without a control group."""
    chance = random.Random(seed)  # noqa: S311  as above
    return _effect(watched, _resampled(watched, chance, rounds), cover)


def _effect(watched: Sequence[Watched], resampled: Sequence[float], cover: float) -> Effect:
    before, after = _daily(watched)
    ratio = after / before if before else None
    found = [one for one in resampled if math.isfinite(one)]
    low, high = interval(found, cover) if ratio is not None else (None, None)
    return Effect(len(watched), before, after, ratio, low, high)


def _daily(watched: Sequence[Watched]) -> tuple[float, float]:
    """Mean alerts per device and day, before and after."""
    days_before = math.fsum(one.days_before for one in watched)
    days_after = math.fsum(one.days_after for one in watched)
    return (
        sum(one.before for one in watched) / days_before if days_before else 0.0,
        sum(one.after for one in watched) / days_after if days_after else 0.0,
    )


def _resampled(watched: Sequence[Watched], chance: random.Random, rounds: int) -> list[float]:
    """The ratio of each round. Many devices are first dealt into blocks at random, so that the work has a bound."""
    blocks = _blocks(watched, chance)
    return [_ratio(chance.choices(blocks, k=len(blocks))) for _ in range(rounds)] if blocks else [math.nan] * rounds


def _blocks(watched: Sequence[Watched], chance: random.Random) -> list[tuple[int, int, float, float]]:
    dealt = list(watched)
    chance.shuffle(dealt)
    count = min(len(dealt), _MOST_BLOCKS)
    groups = (dealt[at::count] for at in range(count))
    return [
        (
            sum(one.before for one in group), sum(one.after for one in group),
            math.fsum(one.days_before for one in group), math.fsum(one.days_after for one in group),
        )
        for group in groups
    ]  # fmt: skip


def _ratio(blocks: Sequence[tuple[int, int, float, float]]) -> float:
    totals: list[float] = [sum(column) for column in zip(*blocks, strict=True)]
    before, after, days_before, days_after = totals
    if not (before and days_before and days_after):
        return math.nan
    return (after / days_after) / (before / days_before)


def interval(values: Sequence[float], cover: float) -> tuple[float | None, float | None]:
    """The middle part of the values that holds so much of them, by nearest rank; none from fewer than twenty."""
    ordered = sorted(values)
    if len(ordered) < 20:
        return None, None
    outside = (1 - cover) / 2
    last = len(ordered) - 1
    return ordered[math.floor(outside * last)], ordered[math.ceil((1 - outside) * last)]
