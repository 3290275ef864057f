"""The shape of what is asked about devices."""

from __future__ import annotations

from typing import Any

from django import forms

MOST_MEGABYTES = 2


class CheckForm(forms.Form):
    """A file of devices and the day asked about."""

    file = forms.FileField(
        label="Your devices", help_text=f"CSV (UTF-8) or XLSX, up to {MOST_MEGABYTES} MB, with one device a row."
    )
    day = forms.DateField(label="On the list on")
    answer = forms.ChoiceField(
        choices=[("page", "Show it here"), ("csv", "As a CSV file")], initial="page", label="The answer"
    )

    def clean_file(self) -> Any:
        """The file. Raises ValidationError where it is too large."""
        given = self.cleaned_data["file"]
        if given.size > MOST_MEGABYTES * 2**20:
            raise forms.ValidationError(f"It is larger than {MOST_MEGABYTES} MB. Leave only the columns asked for.")
        return given
