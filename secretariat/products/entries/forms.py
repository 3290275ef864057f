"""The shape of what is typed about entries: one device model, a file of many, evidence, a specification."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.products.entries.columns import TYPED, EntryColumn
from secretariat.products.models import DeviceType, FirmwareForm, Origin, Specification, SpecificationName

CHOICES = {
    "origin": [("", "SMETS2+, unless chosen"), *Origin.choices],
    "device_type": [("", "Choose one"), *DeviceType.choices],
    "firmware_form": [("", "As the manufacturer's other entries"), *FirmwareForm.choices],
}
LONGEST = 300


class Typed(forms.CharField):
    """A text that is taken as it was typed, and marked as needed or optional; the checks judge it."""

    def validate(self, value: Any) -> None:
        """Nothing is refused here."""


class Chosen(forms.ChoiceField):
    """A choice that is taken as it was typed."""

    def validate(self, value: Any) -> None:
        """Nothing is refused here."""


class EntryForm(forms.Form):
    """One device model as typed. What may be typed is for the checks to judge, so that nothing typed is lost."""

    def __init__(self, *args: Any, asks_submitter: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_submitter:
            self.fields["submitter"] = forms.CharField(
                max_length=120, label="On behalf of", help_text="Your organisation, by name."
            )
        for column in TYPED:
            self.fields[column.name] = self._field(column)

    def _field(self, column: EntryColumn) -> forms.Field:
        told: dict[str, Any] = {"required": column.required, "label": column.label, "help_text": f"{column.help}."}
        known = self._choices(column.name)
        if not known:
            return Typed(max_length=LONGEST, **told)
        typed = str(self.data.get(column.name, "") or self.initial.get(column.name, ""))
        if typed and typed not in dict(known):
            known = [*known, (typed, f"{typed} (as typed)")]
        return Chosen(choices=known, **told)

    def _choices(self, name: str) -> list[tuple[str, str]]:
        if name in CHOICES:
            return [(str(value), str(label)) for value, label in CHOICES[name]]
        rows = Specification.objects.values_list("label", flat=True)
        if name == "gbcs_version":
            return [("", "Choose one"), *((one, one) for one in rows.filter(name=SpecificationName.GBCS))]
        if name == "technical_specification":
            return [("", "Choose one"), *((one, one) for one in rows.exclude(name=SpecificationName.GBCS))]
        return []

    @property
    def typed(self) -> dict[str, str]:
        """What was typed, by column name."""
        return {column.name: self.cleaned_data.get(column.name, "") for column in TYPED}


class CorrectionForm(EntryForm):
    """The content of an entry, and why it is corrected."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(max_length=300, label="Why it is corrected")


class AnswerForm(EntryForm):
    """The answer to a question, and the content of the entry to be put right with it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer = forms.CharField(max_length=2000, widget=forms.Textarea, label="Your answer")
        self.fields = {"answer": answer, **self.fields}


class UploadForm(forms.Form):
    """A file of new entries."""

    submitter = forms.CharField(max_length=120, label="On behalf of", help_text="Your organisation, by name.")
    file = forms.FileField(label="The filled-in form", help_text="XLSX or CSV, with one row for each device model.")


class EvidenceForm(forms.Form):
    """Evidence for an entry."""

    shows = forms.CharField(
        max_length=300, label="What it shows", help_text="Such as: the certified firmware 1.2 is this image."
    )
    file = forms.FileField(required=False, label="The file", help_text="Such as an extract of the release notes.")


class SpecificationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A version of a technical specification."""

    class Meta:
        model = Specification
        fields = ("name", "version", "note")


class SpellForm(forms.Form):
    """From when until when a version of a specification is in force."""

    from_day = forms.DateField(label="In force from")
    to_day = forms.DateField(required=False, label="Until", help_text="Its last day in force; empty if not known.")
    note = forms.CharField(max_length=300, required=False, help_text="What says so, and what is in doubt.")

    def clean(self) -> dict[str, Any]:
        """It does not end before it begins."""
        told = super().clean() or {}
        if told.get("to_day") and told.get("from_day") and told["to_day"] < told["from_day"]:
            self.add_error("to_day", "This is before the first day in force.")
        return told
