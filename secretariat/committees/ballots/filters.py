"""What can be asked of ballots."""

from __future__ import annotations

import django_filters

from secretariat.committees.ballots.models import CANCELLED, CLOSED, OPEN, PREPARED, Ballot
from secretariat.committees.filters import BodyFilter
from secretariat.core.filters import MonthFilter, TextFilter

STATES = tuple((state, state.capitalize()) for state in (PREPARED, OPEN, CLOSED, CANCELLED))


class BallotFilter(django_filters.FilterSet):
    """Ballots by words, body, state and the month in which they close."""

    text = TextFilter("question")
    committee = BodyFilter()
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    closes_in = MonthFilter("closes_at", label="Closes in")

    class Meta:
        model = Ballot
        fields = ()
