"""Filters of the newsletter's subscribers."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.engagement.subscribing.models import (
    ASKED,
    CONFIRMED,
    ENDED,
    ERASED,
    LAPSED,
    Often,
    Reading,
    Subscriber,
)

STATES = (ASKED, CONFIRMED, ENDED, LAPSED, ERASED)


class SubscriberFilter(django_filters.FilterSet):
    """Filters of subscribers."""

    text = TextFilter("address", "person__name")
    state = django_filters.ChoiceFilter(choices=[(state, state.capitalize()) for state in STATES], label="State")
    often = django_filters.ChoiceFilter(choices=Often.choices, label="How often")
    reads_as = django_filters.ChoiceFilter(choices=[one for one in Reading.choices if one[0]], label="Reads it as")
    confirmed_in = MonthFilter("confirmed_at", of="instant", label="Confirmed in")

    class Meta:
        model = Subscriber
        fields = ()
