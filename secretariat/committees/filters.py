"""Filters of the bodies."""

from __future__ import annotations

import django_filters

from secretariat.committees.models import GOVERNANCE, OTHER, TRANSITIONAL, Committee
from secretariat.core.filters import TextFilter

GROUPS = tuple((group, group) for group in (GOVERNANCE, TRANSITIONAL, OTHER))


class BodyFilter(django_filters.ModelChoiceFilter):
    """Rows of one body; `field_name` says over which records it is reached, where the filter's own name does not."""

    def __init__(self, field_name: str | None = None, *, label: str = "Body") -> None:
        super().__init__(field_name, queryset=Committee.objects.all(), label=label)


class CommitteeFilter(django_filters.FilterSet):
    """Filters of the bodies."""

    text = TextFilter("code", "name", "short_name")
    group = django_filters.ChoiceFilter(choices=GROUPS, label="Printed under")

    class Meta:
        model = Committee
        fields = ()
