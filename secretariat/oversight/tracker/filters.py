"""The choices offered on the tracker and on the moves of its dates."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.regions import Region
from secretariat.oversight.tracker.models import (
    FIXED,
    OPEN,
    SET_ASIDE,
    Behaviour,
    Owner,
    PlanMove,
    TrackerEntry,
)
from secretariat.products.models import DeviceType


class TrackerEntryFilter(django_filters.FilterSet):
    """Choices among the entries of the tracker."""

    text = TextFilter("manufacturer", "model", "firmware", "alert_code", "description", "owner_party__name")
    state = django_filters.ChoiceFilter(choices=[(state, state) for state in (*OPEN, FIXED, SET_ASIDE)])
    is_open = django_filters.BooleanFilter(label="Not over", method="still_open")
    region = django_filters.ChoiceFilter(choices=Region.choices)
    device_type = django_filters.ChoiceFilter(choices=DeviceType.choices, label="Device type")
    behaviour = django_filters.ChoiceFilter(choices=Behaviour.choices)
    owner = django_filters.ChoiceFilter(choices=Owner.choices)
    alert_code = django_filters.CharFilter(lookup_expr="iexact", label="Alert code")

    class Meta:
        model = TrackerEntry
        fields = ()

    def still_open(self, rows: Any, name: str, value: bool) -> Any:
        """Those that are not over, or those that are."""
        return rows.filter(state__in=OPEN) if value else rows.exclude(state__in=OPEN)


class PlanMoveFilter(django_filters.FilterSet):
    """Choices among the moves of plans' dates."""

    text = TextFilter("reason", "date__entry__manufacturer", "date__entry__model", "date__entry__alert_code")
    moved = MonthFilter("moved_on", label="Moved in")
    entry = django_filters.NumberFilter("date__entry__number", label="Entry's number")

    class Meta:
        model = PlanMove
        fields = ()
