"""What the numbers of models, firmware and regions in measurement data are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from secretariat.oversight.alerts.inventory import Numbers
from secretariat.oversight.alerts.models import DeviceInventory
from secretariat.oversight.readings.layout import REGIONS
from secretariat.oversight.regions import Region
from secretariat.products.models import DeviceModel

_REGIONS = {REGIONS[one.value]: str(one.label) for one in Region}
UNKNOWN = "Not in the inventory"


def region_name(number: int) -> str:
    """A region by its number; devices in no inventory have none."""
    return _REGIONS.get(number, UNKNOWN)


@dataclass(frozen=True)
class Names:
    """The names of models and of their firmware by number; a number without a name is told as it is."""

    models: Mapping[int, str] = field(default_factory=dict)
    firmwares: Mapping[int, str] = field(default_factory=dict)

    def model(self, number: int) -> str:
        """A model."""
        return self.models.get(number, f"Model {number}" if number else UNKNOWN)

    def firmware(self, number: int) -> str:
        """A firmware."""
        return self.firmwares.get(number, f"Firmware {number}" if number else UNKNOWN)


def known_names() -> Names:
    """The names that the Central Products List gives, where the inventory's numbers are its own."""
    if not DeviceInventory.objects.exists():
        return Names()
    entries, numbers = list(DeviceModel.objects.order_by("pk")), entry_numbers()
    models = {numbers[one.entry_id].model: f"{one.manufacturer} {one.model}" for one in entries}
    return Names(models, {one.pk: f"{one.firmware} (CPL Entry ID {one.entry_id})" for one in entries})


def entry_numbers() -> dict[str, Numbers]:
    """The numbers of every entry of the list: the firmware's is the entry's own, the model's that of its first entry.

    Entries are of one model where type, manufacturer, model and hardware version are the same.
    """
    first: dict[tuple[str, ...], int] = {}
    found = {}
    for one in DeviceModel.objects.order_by("pk"):
        same = (one.device_type, one.manufacturer, one.model, one.hardware_version)
        found[one.entry_id] = Numbers(first.setdefault(same, one.pk), one.pk, one.device_type)
    return found
