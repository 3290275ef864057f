"""The shape of what is typed about privacy."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.assurance.privacy.models import PrivacyChange, SampleDraw
from secretariat.assurance.privacy.procedure import security_team
from secretariat.assurance.privacy.standing import other_users
from secretariat.core.capacities import speaks_for
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK


class PrivacyChangeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A change for which approval is asked; a contact asks for the party spoken for."""

    class Meta:
        model = PrivacyChange
        fields = ("party", "clause", "title", "text", "planned_for")

    def for_person(self, person: Person | None, at: datetime) -> None:
        """Offers the Other Users that a person may ask for, and the clauses of the rulebook."""
        parties = other_users(at)
        if not security_team(person, None, at):
            parties = parties.filter(pk__in=speaks_for(person, at))
        field: Any = self.fields["party"]
        field.queryset = parties
        if len(own := list(parties[:2])) == 1:
            field.initial = own[0].pk
        clauses = [(one, one) for one in RULEBOOK.text("privacy.change_clauses", at).split("|")]
        self.fields["clause"] = forms.ChoiceField(choices=clauses, label="Process under")


class SampleDrawForm(forms.ModelForm):  # type: ignore[type-arg]
    """A random sample to be drawn."""

    class Meta:
        model = SampleDraw
        fields = ("number", "words")


class MaterialForm(forms.Form):
    """Why a change is material."""

    reason = forms.CharField(max_length=300)
