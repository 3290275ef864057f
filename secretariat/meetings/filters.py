"""Filters of meetings."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q

from secretariat.committees.filters import BodyFilter
from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.pages import reader
from secretariat.core.people import Role
from secretariat.meetings.attending.models import WITHDRAWN, Attendance
from secretariat.meetings.models import CANCELLED, HELD, PLANNED, Meeting
from secretariat.plain.dates import local_day

STATES = tuple((state, state.capitalize()) for state in (PLANNED, HELD, CANCELLED))
MINE = (("yes", "Of my bodies, or to which I am invited"),)


class MeetingFilter(django_filters.FilterSet):
    """Filters of meetings."""

    text = TextFilter("reference", "note", "committee__name", "committee__short_name")
    committee = BodyFilter()
    month = MonthFilter("day", label="Month")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    mine = django_filters.ChoiceFilter(choices=MINE, label="Mine", method="of_the_reader")

    class Meta:
        model = Meeting
        fields = ()

    def of_the_reader(self, rows: Any, name: str, value: str) -> Any:
        """The meetings to which the reader is invited, and those of bodies whose member the reader is."""
        request: Any = self.request
        person = reader(request)
        if person is None:
            return rows.none()
        held = person.capacities_on(local_day(request.at))
        codes = [row.audience for row in held if row.role == Role.COMMITTEE_MEMBER]
        own = Attendance.objects.filter(person=person).exclude(state=WITHDRAWN)
        return rows.filter(Q(committee__code__in=codes) | Q(pk__in=own.values("meeting")))
