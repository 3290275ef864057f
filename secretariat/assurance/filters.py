"""The choices offered on the list of assessments."""

from __future__ import annotations

import django_filters

from secretariat.assurance.models import Assessment, Kind, State
from secretariat.core.filters import MonthFilter, TextFilter


class AssessmentFilter(django_filters.FilterSet):
    """Choices among assessments."""

    text = TextFilter("party__name", "party__key")
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="Kind")
    state = django_filters.ChoiceFilter(choices=State.choices, label="State")
    initial = django_filters.BooleanFilter(label="Initial")
    opened = MonthFilter("opened_on", label="Opened in")

    class Meta:
        model = Assessment
        fields = ()
