"""What can be asked of faults of registration data."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.registration_data.models import DataIssue, Fault
from secretariat.oversight.registration_data.procedure import DATA_ISSUES


class DataIssueFilter(django_filters.FilterSet):
    """Faults by words, what is wrong, state and month."""

    text = TextFilter("title", "text", "owner", "cause")
    fault = django_filters.ChoiceFilter(choices=Fault.choices, label="What is wrong")
    state = django_filters.ChoiceFilter(
        choices=tuple((one, one.capitalize()) for one in DATA_ISSUES.states), label="State"
    )
    raised_in = MonthFilter("raised_on", label="Raised in")

    class Meta:
        model = DataIssue
        fields = ()
