"""Forms of agenda items, standing items and requests."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core import kinds
from secretariat.core.classification import Class
from secretariat.meetings.agenda.models import AgendaItem, Request, StandingItem
from secretariat.meetings.models import PLANNED, Meeting


class AboutForm(forms.ModelForm):  # type: ignore[type-arg]
    """A form that can name the record it is about, by any reference that prose may use."""

    about = forms.CharField(
        required=False, max_length=120, label="About", help_text="A reference, such as MP099; empty for none."
    )

    def clean_about(self) -> Any | None:
        """The record that is named. Raises ValidationError for a reference that names none, or several."""
        text = self.cleaned_data["about"].strip()
        found = kinds.find(text) if text else []
        if text and len(found) != 1:
            raise forms.ValidationError("This names no record, or more than one.")
        return found[0] if found else None


class AgendaItemForm(AboutForm):
    """An item of an agenda; its number is reckoned, and its class and place are changed by steps."""

    meeting = forms.ModelChoiceField(Meeting.objects.filter(state=PLANNED).select_related("committee"))

    class Meta:
        model = AgendaItem
        fields = ("meeting", "title", "act", "minutes", "presenter", "classification")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("meeting", "classification", "about"):
                del self.fields[name]


class StandingItemForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a body has on every agenda; nothing Red, since nobody is named to read it."""

    classification = forms.TypedChoiceField(choices=Class.choices[: Class.RED], coerce=int, label="Class")

    class Meta:
        model = StandingItem
        fields = (
            "committee", "title", "act", "position", "minutes", "presenter", "every", "from_day", "to_day",
            "classification",
        )  # fmt: skip


class RequestForm(AboutForm):
    """What a body is asked to consider; nothing Red, since nobody is named to read it."""

    classification = forms.TypedChoiceField(
        choices=Class.choices[: Class.RED], coerce=int, label="Class", initial=Class.GREEN
    )
    meeting = forms.ModelChoiceField(Meeting.objects.filter(state=PLANNED).select_related("committee"), required=False)

    class Meta:
        model = Request
        fields = ("committee", "meeting", "title", "act", "why", "minutes", "classification")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["about"]

    def clean(self) -> dict[str, Any]:
        """The meeting is the body's. Raises ValidationError."""
        cleaned = super().clean() or {}
        meeting, body = cleaned.get("meeting"), cleaned.get("committee")
        if meeting and body and meeting.committee_id != body.pk:
            self.add_error("meeting", "This meeting is another body's.")
        return cleaned
