"""What can be asked of attendance and of conflicts of interest."""

from __future__ import annotations

import django_filters

from secretariat.committees.filters import BodyFilter
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.meetings.attending.models import Attendance, Capacity, Conflict
from secretariat.meetings.attending.procedure import ATTENDANCES, CONFLICTS


class AttendanceFilter(django_filters.FilterSet):
    """Attendances by person, body, month, capacity and state."""

    text = TextFilter("person__name", "name", "meeting__reference")
    meeting = django_filters.NumberFilter("meeting_id", label="Meeting (number of its page)")
    committee = BodyFilter("meeting__committee")
    month = MonthFilter("meeting__day", label="Meeting in the month")
    capacity = django_filters.ChoiceFilter(choices=Capacity.choices, label="As")
    state = django_filters.ChoiceFilter(choices=[(one, one.capitalize()) for one in ATTENDANCES.states], label="State")

    class Meta:
        model = Attendance
        fields = ()


class ConflictFilter(django_filters.FilterSet):
    """Conflicts of interest by words, body, month and state."""

    text = TextFilter("person__name", "interest", "meeting__reference")
    committee = BodyFilter("meeting__committee")
    month = MonthFilter("meeting__day", label="Meeting in the month")
    state = django_filters.ChoiceFilter(choices=[(one, one.capitalize()) for one in CONFLICTS.states], label="State")

    class Meta:
        model = Conflict
        fields = ()
