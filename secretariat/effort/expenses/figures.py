"""What is counted of claims: how many and how much, by where they stand; nobody is named."""

from __future__ import annotations

from secretariat.core.figures import Cell, Grid, Head, Records, Span, figure
from secretariat.effort.expenses.models import ExpenseClaim, ExpenseItem
from secretariat.effort.money import in_pounds

COLUMNS = (Head("claims", "Claims"), Head("pounds", "Pounds"))
ROWS = ((Head("sent-in", "Sent in"), "submitted_on"), (Head("paid", "Paid"), "paid_on"))


@figure("expenses_claims", title="Expenses claimed and paid", unit="claims, and pounds")
def expenses_claims(span: Span) -> Grid:
    """Claims of expenses that were sent in and that were paid in the span, and the sum of their items (GOV-14)."""
    cells = {}
    for head, day in ROWS:
        within = (span.first, span.last)
        claims = Records(ExpenseClaim, {f"{day}__range": within})
        items = Records(ExpenseItem, {f"claim__{day}__range": within}, summed="pence")
        cells[(head.key, "claims")] = Cell(claims.queryset.count(), claims)
        total = sum(items.queryset.values_list("pence", flat=True))
        cells[(head.key, "pounds")] = Cell(in_pounds(total), items)
    return Grid(tuple(head for head, _ in ROWS), COLUMNS, cells)
