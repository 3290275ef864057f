"""The rows of the Central Products List as its entries stand (PRD-10, PRD-11), and the firmware that they tell of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Prefetch

from secretariat.core.classification import Class
from secretariat.products.entries.columns import COLUMNS as ENTRY_COLUMNS
from secretariat.products.entries.columns import as_row
from secretariat.products.models import Certificate, DeviceModel
from secretariat.products.publishing.content import Content, filled

COLUMNS: Final = (*(column.name for column in ENTRY_COLUMNS), "added_on", "to_be_removed_on")
FIRMWARE_COLUMNS: Final = (
    "device_type", "manufacturer", "manufacturer_identifier", "model", "model_identifier", "hardware_version",
    "firmware", "image_hash", "predecessors", "entry_id",
)  # fmt: skip


def central_rows(day: date) -> dict[str, dict[str, str]]:
    """The rows of the list as published on a day, by CPL Entry ID: every public entry on the list now.

    They name what is public of their certificates and predecessors. Three queries, whatever the number of entries.
    """
    told = [
        Prefetch("certificates", Certificate.objects.filter(classification=Class.WHITE)),
        Prefetch("predecessors", DeviceModel.objects.filter(classification=Class.WHITE)),
    ]
    found = DeviceModel.objects.listed().filter(classification=Class.WHITE)
    entries: Iterable[DeviceModel] = found.select_related("added_in").prefetch_related(*told)
    return {entry.entry_id: _row(entry, day) for entry in entries}


def _row(entry: DeviceModel, day: date) -> dict[str, str]:
    first = entry.accepted_on or (entry.added_in.published_on if entry.added_in else day)
    return filled({**as_row(entry), "added_on": first, "to_be_removed_on": entry.removal_on})


def firmware(content: Content) -> list[tuple[str, ...]]:
    """The Firmware Information Repository that a version of the Central list makes: its models by firmware.

    Lines are told under `FIRMWARE_COLUMNS`, in the order of type, manufacturer, model, hardware and firmware.
    """
    return sorted(tuple(row.get(name, "") for name in FIRMWARE_COLUMNS) for row in content.values())
