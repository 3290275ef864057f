"""What can be asked of notices of incidents and of advisories."""

from __future__ import annotations

import django_filters

from secretariat.assurance.incidents.models import (
    ACKNOWLEDGED,
    ASSESSED,
    CLOSED,
    REPORTED,
    SHARED,
    Advisory,
    NoticeKind,
    SecurityNotice,
    Severity,
)
from secretariat.core.filters import MonthFilter, TextFilter

STATES = tuple((one, one.capitalize()) for one in (REPORTED, ACKNOWLEDGED, ASSESSED, SHARED, CLOSED))


class SecurityNoticeFilter(django_filters.FilterSet):
    """Notices by words, kind, state and month."""

    text = TextFilter("title", "party__name")
    kind = django_filters.ChoiceFilter(choices=NoticeKind.choices, label="Kind")
    severity = django_filters.ChoiceFilter(choices=Severity.choices, label="Severity")
    state = django_filters.ChoiceFilter(choices=STATES, label="State")
    reported_in = MonthFilter("reported_at", of="instant", label="Reported in")

    class Meta:
        model = SecurityNotice
        fields = ()


class AdvisoryFilter(django_filters.FilterSet):
    """Advisories by words, severity and month."""

    text = TextFilter("title", "text")
    severity = django_filters.ChoiceFilter(choices=Severity.choices, label="Severity")
    issued_in = MonthFilter("issued_on", label="Issued in")

    class Meta:
        model = Advisory
        fields = ()
