"""The choices offered on the list of weeks."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.effort.weeks.models import CLOSED, OPEN, WeekSheet


class WeekSheetFilter(django_filters.FilterSet):
    """Choices among weeks."""

    text = TextFilter("worker__name", "worker__email", "note")
    state = django_filters.ChoiceFilter(choices=[(one, one) for one in (OPEN, CLOSED)])
    month = MonthFilter("monday", label="Beginning in")

    class Meta:
        model = WeekSheet
        fields = ()
