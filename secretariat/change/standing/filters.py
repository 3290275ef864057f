"""What can be asked of urgencies, relations and parts."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.change.standing.models import (
    ASKED,
    NOT_URGENT,
    RECOMMENDED,
    URGENT,
    Part,
    Relation,
    Urgency,
)
from secretariat.core.filters import MonthFilter, TextFilter

STATES = tuple((state, state.capitalize()) for state in (ASKED, RECOMMENDED, URGENT, NOT_URGENT))


class UrgencyFilter(django_filters.FilterSet):
    """Urgencies by words, state and month."""

    text = TextFilter("statement", "proposal__reference", "proposal__title")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    asked_in = MonthFilter("asked_on", label="Asked in")

    class Meta:
        model = Urgency
        fields = ()


class RelationFilter(django_filters.FilterSet):
    """Relations by label and kind."""

    text = TextFilter("proposal__reference", "other__reference", "note")
    kind = django_filters.ChoiceFilter(choices=Relation.Kind.choices, label="Kind")
    since = MonthFilter("from_day", label="Since")

    class Meta:
        model = Relation
        fields = ()


class PartFilter(django_filters.FilterSet):
    """Parts by label, release, and whether they are implemented."""

    text = TextFilter("proposal__reference", "name")
    release = django_filters.CharFilter("release__name", "icontains", label="Release")
    implemented = django_filters.BooleanFilter(method="is_implemented", label="Implemented")

    class Meta:
        model = Part
        fields = ()

    def is_implemented(self, rows: Any, name: str, value: bool) -> Any:
        """The parts that are in the code, or those that are not."""
        return rows.filter(implemented_on__isnull=not value)
