"""Certificates and remediations as kinds of record that pages lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.products.certificates.models import PlanRequest, Remediation, RemovalNotice
from secretariat.products.models import Certificate
from secretariat.register.kinds import not_named


def certificate(text: str) -> Certificate | None:
    """The certificate with this number, with or without its scheme before it."""
    number = text.strip()
    scheme, _, rest = number.partition(" ")
    found = Certificate.objects.filter(number=number) | Certificate.objects.filter(scheme=scheme, number=rest)
    return found.first()


register("certificate", Certificate, certificate)
register("remediation", Remediation, not_named)
register("plan request", PlanRequest, not_named)
register("removal notice", RemovalNotice, not_named)
