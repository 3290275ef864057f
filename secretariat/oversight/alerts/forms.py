"""The shape of what is typed about alerts."""

from __future__ import annotations

from django import forms

from secretariat.oversight.alerts.models import AlertCode, DeviceInventory


class AlertCodeForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a code means, from when, and how we know."""

    class Meta:
        model = AlertCode
        fields = ("code", "name", "family", "goes_to", "from_day", "to_day", "source", "mark", "note")


class InventoryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A file of devices, and the day up to which it tells of them."""

    upload = forms.FileField(
        label="File",
        help_text="CSV or XLSX with the columns device, device_type, entry_id, region, hub, from_day, to_day, "
        "installed_on and removed_on; a row for each device and firmware.",
    )

    class Meta:
        model = DeviceInventory
        fields = ("as_of",)
