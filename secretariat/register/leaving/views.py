"""Pages of exits, Suppliers of Last Resort and their checklists."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.register.forms import offer_own_parties
from secretariat.register.leaving.actions import appoint, withdraw
from secretariat.register.leaving.filters import CheckItemFilter, LastResortFilter, LeavingFilter
from secretariat.register.leaving.forms import LastResortForm, LeavingForm
from secretariat.register.leaving.models import DAY_FIXED, CheckItem, Ground, LastResort, Leaving, Side
from secretariat.register.leaving.procedure import EXITS, party_support, the_party_or_party_support


class Leavings(ListPage):
    """The parties on their way out, and those that went."""

    model = Leaving
    word, plural = "exit", "exits"
    filters = LeavingFilter
    about = "Parties on their way out: their notice, what is outstanding, and the day on which they leave."
    empty = "No party is on its way out. A party's notice to leave, and every other exit, is entered here."
    columns = (
        Column("party", "Party", "party__name"),
        Column("ground", "Ground", "ground", lambda value: str(Ground(value).label)),
        Column("notice", "Notice", "notice_on"),
        Column("leaves", "Leaves", "day"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-notice_on"
    day = "day"
    enters: ClassVar[Who | None] = staticmethod(the_party_or_party_support)


class LeavingPage(RecordPage):
    """One exit."""

    template = "register/exit.html"
    model = Leaving
    word, plural = "exit", "exits"

    def facts(self, record: Leaving) -> list[Fact]:
        """Who leaves and why, its days, and what it still holds."""
        facts = [Fact("Party", record.party.name, record.party.get_absolute_url()),
                 Fact("Ground", record.get_ground_display())]  # fmt: skip
        days = (("Notice", record.notice_on), ("Nothing outstanding since", record.settled_on), ("Leaves", record.day))
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        facts += [Fact("Fixed by", record.meeting)] if record.meeting else []
        missing = record.hubs_missing
        held = "nobody has counted them" if missing is None else f"{missing} of {record.hubs_held} still to come back"
        facts.append(
            Fact("Uninstalled communications hubs", held, "", "Returned to the DCC on leaving (Section F8.7).")
        )
        return facts

    def context(self, record: Leaving) -> dict[str, Any]:
        """Where it is recorded that the party has left, from the day that the Board fixed."""
        today = local_day(self.request.at)
        has_come = record.state == DAY_FIXED and record.day is not None and record.day <= today
        may = has_come and party_support(reader(self.request), record, self.request.at)
        return {"left": reverse("exit-left", args=[record.pk]) if may else ""}


class HasLeft(FormPage):
    """Records that the party has left on the day that the Board fixed: the register and the exit, all or nothing."""

    model = Leaving
    plural = "exits"
    title = button = "Record that it has left"
    who: ClassVar[Who] = staticmethod(party_support)

    def form(self, record: Leaving, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        return forms.Form(data)

    def save(self, record: Leaving, form: forms.Form) -> Leaving:
        """Records it."""
        withdraw(record, **self.told())
        return record

    def context(self, record: Leaving) -> dict[str, Any]:
        """What it does."""
        lost = "Its User Roles end, and its contacts can no longer sign in for it."
        return {"lead": f"{record.party} leaves the register. {lost}"}


class LeavingEntry(EntryPage):
    """Begins an exit; a party's own contact gives its notice."""

    model = Leaving
    form_class = LeavingForm
    word, plural = "exit", "exits"
    who: ClassVar[Who] = staticmethod(the_party_or_party_support)

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> HttpResponse:
        offer_own_parties(form, reader(self.request), self.request.at)
        return super()._form(form, record, status)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the step of its ground."""
        step = "notify" if record.ground == Ground.WITHDRAWAL else "open"
        EXITS.take(step, record, day=form.cleaned_data["day"], **told)


class LastResorts(ListPage):
    """Suppliers of Last Resort."""

    model = LastResort
    word, plural = "supplier of last resort", "suppliers of last resort"
    filters = LastResortFilter
    about = "Suppliers that the Authority appointed in the place of one that failed."
    empty = "No supplier was appointed in the place of another."
    columns = (
        Column("failing", "Failing supplier", "failing__name"),
        Column("appointed", "Supplier of Last Resort", "appointed__name"),
        Column("day", "Appointed on", "appointed_on"),
    )
    order = "-appointed_on"
    day = "appointed_on"
    enters: ClassVar[Who | None] = staticmethod(party_support)


class LastResortPage(RecordPage):
    """One appointment with its three checklists."""

    model = LastResort
    word, plural = "supplier of last resort", "suppliers of last resort"

    def facts(self, record: LastResort) -> list[Fact]:
        """Who failed and who was appointed."""
        facts = [
            Fact("Failing supplier", record.failing.name, record.failing.get_absolute_url()),
            Fact("Appointed", record.appointed.name, record.appointed.get_absolute_url()),
            Fact("Since", long_date(record.appointed_on)),
        ]
        facts += [Fact("Note", record.note)] if record.note else []
        return facts

    def related(self, record: LastResort) -> list[Related]:
        """Each reader's checklist with what is done."""
        readable = record.items.visible_to(reader(self.request), self.request.at)
        rows: dict[str, list[tuple[Any, ...]]] = {side: [] for side in Side}
        for item in readable:
            words = Fact(item.text, "", item.get_absolute_url())
            rows[item.side].append((words, item.state, day_words(item.done_on)))
        empty = "The checklists are read by parties who are signed in."
        return [Related(f"Checklist: {side.label}", ("Item", "State", "Done"), rows[side], empty) for side in Side]


class LastResortEntry(EntryPage):
    """Enters an appointment."""

    model = LastResort
    form_class = LastResortForm
    word, plural = "supplier of last resort", "suppliers of last resort"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it with its checklists."""
        appoint(record, **told)


class CheckItems(ListPage):
    """What is still to do, over all appointments."""

    model = CheckItem
    word, plural = "checklist item", "checklist items"
    filters = CheckItemFilter
    about = "The checklists of Suppliers of Last Resort, item by item."
    columns = (
        Column("failing", "Failing supplier", "event__failing__name"),
        Column("side", "For", "side", lambda value: str(Side(value).label)),
        Column("text", "Item", "text"),
        Column("state", "State", "state"),
        Column("done", "Done", "done_on"),
    )
    order = "event_id"
    order_words = "by appointment"
    day = "done_on"
    who: ClassVar[Who] = staticmethod(secretariat)


class CheckItemPage(RecordPage):
    """One item of a checklist."""

    model = CheckItem
    word, plural = "checklist item", "checklist items"

    def facts(self, record: CheckItem) -> list[Fact]:
        """Whose appointment it belongs to, for whom it is, and whether it is done."""
        facts = [
            Fact("Appointment", str(record.event), record.event.get_absolute_url()),
            Fact("For", record.get_side_display()),
            Fact("Item", record.text),
        ]
        return [*facts, Fact("Done", long_date(record.done_on))] if record.done_on else facts
