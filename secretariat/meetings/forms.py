"""Forms of meetings and their documents."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.meetings.models import Meeting, MeetingDocument


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A meeting; its reference is reckoned of its body, number and day."""

    class Meta:
        model = Meeting
        fields = ("committee", "day", "starts", "number", "extraordinary", "note", "cause_of_none")
        help_texts = {
            "number": "Leave empty while it is not known.",
            "extraordinary": "0 for a regular meeting; else its place among the extraordinary ones after the number.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["committee"]


class MeetingDocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A document of a meeting, by its address."""

    url = forms.URLField(label="Address", max_length=300, assume_scheme="https", required=False)

    class Meta:
        model = MeetingDocument
        fields = ("meeting", "kind", "classification", "published_on", "url", "note")
