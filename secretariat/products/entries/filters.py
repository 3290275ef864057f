"""The choices offered on the lists of entries, submissions and specifications."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.products.entries.models import Submission
from secretariat.products.entries.procedure import CPL_ENTRY
from secretariat.products.lookup.filters import DeviceWords, ListedOn
from secretariat.products.models import DeviceModel, DeviceType, Origin, Specification, SpecificationName

STATES = [(state, state.capitalize()) for state in CPL_ENTRY.states]


class DeviceModelFilter(django_filters.FilterSet):
    """Choices among device models."""

    text = DeviceWords()
    device_type = django_filters.ChoiceFilter(choices=DeviceType.choices, label="Device type")
    specification = django_filters.CharFilter("technical_specification", "startswith", label="Technical specification")
    manufacturer = django_filters.CharFilter("manufacturer", "iexact", label="Manufacturer")
    model = django_filters.CharFilter("model", "iexact", label="Model")
    on = ListedOn()
    origin = django_filters.ChoiceFilter(choices=Origin.choices, label="Origin")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    added = MonthFilter("added_in__published_on", label="Added in")

    class Meta:
        model = DeviceModel
        fields = ()


class SubmissionFilter(django_filters.FilterSet):
    """Choices among submissions."""

    text = TextFilter("submitter")
    received = MonthFilter("received_on", label="Received in")
    waiting = django_filters.BooleanFilter("waiting", "gt", label="With rows to correct", method="with_waiting")

    class Meta:
        model = Submission
        fields = ()

    def with_waiting(self, rows: object, name: str, value: bool) -> object:
        """Those with rows to correct, or those without."""
        return rows.filter(waiting__gt=0) if value else rows.filter(waiting=0)  # type: ignore[attr-defined]


class SpecificationFilter(django_filters.FilterSet):
    """Choices among versions of specifications."""

    name = django_filters.ChoiceFilter(choices=SpecificationName.choices, label="Specification")

    class Meta:
        model = Specification
        fields = ()
