"""The series of exceptions that an intervention is meant to change, and the test of whether it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.hubs.effect import Effect, TooShort, effect
from secretariat.oversight.hubs.models import HubException, Intervention
from secretariat.plain.months import Month

FEWEST = "oversight.hub_effect_months"


@dataclass(frozen=True)
class Reckoned:
    """A monthly series round an intervention, and the effect or why there is none to tell."""

    months: tuple[Month, ...]
    values: tuple[int, ...]
    first: int
    effect: Effect | None
    why_not: str = ""

    @property
    def lines(self) -> tuple[list[float | None], list[float | None]]:
        """The line before the intervention, and the one from it on, month by month."""
        if self.effect is None:
            return [None] * len(self.values), [None] * len(self.values)
        heights = range(len(self.values))
        before = [round(self.effect.before.at(month), 1) if month < self.first else None for month in heights]
        after = [round(self.effect.after.at(month), 1) if month >= self.first else None for month in heights]
        return before, after


def of_interest(intervention: Intervention) -> dict[str, object]:
    """The filter of the exceptions that an intervention is meant to change."""
    asked: dict[str, object] = {"superseded_at__isnull": True}
    if intervention.category_id is not None:
        asked["category_id"] = intervention.category_id
    return asked | ({"region": intervention.region} if intervention.region else {})


def effect_of(intervention: Intervention, rows: QuerySet[HubException], day: date) -> Reckoned:
    """The series that some counts tell, and the effect; give the counts that the reader may read.

    The month of the intervention counts with those after it. A gap in the returned months is not filled in: the series
    is the unbroken run of months round the intervention.
    """
    found = rows.filter(**of_interest(intervention)).order_by().values_list("month").annotate(Sum("count"))
    counts = {Month.of(month): value for month, value in found}
    return reckoned(counts, Month.of(intervention.on_day), RULEBOOK.number(FEWEST, day))


def reckoned(counts: dict[Month, int], at: Month, fewest: int) -> Reckoned:
    """The same of known counts: the unbroken run of months round one month, tested."""
    months = _run(counts, at)
    values = tuple(counts[month] for month in months)
    first = sum(1 for month in months if month < at)
    try:
        return Reckoned(months, values, first, effect(values, first, fewest))
    except TooShort as why:
        return Reckoned(months, values, first, None, str(why))


def _run(counts: dict[Month, int], at: Month) -> tuple[Month, ...]:
    start = end = at
    while start.plus(-1) in counts:
        start = start.plus(-1)
    while end in counts:
        end = end.plus(1)
    return tuple(month for month in Month.range(start, end) if month in counts)
