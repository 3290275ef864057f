"""Forms of urgency, relations, parts and adoption."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change.naming.forms import OfProposalForm, by_label
from secretariat.change.standing.models import Part, ProposerSpell, Relation, Urgency
from secretariat.register.models import Party


class UrgencyForm(OfProposalForm):
    """Why a proposal is urgent."""

    class Meta:
        model = Urgency
        fields = ("proposal", "statement")


class RelationForm(OfProposalForm):
    """How one proposal stands to another."""

    class Meta:
        model = Relation
        fields = ("proposal", "kind", "other", "from_day", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = by_label("The other proposal")


class PartForm(OfProposalForm):
    """A part in which a modification is implemented."""

    class Meta:
        model = Part
        fields = ("proposal", "name", "release", "planned_for")


class AdoptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """The withdrawn proposal, and the party that adopts it."""

    class Meta:
        model = ProposerSpell
        fields = ("party",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party = forms.ModelChoiceField(Party.objects.filter(left_on__isnull=True), label="Party that adopts it")
        self.fields = {"proposal": by_label("Withdrawn proposal"), "party": party}
