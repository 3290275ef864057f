"""Filters of the bodies."""

from __future__ import annotations

import django_filters

from secretariat.committees.models import GOVERNANCE, OTHER, TRANSITIONAL, Committee
from secretariat.core.filters import TextFilter

GROUPS = tuple((group, group) for group in (GOVERNANCE, TRANSITIONAL, OTHER))


class CommitteeFilter(django_filters.FilterSet):
    """Filters of the bodies."""

    text = TextFilter("code", "name", "short_name")
    group = django_filters.ChoiceFilter(choices=GROUPS, label="Printed under")

    class Meta:
        model = Committee
        fields = ()
