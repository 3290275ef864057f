"""What a scheme gives on the facts there are: each part scored from the levels reported, or by the Panel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

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
    behind: tuple[int, ...] = ()
    """The keys of the levels, or of the Panel's scores, that it was scored by."""

    @property
    def share(self) -> Fraction:
        """What it weighs of the whole."""
        return Fraction(self.part.weight) / 100


def schemes_on(day: date) -> Any:
    """The schemes in force on a day."""
    rows: Any = Scheme.objects.filter(from_day__lte=day)
    return rows.exclude(to_day__lt=day)


def standings(scheme: Scheme, day: date) -> list[Standing]:
    """Each part of a scheme scored on what was reported of its time, up to a day."""
    return standings_of([scheme], day)[scheme.pk]


def standings_of(schemes: Sequence[Scheme], day: date) -> dict[int, list[Standing]]:
    """The same of some schemes, by the scheme's key. Three queries, however many schemes and parts there are."""
    parts = SchemePart.objects.filter(scheme__in=schemes).select_related("measure", "scheme")
    rows: Any = ServiceLevel.objects.current()
    levels = list(rows.filter(measure__in=[part.measure_id for part in parts], month__lte=day).order_by("month"))
    scores = list(PanelScore.objects.filter(part__in=parts, given_on__lte=day))
    found: dict[int, list[Standing]] = {scheme.pk: [] for scheme in schemes}
    for part in parts:
        last = day if part.scheme.to_day is None else min(day, part.scheme.to_day)
        if part.measure_id is None or part.floor is None or part.ceiling is None:
            standing = _by_the_panel(part, [one for one in scores if one.part_id == part.pk and one.given_on <= last])
        else:
            standing = _by_levels(part, [one for one in levels if _scores(one, part, last)])
        found[part.scheme_id].append(standing)
    return found


def _scores(level: ServiceLevel, part: SchemePart, last: date) -> bool:
    of_the_part = (level.measure_id, level.region) == (part.measure_id, part.region)
    return of_the_part and part.scheme.from_day <= level.month <= last


def _by_the_panel(part: SchemePart, given: list[PanelScore]) -> Standing:
    behind = tuple(one.pk for one in given)
    score = Fraction(sum(one.score for one in given), len(given) * MOST) if given else None
    return Standing(part, None, score, behind)


def _by_levels(part: SchemePart, known: list[ServiceLevel]) -> Standing:
    level = pooled((one.exact, one.numerator, one.denominator) for one in known)
    floor, ceiling = part.floor or Decimal(), part.ceiling or Decimal()
    score = score_of(level, floor, ceiling, Method(part.scheme.method))
    return Standing(part, level, score, tuple(one.pk for one in known))


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
