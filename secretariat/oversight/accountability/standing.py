"""What a scheme gives on the facts there are: each part scored from the levels reported, or by the Panel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Avg

from secretariat.oversight.accountability.models import PanelScore, Scheme, SchemePart
from secretariat.oversight.accountability.scoring import Method, Part, Score, lost, pooled, score_of, scored
from secretariat.oversight.measures.levels import rounded
from secretariat.oversight.measures.models import ServiceLevel

MOST = 3
"""The most that the Panel gives for a question."""


@dataclass(frozen=True)
class Standing:
    """One part of a scheme with the level it was scored by (percent; none where the Panel scores it) and its score."""

    part: SchemePart
    level: Fraction | None
    score: Fraction | None

    @property
    def share(self) -> Fraction:
        """What it weighs of the whole."""
        return Fraction(self.part.weight) / 100


def schemes_on(day: date) -> Any:
    """The schemes in force on a day."""
    rows: Any = Scheme.objects.filter(from_day__lte=day)
    return rows.exclude(to_day__lt=day)


def levels_of(part: SchemePart, first: date, last: date) -> Any:
    """The levels in force that score a part, of the months that begin between two days."""
    rows: Any = ServiceLevel.objects.current()
    return rows.filter(measure=part.measure_id, region=part.region, month__range=(first, last)).order_by("month")


def standings(scheme: Scheme, day: date) -> list[Standing]:
    """Each part of a scheme scored on what was reported of its time, up to a day."""
    last = day if scheme.to_day is None else min(day, scheme.to_day)
    return [_standing(part, scheme.from_day, last) for part in scheme.parts.select_related("measure")]


def _standing(part: SchemePart, first: date, last: date) -> Standing:
    if part.measure_id is None or part.floor is None or part.ceiling is None:
        given = PanelScore.objects.filter(part=part, given_on__lte=last).aggregate(mean=Avg("score"))["mean"]
        return Standing(part, None, None if given is None else Fraction(given).limit_denominator(10_000) / MOST)
    known = levels_of(part, first, last)
    level = pooled((one.exact, one.numerator, one.denominator) for one in known)
    return Standing(part, level, score_of(level, part.floor, part.ceiling, Method(part.scheme.method)))


def whole(found: Iterable[Standing]) -> Score:
    """The score of a scheme from its parts."""
    return scored(Part(str(one.part), one.share, one.score) for one in found)


def points(score: Score) -> str:
    """The points of a scheme of 100, or between which they lie."""
    low, high = rounded(100 * score.low), rounded(100 * score.high)
    return f"{low}" if score.is_known else f"{low} to {high}"


def loss(scheme: Scheme, score: Score) -> str:
    """What is lost of the revenue at risk, or between what and what; nothing where it is not known what is at risk."""
    if scheme.at_risk is None:
        return ""
    least, most = lost(scheme.at_risk, score.high), lost(scheme.at_risk, score.low)
    between = f"£{least:,.2f}" if least == most else f"£{least:,.2f} to £{most:,.2f}"
    return f"{between} of £{scheme.at_risk:,.2f} at risk"


def as_percent(score: Fraction | None) -> str:
    """A score from 0 to 1 as a page prints it."""
    return "not reported" if score is None else f"{rounded(100 * score)} %"
