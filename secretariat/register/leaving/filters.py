"""What can be asked of exits, appointments and checklists."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.register.leaving.models import LEFT, OPEN, STAYED, CheckItem, Ground, LastResort, Leaving, Side

STATES = tuple((state, state.capitalize()) for state in (*OPEN, LEFT, STAYED))


class LeavingFilter(django_filters.FilterSet):
    """Exits by party, ground, state and month."""

    text = TextFilter("party__name", "meeting")
    ground = django_filters.ChoiceFilter(choices=Ground.choices)
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    leaves_in = MonthFilter("day", label="Leaves in")

    class Meta:
        model = Leaving
        fields = ()


class LastResortFilter(django_filters.FilterSet):
    """Appointments by supplier and month."""

    text = TextFilter("failing__name", "appointed__name")
    appointed_in = MonthFilter("appointed_on", label="Appointed in")

    class Meta:
        model = LastResort
        fields = ()


class CheckItemFilter(django_filters.FilterSet):
    """Items of checklists by words, reader and state."""

    text = TextFilter("text", "event__failing__name", "event__appointed__name")
    side = django_filters.ChoiceFilter(choices=Side.choices, label="For")
    state = django_filters.ChoiceFilter(choices=(("to do", "To do"), ("done", "Done")), label="State")

    class Meta:
        model = CheckItem
        fields = ()
