"""Choices among events and registrations."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.engagement.events.models import (
    ABSENT,
    ANNOUNCED,
    ASKED,
    ATTENDED,
    CANCELLED,
    HELD,
    LAPSED,
    PLACED,
    PLANNED,
    WAITING,
    WITHDRAWN,
    EngagementEvent,
    Kind,
    Registration,
)
from secretariat.plain.dates import LONDON

STATES = [(state, state) for state in (PLANNED, *ANNOUNCED, HELD, CANCELLED)]
PLACES = [(state, state) for state in (ASKED, WAITING, PLACED, ATTENDED, ABSENT, WITHDRAWN, LAPSED)]


class EventFilter(django_filters.FilterSet):
    """Choices among events."""

    text = TextFilter("title", "summary", "place")
    kind = django_filters.ChoiceFilter(choices=Kind.choices)
    state = django_filters.ChoiceFilter(choices=STATES)
    month = MonthFilter("begins_at", of="instant", label="In")
    from_day = django_filters.DateFilter(method="from_a_day", label="From", help_text="As 2020-03-09.")

    class Meta:
        model = EngagementEvent
        fields = ()

    def from_a_day(self, rows: Any, name: str, value: Any) -> Any:
        """Those that begin on a day or later."""
        return rows.filter(begins_at__gte=datetime.combine(value, time.min, tzinfo=LONDON))


class RegistrationFilter(django_filters.FilterSet):
    """Choices among registrations."""

    text = TextFilter("person__name", "organisation", "party__name", "event__title")
    event = django_filters.NumberFilter("event_id", label="Event's number")
    state = django_filters.ChoiceFilter(choices=PLACES)
    asked = MonthFilter("asked_at", of="instant", label="Asked in")

    class Meta:
        model = Registration
        fields = ()
