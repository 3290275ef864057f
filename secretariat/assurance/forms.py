"""The shape of what is typed into the assurance room."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.assurance.models import Assessment


class AssessmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """An assessment as it is requested; what it reaches is recorded by steps."""

    class Meta:
        model = Assessment
        fields = ("party", "kind", "initial", "opened_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].label = "Requested on"
        if self.instance.pk:
            del self.fields["opened_on"]
