"""What can be asked of terms of reference, duties, delegations and recommendations."""

from __future__ import annotations

import django_filters

from secretariat.committees.bodies.models import (
    FOLLOWED,
    MADE,
    NOT_FOLLOWED,
    Delegation,
    Duty,
    Recommendation,
    TermsOfReference,
)
from secretariat.committees.filters import BodyFilter
from secretariat.committees.seats.filters import OnDayFilter
from secretariat.core.filters import MonthFilter, TextFilter


class TermsFilter(django_filters.FilterSet):
    """Terms of reference by words and body."""

    text = TextFilter("changed", "version", "committee__name")
    committee = BodyFilter()

    class Meta:
        model = TermsOfReference
        fields = ()


class DutyFilter(django_filters.FilterSet):
    """Duties by words, body and a day."""

    text = TextFilter("what", "source")
    committee = BodyFilter()
    on = OnDayFilter()

    class Meta:
        model = Duty
        fields = ()


class DelegationFilter(django_filters.FilterSet):
    """Delegations by words, bodies and a day."""

    text = TextFilter("what", "duty", "meeting")
    from_body = BodyFilter(label="From")
    to_body = BodyFilter(label="To")
    on = OnDayFilter()

    class Meta:
        model = Delegation
        fields = ()


class RecommendationFilter(django_filters.FilterSet):
    """Recommendations by words, bodies, state and month."""

    text = TextFilter("what", "reasons", "meeting")
    from_body = BodyFilter(label="From")
    to_body = BodyFilter(label="To")
    state = django_filters.ChoiceFilter(
        choices=tuple((state, state.capitalize()) for state in (MADE, FOLLOWED, NOT_FOLLOWED)), label="State"
    )
    made_in = MonthFilter("day", label="Made in")

    class Meta:
        model = Recommendation
        fields = ()
