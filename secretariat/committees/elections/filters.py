"""What can be asked of elections, nominations and expressions of interest."""

from __future__ import annotations

import django_filters

from secretariat.committees.elections.models import (
    ACCEPTED,
    APPOINTED,
    CANCELLED,
    CLOSED,
    INELIGIBLE,
    INVITED,
    NOMINATING,
    NOT_ELECTED,
    PASSED_ON,
    PLANNED,
    PUBLISHED,
    RECEIVED,
    WITHDRAWN,
    WRITTEN,
    Call,
    Interest,
    Nomination,
)
from secretariat.committees.filters import BodyFilter
from secretariat.committees.seats.models import Constituency
from secretariat.core.filters import MonthFilter, TextFilter


def _choices(*states: str) -> list[tuple[str, str]]:
    return [(state, state.capitalize()) for state in states]


class ElectionFilter(django_filters.FilterSet):
    """Elections by body, occasion, state and the month in which nominations close."""

    committee = BodyFilter()
    occasion = django_filters.ChoiceFilter(choices=Call.Occasion.choices, label="Occasion")
    state = django_filters.ChoiceFilter(
        choices=_choices(PLANNED, NOMINATING, CLOSED, PUBLISHED, CANCELLED), label="State"
    )
    closes_in = MonthFilter("closes_at", label="Nominations close in")

    class Meta:
        model = Call
        fields = ()


class NominationFilter(django_filters.FilterSet):
    """Nominations by name, body, constituency and state."""

    text = TextFilter("name", "statement")
    committee = BodyFilter("contest__call__committee")
    constituency = django_filters.ChoiceFilter(
        "contest__constituency", choices=Constituency.choices, label="Constituency"
    )
    state = django_filters.ChoiceFilter(
        choices=_choices(RECEIVED, ACCEPTED, INELIGIBLE, WITHDRAWN, APPOINTED, NOT_ELECTED), label="State"
    )
    renominated = django_filters.BooleanFilter(label="Re-nominated")

    class Meta:
        model = Nomination
        fields = ()


class InterestFilter(django_filters.FilterSet):
    """Expressions of interest by words, body and state."""

    text = TextFilter("name", "words")
    committee = BodyFilter()
    state = django_filters.ChoiceFilter(choices=_choices(WRITTEN, PASSED_ON, INVITED, WITHDRAWN), label="State")

    class Meta:
        model = Interest
        fields = ()
