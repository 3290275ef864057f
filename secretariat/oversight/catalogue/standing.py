"""Which services there are on a day: what proposals and duties ask of the catalogue."""

from __future__ import annotations

from datetime import date
from typing import Any

from secretariat.oversight.catalogue.models import ServiceRequest


def services_on(day: date) -> Any:
    """The variants in force on a day, in the order of their numbers."""
    return ServiceRequest.objects.on(day).order_by("place")


def service_on(reference: str, day: date) -> ServiceRequest | None:
    """What a variant is on a day, if it is known: "4.3"."""
    found: ServiceRequest | None = services_on(day).filter(reference=reference).first()
    return found


def schedulable_on(day: date) -> list[str]:
    """The references of the variants that can be scheduled with the DCC on a day."""
    return list(services_on(day).filter(scheduled=True).values_list("reference", flat=True))
