"""Filters of minutes, of what was decided, and of the members' comments."""

from __future__ import annotations

import django_filters

from secretariat.committees.filters import BodyFilter
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.meetings.minutes.models import (
    ACCEPTED,
    APPROVED,
    CIRCULATED,
    COMMENTED,
    DECLINED,
    DRAFT,
    MADE,
    PUBLISHED,
    Comment,
    Minute,
    Minutes,
    Outcome,
)

STATES = tuple((one, one.capitalize()) for one in (DRAFT, CIRCULATED, COMMENTED, APPROVED, PUBLISHED))
ANSWERS = tuple((one, one.capitalize()) for one in (MADE, ACCEPTED, DECLINED))


class MinutesFilter(django_filters.FilterSet):
    """Minutes by body, month and state."""

    text = TextFilter("meeting__reference", "meeting__committee__name")
    committee = BodyFilter("meeting__committee")
    month = MonthFilter("meeting__day", label="Meeting in")
    due_in = MonthFilter("due_on", label="To be circulated in")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")

    class Meta:
        model = Minutes
        fields = ()


class DecisionFilter(django_filters.FilterSet):
    """Decisions by their words, body, month and outcome."""

    text = TextFilter("text")
    committee = BodyFilter("minutes__meeting__committee")
    month = MonthFilter("minutes__meeting__day", label="Meeting in")
    outcome = django_filters.ChoiceFilter(choices=Outcome.choices, label="Outcome")

    class Meta:
        model = Minute
        fields = ()


class CommentFilter(django_filters.FilterSet):
    """Comments by their words, body and answer."""

    text = TextFilter("text", "answer")
    committee = BodyFilter("minute__minutes__meeting__committee")
    state = django_filters.ChoiceFilter(choices=ANSWERS, label="State")

    class Meta:
        model = Comment
        fields = ()
