"""Budgets as records that a reference can name."""

from __future__ import annotations

import re

from secretariat.core.kinds import register
from secretariat.effort.budget.models import BudgetCycle, BudgetLine, BudgetMonth, BudgetVersion, SpendEntry
from secretariat.register.kinds import not_named

_NAMED = re.compile(r"(draft )?budget (?P<year>20[0-9]{2})( ?(-|–|to) ?20[0-9]{2})?", re.IGNORECASE)


def budget(text: str) -> BudgetCycle | None:
    """The budget that "Budget 2020 to 2023" names."""
    match = _NAMED.fullmatch(text.strip())
    return BudgetCycle.objects.filter(first_year=int(match["year"])).first() if match else None


register("budget", BudgetCycle, budget)
register("budget version", BudgetVersion, not_named)
register("budget line", BudgetLine, not_named)
register("spend entry", SpendEntry, not_named)
register("budget month", BudgetMonth, not_named)
