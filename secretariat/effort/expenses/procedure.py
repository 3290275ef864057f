"""How expenses are claimed, checked, approved and paid: four eyes, and nobody decides on an own claim (GOV-14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from secretariat.core import journal
from secretariat.core.capacities import in_a_capacity
from secretariat.core.facts import a_day, a_line
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.effort.budget.models import SpendEntry
from secretariat.effort.expenses.models import (
    APPROVED,
    CHECKED,
    DRAFT,
    PAID,
    REFUSED,
    SUBMITTED,
    WITHDRAWN,
    ExpenseClaim,
)
from secretariat.effort.expenses.policy import Limits, beyond, needs_receipt
from secretariat.effort.who import operations_team
from secretariat.plain.dates import local_day, long_date

Facts = Mapping[str, Any]
POLICY = "GOV-14, expenses policy"


def the_claimant(person: Person | None, record: Any, at: datetime) -> bool:
    """Who claims, for nobody else."""
    if person is None or record is None:
        return False
    own = bool(record.claimant_id == person.pk)
    return own and (record.pk is not None or in_a_capacity(person, record, at))


def another_of_the_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The operations team, and never the claimant."""
    return operations_team(person, record, at) and (record is None or person is None or record.claimant_id != person.pk)


def a_third_of_the_team(person: Person | None, record: Any, at: datetime) -> bool:
    """The operations team, and neither the claimant nor who checked the claim."""
    known = another_of_the_team(person, record, at)
    return known and (record is None or person is None or checker(record) != person.pk)


def checker(claim: ExpenseClaim) -> int | None:
    """The id of who checked a claim last, as the journal has it."""
    checks = journal.history(claim).filter(name="expenses_claim.check").order_by("-id")
    return checks.values_list("by", flat=True).first()


@rule(POLICY)
def it_has_items(claim: ExpenseClaim, at: datetime) -> bool:
    """A claim says what was spent: add at least one item."""
    return claim.items.exists()


@rule(POLICY)
def receipts_are_there(claim: ExpenseClaim, at: datetime) -> bool:
    """Each item above the policy's amount has its receipt; miles of one's own car need none."""
    items = claim.items.filter(receipt_place="")
    return not any(needs_receipt(one.sort, one.pence, Limits.on(one.day)) for one in items)


@rule(POLICY)
def what_is_beyond_a_limit_is_explained(claim: ExpenseClaim, at: datetime) -> bool:
    """An item above a limit of the policy says why on the claim; whoever approves it decides."""
    return bool(claim.beyond_why) or not beyond_limits(claim)


@rule(POLICY)
def it_is_claimed_in_time(claim: ExpenseClaim, at: datetime) -> bool:
    """Expenses are claimed within the policy's days, none before they were spent."""
    today, most = local_day(at), RULEBOOK.number("expenses.claim_days", at)
    return all(timedelta(0) <= today - one.day <= timedelta(days=most) for one in claim.items.all())


@rule(POLICY)
def nothing_is_claimed_twice(claim: ExpenseClaim, at: datetime) -> bool:
    """The same journey, night or meal is paid once: another claim of this person has the same item."""
    others = ExpenseClaim.objects.filter(claimant=claim.claimant_id, state__in=(SUBMITTED, CHECKED, APPROVED, PAID))
    mine = {(one.sort, one.day, one.pence, one.description.casefold()) for one in claim.items.all()}
    found = {
        (one.sort, one.day, one.pence, one.description.casefold())
        for other in others.exclude(pk=claim.pk).prefetch_related("items") for one in other.items.all()
    }  # fmt: skip
    return not mine & found


@rule(POLICY)
def paid_on_a_day_that_has_come(claim: ExpenseClaim, at: datetime, facts: Facts) -> bool:
    """A payment is recorded once it was made, and it was not made before the claim was sent in."""
    return bool((claim.submitted_on or facts["paid_on"]) <= facts["paid_on"] <= local_day(at))


def beyond_limits(claim: ExpenseClaim) -> list[str]:
    """What of a claim is above a limit, a sentence each; nights and meals of one day count together."""
    days: dict[tuple[str, date], int] = {}
    for one in claim.items.all():
        days[(one.sort, one.day)] = days.get((one.sort, one.day), 0) + one.pence
    found = ((day, beyond(sort, pence, Limits.on(day))) for (sort, day), pence in days.items())
    return [f"{long_date(day)}: {why}." for day, why in found if why]


def _submit(claim: ExpenseClaim, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    claim.submitted_on = local_day(at)


def _again(claim: ExpenseClaim, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    claim.submitted_on = None


def _pay(claim: ExpenseClaim, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Notes the payment, and books it as spend without the person's name. Raises Refused where that may not be."""
    claim.paid_on, claim.payment = facts["paid_on"], facts["payment"]
    spend = SpendEntry(
        reference=claim.reference, day=claim.paid_on, description="Expenses of a member or of staff", pence=claim.pence,
        category=RULEBOOK.text("expenses.category", at), recorded=recorded, invented=claim.invented,
    )  # fmt: skip
    try:
        journal.enter(spend, by=None, at=at, recorded=recorded)
    except forms.ValidationError as error:
        raise Refused(*error.messages) from error


EXPENSES = Procedure(
    "expenses_claim",
    ExpenseClaim,
    Step("begin", NEW, DRAFT, who=the_claimant, says="Begin a claim"),
    Step("submit", DRAFT, SUBMITTED, who=the_claimant, primary=True, change=_submit, says="Send in",
         rules=(it_has_items, receipts_are_there, what_is_beyond_a_limit_is_explained, it_is_claimed_in_time,
                nothing_is_claimed_twice)),
    Step("check", SUBMITTED, CHECKED, who=another_of_the_team, primary=True, rules=(receipts_are_there,),
         says="Record as checked"),
    Step("send_back", (SUBMITTED, CHECKED), DRAFT, who=another_of_the_team, facts={"reason": a_line(300, "Why")},
         change=_again,
         says="Send back to be put right"),
    Step("approve", CHECKED, APPROVED, who=a_third_of_the_team, primary=True, rules=(nothing_is_claimed_twice,)),
    Step("refuse", (SUBMITTED, CHECKED), REFUSED, who=another_of_the_team, facts={"reason": a_line(300, "Why")}),
    Step("pay", APPROVED, PAID, who=another_of_the_team, primary=True, change=_pay, says="Record as paid",
         rules=(paid_on_a_day_that_has_come,),
         facts={"paid_on": a_day("Paid on"),
                "payment": a_line(60, "Reference of the payment")}),
    Step("withdraw", (DRAFT, SUBMITTED), WITHDRAWN, who=the_claimant),
)  # fmt: skip
