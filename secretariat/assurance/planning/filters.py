"""What can be asked of assessors, bookings, shared providers and reports of systems."""

from __future__ import annotations

import django_filters

from secretariat.assurance.models import Kind
from secretariat.assurance.planning.models import (
    ASKED,
    BODIES,
    BOOKED,
    CANCELLED,
    HELD,
    Assessor,
    Booking,
    SharedProvider,
    SystemsReport,
)
from secretariat.core.filters import MonthFilter, TextFilter

STATES = tuple((state, state.capitalize()) for state in (ASKED, BOOKED, HELD, CANCELLED))


class AssessorFilter(django_filters.FilterSet):
    """Assessors by name and body."""

    text = TextFilter("name", "note")
    body = django_filters.ChoiceFilter(choices=BODIES, label="Assessing body")

    class Meta:
        model = Assessor
        fields = ()


class BookingFilter(django_filters.FilterSet):
    """Bookings by party, assessor, kind, state and month."""

    text = TextFilter("assessment__party__name")
    assessor = django_filters.NumberFilter(field_name="assessor_id", label="Assessor (number)")
    kind = django_filters.ChoiceFilter(field_name="assessment__kind", choices=Kind.choices, label="Kind")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    begins = MonthFilter("first_day", label="Begins in")

    class Meta:
        model = Booking
        fields = ()


class SharedProviderFilter(django_filters.FilterSet):
    """Shared providers by words."""

    text = TextFilter("name", "shares")

    class Meta:
        model = SharedProvider
        fields = ()


class SystemsReportFilter(django_filters.FilterSet):
    """Reports by party and month."""

    text = TextFilter("party__name")
    as_at = MonthFilter("as_at", label="As at a day in")

    class Meta:
        model = SystemsReport
        fields = ()
