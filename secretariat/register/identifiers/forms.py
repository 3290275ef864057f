"""Forms of organisations that are no parties, and of identifiers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from secretariat.register.identifiers.models import Allocation, Participant, UserId
from secretariat.register.models import UserRole
from secretariat.register.parties import PARTY, Party


class ParticipantForm(forms.ModelForm):  # type: ignore[type-arg]
    """A Registration Data Provider or a Shared Resource Provider."""

    class Meta:
        model = Participant
        fields = ("name", "key", "kind", "company_number")
        help_texts = {"key": "For its address: small letters, digits and hyphens."}


class AllocationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who gets identifiers: number and range follow from the rulebook."""

    class Meta:
        model = Allocation
        fields = ("party", "participant", "signifier", "allocated_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Party.objects.filter(state=PARTY, allocation__isnull=True)
        self.fields["party"] = forms.ModelChoiceField(free, required=False)
        others = Participant.objects.filter(allocation__isnull=True)
        self.fields["participant"] = forms.ModelChoiceField(others, required=False, label="Or another organisation")

    def clean(self) -> dict[str, Any]:
        """One holder. Raises ValidationError for two or none."""
        told = super().clean() or {}
        if bool(told.get("party")) == bool(told.get("participant")):
            raise ValidationError("Choose a party, or another organisation, and only one of them.")
        return told

    def _post_clean(self) -> None:
        """Number and range are not typed, so the record is checked when it is allocated, not here."""


class UserIdForm(forms.ModelForm):  # type: ignore[type-arg]
    """An identifier that its holder takes into use."""

    roles = forms.ModelMultipleChoiceField(UserRole.objects.all(), widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = UserId
        fields = ("allocation", "identifier", "from_day", "accepted_on")
