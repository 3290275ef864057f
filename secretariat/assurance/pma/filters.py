"""What can be asked of infrastructure certificates, recovery cases and documents."""

from __future__ import annotations

import django_filters

from secretariat.assurance.pma.models import (
    ADVISED,
    APPROVED,
    CARRIED_OUT,
    CLOSED,
    CURRENT,
    DECIDED,
    EXPIRED,
    EXPIRING,
    OPENED,
    QUERIED,
    REFUSED,
    REPLACED,
    REVOKED,
    SUBMITTED,
    WITHDRAWN,
    Cause,
    CertificateKind,
    DocumentKind,
    KeyCertificate,
    PmaDocument,
    Recovery,
)
from secretariat.core.filters import MonthFilter, TextFilter


def _state(*states: str) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=tuple((one, one.capitalize()) for one in states), label="State")


class KeyCertificateFilter(django_filters.FilterSet):
    """Certificates by words, kind, state and month of expiry."""

    text = TextFilter("name", "serial")
    kind = django_filters.ChoiceFilter(choices=CertificateKind.choices, label="Kind")
    state = _state(CURRENT, EXPIRING, REPLACED, EXPIRED, REVOKED)
    expires_in = MonthFilter("expires_on", label="Expires in")

    class Meta:
        model = KeyCertificate
        fields = ()


class RecoveryFilter(django_filters.FilterSet):
    """Recovery cases by words, cause and state."""

    text = TextFilter("title")
    cause = django_filters.ChoiceFilter(choices=Cause.choices, label="Cause")
    state = _state(OPENED, ADVISED, DECIDED, CARRIED_OUT, CLOSED)

    class Meta:
        model = Recovery
        fields = ()


class PmaDocumentFilter(django_filters.FilterSet):
    """Documents by words, kind, state and month."""

    text = TextFilter("title", "changed", "meeting")
    kind = django_filters.ChoiceFilter(choices=DocumentKind.choices, label="Kind")
    state = _state(SUBMITTED, QUERIED, APPROVED, REFUSED, WITHDRAWN)
    submitted_in = MonthFilter("submitted_on", label="Submitted in")

    class Meta:
        model = PmaDocument
        fields = ()
