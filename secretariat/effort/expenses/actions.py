"""Writes about a claim besides its steps: beginning it, and its items with their receipts."""

from __future__ import annotations

from typing import Unpack

from django.db import transaction

from secretariat.core import files, journal
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.sealed import keep_sealed
from secretariat.effort.expenses.models import DRAFT, ExpenseClaim, ExpenseItem
from secretariat.effort.expenses.policy import MILEAGE, Limits, by_the_mile
from secretariat.effort.expenses.procedure import EXPENSES, the_claimant

OPENED = "expenseitem.open_receipt"
"""The event that every opening of a receipt leaves: who and when, and nothing of what it holds."""


def begin(claim: ExpenseClaim, **told: Unpack[Told]) -> ExpenseClaim:
    """Begins a claim of the person who acts. Raises Refused."""
    if not isinstance(told["by"], Person):
        raise Refused("A claim is somebody's.")
    claim.claimant = told["by"]
    EXPENSES.take("begin", claim, **told)
    return claim


def add_item(
    claim: ExpenseClaim, item: ExpenseItem, receipt: tuple[str, bytes] | None = None, **told: Unpack[Told]
) -> ExpenseItem:
    """Adds an item to one's own draft, its receipt sealed; miles are paid by the rulebook's rate.

    Raises Refused for another's claim or one that was sent in, ValidationError for an item or a file that may not be.
    """
    _own_draft(claim, told)
    item.claim, item.recorded = claim, told["recorded"]
    if item.sort == MILEAGE and item.tenths is not None:
        item.pence = by_the_mile(item.tenths, Limits.on(item.day).mile)
    if item.pence is None:
        raise Refused("Give the amount, or the miles of one's own car.")
    with transaction.atomic():
        if receipt is not None:
            name, content = receipt
            files.check(name, content)
            item.receipt_name, item.receipt_place = name, keep_sealed(content)
        journal.enter(item, **told)
    return item


def take_out(item: ExpenseItem, **told: Unpack[Told]) -> None:
    """Takes an item out of one's own draft. Raises Refused."""
    _own_draft(item.claim, told)
    with transaction.atomic():
        facts = {"what": item.get_sort_display(), "day": item.day, "pence": item.pence}
        journal.record("expenses_claim.take_out", item.claim, **told, **facts)
        item.delete()


def opened(item: ExpenseItem, **told: Unpack[Told]) -> bytes:
    """The bytes of a receipt, its opening journalled. Raises Unsealable, and then it was not opened."""
    content = item.receipt()
    with transaction.atomic():
        journal.record(OPENED, item, **told)
    return content


def _own_draft(claim: ExpenseClaim, told: Told) -> None:
    if not the_claimant(told["by"], claim, told["at"]):
        raise Refused("A claim is filled in by the claimant alone.")
    if claim.state != DRAFT:
        raise Refused(f"The claim is {claim.state}: only a draft is changed. Ask for it to be sent back.")
