"""Forms of minutes: a row as it is typed in the meeting, the headlines, and a member's comment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.committees.ballots.models import Ballot
from secretariat.core.classification import Class
from secretariat.core.people import Person, Team
from secretariat.meetings.agenda.models import WITHDRAWN, AgendaItem
from secretariat.meetings.minutes.models import Comment, Kind, Minute
from secretariat.register.parties import Party

OWNERS = ("person", "team", "organisation")


class MinuteForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row of the minutes; the owner and the day are those of an action.

    Of the agenda and the ballots it offers what its reader may read.
    """

    person = forms.ModelChoiceField(Person.objects.filter(is_active=True), required=False, label="Action: a person")
    team = forms.ChoiceField(choices=[("", "---------"), *Team.choices], required=False, label="Or a team")
    organisation = forms.ModelChoiceField(Party.objects.all(), required=False, label="Or an organisation")
    days = forms.IntegerField(
        required=False, min_value=1, max_value=250, label="Due so many Working Days after the meeting",
        help_text="Without days and without a day it is due by the body's next meeting.",
    )  # fmt: skip
    due = forms.DateField(required=False, label="Or due on", help_text="As 2020-03-20.")
    recipients = forms.ModelMultipleChoiceField(
        Person.objects.filter(is_active=True), required=False, label="Named readers of a Red row"
    )
    take_out = forms.BooleanField(required=False, label="Take this row out: it was typed by mistake")

    class Meta:
        model = Minute
        fields = ("item", "kind", "outcome", "text", "published_class", "votes_for", "votes_against", "abstentions",
                  "ballot")  # fmt: skip

    def __init__(self, *args: Any, reader: Person | None, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.instance.minutes.meeting
        items: Any = self.fields["item"]
        listed: Any = AgendaItem.objects.filter(meeting=meeting).exclude(state=WITHDRAWN)
        items.queryset, items.empty_label = listed.visible_to(reader, at), "None: the meeting as a whole"
        ballots: Any = self.fields["ballot"]
        ballots.queryset = Ballot.objects.filter(committee=meeting.committee).visible_to(reader, at)
        for name in (*OWNERS, "days", "due") if self.instance.pk else ("take_out",):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """An action has one owner, and nothing else has one; a Red row names its readers. Raises ValidationError."""
        cleaned = super().clean() or {}
        owners = sum(bool(cleaned.get(name)) for name in OWNERS)
        is_action = cleaned.get("kind") == Kind.ACTION
        if not self.instance.pk and is_action and owners != 1:
            self.add_error("person", "Name one owner of the action: a person, a team or an organisation.")
        if not is_action and owners:
            self.add_error("kind", "Only an action has an owner.")
        if cleaned.get("published_class") == Class.RED and not (cleaned.get("recipients") or self.instance.pk):
            self.add_error("recipients", "Name who reads a Red row.")
        return cleaned

    @property
    def owner(self) -> dict[str, Any]:
        """Who does the action."""
        return {name: self.cleaned_data[name] for name in OWNERS if self.cleaned_data[name]}


class HeadlinesForm(forms.Form):
    """The White rows of minutes, each with whether it is a headline and in which words."""

    def __init__(self, rows: list[Minute], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"in_{row.pk}"] = forms.BooleanField(
                required=False, initial=row.in_headlines, label=f"{row.get_kind_display()} is a headline"
            )
            self.fields[f"words_{row.pk}"] = forms.CharField(
                required=False, initial=row.headline, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
                label="In other words", help_text=row.text,
            )  # fmt: skip

    def changes(self, row: Minute) -> dict[str, Any]:
        """What the form says of a row."""
        return {"in_headlines": self.cleaned_data[f"in_{row.pk}"], "headline": self.cleaned_data[f"words_{row.pk}"]}


class CommentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A member's comment on a row."""

    class Meta:
        model = Comment
        fields = ("text",)
