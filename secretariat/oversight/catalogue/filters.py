"""What can be asked of the catalogue of services."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters

from secretariat.core.filters import TextFilter
from secretariat.oversight.catalogue.models import ROLES, ServiceRequest


class ServiceRequestFilter(django_filters.FilterSet):
    """Variants by words, role, whether they are critical or can be scheduled, and the day on which they are so."""

    text = TextFilter("reference", "name")
    role = django_filters.ChoiceFilter(choices=tuple(ROLES.items()), method="by_role", label="User Role")
    scheduled = django_filters.BooleanFilter(label="Can be scheduled with the DCC")
    critical = django_filters.BooleanFilter(label="Critical")
    on = django_filters.DateFilter(method="by_day", label="As on", help_text="As 2020-03-02.")

    class Meta:
        model = ServiceRequest
        fields = ()

    def by_role(self, rows: Any, name: str, value: str) -> Any:
        """The variants that a role may send; a role is a whole word of the list."""
        return rows.filter(roles__regex=rf"(^|[, ]){value}($|[, ])")

    def by_day(self, rows: Any, name: str, value: date) -> Any:
        """The variants as they are on a day."""
        return rows.on(value)
