"""What can be asked of notified changes and of random samples."""

from __future__ import annotations

import django_filters

from secretariat.assurance.privacy.models import (
    APPROVED,
    MATERIAL,
    NOTIFIED,
    REFUSED,
    WITHDRAWN,
    PrivacyChange,
    SampleDraw,
)
from secretariat.core.filters import MonthFilter, TextFilter

STATES = tuple((one, one.capitalize()) for one in (NOTIFIED, MATERIAL, APPROVED, REFUSED, WITHDRAWN))


class PrivacyChangeFilter(django_filters.FilterSet):
    """Notified changes by words, state and month."""

    text = TextFilter("title", "party__name")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    notified_in = MonthFilter("notified_on", label="Notified in")

    class Meta:
        model = PrivacyChange
        fields = ()


class SampleDrawFilter(django_filters.FilterSet):
    """Random samples by month."""

    drawn_in = MonthFilter("drawn_on", label="Drawn in")

    class Meta:
        model = SampleDraw
        fields = ()
