"""Forms of actions."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.people import Person
from secretariat.meetings.actions.models import Action


class ActionForm(forms.ModelForm):  # type: ignore[type-arg]
    """An action with its owner and its day; of one that is placed, only the words are put right here."""

    days = forms.IntegerField(
        required=False, min_value=1, max_value=250, label="Due so many Working Days after the meeting",
        help_text="Without days and without a day it is due by the body's next meeting.",
    )  # fmt: skip
    due_on = forms.DateField(required=False, label="Or due on", help_text="As 2020-03-20.")
    recipients = forms.ModelMultipleChoiceField(
        Person.objects.filter(is_active=True), required=False, label="Named readers of a Red action"
    )

    class Meta:
        model = Action
        fields = ("committee", "meeting", "what", "person", "team", "organisation", "classification")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields = {"what": self.fields["what"]}


class EvidenceForm(forms.Form):
    """What shows that an action is done."""

    evidence = forms.CharField(max_length=500, help_text="What shows that it is done, and where it is found.")
    file = forms.FileField(required=False, label="The evidence as a file")
