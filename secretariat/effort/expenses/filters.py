"""The choices offered on claims."""

from __future__ import annotations

import django_filters

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.effort.expenses.models import (
    APPROVED,
    CHECKED,
    DRAFT,
    PAID,
    REFUSED,
    SUBMITTED,
    WITHDRAWN,
    ExpenseClaim,
)

STATES = (DRAFT, SUBMITTED, CHECKED, APPROVED, PAID, REFUSED, WITHDRAWN)


class ClaimFilter(django_filters.FilterSet):
    """Choices among claims."""

    text = TextFilter("purpose", "body", "claimant__name")
    state = django_filters.ChoiceFilter(choices=[(one, one) for one in STATES])
    sent_in = MonthFilter("submitted_on", label="Sent in")

    class Meta:
        model = ExpenseClaim
        fields = ()
