"""What can be asked of measures, definitions, returns, levels, promises and test traffic."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.measures.levels import Status
from secretariat.oversight.measures.methods import MethodDocument, MethodVersion
from secretariat.oversight.measures.models import (
    KEPT,
    MISSED,
    NOTED,
    OPEN,
    QUERIED,
    RECEIVED,
    WITHDRAWN,
    Commitment,
    Measure,
    MeasureDefinition,
    PerformanceReturn,
    ServiceLevel,
    TestTraffic,
)
from secretariat.oversight.measures.terms import Family
from secretariat.oversight.regions import Region


def _states(*states: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=[(one, one.capitalize()) for one in states], label="State")


def _measure(name: str = "measure") -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=name, queryset=Measure.objects.all(), to_field_name="code", label="Measure"
    )


class MeasureFilter(django_filters.FilterSet):
    """Choices among measures."""

    text = TextFilter("code", "name")
    family = django_filters.ChoiceFilter(choices=Family.choices, label="Family")

    class Meta:
        model = Measure
        fields = ()


class DefinitionFilter(django_filters.FilterSet):
    """Choices among definitions."""

    measure = _measure()
    family = django_filters.ChoiceFilter(field_name="measure__family", choices=Family.choices, label="Family")
    begins = MonthFilter("from_day", label="In force from")

    class Meta:
        model = MeasureDefinition
        fields = ()


class MethodVersionFilter(django_filters.FilterSet):
    """Choices among the versions of the documents."""

    document = django_filters.ChoiceFilter(choices=MethodDocument.choices, label="Document")
    text = TextFilter("version", "changes")

    class Meta:
        model = MethodVersion
        fields = ()


class ReturnFilter(django_filters.FilterSet):
    """Choices among returns."""

    month = MonthFilter("month", label="Month reported")
    state = _states(RECEIVED, QUERIED, NOTED)

    class Meta:
        model = PerformanceReturn
        fields = ()


class ServiceLevelFilter(django_filters.FilterSet):
    """Choices among reported levels."""

    measure = _measure()
    region = django_filters.ChoiceFilter(choices=Region.choices, label="Region")
    month = MonthFilter("month", label="Month reported")
    status = django_filters.ChoiceFilter(choices=Status.choices, label="Standing")
    family = django_filters.ChoiceFilter(field_name="measure__family", choices=Family.choices, label="Family")
    restated = django_filters.BooleanFilter("superseded_in", lookup_expr="isnull", exclude=True, label="Restated")

    class Meta:
        model = ServiceLevel
        fields = ()


class CommitmentFilter(django_filters.FilterSet):
    """Choices among promises."""

    measure = _measure()
    state = _states(OPEN, KEPT, MISSED, WITHDRAWN)
    due = MonthFilter("due_on", label="Due in")
    text = TextFilter("what", "owner", "made_in")

    class Meta:
        model = Commitment
        fields = ()


class TestTrafficFilter(django_filters.FilterSet):
    """Choices among the months of test traffic."""

    __test__ = False
    measure = _measure()
    region = django_filters.ChoiceFilter(choices=Region.choices, label="Region")
    month = MonthFilter("month", label="Month")

    class Meta:
        model = TestTraffic
        fields = ()
