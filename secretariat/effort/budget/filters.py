"""The choices offered on budgets, spend and months."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.effort.budget.categories import categories_ever
from secretariat.effort.budget.models import BudgetCycle, BudgetMonth, BudgetVersion, SpendEntry, State


class CycleFilter(django_filters.FilterSet):
    """Choices among budgets."""

    state = django_filters.ChoiceFilter(choices=State.choices)
    first_year = django_filters.NumberFilter(label="First year")

    class Meta:
        model = BudgetCycle
        fields = ()


class VersionFilter(django_filters.FilterSet):
    """Choices among versions of budgets."""

    budget = django_filters.NumberFilter("cycle__first_year", label="First year")

    class Meta:
        model = BudgetVersion
        fields = ()


class SpendFilter(django_filters.FilterSet):
    """Choices among spend."""

    text = TextFilter("reference", "description")
    category = django_filters.ChoiceFilter(choices=categories_ever)
    month = MonthFilter("day", label="Spent in")

    class Meta:
        model = SpendEntry
        fields = ()


class MonthsFilter(django_filters.FilterSet):
    """Choices among months."""

    state = django_filters.ChoiceFilter(choices=[(one, one) for one in (BudgetMonth.OPEN, BudgetMonth.CLOSED)])

    class Meta:
        model = BudgetMonth
        fields = ()
