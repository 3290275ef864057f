"""What can be asked of alert codes."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db import models

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.core.rulebook import MARKS
from secretariat.oversight.alerts.models import AlertCode, DeviceInventory, Family


class AlertCodeFilter(django_filters.FilterSet):
    """Codes by words, family, how sure we are of them, and the day on which they hold."""

    text = TextFilter("code", "name", "goes_to")
    family = django_filters.ChoiceFilter(choices=Family.choices, label="About")
    mark = django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in MARKS), label="How sure")
    on = django_filters.DateFilter(method="holding", label="In force on")

    class Meta:
        model = AlertCode
        fields = ()

    def holding(self, rows: Any, name: str, day: Any) -> models.QuerySet[Any]:
        """The meanings in force on a day."""
        found: models.QuerySet[Any] = rows.on(day)
        return found


class InventoryFilter(django_filters.FilterSet):
    """Inventories by month."""

    as_of = MonthFilter("as_of", label="As of a day in")

    class Meta:
        model = DeviceInventory
        fields = ()
