"""The shape of what is typed about incidents and vulnerabilities."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.assurance.incidents.models import SecurityNotice
from secretariat.assurance.incidents.procedure import security_team
from secretariat.core.capacities import speaks_for
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.register.models import Party


class SecurityNoticeForm(forms.ModelForm):  # type: ignore[type-arg]
    """A notice of an incident or a vulnerability; a contact gives it for the party spoken for."""

    class Meta:
        model = SecurityNotice
        fields = ("party", "kind", "clause", "found_at", "keys_compromised", "title", "text")

    def for_person(self, person: Person | None, at: datetime) -> None:
        """Offers the parties that a person may notify for, and the clauses of the rulebook."""
        parties = Party.objects.all()
        if not security_team(person, None, at):
            parties = parties.filter(pk__in=speaks_for(person, at))
        field: Any = self.fields["party"]
        field.queryset = parties.order_by("name")
        if len(own := list(parties[:2])) == 1:
            field.initial = own[0].pk
        clauses = [(one, one) for one in RULEBOOK.text("incident.clauses", at).split("|")]
        self.fields["clause"] = forms.ChoiceField(choices=clauses, label="Notified under")


class ReadersForm(forms.Form):
    """Further readers of a notice."""

    people = forms.ModelMultipleChoiceField(
        Person.objects.filter(is_active=True), help_text="They read the whole notice from now on."
    )
