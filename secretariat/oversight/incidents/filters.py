"""What can be asked of incidents, their problems, causes, reviews and lessons."""

from __future__ import annotations

from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, ReadableFilter, TextFilter
from secretariat.oversight.incidents.models import (
    ACCEPTED,
    AGREED,
    CATEGORIES,
    CLOSED,
    DONE,
    INVESTIGATED,
    MENDED,
    OPEN,
    OPENED,
    REPORTED,
    RESOLVED,
    REVIEWED,
    SUMMARISED,
    UNDERSTOOD,
    UNSOLVED,
    VERIFIED,
    WAITING,
    AgedCategory,
    Incident,
    Lesson,
    MajorReview,
    Problem,
    Side,
)
from secretariat.oversight.regions import Region


def _states(*states: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=[(one, one.capitalize()) for one in states], label="State")


class IncidentFilter(django_filters.FilterSet):
    """Incidents by words, category, side, region, cause, state and month."""

    text = TextFilter("reference", "title", "service", "assignee", "party__name")
    category = django_filters.ChoiceFilter(choices=CATEGORIES, label="Category")
    ever = django_filters.ChoiceFilter(choices=CATEGORIES, method="ever_of", label="Ever of category")
    side = django_filters.ChoiceFilter(choices=Side.choices, label="To be resolved by")
    region = django_filters.ChoiceFilter(choices=Region.choices, label="Region")
    cause = ReadableFilter(AgedCategory, field_name="aged_category", label="Aged incident category")
    problem = django_filters.CharFilter(field_name="problem__reference", lookup_expr="iexact", label="Problem")
    unsolved = django_filters.BooleanFilter(method="not_resolved", label="Not resolved")
    state = _states(OPEN, WAITING, RESOLVED, CLOSED)
    raised_in = MonthFilter("raised_at", of="instant", label="Raised in")
    resolved_in = MonthFilter("resolved_at", of="instant", label="Resolved in")

    class Meta:
        model = Incident
        fields = ()

    def ever_of(self, rows: Any, name: str, value: str) -> Any:
        """Those that were of a category at any time."""
        return rows.filter(categorisations__category=value).distinct()

    def not_resolved(self, rows: Any, name: str, value: bool) -> Any:
        """Those that nobody resolved yet, or the others."""
        return rows.filter(state__in=UNSOLVED) if value else rows.exclude(state__in=UNSOLVED)


class ProblemFilter(django_filters.FilterSet):
    """Problems by words, state and month."""

    text = TextFilter("reference", "title", "cause")
    state = _states(INVESTIGATED, UNDERSTOOD, MENDED)
    raised_in = MonthFilter("raised_on", label="Raised in")

    class Meta:
        model = Problem
        fields = ()


class AgedCategoryFilter(django_filters.FilterSet):
    """Causes by words and side."""

    text = TextFilter("name", "lead", "caveat")
    side = django_filters.ChoiceFilter(choices=Side.choices, label="Assigned to")

    class Meta:
        model = AgedCategory
        fields = ()


class ReviewFilter(django_filters.FilterSet):
    """Reviews by words and state."""

    text = TextFilter("incident__reference", "summary", "findings")
    state = _states(OPENED, SUMMARISED, REPORTED, ACCEPTED, REVIEWED)

    class Meta:
        model = MajorReview
        fields = ()


class LessonFilter(django_filters.FilterSet):
    """Lessons by words, state and the month in which they are due."""

    text = TextFilter("text", "owner", "review__incident__reference")
    state = _states(AGREED, DONE, VERIFIED)
    due_in = MonthFilter("due_on", label="Due in")

    class Meta:
        model = Lesson
        fields = ()
