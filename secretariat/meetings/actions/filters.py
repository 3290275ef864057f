"""Filters of actions."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms

from secretariat.committees.filters import BodyFilter
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.pages import reader
from secretariat.core.people import Team
from secretariat.meetings.actions.models import CLOSED, DONE, DROPPED, OPEN, UNSETTLED, Action, owned_by_person
from secretariat.plain.dates import local_day

STATES = tuple((state, state.capitalize()) for state in (OPEN, DONE, CLOSED, DROPPED))
FOLLOW_UP = (("mine", "Mine"), ("overdue", "Overdue"), ("unsettled", "Open or not yet closed"))


class ActionFilter(django_filters.FilterSet):
    """Actions by body, owner, state, month due, and what needs a follow-up."""

    text = TextFilter("reference", "what")
    committee = BodyFilter()
    meeting = django_filters.CharFilter("meeting__reference", "iexact", label="Placed at")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    show = django_filters.ChoiceFilter(choices=FOLLOW_UP, method="following_up", label="Show")
    team = django_filters.ChoiceFilter(choices=Team.choices, label="Team")
    organisation = django_filters.CharFilter("organisation__key", label="Organisation (key)", widget=forms.TextInput)
    due_in = MonthFilter("due", label="Due in")

    class Meta:
        model = Action
        fields = ()

    def following_up(self, rows: Any, name: str, value: str) -> Any:
        """The reader's own, the overdue, or all that come back to their body."""
        request: Any = self.request
        person, at = reader(request), request.at
        if value == "mine":
            return rows.filter(owned_by_person(person, at)) if person else rows.none()
        if value == "overdue":
            return rows.filter(state=OPEN, due__lt=local_day(at))
        return rows.filter(state__in=UNSETTLED)
