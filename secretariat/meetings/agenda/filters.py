"""Filters of agenda items, standing items and requests."""

from __future__ import annotations

import django_filters

from secretariat.committees.filters import BodyFilter
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.meetings.agenda.models import (
    ACCEPTED,
    ASKED,
    DECLINED,
    LISTED,
    WITHDRAWN,
    Act,
    AgendaItem,
    Request,
    StandingItem,
)


class AgendaItemFilter(django_filters.FilterSet):
    """Agenda items by words, body, month, action and state."""

    text = TextFilter("title", "presenter", "meeting__reference")
    meeting = django_filters.NumberFilter("meeting_id", label="Meeting")
    committee = BodyFilter("meeting__committee")
    month = MonthFilter("meeting__day", label="Month")
    act = django_filters.ChoiceFilter(choices=Act.choices, label="Action")
    state = django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in (LISTED, WITHDRAWN)))

    class Meta:
        model = AgendaItem
        fields = ()


class StandingItemFilter(django_filters.FilterSet):
    """Standing items by words and body."""

    text = TextFilter("title", "presenter")
    committee = BodyFilter()

    class Meta:
        model = StandingItem
        fields = ()


class RequestFilter(django_filters.FilterSet):
    """Requests by words, body and state."""

    text = TextFilter("title", "why", "answer")
    committee = BodyFilter()
    state = django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in (ASKED, ACCEPTED, DECLINED)))

    class Meta:
        model = Request
        fields = ()
