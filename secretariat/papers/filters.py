"""Filters of the papers' list."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.papers.models import Paper
from secretariat.papers.report import REPORTS


class PaperFilter(django_filters.FilterSet):
    """By report, state and year."""

    report = django_filters.ChoiceFilter(
        field_name="report_name", label="Report", choices=lambda: [(name, one.title) for name, one in REPORTS.items()]
    )
    state = django_filters.ChoiceFilter(
        label="State", choices=[(state, state) for state in ("draft", "reviewed", "signed off", "issued", "restated")]
    )
    year = django_filters.NumberFilter(field_name="first_day", lookup_expr="year", label="Year")

    class Meta:
        model = Paper
        fields: tuple[Any, ...] = ()
