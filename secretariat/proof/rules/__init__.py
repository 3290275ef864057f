"""The rules, one module for each kind of mistake. Importing them registers them."""

from secretariat.proof.rules import (
    between,
    carry_over,
    columns,
    days,
    deadlines,
    events,
    identifiers,
    movements,
    numbers,
    pages,
    periods,
    structure,
    totals,
)

__all__ = [
    "between", "carry_over", "columns", "days", "deadlines", "events", "identifiers", "movements", "numbers", "pages",
    "periods", "structure", "totals",
]  # fmt: skip
