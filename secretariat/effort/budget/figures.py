"""What is counted of the budget: budget, plan, spend and where it leads, by category."""

from __future__ import annotations

from typing import Any

from secretariat.core.figures import Cell, Grid, Head, Records, Span, Sum, Unknown, figure
from secretariat.core.series import heading_key
from secretariat.effort.budget.categories import doubt_on
from secretariat.effort.budget.models import BudgetLine, SpendEntry
from secretariat.effort.budget.reckoning import OTHER, InForce, in_force, outlooks
from secretariat.effort.budget.years import Outlook, RegulatoryYear
from secretariat.effort.money import in_pounds

BUDGET, PLANNED, SPENT = Head("budget", "Year's budget"), Head("planned", "Planned"), Head("spent", "Spent")
OVER = Head("over", "Over the plan")
RUN_RATE, BY_PLAN = Head("run-rate", "Year's end by run rate"), Head("by-plan", "Year's end by plan")
COLUMNS = (BUDGET, PLANNED, SPENT, OVER, RUN_RATE, BY_PLAN)
TOTAL = Head("total", "Total")
NO_BUDGET = Unknown("No budget in effect holds this year.")


@figure("budget_spend", title="Spend against the budget", unit="pounds")
def budget_spend(span: Span) -> Grid:
    """By category of cost (CHG-8), in the Regulatory Year in which the span ends: the year's budget in effect, what was
    planned of it for the months that are over, and what was spent from 1 April to the span's last day. The year's end
    is told twice: if each month to come costs what the past ones did on average, and if what is to come costs what is
    planned for it.
    """
    budget, year = in_force(span.last), RegulatoryYear.of(span.last)
    cells: dict[tuple[str, str], Cell] = {}
    rows = []
    known_names = outlooks(span.last)
    for name, found in known_names.items():
        rows.append(Head(heading_key("", name), name))
        chosen: dict[str, Any] = {"category": name}
        if name == OTHER:
            chosen = {"pk__in": SpendEntry.objects.order_by().exclude(category__in=list(known_names)).values("pk")}
        spent = Records(SpendEntry, {**chosen, "day__range": (year.first, span.last)}, summed="pence")
        cells |= {(rows[-1].key, key): cell for key, cell in _cells(rows[-1].key, name, found, budget, spent).items()}
    for column in COLUMNS:
        keys = tuple((row.key, column.key) for row in rows)
        known = [value for key in keys if (value := cells[key].value) is not None]
        unknown = len(known) < len(keys) or not keys
        cells[(TOTAL.key, column.key)] = Cell(None, NO_BUDGET) if unknown else Cell(sum(known), Sum(keys))
    names = doubt_on(span.last)
    return Grid((*rows, TOTAL), COLUMNS, cells, (TOTAL.key,), (f"The names of the categories: {names.doubt}",))


def _cells(row: str, name: str, found: Outlook, budget: InForce | None, spent: Records) -> dict[str, Cell]:
    def reckoned(pence: int | None, how: str, *of: Head) -> Cell:
        if pence is None or budget is None:
            return Cell(None, NO_BUDGET)
        return Cell(in_pounds(pence), Sum(tuple((row, head.key) for head in of), how))

    return {
        BUDGET.key: _budgeted(name, found, budget),
        PLANNED.key: reckoned(found.planned, "the share of the months that are over", BUDGET),
        SPENT.key: Cell(in_pounds(found.spent), spent),
        OVER.key: reckoned(found.variance, "spent less planned", SPENT, PLANNED),
        RUN_RATE.key: reckoned(found.by_run_rate, "spent by month, for twelve months", SPENT),
        BY_PLAN.key: reckoned(found.by_plan, "spent, and the rest as planned", SPENT, BUDGET, PLANNED),
    }


def _budgeted(name: str, found: Outlook, budget: InForce | None) -> Cell:
    if budget is None:
        return Cell(None, NO_BUDGET)
    chosen: dict[str, Any] = {"version": budget.version.pk, "category": name}
    return Cell(in_pounds(found.budget), Records(BudgetLine, chosen, summed=budget.column))
