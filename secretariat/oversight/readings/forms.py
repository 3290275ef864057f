"""The shape of what is typed about an extract of alerts."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.filters import MonthField
from secretariat.oversight.readings.models import AlertExtract


class ExtractForm(forms.ModelForm):  # type: ignore[type-arg]
    """A file of alerts, and of which month or day it is."""

    month = MonthField(help_text="The month in which the alerts were received, as 2020-02.")
    upload = forms.FileField(
        label="File",
        help_text="CSV with the columns received_at, device, alert_code and, if it has them, recipient and "
        "throttled_count; or XML messages of the gateway.",
    )

    class Meta:
        model = AlertExtract
        fields = ("month", "day", "clock", "restates")

    def clean_month(self) -> Any:
        """The first day of the month."""
        return self.cleaned_data["month"].first
