"""What can be asked of seats."""

from __future__ import annotations

import django_filters

from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Constituency, Seat
from secretariat.core.filters import TextFilter


class SeatFilter(django_filters.FilterSet):
    """Seats by body, constituency and words."""

    text = TextFilter("title", "voting_group__name")
    committee = django_filters.ModelChoiceFilter(queryset=Committee.objects.all(), label="Body")
    constituency = django_filters.ChoiceFilter(choices=Constituency.choices, label="Constituency")

    class Meta:
        model = Seat
        fields = ()
