"""The choices offered on the counts of installed devices and on the certificates that they stand behind."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.deployed.models import DeployedCount
from secretariat.oversight.regions import Region
from secretariat.products.models import DeviceType


class DeployedFilter(django_filters.FilterSet):
    """Choices among counts of installed devices."""

    text = TextFilter("entry__entry_id", "entry__manufacturer", "entry__model", "entry__certificates__number")
    region = django_filters.ChoiceFilter(choices=Region.choices)
    device_type = django_filters.ChoiceFilter("entry__device_type", choices=DeviceType.choices, label="Device type")
    told = MonthFilter("as_at", label="As at a day of")

    class Meta:
        model = DeployedCount
        fields = ()
