"""How a category stands against its budget by a day: read from the record, reckoned by the values of `years`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.budget.categories import categories_on
from secretariat.effort.budget.models import YEARS, BudgetCycle, BudgetLine, BudgetVersion, SpendEntry, State
from secretariat.effort.budget.years import MONTHS, Course, Outlook, RegulatoryYear, planned_by, weights_of

OTHER = "Other categories"


@dataclass(frozen=True)
class InForce:
    """The budget of one Regulatory Year: its version, and the column of the year."""

    year: RegulatoryYear
    version: BudgetVersion
    column: str


def in_force(day: date) -> InForce | None:
    """The budget of the Regulatory Year of a day: the newest in effect that holds the year; none where none does."""
    year = RegulatoryYear.of(day)
    rows = BudgetCycle.objects.filter(
        state__in=(State.EFFECTIVE, State.CLOSED), first_year__lte=year.begins, first_year__gt=year.begins - YEARS
    )
    cycle = rows.order_by("-first_year").first()
    version = cycle.newest() if cycle else None
    return InForce(year, version, f"year_{year.begins - version.cycle.first_year + 1}") if version else None


def outlooks(day: date) -> dict[str, Outlook]:
    """Each category's budget, plan and spend from 1 April to a day. The plan is that of the months that are over.

    Spend under categories that neither the rulebook nor the budget has stands together, with a budget of nought.
    """
    year, budget = RegulatoryYear.of(day), in_force(day)
    months = year.months_over(day)
    whole, planned = dict.fromkeys(categories_on(day), 0), dict.fromkeys(categories_on(day), 0)
    for line in BudgetLine.objects.filter(version=budget.version) if budget else ():
        amount = getattr(line, budget.column) if budget else 0
        whole[line.category] = whole.get(line.category, 0) + amount
        planned[line.category] = planned.get(line.category, 0) + planned_by(amount, weights_of(line.weights), months)
    rows = SpendEntry.objects.filter(day__range=(year.first, day)).order_by()
    spent = dict(rows.values_list("category").annotate(Sum("pence")))
    elsewhere = sum(pence for name, pence in spent.items() if name not in whole)
    found = {name: Outlook(whole[name], planned[name], spent.get(name, 0), months) for name in whole}
    return found | ({OTHER: Outlook(0, 0, elsewhere, months)} if elsewhere else {})


def course(day: date) -> Course:
    """The Regulatory Year of a day month by month, all categories together, with what was spent by the day."""
    year, budget = RegulatoryYear.of(day), in_force(day)
    lines = list(BudgetLine.objects.filter(version=budget.version)) if budget else []
    told = [(getattr(line, budget.column), weights_of(line.weights)) for line in lines] if budget else []
    planned = (sum(planned_by(amount, weights, number) for amount, weights in told) for number in range(1, MONTHS + 1))
    rows = SpendEntry.objects.filter(day__range=(year.first, day)).order_by().values_list("day").annotate(Sum("pence"))
    by_day = list(rows)
    over = year.months()[: year.months_over(day)]
    spent = (sum(pence for when, pence in by_day if when <= month.last) for month in over)
    return Course(year.months(), tuple(planned), tuple(spent))


def to_be_explained(day: date) -> dict[str, Outlook]:
    """The categories whose variance by the end of a month is beyond the rulebook's bounds."""
    percent, least = RULEBOOK.number("budget.variance_percent", day), RULEBOOK.number("budget.variance_pence", day)
    return {name: one for name, one in outlooks(day).items() if one.needs_words(percent, least)}
