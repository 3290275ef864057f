"""The choices offered on the lists of certificates, remediations, plan requests and notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q

from secretariat.core.filters import MonthFilter, TextFilter
from secretariat.plain.dates import local_day
from secretariat.products.certificates.life import Standing, warned_until
from secretariat.products.certificates.models import (
    ANSWERED,
    ASKED,
    CHASED,
    CLOSED,
    DECLINED,
    OPEN,
    Cause,
    PlanRequest,
    Remediation,
    RemovalNotice,
)
from secretariat.products.models import Certificate, Scheme

STANDINGS = [(one.value, one.value) for one in Standing]


def standing_so(rows: Any, how: str, at: datetime) -> Any:
    """Those of some certificates, told with their end, that stand so at an instant: the same as `life.standing`."""
    day = local_day(at)
    withdrawn = Q(withdrawn_on__isnull=False, withdrawn_on__lte=day)
    ended, later = Q(ends_on__isnull=False, ends_on__lt=day), Q(issued_on__isnull=False, issued_on__gt=day)
    ending = Q(ends_on__isnull=False, ends_on__lte=warned_until(day))
    asked = {
        Standing.WITHDRAWN: withdrawn,
        Standing.ENDED: ended & ~withdrawn,
        Standing.NOT_YET: later & ~ended & ~withdrawn,
        Standing.ENDING: ending & ~ended & ~later & ~withdrawn,
        Standing.HOLDS: ~ending & ~ended & ~later & ~withdrawn,
    }
    return rows.filter(asked[Standing(how)])


class CertificateFilter(django_filters.FilterSet):
    """Choices among certificates."""

    text = TextFilter("number", "holder", "firmware", "entries__entry_id", "entries__model")
    scheme = django_filters.ChoiceFilter(choices=Scheme.choices, label="Scheme")
    standing = django_filters.ChoiceFilter(choices=STANDINGS, label="Standing", method="stands")
    ends = MonthFilter("ends_on", label="Ends in")

    class Meta:
        model = Certificate
        fields = ()

    def stands(self, rows: Any, name: str, value: str) -> Any:
        """Those that stand so now."""
        request: Any = self.request
        return standing_so(rows, value, request.at)


class RemediationFilter(django_filters.FilterSet):
    """Choices among remediations."""

    text = TextFilter("certificate__number", "certificate__holder", "note")
    state = django_filters.ChoiceFilter(choices=[(state, state) for state in (*OPEN, CLOSED)])
    cause = django_filters.ChoiceFilter(choices=Cause.choices)
    removal = MonthFilter("removal_on", label="To be removed in")

    class Meta:
        model = Remediation
        fields = ()


class PlanRequestFilter(django_filters.FilterSet):
    """Choices among the plans asked for."""

    text = TextFilter("party__name", "remediation__certificate__number")
    state = django_filters.ChoiceFilter(choices=[(state, state) for state in (ASKED, CHASED, ANSWERED, DECLINED)])
    due = MonthFilter("reply_by", label="To be answered in")

    class Meta:
        model = PlanRequest
        fields = ()


class RemovalNoticeFilter(django_filters.FilterSet):
    """Choices among the notices of removal."""

    text = TextFilter("remediation__certificate__number", "text")
    sent = MonthFilter("sent_on", label="Sent in")

    class Meta:
        model = RemovalNotice
        fields = ()
