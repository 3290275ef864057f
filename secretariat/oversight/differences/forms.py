"""The request form of the party differences process, and its rules of engagement."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.capacities import speaks_for
from secretariat.core.people import Person
from secretariat.oversight.differences.models import EngagementRules, PartyDifference
from secretariat.oversight.differences.procedure import operations_team
from secretariat.register.models import PARTY, Party


class PartyDifferenceForm(forms.ModelForm):  # type: ignore[type-arg]
    """The request: with whom, what about, what was tried and what would settle it."""

    class Meta:
        model = PartyDifference
        fields = ("party", "other", "subject", "text", "tried", "wanted")

    def for_person(self, person: Person | None, at: datetime) -> None:
        """Offers the parties that a person may ask for."""
        parties = Party.objects.filter(state=PARTY)
        other: Any = self.fields["other"]
        other.queryset = parties.order_by("-is_dcc", "name")
        if not operations_team(person, None, at):
            parties = parties.filter(pk__in=speaks_for(person, at))
        field: Any = self.fields["party"]
        field.queryset = parties.order_by("name")
        if len(own := list(parties[:2])) == 1:
            field.initial = own[0].pk


class EngagementRulesForm(forms.ModelForm):  # type: ignore[type-arg]
    """A version of the rules of engagement."""

    class Meta:
        model = EngagementRules
        fields = ("version", "from_day", "meeting", "source", "text")
