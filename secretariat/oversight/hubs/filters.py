"""The choices offered on the lists of hubs."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.hubs.models import (
    ACCEPTED,
    DECLINED,
    DONE,
    PROPOSED,
    ExceptionCategory,
    Flow,
    HubCount,
    HubException,
    HubRequest,
    HubStock,
    HubTransfer,
    Intervention,
    TriageBatch,
)
from secretariat.oversight.regions import Region


class MonthlyFilter(django_filters.FilterSet):
    """Choices among monthly counts; those that were superseded are shown when asked for."""

    month = MonthFilter("month", label="Month")
    region = django_filters.ChoiceFilter(choices=Region.choices)
    superseded = django_filters.BooleanFilter(label="With superseded counts", method="with_superseded")

    def with_superseded(self, rows: Any, name: str, value: bool) -> Any:
        """Every count, or the ones that hold."""
        return rows if value else rows.current()


class HubCountFilter(MonthlyFilter):
    """Choices among the counts of hubs."""

    flow = django_filters.ChoiceFilter(choices=Flow.choices, label="What")

    class Meta:
        model = HubCount
        fields = ()


class HubExceptionFilter(MonthlyFilter):
    """Choices among the counts of exceptions."""

    category = django_filters.ModelChoiceFilter(queryset=ExceptionCategory.objects.all())
    text = TextFilter("cause")

    class Meta:
        model = HubException
        fields = ()


class CategoryFilter(django_filters.FilterSet):
    """Choices among the categories of exceptions."""

    text = TextFilter("name", "named_in")
    confirmed = django_filters.BooleanFilter()

    class Meta:
        model = ExceptionCategory
        fields = ()


class InterventionFilter(django_filters.FilterSet):
    """Choices among interventions."""

    text = TextFilter("name", "by", "said")
    took_place = MonthFilter("on_day", label="In month")

    class Meta:
        model = Intervention
        fields = ()


class TriageFilter(django_filters.FilterSet):
    """Choices among triage batches."""

    reported = MonthFilter("triaged_on", label="Reported in")
    region = django_filters.ChoiceFilter(choices=Region.choices)

    class Meta:
        model = TriageBatch
        fields = ()


class RequestFilter(django_filters.FilterSet):
    """Choices among what was asked of the central service."""

    text = TextFilter("title")
    due = MonthFilter("due_on", label="Due in")

    class Meta:
        model = HubRequest
        fields = ()


class StockFilter(django_filters.FilterSet):
    """Choices among stocks."""

    text = TextFilter("party__name", "held_by")
    region = django_filters.ChoiceFilter(choices=Region.choices)
    told = MonthFilter("as_at", label="As at a day of")

    class Meta:
        model = HubStock
        fields = ()


class TransferFilter(django_filters.FilterSet):
    """Choices among transfers of stock."""

    text = TextFilter("appointment__failing__name", "appointment__appointed__name")
    state = django_filters.ChoiceFilter(choices=[(state, state) for state in (PROPOSED, ACCEPTED, DONE, DECLINED)])

    class Meta:
        model = HubTransfer
        fields = ()
