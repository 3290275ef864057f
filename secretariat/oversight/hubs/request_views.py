"""What was asked about hubs and how each region stands; the stocks of failed suppliers, and their transfers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.oversight.hubs.filters import RequestFilter, StockFilter, TransferFilter
from secretariat.oversight.hubs.forms import RequestForm, StandingForm, StockForm, TransferForm
from secretariat.oversight.hubs.models import Destination, HubRequest, HubStock, HubTransfer, RegionStanding, held
from secretariat.oversight.hubs.views import region_words
from secretariat.oversight.regions import Region
from secretariat.oversight.who import operator_or_team, technical_team
from secretariat.plain.dates import day_words, local_day, long_date


class HubRequests(ListPage):
    """What was asked of the central service."""

    model = HubRequest
    word, plural = "hub request", "hub requests"
    columns = (
        Column("title", "What was asked", "title"),
        Column("asked_on", "Asked", "asked_on"),
        Column("due_on", "Due", "due_on"),
        class_column(),
    )
    filters = RequestFilter
    order = "-asked_on"
    day = "due_on"
    about = "What the Operations Group asked of the DCC about Communications Hubs; each region answers for itself."
    empty = "Nothing is asked for that you may read."
    enters: ClassVar[Who | None] = staticmethod(technical_team)


class HubRequestPage(RecordPage):
    """One request, region by region."""

    model = HubRequest
    word, plural = "hub request", "hub requests"
    template = "oversight/hubs/request.html"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: HubRequest) -> list[Fact]:
        """When it was asked and is due, and the exceptions that it is about."""
        facts = [
            Fact("Asked", day_words(record.asked_on), note=record.source),
            Fact("Due", day_words(record.due_on) or "no day is set"),
        ]
        if record.category is not None:
            facts.append(Fact("About", str(record.category), record.category.get_absolute_url()))
        return facts

    def related(self, record: HubRequest) -> list[Related]:
        """Each region, also one that has told nothing."""
        there = {one.region: one for one in record.standings.all()}
        rows = [standing_row(region, there.get(region.value)) for region in Region]
        return [Related("Region by region", ("Region", "Stands", "Since", "Lead", "Note"), rows, "")]

    def context(self, record: HubRequest) -> dict[str, Any]:
        """Whether the reader may tell how a region stands."""
        return {"may_tell": operator_or_team(reader(self.request), record, self.request.at)}


def standing_row(region: Region, one: RegionStanding | None) -> tuple[Any, ...]:
    """How one region stands, as a row."""
    if one is None:
        return (str(region.label), "nothing told", "", "", "")
    return (str(region.label), one.get_standing_display(), long_date(one.since), one.lead, one.note)


class HubRequestEntry(EntryPage):
    """Enters or amends a request."""

    model = HubRequest
    form_class = RequestForm
    word, plural = "hub request", "hub requests"
    who: ClassVar[Who] = staticmethod(technical_team)


class TellStanding(FormPage):
    """Tells how a region stands with a request; what it told before stays in the request's history."""

    model = HubRequest
    plural = "hub requests"
    title = "Tell how a region stands"
    who: ClassVar[Who] = staticmethod(operator_or_team)

    def form(self, record: HubRequest, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Region, lead, standing and since when."""
        return StandingForm(local_day(self.request.at), data=data)

    def save(self, record: HubRequest, form: Any) -> str:
        """Back to the request."""
        told = form.cleaned_data
        there = record.standings.filter(region=told["region"]).first() or RegionStanding(request=record)
        for name, value in told.items():
            setattr(there, name, value)
        with transaction.atomic():
            journal.save_checked(there)
            journal.record("hubrequest.stands", record, **self.told(), **told)
        return record.get_absolute_url()


class HubStocks(ListPage):
    """Hubs that parties hold."""

    model = HubStock
    word, plural = "hub stock", "hub stocks"
    columns = (
        Column("party", "Party", "party__name"),
        Column("region", "Region", "region", region_words),
        Column("variant", "Variant", "variant"),
        Column("held_by", "Held by", "held_by"),
        Column("as_at", "As at", "as_at"),
        Column("hubs", "Hubs", "hubs", numeric=True),
        class_column(),
    )
    filters = StockFilter
    order = "-as_at"
    day = "as_at"
    about = "Communications Hubs that a party holds and has not installed. A party reads its own."
    empty = "No stock that you may read is told."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class HubStockPage(RecordPage):
    """One stock, with what became of it if its party failed."""

    model = HubStock
    word, plural = "hub stock", "hub stocks"
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: HubStock) -> list[Fact]:
        """Who holds how many of what."""
        return [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("Region", region_words(record.region)),
            Fact("Variant", record.variant or "not told"),
            Fact("Held by", record.held_by or "the party itself"),
            Fact("Hubs", f"{record.hubs:,}", note=f"As at {long_date(record.as_at)}."),
        ]

    def related(self, record: HubStock) -> list[Related]:
        """The appointments of Suppliers of Last Resort for its party, with what is left of the stock."""
        day = local_day(self.request.at)
        found = record.party.failures.visible_to(reader(self.request), self.request.at)
        rows = [
            (one.appointed.name, long_date(one.appointed_on), _count(held(one, record.region, record.variant, day)))
            for one in found.select_related("appointed")
        ]
        heads = ("Supplier of Last Resort", "Appointed", "Hubs left of this region and variant")
        link = f"{reverse('hub transfers')}?text={record.party.name}"
        none = "No Supplier of Last Resort was appointed for this party."
        return [Related("Its failure", heads, rows, none, link), *self._counted(record)]

    def _counted(self, record: HubStock) -> list[Related]:
        """What the register counted when its party left, for those who read that: the two should agree."""
        exits = record.party.leavings.visible_to(reader(self.request), self.request.at).exclude(hubs_held=None)
        rows: list[tuple[Any, ...]] = [
            (str(one), f"{one.hubs_held:,}", f"{one.hubs_returned:,}", f"{one.hubs_missing:,}") for one in exits
        ]
        heads = ("Exit", "Hubs held", "Returned", "Not yet returned")
        return [Related("As the register counted them", heads, rows, "")] if rows else []


def _count(value: int | None) -> str:
    return "not told" if value is None else f"{value:,}"


class HubStockEntry(EntryPage):
    """Enters or amends a stock."""

    model = HubStock
    form_class = StockForm
    word, plural = "hub stock", "hub stocks"
    who: ClassVar[Who] = staticmethod(operator_or_team)


class HubTransfers(ListPage):
    """Transfers from the stock of failed suppliers."""

    model = HubTransfer
    word, plural = "hub transfer", "hub transfers"
    columns = (
        Column("failing", "Failed supplier", "appointment__failing__name"),
        Column("appointed", "Supplier of Last Resort", "appointment__appointed__name"),
        Column("region", "Region", "region", region_words),
        Column("variant", "Variant", "variant"),
        Column("goes_to", "Where to", "goes_to", lambda value: str(Destination(value).label)),
        Column("hubs", "Hubs", "hubs", numeric=True),
        Column("proposed_on", "Proposed", "proposed_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = TransferFilter
    order = "-proposed_on"
    day = "proposed_on"
    about = "Hubs of a failed supplier that go back to the central service, or on to the Supplier of Last Resort."
    empty = "No transfer that you may read is proposed."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class HubTransferPage(RecordPage):
    """One transfer."""

    model = HubTransfer
    word, plural = "hub transfer", "hub transfers"

    def facts(self, record: HubTransfer) -> list[Fact]:
        """From whom to whom, what, and when."""
        facts = [
            Fact("Appointment", str(record.appointment), record.appointment.get_absolute_url()),
            Fact("Where to", record.get_goes_to_display()),
            Fact("Hubs", f"{record.hubs:,}", note=f"{region_words(record.region)} {record.variant}".strip()),
            Fact("Proposed", day_words(record.proposed_on)),
            Fact("Answered", day_words(record.answered_on), note=record.reason),
            Fact("Transferred", day_words(record.transferred_on)),
        ]
        return [one for one in facts if one.value]


class HubTransferEntry(EntryPage):
    """Proposes a transfer."""

    model = HubTransfer
    form_class = TransferForm
    word, plural = "hub transfer", "hub transfers"
    who: ClassVar[Who] = staticmethod(operator_or_team)
    begins = "propose"
