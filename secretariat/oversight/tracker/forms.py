"""The shape of what is typed about an entry of the tracker."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from secretariat.oversight.tracker.models import BeforeAfter, Impact, PlanDate, TrackerEntry
from secretariat.products.models import DeviceModel
from secretariat.register.parties import Party


class TrackerEntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A device model by an alert code, with what is known of both."""

    class Meta:
        model = TrackerEntry
        fields = (
            "device_type", "manufacturer", "model", "firmware", "region", "alert_code", "behaviour", "description",
            "cause", "owner", "owner_party", "reported_by", "source",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_party"].queryset = Party.objects.order_by("name")  # type: ignore[attr-defined]


class ListedForm(forms.Form):
    """Which entries of the Central Products List the devices are."""

    entry_ids = forms.CharField(
        required=False, label="CPL Entry IDs", widget=forms.Textarea, help_text="Separated by commas or new lines."
    )

    def clean_entry_ids(self) -> list[DeviceModel]:
        """The entries with these ids. Raises ValidationError naming those that are not there."""
        typed = dict.fromkeys(self.cleaned_data["entry_ids"].replace(",", " ").split())
        found = {one.entry_id: one for one in DeviceModel.objects.filter(entry_id__in=typed)}
        unknown = [one for one in typed if one not in found]
        if unknown:
            raise forms.ValidationError(f"The Central Products List has no entry {', '.join(unknown)}.")
        return list(found.values())


class ImpactForm(forms.ModelForm):  # type: ignore[type-arg]
    """Whom it hurts."""

    class Meta:
        model = Impact
        fields = ("on_whom", "what", "weight")


class PartForm(forms.ModelForm):  # type: ignore[type-arg]
    """A part of the plan."""

    class Meta:
        model = PlanDate
        fields = ("work", "due_on", "note")


class _PartChoice(forms.Form):
    part = forms.ModelChoiceField(PlanDate.objects.none(), label="Part of the plan", empty_label=None)

    def __init__(self, entry: TrackerEntry, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["part"].queryset = entry.plan.filter(done_on__isnull=True)  # type: ignore[attr-defined]


class MoveForm(_PartChoice):
    """A date of the plan that moves, and why."""

    new = forms.DateField(required=False, label="New day", help_text="Leave empty while no day is confirmed.")
    reason = forms.CharField(max_length=300, label="Why it moves")


class DoneForm(_PartChoice):
    """On which day a part of the plan was done."""

    day = forms.DateField(label="Done on")

    def __init__(self, entry: TrackerEntry, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(entry, *args, initial={"day": today}, **kwargs)


class MeasurementForm(forms.ModelForm):  # type: ignore[type-arg]
    """What was measured before and after."""

    class Meta:
        model = BeforeAfter
        fields = (
            "asked", "before_from", "before_to", "alerts_before", "devices_before", "after_from", "after_to",
            "alerts_after", "devices_after", "control", "low", "high", "taken_on",
        )  # fmt: skip
