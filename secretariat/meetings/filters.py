"""Filters of meetings."""

from __future__ import annotations

import django_filters

from secretariat.committees.models import Committee
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.meetings.models import CANCELLED, HELD, PLANNED, Meeting

STATES = tuple((state, state.capitalize()) for state in (PLANNED, HELD, CANCELLED))


class MeetingFilter(django_filters.FilterSet):
    """Filters of meetings."""

    text = TextFilter("reference", "note", "committee__name", "committee__short_name")
    committee = django_filters.ModelChoiceFilter(queryset=Committee.objects.all(), label="Body")
    month = MonthFilter("day", label="Month")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")

    class Meta:
        model = Meeting
        fields = ()
