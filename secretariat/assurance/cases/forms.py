"""The shape of what is typed into a case."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.assurance.cases.models import Condition
from secretariat.assurance.cases.statuses import FOLLOWED
from secretariat.assurance.models import ENDED, STATUSES, Assessment
from secretariat.core.rulebook import RULEBOOK


class AssessmentForm(forms.ModelForm):  # type: ignore[type-arg]
    """An assessment as it is requested; what it reaches is recorded by steps."""

    class Meta:
        model = Assessment
        fields = ("party", "kind", "initial", "follows", "scope", "opened_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].label = "Requested on"
        if self.instance.pk:
            for name in ("party", "kind", "follows", "opened_on"):
                del self.fields[name]
            return
        asked: Any = self.fields["follows"]
        asked.queryset = to_be_followed()
        asked.label = "Follows the assessment"


def to_be_followed() -> Any:
    """The cases whose status, by any of the rulebook's words for it, is one that a follow-up comes after (SEC-9)."""
    words = {word for entry in RULEBOOK.entries[FOLLOWED] for word in str(entry.value).split("|")}
    rows = Assessment.objects.filter(milestones__kind__in=STATUSES, milestones__detail__in=words)
    return rows.exclude(followed_by__in=Assessment.objects.exclude(state__in=ENDED)).select_related("party").distinct()


class ConditionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A step to which a status is subject."""

    class Meta:
        model = Condition
        fields = ("text", "due")
