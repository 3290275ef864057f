"""Filters of portal users and of the months of the website."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.heading_choices import HeadingFilter
from secretariat.engagement.models import CATEGORIES, PortalUser, WebsiteMonth


class PortalUserFilter(django_filters.FilterSet):
    """Filters of portal users."""

    text = TextFilter("code", "category__name")
    category = HeadingFilter("category", CATEGORIES, label="Category")
    registered_in = MonthFilter("registered_on", label="Registered in")
    open_on = django_filters.DateFilter(method="of_day", label="Open on", help_text="As 2020-02-29.")

    class Meta:
        model = PortalUser
        fields = ()

    def of_day(self, rows: Any, name: str, value: Any) -> Any:
        """The accounts that are open at the end of a day."""
        return rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=value), registered_on__lte=value)


class WebsiteMonthFilter(django_filters.FilterSet):
    """Filters of the months of the website."""

    month = MonthFilter("month", label="Month")
    from_month = django_filters.DateFilter("month", lookup_expr="gte", label="From", help_text="As 2020-02-01.")

    class Meta:
        model = WebsiteMonth
        fields = ()
