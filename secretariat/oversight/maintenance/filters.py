"""What can be asked of maintenance."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.maintenance.models import ANNOUNCED, CANCELLED, HELD, MaintenanceWindow, WindowKind
from secretariat.oversight.regions import Region


class MaintenanceWindowFilter(django_filters.FilterSet):
    """Windows by words, kind, part of the service, state and month."""

    text = TextFilter("title", "affects")
    kind = django_filters.ChoiceFilter(choices=WindowKind.choices, label="Kind")
    region = django_filters.ChoiceFilter(choices=Region.choices, label="Part of the service")
    state = django_filters.ChoiceFilter(
        choices=tuple((one, one.capitalize()) for one in (ANNOUNCED, HELD, CANCELLED)), label="State"
    )
    starts_in = MonthFilter("starts_at", of="instant", label="Starts in")

    class Meta:
        model = MaintenanceWindow
        fields = ()
