"""Forms of what a body is for and may do."""

from __future__ import annotations

from django import forms

from secretariat.committees.bodies.models import Delegation, Duty, Recommendation, TermsOfReference


class TermsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A version of the terms of reference with its file."""

    file = forms.FileField(label="The file", help_text="PDF, Word or text.")

    class Meta:
        model = TermsOfReference
        fields = ("committee", "version", "from_day", "changed", "meeting", "classification")
        labels = {"committee": "Body"}


class DutyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A duty of a body."""

    class Meta:
        model = Duty
        fields = ("what", "committee", "from_day", "to_day", "source", "mark")


class DelegationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A delegation of authority; a duty that goes with it is named as in the list of duties."""

    class Meta:
        model = Delegation
        fields = (
            "from_body", "to_body", "to_person", "what", "duty", "how", "from_day", "to_day", "meeting",
            "classification",
        )  # fmt: skip


class RecommendationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A recommendation of one body to another."""

    class Meta:
        model = Recommendation
        fields = ("from_body", "to_body", "what", "reasons", "day", "meeting", "classification")
