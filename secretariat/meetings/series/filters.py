"""What can be asked of series of meetings."""

from __future__ import annotations

import django_filters

from secretariat.committees.filters import BodyFilter
from secretariat.meetings.series.models import ENDED, RUNNING, Series

STATES = tuple((state, state.capitalize()) for state in (RUNNING, ENDED))


class SeriesFilter(django_filters.FilterSet):
    """Series by body and state."""

    committee = BodyFilter()
    state = django_filters.ChoiceFilter(choices=STATES, label="State")

    class Meta:
        model = Series
        fields = ()
