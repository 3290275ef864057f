"""Forms of meetings and their documents."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.meetings.models import Meeting, MeetingDocument
from secretariat.meetings.series.clashes import clashes

BODY = {"committee": "Body"}
"""What lists, filters and records' pages call it."""


class ClashForm(forms.ModelForm):  # type: ignore[type-arg]
    """Base of forms that plan a meeting: one that clashes is planned when that is said, and not before."""

    despite_clash = forms.BooleanField(required=False, label="Plan it despite the clash", widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Warns of meetings at the same hour with the same members, once; the answer is a tick of its own."""
        cleaned = super().clean() or {}
        if not self.instance.pk and cleaned.get("committee") and cleaned.get("day"):
            values = {name: cleaned.get(name) for name in ("committee", "day", "starts", "ends")}
            found = clashes(Meeting(**values))
            if found:
                self.fields["despite_clash"].widget = forms.CheckboxInput()
            if found and not cleaned.get("despite_clash"):
                self.add_error(None, [clash.sentence for clash in found])
        return cleaned


class MeetingForm(ClashForm):
    """A meeting; its reference is reckoned of its body, number and day."""

    class Meta:
        model = Meeting
        fields = ("committee", "day", "starts", "ends", "number", "extraordinary", "note", "cause_of_none")
        labels = BODY
        help_texts = {
            "number": "Leave empty while it is not known.",
            "extraordinary": "0 for a regular meeting; else its place among the extraordinary ones after the number.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["committee"], self.fields["despite_clash"]


class ExtraordinaryForm(ClashForm):
    """A meeting between the regular ones; which it is after which number is reckoned from its day."""

    class Meta:
        model = Meeting
        fields = ("committee", "day", "starts", "ends", "note")
        labels = BODY


class MeetingDocumentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A document of a meeting, by its address."""

    url = forms.URLField(label="Address", max_length=300, assume_scheme="https", required=False)

    class Meta:
        model = MeetingDocument
        fields = ("meeting", "kind", "classification", "published_on", "url", "note")
