"""Claims of expenses: the policy, four eyes, receipts, and who reads them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from secretariat.core.figures import Span
from secretariat.core.journal import Event
from secretariat.core.kinds import find
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import Refused, Rule
from secretariat.effort.budget.models import SpendEntry
from secretariat.effort.expenses.actions import add_item, begin, opened, take_out
from secretariat.effort.expenses.figures import expenses_claims
from secretariat.effort.expenses.models import ExpenseClaim, ExpenseItem
from secretariat.effort.expenses.policy import Limits
from secretariat.effort.expenses.procedure import (
    EXPENSES,
    beyond_limits,
    it_has_items,
    it_is_claimed_in_time,
    nothing_is_claimed_twice,
    paid_on_a_day_that_has_come,
    receipts_are_there,
    what_is_beyond_a_limit_is_explained,
)
from secretariat.plain.months import Month
from secretariat.post.notices import NOTICES
from tests.effort.factories import NOON, person, refused

pytestmark = pytest.mark.django_db
RECEIPT = ("ticket.pdf", b"%PDF-1.4 a ticket")


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    settings.CLOCK = NOON.isoformat()


@pytest.fixture
def member() -> Person:
    return person(Role.COMMITTEE_MEMBER, audience="SECP")


def lead(name: str = "operations") -> Person:
    made = Person.objects.create_user(f"{name}@example.test", name)
    Capacity.objects.create(
        person=made, role=Role.SECRETARIAT, team="operations", from_day=date(2017, 1, 1), recorded=NOON
    )
    return made


def told(by: Person | None, at: datetime = NOON) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": at}


def item(sort: str = "rail", pence: int | None = 4250, day: date = date(2020, 2, 14), **more: Any) -> ExpenseItem:
    told_of: Any = {"sort": sort, "pence": pence, "day": day, "description": f"{sort} to the Panel"}
    return ExpenseItem(**told_of, **more)


def claim(member: Person, *items: ExpenseItem, receipt: Any = RECEIPT, **more: Any) -> ExpenseClaim:
    made = begin(ExpenseClaim(purpose="Panel of February", body="SECP", **more), **told(member))
    for one in items:
        add_item(made, one, receipt, **told(member))
    return made


def test_a_claim_goes_from_the_member_over_two_others_to_the_payment(member: Person) -> None:
    made, checks, approves = (
        claim(member, item(), item("mileage", None, tenths=203), receipt=RECEIPT),
        lead("a"),
        lead("b"),
    )
    assert made.pence == 4250 + 914
    EXPENSES.take("submit", made, **told(member))
    EXPENSES.take("check", made, **told(checks))
    with pytest.raises(Refused, match="nor who checked|neither the claimant"):
        EXPENSES.take("approve", made, **told(checks))
    EXPENSES.take("approve", made, **told(approves))
    with refused(paid_on_a_day_that_has_come):
        EXPENSES.take("pay", made, **told(checks), paid_on=date(2020, 3, 6), payment="BACS 7")
    EXPENSES.take("pay", made, **told(checks), paid_on=date(2020, 3, 5), payment="BACS 7")
    kept = SpendEntry.objects.get()
    assert (kept.reference, kept.pence, kept.category) == (made.reference, 5164, "Panel, Board and Sub-Committees")
    assert str(member) not in kept.description
    assert find(made.reference) == [made]
    grid = expenses_claims.grid(Span.of(Month(2020, 3)))
    assert [str(grid.cell("paid", column).value) for column in ("claims", "pounds")] == ["1", "51.64"]


def test_nobody_decides_on_an_own_claim() -> None:
    own = lead("own")
    made = claim(own, item())
    EXPENSES.take("submit", made, **told(own))
    why: Any = {"reason": "No."}
    for step, facts in (("check", {}), ("refuse", why), ("send_back", why)):
        with pytest.raises(Refused, match="never the claimant"):
            EXPENSES.take(step, made, **told(own), **facts)
    assert made.state == "submitted"


@pytest.mark.parametrize(
    ("items", "broken"),
    [((), it_has_items), ((item("accommodation", 15001),), what_is_beyond_a_limit_is_explained),
     ((item("subsistence", 2000), item("subsistence", 1001)), what_is_beyond_a_limit_is_explained),
     ((item(day=date(2019, 12, 5)),), it_is_claimed_in_time),
     ((item(day=date(2020, 3, 6)),), it_is_claimed_in_time)],
)  # fmt: skip
def test_the_policy_refuses_with_its_sentence(member: Person, items: Any, broken: Rule) -> None:
    kept = [ExpenseItem(sort=one.sort, pence=one.pence, day=one.day, description=f"{n}") for n, one in enumerate(items)]
    made = claim(member, *kept)
    with refused(broken):
        EXPENSES.take("submit", made, **told(member))


def test_an_item_without_its_receipt_is_not_sent_in_and_one_beyond_a_limit_with_a_reason_is(member: Person) -> None:
    made = claim(member, item("accommodation", 16000), receipt=None, beyond_why="The fair was on.")
    with refused(receipts_are_there):
        EXPENSES.take("submit", made, **told(member))
    take_out(made.items.get(), **told(member))
    add_item(made, item("accommodation", 16000), RECEIPT, **told(member))
    EXPENSES.take("submit", made, **told(member))


def test_the_claimant_is_told_why_a_claim_came_back(member: Person) -> None:
    made = claim(member, item())
    EXPENSES.take("submit", made, **told(member))
    event = EXPENSES.take("send_back", made, **told(lead()), reason="The day is wrong.")
    [notice] = NOTICES["expenses_claim.send_back"]
    assert list(notice.to(event, made, NOON)) == [member]
    subject, body = notice.written(event, made, member, NOON)
    assert subject == f"{made.reference} was sent back"
    assert "The day is wrong." in body


def test_a_second_capacity_does_not_let_a_claimant_decide_on_the_own_claim(member: Person) -> None:
    Capacity.objects.create(
        person=member, role=Role.SECRETARIAT, team="operations", from_day=date(2017, 1, 1), recorded=NOON
    )
    made = claim(member, item())
    EXPENSES.take("submit", made, **told(member))
    with pytest.raises(Refused, match="never the claimant"):
        EXPENSES.take("check", made, **told(member))
    EXPENSES.take("check", made, **told(lead("a")))
    with pytest.raises(Refused, match="neither the claimant"):
        EXPENSES.take("approve", made, **told(member))
    EXPENSES.take("approve", made, **told(lead("b")))
    with pytest.raises(Refused, match="never the claimant"):
        EXPENSES.take("pay", made, **told(member), paid_on=NOON.date(), payment="BACS 7")
    with refused(paid_on_a_day_that_has_come):
        EXPENSES.take("pay", made, **told(lead("c")), paid_on=date(2020, 3, 4), payment="BACS 7")


@pytest.mark.parametrize("typed", ["€42.50", "42,50", "EUR 42.50", "42.50 + €3.00", "-42.50", "0"])
def test_an_item_is_claimed_in_pounds_alone_and_above_nought(client: Client, member: Person, typed: str) -> None:
    made = claim(member)
    client.force_login(member)
    told_of = {"sort": "rail", "day": "2020-02-14", "description": "Train", "pence": typed}
    answer = client.post(f"{made.get_absolute_url()}item/", told_of)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert not made.items.exists()


def test_miles_and_meals_are_held_against_the_policy_of_the_day_on_which_they_were(
    member: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rates change on 1 March: what was before is paid by the old ones, whenever it is claimed."""
    old, new = Limits(15000, 3000, 45, 0), Limits(15000, 2000, 40, 0)
    monkeypatch.setattr(Limits, "on", lambda day: old if day < date(2020, 3, 1) else new)
    days = (date(2020, 2, 29), date(2020, 3, 1))
    made = claim(member, *(item("mileage", None, day, tenths=100) for day in days))
    assert list(made.items.order_by("day").values_list("pence", flat=True)) == [450, 400]
    for day in days:
        add_item(made, item("subsistence", 2500, day), RECEIPT, **told(member))
    assert beyond_limits(made) == ["Sun 1 Mar 2020: £25.00 of subsistence; the policy pays up to £20.00."]


def test_the_total_of_a_claim_is_that_of_the_items_shown(client: Client, member: Person) -> None:
    made = claim(member, item(pence=1999), item("subsistence", 1))
    client.force_login(member)
    assert client.get(made.get_absolute_url()).content.decode().count("£20.00") == 2


def test_the_same_item_is_paid_once(member: Person) -> None:
    first, second = claim(member, item()), claim(member, item())
    EXPENSES.take("submit", first, **told(member))
    with refused(nothing_is_claimed_twice):
        EXPENSES.take("submit", second, **told(member))
    EXPENSES.take("refuse", first, **told(lead()), reason="Not for the code.")
    EXPENSES.take("submit", second, **told(member))
    EXPENSES.take("withdraw", second, **told(member))


def test_what_was_sent_in_does_not_change_until_it_is_sent_back(member: Person) -> None:
    made = claim(member, item())
    EXPENSES.take("submit", made, **told(member))
    with pytest.raises(Refused, match="only a draft"):
        add_item(made, item(), RECEIPT, **told(member))
    EXPENSES.take("send_back", made, **told(lead()), reason="The day is wrong.")
    with pytest.raises(Refused, match="claimant alone"):
        add_item(made, item(), RECEIPT, **told(person(Role.SECRETARIAT, "change")))
    with pytest.raises(ValidationError, match="does not hold"):
        add_item(made, item("rail", 100), ("ticket.pdf", b"words"), **told(member))


def test_miles_are_paid_by_the_rulebook_and_nothing_else_has_miles(member: Person) -> None:
    made = claim(member)
    with pytest.raises(ValidationError, match="miles of one"):
        add_item(made, item("rail", 100, tenths=5), **told(member))
    with pytest.raises(Refused, match="Give the amount"):
        add_item(made, item("rail", None), **told(member))
    with pytest.raises(ValidationError, match="are paid with"):
        ExpenseItem(claim=made, sort="mileage", tenths=100, pence=1, day=date(2020, 2, 14), description="x").clean()


def test_a_claim_is_read_by_its_claimant_and_the_operations_team(client: Client, member: Person) -> None:
    made = claim(member, item())
    one = made.items.get()
    readers = {"lead": lead(), "member": member, "change": person(Role.SECRETARIAT, "change"), "nobody": None}
    seen = {name: made in ExpenseClaim.objects.visible_to(who, NOON) for name, who in readers.items()}
    assert seen == {"lead": True, "member": True, "change": False, "nobody": False}
    for name, status in (("lead", 200), ("member", 200), ("change", 404)):
        client.force_login(readers[name])  # type: ignore[arg-type]
        assert client.get(made.get_absolute_url()).status_code == status
        assert client.get(f"/expenses-receipts/{one.pk}/").status_code == status
    assert Event.objects.filter(name="expenseitem.open_receipt").count() == 2


def test_a_receipt_is_sealed_where_it_lies(member: Person, tmp_path: Any) -> None:
    made = claim(member, item())
    assert opened(made.items.get(), **told(member)) == RECEIPT[1]
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and RECEIPT[1] in path.read_bytes()]


def test_the_form_of_an_item_keeps_what_was_typed(client: Client, member: Person) -> None:
    made = claim(member)
    client.force_login(member)
    address = f"{made.get_absolute_url()}item/"
    typed = {"sort": "mileage", "day": "2020-02-14", "description": "To the Panel", "miles": "20.3"}
    answer = client.post(address, typed | {"sort": "rail"})
    assert answer.status_code == 422
    assert b"20.3" in answer.content
    assert client.post(address, typed).status_code == 302
    file = SimpleUploadedFile(*RECEIPT)
    more = {"sort": "rail", "day": "2020-02-14", "description": "Train", "pence": "42.50", "receipt": file}
    assert client.post(address, more).status_code == 302
    assert list(made.items.order_by("pk").values_list("pence", flat=True)) == [914, 4250]
    answer = client.post("/expenses-claims/new/", {"purpose": "SSC", "body": "SSC"})
    assert answer.status_code == 302
    assert ExpenseClaim.objects.get(purpose="SSC").claimant == member


def test_who_acts_in_no_capacity_claims_nothing() -> None:
    with pytest.raises(Refused):
        begin(ExpenseClaim(purpose="Tea"), **told(Person.objects.create_user("x@example.test", "X")))
    with pytest.raises(Refused, match="somebody's"):
        begin(ExpenseClaim(purpose="Tea"), **told(None))
