"""Filters of newsletters."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.engagement.newsletter.models import APPROVED, DRAFT, SENT, Newsletter


class NewsletterFilter(django_filters.FilterSet):
    """Filters of newsletters."""

    text = TextFilter("title")
    state = django_filters.ChoiceFilter(
        choices=[(state, state.capitalize()) for state in (DRAFT, APPROVED, SENT)], label="State"
    )
    month = MonthFilter("day", label="Month")

    class Meta:
        model = Newsletter
        fields = ()
