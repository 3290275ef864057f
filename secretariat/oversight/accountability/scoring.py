"""How levels of service become a score: the same facts, under whatever scheme is in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import models


class Method(models.TextChoices):
    """How a level between the floor and the ceiling of a scheme scores."""

    LINEAR = "linear", "In proportion between floor and ceiling"
    STEP = "step", "In full at the ceiling, otherwise nothing"


NOTHING, IN_FULL = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Part:
    """One part of a scheme: its share of the whole, and what it scores from 0 to 1; none where nothing is reported."""

    name: str
    share: Fraction
    score: Fraction | None


@dataclass(frozen=True)
class Score:
    """What a scheme gives: the lowest and the highest that are possible; equal where every part is reported."""

    low: Fraction
    high: Fraction

    @property
    def is_known(self) -> bool:
        """Whether every part that weighs anything is reported."""
        return self.low == self.high


def score_of(level: Fraction | None, floor: Decimal, ceiling: Decimal, method: Method) -> Fraction | None:
    """What a level scores: nothing at the floor or below, in full at the ceiling or above.

    None where there is no level: what had no event neither scores nor fails.
    """
    if level is None:
        return None
    low, high = Fraction(floor), Fraction(ceiling)
    if level >= high:
        return IN_FULL
    if level <= low or method == Method.STEP:
        return NOTHING
    return (level - low) / (high - low)


def scored(parts: Iterable[Part]) -> Score:
    """The whole from its parts; a part that is not reported may still give all or nothing of its share."""
    low = high = NOTHING
    for part in parts:
        low += part.share * (NOTHING if part.score is None else part.score)
        high += part.share * (IN_FULL if part.score is None else part.score)
    return Score(low, high)


def lost(at_risk: Decimal, score: Fraction) -> Decimal:
    """What is lost of a sum at risk at a score, in pounds to the penny, halves up."""
    pence = Fraction(at_risk) * 100 * (IN_FULL - score)
    return Decimal((2 * pence.numerator + pence.denominator) // (2 * pence.denominator)).scaleb(-2)


def pooled(levels: Iterable[tuple[Fraction | None, int | None, int | None]]) -> Fraction | None:
    """The level of a year from its months (level, within, events): events pooled where every month tells them.

    Otherwise the mean of the months' levels; months without an event are left out; none where no month is left.
    """
    known = [one for one in levels if one[0] is not None]
    if not known:
        return None
    if all(events for _, _, events in known):
        return Fraction(100 * sum(within or 0 for _, within, _ in known), sum(events or 0 for _, _, events in known))
    return sum((level or NOTHING for level, _, _ in known), NOTHING) / len(known)
