"""Pages of the dictionary of alert codes, and of the inventories of devices."""

from __future__ import annotations

from typing import Any, ClassVar, Unpack

from django import forms

from secretariat.core import journal
from secretariat.core.capacities import secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.procedure import Who
from secretariat.oversight.alerts.actions import receive_inventory
from secretariat.oversight.alerts.filters import AlertCodeFilter, InventoryFilter
from secretariat.oversight.alerts.forms import AlertCodeForm, InventoryForm
from secretariat.oversight.alerts.models import AlertCode, DeviceInventory, Family
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import day_words, long_date


class AlertCodes(ListPage):
    """What alert codes mean."""

    model = AlertCode
    word, plural = "alert code", "alert codes"
    filters = AlertCodeFilter
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Meaning", "name"),
        Column("family", "About", "family", lambda value: str(Family(value).label)),
        Column("goes_to", "Goes to", "goes_to"),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        Column("mark", "How sure", "mark"),
    )
    order = "code"
    order_words = "by code"
    about = "Codes of alerts that devices and the central service send, with who says what they mean."
    empty = "No code is entered. Load the file of codes, or enter one."
    enters: ClassVar[Who | None] = staticmethod(secretariat)
    loads = "alert-codes"


class AlertCodePage(RecordPage):
    """One meaning of a code, and what the code meant at other times."""

    model = AlertCode
    word, plural = "alert code", "alert codes"
    editors: ClassVar[Who | None] = staticmethod(secretariat)

    def facts(self, record: AlertCode) -> list[Fact]:
        """What it means, from when, and how we know."""
        until = f"to {long_date(record.to_day)}" if record.to_day else "until further notice"
        return [
            Fact("Meaning", record.name),
            Fact("About", record.get_family_display()),
            Fact("Made by", record.made_by),
            *([Fact("Goes to", record.goes_to)] if record.goes_to else []),
            Fact("Holds", f"from {long_date(record.from_day)} {until}"),
            Fact("Source", record.source),
            Fact("How sure", record.doubt, note=record.note),
        ]

    def related(self, record: AlertCode) -> list[Related]:
        """Its other meanings."""
        others = AlertCode.objects.filter(code=record.code).exclude(pk=record.pk).order_by("from_day")
        rows: list[tuple[Any, ...]] = [(one.name, long_date(one.from_day), day_words(one.to_day)) for one in others]
        return [Related("At other times", ("Meaning", "From", "Until"), rows, "It never meant anything else.")]


class AlertCodeEntry(EntryPage):
    """Enters or corrects a meaning."""

    model = AlertCode
    form_class = AlertCodeForm
    word, plural = "alert code", "alert codes"
    who: ClassVar[Who] = staticmethod(secretariat)


class DeviceInventories(ListPage):
    """The inventories that were taken in."""

    model = DeviceInventory
    word, plural = "device inventory", "device inventories"
    filters = InventoryFilter
    columns = (
        Column("as_of", "As of", "as_of"),
        Column("rows", "Rows", "rows", numeric=True),
        Column("recorded", "Taken in", "recorded"),
        class_column(),
    )
    order = "-as_of"
    about = "Files of the devices of the estate by model, firmware and region; each takes the place of the one before."
    empty = "No inventory was taken in that you may read of."
    day = "as_of"
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class DeviceInventoryPage(RecordPage):
    """One inventory."""

    model = DeviceInventory
    word, plural = "device inventory", "device inventories"

    def facts(self, record: DeviceInventory) -> list[Fact]:
        """Its day, its rows and its file."""
        facts = [Fact("As of", long_date(record.as_of)), Fact("Rows", f"{record.rows:,}")]
        return facts + ([Fact("File", record.file.name, record.file.get_absolute_url())] if record.file else [])


class DeviceInventoryEntry(EntryPage):
    """Takes an inventory in; every fault is told, and then nothing is kept."""

    model = DeviceInventory
    form_class = InventoryForm
    word, plural = "device inventory", "device inventories"
    who: ClassVar[Who] = staticmethod(operator_or_team)

    def enter(self, record: DeviceInventory, form: forms.ModelForm[Any], **told: Unpack[journal.Told]) -> None:
        """Receives the file."""
        upload = form.cleaned_data["upload"]
        receive_inventory(record, upload.name, upload.read(), **told)
