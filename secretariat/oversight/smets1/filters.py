"""What can be asked of SMETS1 cohorts, combinations, returns, criteria and assessments."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.smets1.models import (
    APPROVED,
    BEING_RATED,
    ENDORSED,
    LIVE,
    REFUSED,
    SETTLED,
    SUBMITTED,
    Cohort,
    Combination,
    Criterion,
    LiveServiceAssessment,
    MigrationReturn,
    Mode,
)

STATES = (BEING_RATED, SUBMITTED, ENDORSED, APPROVED, LIVE, SETTLED, REFUSED)


def _cohorts(request: Any) -> Any:
    """The cohorts that the person who asks may read of."""
    rows: Any = Cohort.objects
    return rows.visible_to(request.user, request.at) if request is not None else rows.none()


def _combinations(request: Any) -> Any:
    """The combinations that the person who asks may read of."""
    rows: Any = Combination.objects
    return rows.visible_to(request.user, request.at) if request is not None else rows.none()


class CohortFilter(django_filters.FilterSet):
    """Cohorts by words."""

    text = TextFilter("code", "name", "makers")

    class Meta:
        model = Cohort
        fields = ()


class CombinationFilter(django_filters.FilterSet):
    """Combinations by words, cohort and mode."""

    text = TextFilter("name", "models_named", "provider", "operator")
    cohort = django_filters.ModelChoiceFilter(queryset=_cohorts, to_field_name="code", label="Cohort")
    mode = django_filters.ChoiceFilter(choices=Mode.choices, label="Mode")

    class Meta:
        model = Combination
        fields = ()


class MigrationReturnFilter(django_filters.FilterSet):
    """Returns by combination and month, restated ones among them or not."""

    combination = django_filters.ModelChoiceFilter(queryset=_combinations, label="Combination")
    ends_in = MonthFilter("last_day", label="Days end in")
    restated = django_filters.BooleanFilter(label="Superseded by a later return")

    class Meta:
        model = MigrationReturn
        fields = ()


class CriterionFilter(django_filters.FilterSet):
    """Criteria by words."""

    text = TextFilter("code", "name", "says")

    class Meta:
        model = Criterion
        fields = ()


class LiveServiceFilter(django_filters.FilterSet):
    """Assessments by combination, cohort and state."""

    text = TextFilter("combination__name", "recommendation", "endorsed_in", "decided_in")
    cohort = django_filters.ModelChoiceFilter(
        field_name="combination__cohort", queryset=_cohorts, to_field_name="code", label="Cohort"
    )
    state = django_filters.ChoiceFilter(choices=[(one, one.capitalize()) for one in STATES], label="State")
    opened_in = MonthFilter("opened_on", label="Opened in")

    class Meta:
        model = LiveServiceAssessment
        fields = ()
