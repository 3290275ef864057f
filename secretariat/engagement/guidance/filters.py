"""What can be asked of articles."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.engagement.guidance.models import SEEN, UNPUBLISHED, Article, Kind


class ArticleFilter(django_filters.FilterSet):
    """Articles by words, kind, topic, when they were published, and whether they are still in place."""

    text = TextFilter("title", "short", "summary", "body", "topic")
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="Kind")
    topic = django_filters.CharFilter(lookup_expr="iexact", label="Topic")
    published_in = MonthFilter("published_on", label="Published in")
    state = django_filters.ChoiceFilter(choices=[(one, one.capitalize()) for one in (*SEEN, UNPUBLISHED)])

    class Meta:
        model = Article
        fields = ()


class ReviewFilter(django_filters.FilterSet):
    """Articles by owner and by the day on which they are to be looked at again."""

    kind = django_filters.ChoiceFilter(choices=Kind.choices, label="Kind")
    owner = django_filters.CharFilter("owner__name", lookup_expr="icontains", label="Owner")
    by = django_filters.DateFilter("review_on", lookup_expr="lte", label="Due by", help_text="As 2020-02-29.")

    class Meta:
        model = Article
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """Only what is to be looked at again at all."""
        return super().filter_queryset(queryset).filter(review_on__isnull=False)
