"""Forms of invitations, attendance and conflicts of interest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.kinds import find, kind_of
from secretariat.core.people import Person
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.attending.models import Attendance, Capacity
from secretariat.meetings.models import Meeting
from secretariat.post.drafts import may_read

OTHERS = tuple((one.value, one.label) for one in (Capacity.OBSERVER, Capacity.GUEST, Capacity.SECRETARIAT))


class JoiningForm(forms.Form):
    """Where something is held and how to call in."""

    place = forms.CharField(max_length=200, required=False)
    call = forms.CharField(
        max_length=1000, required=False, widget=forms.Textarea, label="How to call in",
        help_text="Read by those invited alone; not kept in the journal.",
    )  # fmt: skip


class MeetingInvitationForm(JoiningForm):
    """Who is invited to a meeting; sending it the first time gives notice of the meeting."""

    members = forms.BooleanField(required=False, initial=True, label="Invite the body's members and their alternates")
    people = forms.ModelMultipleChoiceField(Person.objects.filter(is_active=True), required=False, label="Others")
    come_as = forms.ChoiceField(choices=OTHERS, label="The others come as")
    shorter_agreed = forms.BooleanField(required=False, label="Shorter notice is agreed")


class AttendanceForm(forms.ModelForm):  # type: ignore[type-arg]
    """Somebody for the list of a meeting."""

    class Meta:
        model = Attendance
        fields = ("meeting", "person", "name", "capacity", "seat")


class ConflictForm(forms.Form):
    """A conflict of interest with an item of the agenda, or with any record that the person may read."""

    interest = forms.CharField(widget=forms.Textarea, max_length=2000, label="What the interest is")
    about = forms.CharField(required=False, help_text="The record that it is about, by its reference, such as MP099.")

    def __init__(self, meeting: Meeting, people: Any, person: Person | None, at: datetime, *args: Any) -> None:
        super().__init__(*args)
        self.reading = (person, at)
        items: Any = AgendaItem.objects.filter(meeting=meeting)
        whose = forms.ModelChoiceField(people, label="Whose", initial=person, empty_label=None)
        item = forms.ModelChoiceField(items.visible_to(person, at), required=False, label="Item of the agenda")
        self.fields = {"person": whose, "item": item, **self.fields}

    def clean_about(self) -> Any:
        """The one record that is named, if the person may read it. Raises ValidationError."""
        text: str = self.cleaned_data["about"].strip()
        person, at = self.reading
        found = [one for one in (find(text) if text else []) if may_read(person, kind_of(one), one.pk, at)]
        if text and len(found) != 1:
            raise forms.ValidationError(f"“{text}” names {len(found) or 'no'} records; type a reference of one.")
        return found[0] if found else None

    def told(self) -> dict[str, Any]:
        """What was typed, as the record's fields."""
        about = self.cleaned_data["about"]
        told = {name: self.cleaned_data[name] for name in ("person", "item", "interest")}
        return told | ({"about_kind": kind_of(about), "about_id": about.pk} if about is not None else {})
