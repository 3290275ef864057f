"""What can be asked of organisations that are no parties, of allocations and of issued lists."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.register.identifiers.models import Allocation, IdList, Participant


class ParticipantFilter(django_filters.FilterSet):
    """Organisations by name and kind."""

    text = TextFilter("name", "company_number")
    kind = django_filters.ChoiceFilter(choices=Participant.Kind.choices)

    class Meta:
        model = Participant
        fields = ()


class AllocationFilter(django_filters.FilterSet):
    """Allocations by holder, signifier and month."""

    text = TextFilter("party__name", "participant__name", "signifier")
    allocated_in = MonthFilter("allocated_on", label="Allocated in")

    class Meta:
        model = Allocation
        fields = ()


class IdListFilter(django_filters.FilterSet):
    """Issued lists by month."""

    issued_in = MonthFilter("issued_on", label="Issued in")

    class Meta:
        model = IdList
        fields = ()
