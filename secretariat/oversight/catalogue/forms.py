"""The shape of what is typed about services."""

from __future__ import annotations

from django import forms

from secretariat.oversight.catalogue.models import ServiceRequest


class ServiceRequestForm(forms.ModelForm):  # type: ignore[type-arg]
    """A variant as it is from a day on."""

    class Meta:
        model = ServiceRequest
        fields = ("reference", "name", "roles", "critical", "on_demand", "future_dated", "scheduled", "from_day",
                  "to_day", "source", "mark")  # fmt: skip
