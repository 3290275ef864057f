"""The shape of what is typed of observations, readers and evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms

from secretariat.assurance.observations.exchange import COLUMNS
from secretariat.assurance.observations.models import Observation, Purpose

SHEETS = (".csv", ".xlsx")


class ObservationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A draft of an observation."""

    class Meta:
        model = Observation
        fields = ("obligation", "severity", "text", "seen")

    def values(self) -> dict[str, Any]:
        """What was typed, by field."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ListForm(forms.Form):
    """An assessor's list of observations."""

    file = forms.FileField(
        label="List of observations",
        help_text=f"CSV (UTF-8) or XLSX with the columns {', '.join(one.name for one in COLUMNS)} in its first row.",
    )

    def clean_file(self) -> Any:
        """Refuses what is no list."""
        file = self.cleaned_data["file"]
        if Path(file.name).suffix.lower() not in SHEETS:
            raise forms.ValidationError("Choose a CSV or an XLSX file.")
        return file


class EvidenceForm(forms.Form):
    """A file of a case, to be sealed."""

    purpose = forms.ChoiceField(choices=[one for one in Purpose.choices if one[0] != Purpose.LIST], label="What it is")
    file = forms.FileField(help_text="It is encrypted before it is kept. Each opening of it is recorded.")


class ReaderForm(forms.Form):
    """Somebody who is to read what was found."""

    email = forms.EmailField(
        label="E-mail address with which the person signs in",
        help_text="Of the party, the assessor, the body that sets the status, or the secretariat.",
    )
