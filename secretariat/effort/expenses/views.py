"""Pages of claims: one's own, and for the operations team everybody's."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import in_a_capacity
from secretariat.core.files import MEDIA_TYPES
from secretariat.core.form_page import FormPage, found
from secretariat.core.journal import Told
from secretariat.core.lists import Column, ListPage, attachment, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.sealed import Unsealable
from secretariat.effort.expenses.actions import add_item, begin, opened, take_out
from secretariat.effort.expenses.filters import ClaimFilter
from secretariat.effort.expenses.forms import ClaimForm, ItemForm, TakeOutForm
from secretariat.effort.expenses.models import DRAFT, ExpenseClaim, ExpenseItem
from secretariat.effort.expenses.policy import Limits
from secretariat.effort.expenses.procedure import beyond_limits, the_claimant
from secretariat.effort.money import pounds
from secretariat.plain.dates import local_day, long_date


class ExpenseClaims(ListPage):
    """The claims that the person may read."""

    model = ExpenseClaim
    word, plural = "expenses claim", "expenses claims"
    filters = ClaimFilter
    about = "Claims of expenses: your own, and for the operations team everybody's."
    empty = "You have no claim. Begin one for what you spent on the code's business."
    columns = (
        Column("id", "Claim", "pk", lambda value: f"EXP-{value:06d}"),
        Column("claimant", "Claimant", "claimant__name"),
        Column("purpose", "For", "purpose"),
        Column("state", "State", "state"),
        Column("submitted_on", "Sent in", "submitted_on"),
        Column("paid_on", "Paid", "paid_on"),
        class_column(),
    )
    order = "-pk"
    day = "submitted_on"
    enters: ClassVar[Who | None] = staticmethod(in_a_capacity)
    who: ClassVar[Who] = staticmethod(in_a_capacity)


class ExpenseClaimPage(RecordPage):
    """One claim: its items against the policy, and where it stands."""

    model = ExpenseClaim
    word, plural = "expenses claim", "expenses claims"
    template = "effort/claim.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def facts(self, record: ExpenseClaim) -> list[Fact]:
        """Who claims, how much, and what the policy says of it."""
        day = max((one.day for one in record.items.all()), default=local_day(self.request.at))
        limits, entry = Limits.on(day), RULEBOOK.entry("expenses.night", day)
        told = (
            f"On {long_date(day)}: a night up to {pounds(limits.night)}, a day's meals up to "
            f"{pounds(limits.subsistence)}, a mile of one's own car {pounds(limits.mile)}; receipts "
            f"above {pounds(limits.receipt)}."
        )
        facts = [
            Fact("Claimant", record.claimant),
            Fact("For", record.purpose, note=record.body),
            Fact("Claimed", pounds(record.pence)),
            Fact("The policy pays", told, note=entry.doubt),
            Fact("Above a limit", " ".join(beyond_limits(record)) or "nothing", note=record.beyond_why),
        ]
        if record.paid_on:
            facts.append(Fact("Paid on", long_date(record.paid_on), note=record.payment))
        return facts

    def related(self, record: ExpenseClaim) -> list[Related]:
        """The items with their receipts."""
        rows: list[tuple[Any, ...]] = [
            (
                one.description, one.get_sort_display(), long_date(one.day), pounds(one.pence),
                Crumb(one.receipt_name, reverse("receipt of an item", args=[one.pk])) if one.receipt_place else "none",
            )
            for one in record.items.visible_to(reader(self.request), self.request.at)
        ]  # fmt: skip
        rows += [("Total", "", "", pounds(record.pence), "")] if rows else []
        return [Related("Items", ("Item", "What", "Spent on", "Amount", "Receipt"), rows, "There is no item yet.")]

    def context(self, record: ExpenseClaim) -> dict[str, Any]:
        """Whether the reader fills it in."""
        person, at = reader(self.request), self.request.at
        told = {"fills": record.state == DRAFT and the_claimant(person, record, at)}
        return told | ({"why_visible": "You read this as the claimant."} if person == record.claimant else {})


class ExpenseClaimEntry(EntryPage):
    """Begins a claim, or puts right what a draft is for."""

    model = ExpenseClaim
    form_class = ClaimForm
    word, plural = "expenses claim", "expenses claims"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def enter(self, record: ExpenseClaim, form: forms.ModelForm[Any], **told: Unpack[Told]) -> None:
        """Takes its first step, as the claimant's own."""
        begin(record, **told)

    def get(self, request: HttpRequest, key: str = "") -> HttpResponse:
        """The form; a claim that is not one's own draft is only shown."""
        record = self._record(key)
        if record is None or self._may_change(record):
            return super().get(request, key)
        return redirect(record.get_absolute_url())

    def post(self, request: HttpRequest, key: str = "") -> HttpResponse:
        """Begins or amends. Raises PermissionDenied for a claim that is not one's own draft."""
        if not self._may_change(self._record(key)):
            raise PermissionDenied("Only one's own draft is changed.")
        return super().post(request, key)

    def _may_change(self, record: Any | None) -> bool:
        person, at = reader(self.request), self.request.at
        return record is None or (record.state == DRAFT and the_claimant(person, record, at))


class AddItem(FormPage):
    """Adds an item to a claim."""

    model = ExpenseClaim
    plural = "expenses claims"
    title = "Add an item"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def form(self, record: ExpenseClaim, data: Any = None, files: Any = None) -> forms.BaseForm:
        """What, when, how much, and the receipt."""
        return ItemForm(data, files)

    def save(self, record: ExpenseClaim, form: Any) -> Any:
        """Back to the claim."""
        kept = form.cleaned_data["receipt"]
        receipt = (kept.name, kept.read()) if kept else None
        add_item(record, form.instance, receipt, **self.told())
        return record


class TakeOutItem(FormPage):
    """Takes an item out of a claim."""

    model = ExpenseClaim
    plural = "expenses claims"
    title = "Take an item out"
    button = "Take it out"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def form(self, record: ExpenseClaim, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Which item."""
        return TakeOutForm(record, data)

    def save(self, record: ExpenseClaim, form: Any) -> Any:
        """Back to the claim."""
        take_out(form.cleaned_data["item"], **self.told())
        return record


class Receipt(Page):
    """Opens a receipt; every opening is journalled."""

    model = ExpenseItem
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The file, for the claimant and the operations team."""
        item = found(ExpenseItem, key, self)
        if not item.receipt_place:
            raise Http404("This item has no receipt.")
        try:
            content = opened(item, **self.told())
        except Unsealable as error:
            raise Http404(f"The receipt cannot be opened. {error}") from error
        ending = f".{item.receipt_name.rpartition('.')[2].lower()}"
        return attachment(content, MEDIA_TYPES[ending], item.receipt_name)
