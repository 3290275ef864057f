"""Choices among surveys, opt-ins and those who are asked."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.engagement.surveys.models import (
    CLOSED,
    DRAFT,
    DROPPED,
    OPEN,
    OPT_IN,
    PUBLISHED,
    Invitee,
    Kind,
    OptIn,
    Survey,
)

STATES = [(state, state) for state in (DRAFT, OPT_IN, OPEN, CLOSED, PUBLISHED, DROPPED)]


class SurveyFilter(django_filters.FilterSet):
    """Choices among surveys."""

    text = TextFilter("title", "introduction")
    kind = django_filters.ChoiceFilter(choices=Kind.choices)
    state = django_filters.ChoiceFilter(choices=STATES)
    closes_in = MonthFilter("closes_at", of="instant", label="Closes in")

    class Meta:
        model = Survey
        fields = ()


class OptInFilter(django_filters.FilterSet):
    """Choices among opt-ins."""

    text = TextFilter("person__name", "party__name", "survey__title")
    survey = django_filters.NumberFilter("survey_id", label="Survey's number")
    standing = django_filters.BooleanFilter("withdrawn_on", lookup_expr="isnull", label="Stands")

    class Meta:
        model = OptIn
        fields = ()


class InviteeFilter(django_filters.FilterSet):
    """Choices among those who are asked."""

    text = TextFilter("person__name", "party__name", "why")
    survey = django_filters.NumberFilter("survey_id", label="Survey's number")
    has_answered = django_filters.BooleanFilter(label="Answered")

    class Meta:
        model = Invitee
        fields = ()
