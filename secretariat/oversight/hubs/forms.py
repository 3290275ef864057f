"""The shape of what is typed about hubs."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.core.filters import MonthField
from secretariat.oversight.hubs.models import (
    ExceptionCategory,
    HubRequest,
    HubStock,
    HubTransfer,
    Intervention,
    RegionStanding,
    TriageBatch,
)
from secretariat.register.parties import Party


class MonthForm(forms.Form):
    """Which month is looked at."""

    month = MonthField(required=False, label="Month", help_text="As 2020-02.")


class CategoryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A category of exceptions."""

    class Meta:
        model = ExceptionCategory
        fields = ("name", "position", "named_in", "confirmed")


class InterventionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something done that should change a series."""

    class Meta:
        model = Intervention
        fields = ("name", "on_day", "by", "category", "region", "said", "source")


class TriageForm(forms.ModelForm):  # type: ignore[type-arg]
    """Hubs that were examined together."""

    class Meta:
        model = TriageBatch
        fields = ("region", "returned_by", "triaged_on", "triaged", "faulty", "source")


class RequestForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was asked of the central service."""

    class Meta:
        model = HubRequest
        fields = ("title", "asked_on", "due_on", "category", "source")


class StandingForm(forms.ModelForm):  # type: ignore[type-arg]
    """How a region stands with a request."""

    class Meta:
        model = RegionStanding
        fields = ("region", "lead", "standing", "since", "note")

    def __init__(self, today: date, **kwargs: Any) -> None:
        super().__init__(initial={"since": today}, **kwargs)


class StockForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a party holds."""

    class Meta:
        model = HubStock
        fields = ("party", "region", "variant", "held_by", "as_at", "hubs")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = Party.objects.order_by("name")  # type: ignore[attr-defined]


class TransferForm(forms.ModelForm):  # type: ignore[type-arg]
    """What goes from a failed supplier's stock."""

    class Meta:
        model = HubTransfer
        fields = ("appointment", "region", "variant", "goes_to", "hubs")
