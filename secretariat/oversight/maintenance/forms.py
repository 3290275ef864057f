"""The shape of what is typed about maintenance."""

from __future__ import annotations

from django import forms

from secretariat.oversight.maintenance.models import MaintenanceWindow


class MaintenanceWindowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A window of maintenance as it is announced."""

    class Meta:
        model = MaintenanceWindow
        fields = ("title", "kind", "region", "affects", "starts_at", "ends_at")
