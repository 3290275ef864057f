"""What can be asked of applications, of refusals and of shortened bars."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.register.accession.models import (
    ALLOCATED,
    ASKED,
    DRAFT,
    EXECUTED,
    OPEN,
    REFUSED,
    WELCOMED,
    WITHDRAWN,
    Application,
    Ground,
    Refusal,
    ShortenedBar,
)

STATES = tuple(
    (state, state[:1].upper() + state[1:])
    for state in (DRAFT, *OPEN, EXECUTED, ALLOCATED, WELCOMED, WITHDRAWN, REFUSED)
)


class ApplicationFilter(django_filters.FilterSet):
    """Applications by words, state, category and month."""

    text = TextFilter("legal_name", "company_number", "trading_names", "invoice")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    category = django_filters.ChoiceFilter(choices=ASKED, label="Category")
    received_in = MonthFilter("submitted_on", label="Received in")
    board_in = MonthFilter("board_day", label="Board in")
    ended_in = MonthFilter("closed_on", label="Ended in")

    class Meta:
        model = Application
        fields = ()


class RefusalFilter(django_filters.FilterSet):
    """Refusals by words, ground and month."""

    text = TextFilter("organisation", "note")
    ground = django_filters.ChoiceFilter(choices=Ground.choices)
    refused_in = MonthFilter("day", label="Refused in")

    class Meta:
        model = Refusal
        fields = ()


class ShortenedBarFilter(django_filters.FilterSet):
    """Shortened bars by words and month."""

    text = TextFilter("departure__party__name", "meeting")
    decided_in = MonthFilter("decided_on", label="Decided in")

    class Meta:
        model = ShortenedBar
        fields = ()
