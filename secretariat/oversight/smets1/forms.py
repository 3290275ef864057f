"""The shape of what is typed about SMETS1 devices on their way into the service."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.people import Person
from secretariat.oversight.smets1.models import Cohort, Combination, Criterion, LiveServiceAssessment
from secretariat.products.publishing.models import CombinationReport


class CohortForm(forms.ModelForm):  # type: ignore[type-arg]
    """A cohort."""

    class Meta:
        model = Cohort
        fields = ("code", "name", "makers", "planned_on", "live_on", "source", "verified")


class CombinationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A combination of device models."""

    class Meta:
        model = Combination
        fields = ("cohort", "name", "mode", "models_named", "provider", "operator", "awaiting", "source")


class CriterionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A live-service criterion."""

    class Meta:
        model = Criterion
        fields = ("code", "name", "says", "position", "from_day", "to_day", "source", "verified")


class LiveServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    """An assessment as it is opened."""

    class Meta:
        model = LiveServiceAssessment
        fields = ("combination", "report")

    def for_person(self, person: Person | None, at: datetime) -> None:
        """Offers the combinations and reports that the person may read."""
        for name, rows in (("combination", Combination.objects), ("report", CombinationReport.objects)):
            field: Any = self.fields[name]
            field.queryset = rows.visible_to(person, at)
