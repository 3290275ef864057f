"""The shape of what is typed about faults of registration data."""

from __future__ import annotations

from django import forms

from secretariat.oversight.registration_data.models import DataIssue, Example


class DataIssueForm(forms.ModelForm):  # type: ignore[type-arg]
    """A fault as it is raised."""

    class Meta:
        model = DataIssue
        fields = ("title", "fault", "text", "affects", "source")


class ExampleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A metering point that shows a fault."""

    class Meta:
        model = Example
        fields = ("party", "point", "note", "told_on")


class MendedForm(forms.Form):
    """The examples that were mended, and on which day."""

    examples = forms.ModelMultipleChoiceField(Example.objects.none())
    mended_on = forms.DateField(label="Mended on", help_text="As 2020-03-31.")
