"""What can be asked of framework versions, controls, interpretations and the security plan."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.assurance.framework.models import (
    AGREED,
    DONE,
    DROPPED,
    PLANNED,
    PROPOSED,
    REPLACED,
    UNDER_WAY,
    WITHDRAWN,
    Control,
    Framework,
    FrameworkVersion,
    Interpretation,
    PlannedWork,
    Work,
)
from secretariat.core.filters import MonthFilter, TextFilter


def _state(*states: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in states), label="State")


class FrameworkVersionFilter(django_filters.FilterSet):
    """Versions by words, framework and month."""

    text = TextFilter("title", "number", "changed")
    framework = django_filters.ChoiceFilter(choices=Framework.choices, label="Framework")
    from_in = MonthFilter("from_day", label="In force from a day in")

    class Meta:
        model = FrameworkVersion
        fields = ()


class ControlFilter(django_filters.FilterSet):
    """Controls by words, obligation and framework; the present ones alone where asked."""

    text = TextFilter("reference", "title", "says")
    obligation = django_filters.CharFilter(lookup_expr="iexact", label="Obligation")
    framework = django_filters.ChoiceFilter("since__framework", choices=Framework.choices, label="Framework")
    present = django_filters.BooleanFilter(method="is_present", label="In the latest version")

    def is_present(self, rows: Any, name: str, value: bool) -> Any:
        """Those that no version has ended, or those that one has."""
        return rows.filter(until__isnull=value)

    class Meta:
        model = Control
        fields = ()


class InterpretationFilter(django_filters.FilterSet):
    """Interpretations by words, obligation and state."""

    text = TextFilter("number", "question", "says")
    obligation = django_filters.CharFilter(lookup_expr="iexact", label="Obligation")
    state = _state(PROPOSED, AGREED, REPLACED, WITHDRAWN)

    class Meta:
        model = Interpretation
        fields = ()


class PlannedWorkFilter(django_filters.FilterSet):
    """The plan by work, state and month."""

    work = django_filters.ChoiceFilter(choices=Work.choices, label="What")
    state = _state(PLANNED, UNDER_WAY, DONE, DROPPED)
    due_in = MonthFilter("due_on", label="Due in")

    class Meta:
        model = PlannedWork
        fields = ()
