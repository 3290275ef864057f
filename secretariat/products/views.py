"""Pages of the products room: the lists, their versions, and the device models of the Central list."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from secretariat.core.capacities import team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.people import Team
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day, long_date
from secretariat.products.filters import DeviceModelFilter, ListVersionFilter, ProductListFilter
from secretariat.products.forms import DeviceModelForm, ListVersionForm, ProductListForm
from secretariat.products.models import DeviceModel, ListVersion, ProductList

technical_team = team(Team.TECHNICAL)
SHOWN_VERSIONS = 24
SHOWN_MODELS = 100


class ProductLists(ListPage):
    """The lists that the code obliges to be kept."""

    model = ProductList
    word = "product list"
    plural = "product lists"
    columns = (
        Column("code", "Code", "code"),
        Column("name", "List", "name"),
        Column("obligation_reference", "Code section", "obligation_reference"),
        Column("created_by", "Created by", "created_by"),
        Column("published_by", "Published by", "published_by"),
    )
    filters = ProductListFilter
    link = "code"
    order = "position"
    order_words = "in the order of the monthly paper"
    about = "The product lists that the code obliges to be kept, and by whom."
    enters: ClassVar[Who | None] = staticmethod(technical_team)


class ProductListPage(RecordPage):
    """One list: the obligation, and its newest versions."""

    model = ProductList
    word = "product list"
    plural = "product lists"
    key = "code"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: ProductList) -> list[Fact]:
        """The obligation, and who creates and publishes."""
        return [
            Fact("Code section", record.obligation_reference),
            Fact("Obligation", record.obligation),
            Fact("Created by", record.created_by),
            Fact("Published by", record.published_by),
        ]

    def related(self, record: ProductList) -> list[Related]:
        """The newest versions."""
        newest = record.versions.order_by("-number")[:SHOWN_VERSIONS]
        rows: list[tuple[Any, ...]] = [(version.number, long_date(version.published_on)) for version in newest]
        href = f"/list-versions/?list={record.code}"
        return [Related("Newest versions", ("Version", "Published"), rows, "No version is recorded.", href)]


class ProductListEntry(EntryPage):
    """Enters or amends a product list."""

    model = ProductList
    form_class = ProductListForm
    word = "product list"
    plural = "product lists"
    key = "code"
    who: ClassVar[Who] = staticmethod(technical_team)


class ListVersions(ListPage):
    """Every published version of every list."""

    model = ListVersion
    word = "list version"
    plural = "list versions"
    columns = (
        Column("list", "List", "list__code"),
        Column("number", "Version", "number", shown=str, numeric=True),
        Column("published_on", "Published", "published_on"),
        class_column(),
    )
    filters = ListVersionFilter
    order = "-published_on"
    about = "The versions of the product lists that were published."
    empty = "No version of a product list is recorded yet."
    day = "published_on"
    enters: ClassVar[Who | None] = staticmethod(technical_team)
    loads = "list-versions"


class ListVersionPage(RecordPage):
    """One version, and the device models that it added."""

    model = ListVersion
    word = "list version"
    plural = "list versions"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: ListVersion) -> list[Fact]:
        """Its list, number and day."""
        return [
            Fact("List", str(record.list), record.list.get_absolute_url()),
            Fact("Version", str(record.number)),
            Fact("Published", long_date(record.published_on)),
        ]

    def related(self, record: ListVersion) -> list[Related]:
        """The device models that it was the first to hold."""
        added = record.models_added.order_by("entry_id")[:SHOWN_MODELS]
        rows: list[tuple[Any, ...]] = [
            (model.entry_id, model.device_type, model.technical_specification, model.manufacturer, model.model)
            for model in added
        ]
        heads = ("CPL Entry ID", "Device type", "Technical specification", "Manufacturer", "Model")
        return [Related("Device models added", heads, rows, "This version added no device model.")]


class ListVersionEntry(EntryPage):
    """Enters or amends a version."""

    model = ListVersion
    form_class = ListVersionForm
    word = "list version"
    plural = "list versions"
    who: ClassVar[Who] = staticmethod(technical_team)

    def enter(self, record: ListVersion, form: forms.ModelForm[Any], **told: Any) -> None:
        """Refuses a version that is said to be published on a day to come."""
        if record.published_on > local_day(told["recorded"]):
            raise ValidationError("A version is recorded once it is published, not before.")
        super().enter(record, form, **told)


class DeviceModels(ListPage):
    """The device models of the Central Products List."""

    model = DeviceModel
    word = "device model"
    plural = "device models"
    columns = (
        Column("entry_id", "CPL Entry ID", "entry_id"),
        Column("device_type", "Device type", "device_type"),
        Column("technical_specification", "Technical specification", "technical_specification"),
        Column("manufacturer", "Manufacturer", "manufacturer"),
        Column("model", "Model", "model"),
        Column("firmware", "Firmware", "firmware"),
        Column("added", "Added", "added_in__published_on"),
        class_column(),
    )
    filters = DeviceModelFilter
    link = "entry_id"
    order = "-added_in__published_on"
    about = "The device models that versions of the Central Products List added."
    empty = "No device model is recorded yet."
    day = "added_in__published_on"
    enters: ClassVar[Who | None] = staticmethod(technical_team)
    loads = "device-models"


class DeviceModelPage(RecordPage):
    """One device model."""

    model = DeviceModel
    word = "device model"
    plural = "device models"
    key = "entry_id"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: DeviceModel) -> list[Fact]:
        """What identifies the model, and when it was added."""
        added = record.added_in
        return [
            Fact("CPL Entry ID", record.entry_id),
            Fact("Device type", record.device_type),
            Fact("Technical specification", record.technical_specification),
            Fact("Manufacturer", record.manufacturer),
            Fact("Model", record.model),
            Fact("Firmware version", record.firmware),
            Fact("Added by", str(added), added.get_absolute_url(), note=long_date(added.published_on)),
        ]


class DeviceModelEntry(EntryPage):
    """Enters or amends a device model."""

    model = DeviceModel
    form_class = DeviceModelForm
    word = "device model"
    plural = "device models"
    key = "entry_id"
    who: ClassVar[Who] = staticmethod(technical_team)
