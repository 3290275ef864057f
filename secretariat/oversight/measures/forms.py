"""The shape of what is typed about measures, their definitions and documents, returns and promises."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.filters import MonthField
from secretariat.oversight.measures.methods import MethodVersion
from secretariat.oversight.measures.models import Commitment, Measure, MeasureDefinition, ServiceLevel, TestTraffic
from secretariat.plain.months import Month


class MeasureForm(forms.ModelForm):  # type: ignore[type-arg]
    """A measure; its code is part of its address."""

    class Meta:
        model = Measure
        fields = ("code", "name", "family", "basis", "period", "lag")


class DefinitionForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a measure means from a day on."""

    class Meta:
        model = MeasureDefinition
        fields = (
            "measure", "version", "from_day", "to_day", "target", "minimum", "composition", "rule", "meaning",
            "source", "mark",
        )  # fmt: skip


class MethodVersionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A version of a document by which levels are reckoned."""

    class Meta:
        model = MethodVersion
        fields = ("document", "version", "drafted_on", "from_day", "changes")


class CommitmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A promise of the DCC."""

    class Meta:
        model = Commitment
        fields = ("measure", "region", "what", "level", "owner", "made_in", "made_on", "due_on")


class ExplanationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Why a level was missed, and the plan by which it is met."""

    class Meta:
        model = ServiceLevel
        fields = ("narrative", "plan", "plan_date")


class ReturnForm(forms.Form):
    """A monthly return: its month, its file, and why it restates levels where it does."""

    month = MonthField(help_text="The month reported, as 2020-02.")
    file = forms.FileField(help_text="CSV (UTF-8) or XLSX; titles and merged heads above the table do no harm.")
    restates = forms.CharField(
        max_length=500, required=False, label="Why levels are restated",
        help_text="Only where the file reports levels again that were reported before.",
    )  # fmt: skip


class TestTrafficForm(forms.ModelForm):  # type: ignore[type-arg]
    """The test commands of a month, so many on each day."""

    __test__ = False
    month = MonthField(help_text="As 2020-02.")
    daily = forms.CharField(
        label="Commands a day", widget=forms.Textarea, help_text="One number for each day, separated by spaces."
    )

    class Meta:
        model = TestTraffic
        fields = ("measure", "region", "month", "hubs", "daily")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["month"] = Month.of(self.instance.month).iso
            self.initial["daily"] = " ".join(str(count) for count in self.instance.daily)

    def clean_month(self) -> Any:
        """The first day of the month typed."""
        month: Month | None = self.cleaned_data["month"]
        return month.first if month else None

    def clean_daily(self) -> list[int]:
        """The numbers typed."""
        words = self.cleaned_data["daily"].replace(",", " ").split()
        if wrong := [word for word in words if not word.isdecimal()]:
            raise forms.ValidationError(f"“{wrong[0]}” is not a number of commands.")
        return [int(word) for word in words]
