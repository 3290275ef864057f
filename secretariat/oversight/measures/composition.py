"""How a Code Performance Measure is composed of others, and how much each takes from a full 100 %."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db import models

from secretariat.oversight.measures.levels import Level

FULL = Fraction(100)


class Rule(models.TextChoices):
    """The two ways to combine levels; which of them the methodology means is not published, so both are here."""

    POOLED = "pooled", "Events pooled: every event weighs the same"
    MEAN = "mean", "Mean of levels: every component weighs the same"


@dataclass(frozen=True)
class Part:
    """One component in one region: its level, and how many events it rests on where those are told."""

    measure: str
    region: str
    level: Level
    events: int | None = None

    @property
    def name(self) -> str:
        """As a table names it, "PM2 N"."""
        return f"{self.measure} {self.region}".strip()


@dataclass(frozen=True)
class Contribution:
    """What one part takes away: its weight, and weight x (100 - level), in percentage points."""

    part: Part
    weight: Fraction
    loss: Fraction


@dataclass(frozen=True)
class Composite:
    """A level composed by a rule; the losses of its contributions sum to 100 less the level."""

    rule: Rule
    level: Level
    contributions: tuple[Contribution, ...]
    silent: tuple[Part, ...] = ()

    @property
    def worst(self) -> tuple[Contribution, ...]:
        """The contributions that take something away, the largest loss first; equal ones by name."""
        losing = (one for one in self.contributions if one.loss > 0)
        return tuple(sorted(losing, key=lambda one: (-one.loss, one.part.name)))

    def share(self, loss: Fraction) -> Fraction:
        """Which share of the whole loss a loss is, in percent; nought where nothing was lost."""
        lost = FULL - self.level if self.level is not None else Fraction(0)
        return 100 * loss / lost if lost else Fraction(0)

    def losses_by(self, key: Callable[[Part], str]) -> dict[str, Fraction]:
        """The loss of each measure or region, the largest first."""
        found: dict[str, Fraction] = {}
        for one in self.contributions:
            found[key(one.part)] = found.get(key(one.part), Fraction(0)) + one.loss
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def combine(rule: Rule, parts: Iterable[Part]) -> Composite:
    """The level that parts give by a rule. Parts without an event weigh nothing and are told as silent.

    Raises ValueError where events are to be pooled and a part does not tell how many it had.
    """
    told = tuple(parts)
    counted = [part for part in told if part.level is not None]
    silent = tuple(part for part in told if part.level is None)
    weights = _weights(rule, counted)
    made = tuple(
        Contribution(part, weight, weight * (FULL - part.level))
        for part, weight in zip(counted, weights, strict=True)
        if part.level is not None
    )
    level = FULL - sum((one.loss for one in made), Fraction(0)) if made else None
    return Composite(rule, level, made, silent)


def _weights(rule: Rule, parts: list[Part]) -> list[Fraction]:
    if rule is Rule.MEAN:
        return [Fraction(1, len(parts)) for _ in parts]
    if unknown := [part.name for part in parts if not part.events]:
        raise ValueError(f"The events of {', '.join(unknown)} are not told, so they cannot be pooled.")
    whole = sum(part.events or 0 for part in parts)
    return [Fraction(part.events or 0, whole) for part in parts]
