"""What can be asked of differences and of their rules."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.oversight.differences.models import EngagementRules, PartyDifference
from secretariat.oversight.differences.procedure import DIFFERENCES


class PartyDifferenceFilter(django_filters.FilterSet):
    """Differences by words, state and month."""

    text = TextFilter("subject", "text", "party__name", "other__name")
    state = django_filters.ChoiceFilter(
        choices=tuple((one, one.capitalize()) for one in DIFFERENCES.states), label="State"
    )
    requested_in = MonthFilter("requested_on", label="Requested in")

    class Meta:
        model = PartyDifference
        fields = ()


class EngagementRulesFilter(django_filters.FilterSet):
    """Versions of the rules by words."""

    text = TextFilter("version", "text")

    class Meta:
        model = EngagementRules
        fields = ()
