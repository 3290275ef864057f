"""What can be asked of seats, and of who holds them."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters

from secretariat.committees.filters import BodyFilter
from secretariat.committees.seats.models import (
    ENDED,
    IN_OFFICE,
    RESIGNED,
    Appointment,
    Constituency,
    EmployerChange,
    Filling,
    How,
    Seat,
    vacant_on,
)
from secretariat.core.filters import MonthFilter, TextFilter


class OnDayFilter(django_filters.DateFilter):
    """Dated rows that are in force on a day."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="On the day", help_text="As 2020-02-17.", **kwargs)

    def filter(self, qs: Any, value: date | None) -> Any:
        """The rows in force."""
        return qs.on(value) if value else qs


class SeatFilter(django_filters.FilterSet):
    """Seats by body, constituency, how they are filled, words and day."""

    text = TextFilter("title", "voting_group__name")
    committee = BodyFilter()
    constituency = django_filters.ChoiceFilter(choices=Constituency.choices, label="Constituency")
    filling = django_filters.ChoiceFilter(choices=Filling.choices, label="Filled")
    on = OnDayFilter()
    vacant = django_filters.DateFilter(method="without_member", label="Vacant on", help_text="As 2020-02-17.")

    class Meta:
        model = Seat
        fields = ()

    def without_member(self, rows: Any, name: str, day: date) -> Any:
        """The seats of that day that nobody holds (rule ELE-6)."""
        return rows.filter(pk__in=vacant_on(day).values("pk"))


class AppointmentFilter(django_filters.FilterSet):
    """Appointments by words, body, constituency, day and how they stand."""

    text = TextFilter("person__name", "seat__title", "employer")
    committee = BodyFilter("seat__committee")
    constituency = django_filters.ChoiceFilter(
        field_name="seat__constituency", choices=Constituency.choices, label="Constituency"
    )
    on = OnDayFilter()
    alternates = django_filters.BooleanFilter("alternate_for", lookup_expr="isnull", exclude=True, label="Alternates")
    how = django_filters.ChoiceFilter(choices=How.choices, label="How")
    ends_in = MonthFilter("to_day", label="Ends in")
    state = django_filters.ChoiceFilter(
        choices=tuple((state, state.capitalize()) for state in (IN_OFFICE, RESIGNED, ENDED)), label="State"
    )

    class Meta:
        model = Appointment
        fields = ()


class EmployerChangeFilter(django_filters.FilterSet):
    """Changes of employer by words, body and month."""

    text = TextFilter("appointment__person__name", "left", "joined")
    committee = BodyFilter("appointment__seat__committee")
    changed_in = MonthFilter("day", label="Changed in")

    class Meta:
        model = EmployerChange
        fields = ()
