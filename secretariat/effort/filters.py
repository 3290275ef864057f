"""Filters of day entries."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.heading_choices import HeadingFilter
from secretariat.effort.models import DRIVERS, DayEntry


class DayEntryFilter(django_filters.FilterSet):
    """Filters of day entries."""

    text = TextFilter("worker__name", "worker__email", "worker_code", "driver__name")
    month = MonthFilter("day", label="Worked in")
    driver = HeadingFilter("driver", DRIVERS, label="Driver")
    group = django_filters.CharFilter("driver__group", lookup_expr="iexact", label="Group of drivers")
    worker = django_filters.CharFilter(method="of_worker", label="Worker (e-mail address or code)")

    class Meta:
        model = DayEntry
        fields = ()

    def of_worker(self, rows: Any, name: str, value: str) -> Any:
        """The entries of one worker."""
        return rows.filter(worker__email__iexact=value) | rows.filter(worker_code__iexact=value)
