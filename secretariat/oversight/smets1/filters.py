"""What can be asked of SMETS1 cohorts, combinations, returns, criteria and assessments."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, ReadableFilter, TextFilter
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


class CohortFilter(django_filters.FilterSet):
    """Cohorts by words."""

    text = TextFilter("code", "name", "makers")

    class Meta:
        model = Cohort
        fields = ()


class CombinationFilter(django_filters.FilterSet):
    """Combinations by words, cohort and mode."""

    text = TextFilter("name", "models_named", "provider", "operator")
    cohort = ReadableFilter(Cohort, to_field_name="code", label="Cohort")
    mode = django_filters.ChoiceFilter(choices=Mode.choices, label="Mode")

    class Meta:
        model = Combination
        fields = ()


class MigrationReturnFilter(django_filters.FilterSet):
    """Returns by combination and month, restated ones among them or not."""

    combination = ReadableFilter(Combination, label="Combination")
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
    cohort = ReadableFilter(Cohort, field_name="combination__cohort", to_field_name="code", label="Cohort")
    state = django_filters.ChoiceFilter(choices=[(one, one.capitalize()) for one in STATES], label="State")
    opened_in = MonthFilter("opened_on", label="Opened in")

    class Meta:
        model = LiveServiceAssessment
        fields = ()
