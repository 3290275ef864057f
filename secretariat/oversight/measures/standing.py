"""What the reported levels say: strips of the last months, what dragged a composite down, promises and trends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.measures.composition import Composite, Part, Rule, combine
from secretariat.oversight.measures.forecast import Forecast, forecast
from secretariat.oversight.measures.levels import Level, Status
from secretariat.oversight.measures.models import Commitment, Measure, MeasureDefinition, ServiceLevel
from secretariat.oversight.measures.strips import Strip, strip
from secretariat.oversight.measures.terms import Family
from secretariat.plain.months import Month

MONTHS = 12
DRAWS, PERCENT = "oversight.forecast_draws", "oversight.forecast_percent"
Key = tuple[str, str]


def months_to(month: Month) -> tuple[Month, ...]:
    """The months of a strip that ends with a month."""
    return month.back(MONTHS)


def current_levels(months: Iterable[Month], codes: Iterable[str] | None = None) -> list[ServiceLevel]:
    """The levels of some months that no later return restated, with their measures and definitions. One query."""
    rows = ServiceLevel.objects.current().filter(month__in=[month.first for month in months])
    if codes is not None:
        rows = rows.filter(measure__code__in=list(codes))
    return list(rows.select_related("measure", "definition").order_by("month", "measure__code", "region"))


def newest_month() -> Month | None:
    """The newest month of which any level is reported."""
    day = ServiceLevel.objects.current().order_by("-month").values_list("month", flat=True).first()
    return Month.of(day) if day else None


def strips_of(levels: Iterable[ServiceLevel], months: tuple[Month, ...]) -> dict[Key, Strip]:
    """The strip of each measure and region found among levels."""
    found: dict[Key, dict[Month, tuple[Level, Status]]] = {}
    for one in levels:
        key = (one.measure.code, one.region)
        found.setdefault(key, {})[Month.of(one.month)] = (one.exact, Status(one.status))
    return {key: strip(months, spots) for key, spots in sorted(found.items())}


def code_measures() -> list[Measure]:
    """The Code Performance Measures."""
    return list(Measure.objects.filter(family=Family.CODE).order_by("code"))


def parts_of(definition: MeasureDefinition, levels: Mapping[Key, ServiceLevel]) -> list[Part]:
    """The components of a composed measure as they were reported; one that was not reported has no level."""
    found = []
    for code, region in definition.parts:
        row = levels.get((code, region))
        found.append(Part(code, region, row.exact if row else None, row.denominator if row else None))
    return found


def composed(definition: MeasureDefinition, rule: Rule, levels: Mapping[Key, ServiceLevel]) -> Composite | str:
    """What the components of a month give by a rule, or a sentence that says why that cannot be told."""
    try:
        return combine(rule, parts_of(definition, levels))
    except ValueError as error:
        return str(error)


def by_key(levels: Iterable[ServiceLevel]) -> dict[Key, ServiceLevel]:
    """Levels of one month by measure and region."""
    return {(one.measure.code, one.region): one for one in levels}


@dataclass(frozen=True)
class Outlook:
    """A promise beside what the trend says of it; without a forecast `why` says why there is none."""

    target: Fraction | None
    forecast: Forecast | None
    why: str = ""

    def verdict(self, due: Month) -> str:
        """The two together, in words."""
        if self.forecast is None:
            return self.why
        share = f"In {self.forecast.share_by:.0%} of the draws it is there by {due.label}."
        if self.forecast.reaches is None:
            return f"The trend does not reach it. {share}"
        early = self.forecast.reaches <= due
        return f"The trend reaches it {'in time' if early else 'too late'}, in {self.forecast.reaches.label}. {share}"


def outlook(commitment: Commitment, definition: MeasureDefinition | None, levels: Iterable[ServiceLevel],
            at: datetime | date) -> Outlook:  # fmt: skip
    """What the levels reported of a measure and region say of a promise."""
    target = commitment.level if commitment.level is not None else definition.target if definition else None
    if target is None:
        return Outlook(None, None, "No level is promised, and the measure has no target.")
    points = _points(commitment.region, levels)
    draws, percent = RULEBOOK.number(DRAWS, at), RULEBOOK.number(PERCENT, at)
    try:
        told = forecast(points, float(target), Month.of(commitment.due_on), draws, percent)
    except ValueError as error:
        return Outlook(Fraction(target), None, str(error))
    return Outlook(Fraction(target), told)


def _points(region: str, levels: Iterable[ServiceLevel]) -> dict[Month, float]:
    """The level of each month in a region; of a promise for all regions the lowest of them, where none is whole."""
    rows = [one for one in levels if one.exact is not None]
    whole = [one for one in rows if one.region == region]
    found: dict[Month, float] = {}
    for one in whole if whole or region else rows:
        month = Month.of(one.month)
        found[month] = min(found.get(month, 100.0), float(one.exact or 0))
    return found
