"""Choices among extracts of alerts."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter
from secretariat.oversight.readings.models import AlertExtract


class ExtractFilter(django_filters.FilterSet):
    """By the month of the alerts."""

    month = MonthFilter("month", label="Month of the alerts")

    class Meta:
        model = AlertExtract
        fields = ()
