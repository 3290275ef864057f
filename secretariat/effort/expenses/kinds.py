"""Claims as records that a reference can name."""

from __future__ import annotations

import re

from secretariat.core.kinds import register
from secretariat.effort.expenses.models import ExpenseClaim, ExpenseItem
from secretariat.register.kinds import not_named

_NAMED = re.compile(r"EXP-(?P<pk>[0-9]{1,9})", re.IGNORECASE)


def claim(text: str) -> ExpenseClaim | None:
    """The claim that "EXP-000012" names."""
    match = _NAMED.fullmatch(text.strip())
    return ExpenseClaim.objects.filter(pk=int(match["pk"])).first() if match else None


register("expenses claim", ExpenseClaim, claim)
register("item of a claim", ExpenseItem, not_named)
