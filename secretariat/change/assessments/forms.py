"""Forms of assessments, ideas and requests for information."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change.assessments.models import Assessment, Idea, InformationRequest
from secretariat.change.models import OPEN_STAGES
from secretariat.change.naming.forms import by_label


class _OfOpenProposal(forms.ModelForm):  # type: ignore[type-arg]
    """What is asked on a proposal that is open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposal"] = by_label("Proposal", *OPEN_STAGES)


class AssessmentForm(_OfOpenProposal):
    """A request to the DCC. The day due is asked where no standard timescale gives it."""

    due_on = forms.DateField(
        required=False, label="Due on", help_text="Empty: the standard timescale. Else the day agreed with the DCC."
    )

    class Meta:
        model = Assessment
        fields = ("proposal", "kind", "urgent", "classification", "audience")


class IdeaForm(forms.ModelForm):  # type: ignore[type-arg]
    """An idea that reached us by mail or telephone."""

    submitted_at = forms.DateTimeField(required=False, label="Told at", help_text="Empty: now. Else 2020-02-17 14:30.")

    class Meta:
        model = Idea
        fields = ("title", "text", "from_name", "from_email", "party")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = "The problem, in their own words. No solution is needed."


class InformationRequestForm(_OfOpenProposal):
    """A question to one party, committee or person."""

    due_on = forms.DateField(label="Answer due on")

    class Meta:
        model = InformationRequest
        fields = ("proposal", "party", "asked_of", "question", "due_on", "classification", "audience")
