"""The choices offered on the lists of cases and of conditions."""

from __future__ import annotations

import django_filters

from secretariat.assurance.cases.ball import Holder
from secretariat.assurance.cases.models import Condition, ConditionState
from secretariat.assurance.models import Assessment, Frame, Kind, State
from secretariat.core.filters import MonthFilter, TextFilter


class AssessmentFilter(django_filters.FilterSet):
    """Choices among assessments."""

    text = TextFilter("party__name", "party__key")
    frame = django_filters.ChoiceFilter(choices=Frame.choices, label="What is assessed")
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="Kind")
    state = django_filters.ChoiceFilter(choices=State.choices, label="State")
    holder = django_filters.ChoiceFilter(choices=Holder.choices, label="Waiting on")
    initial = django_filters.BooleanFilter(label="Initial")
    opened = MonthFilter("opened_on", label="Opened in")

    class Meta:
        model = Assessment
        fields = ()


class ConditionFilter(django_filters.FilterSet):
    """Choices among the conditions of statuses."""

    text = TextFilter("text", "assessment__party__name")
    state = django_filters.ChoiceFilter(choices=ConditionState.choices, label="State")
    due = MonthFilter("due", label="To be met in")

    class Meta:
        model = Condition
        fields = ()
