"""How prose names a service: "SRV 4.3" or "SRV 6.15.1"."""

from __future__ import annotations

import re

from secretariat.core.kinds import register
from secretariat.oversight.catalogue.models import ServiceRequest

_NAMED = re.compile(r"SRV ?(?P<number>[0-9]{1,2}(\.[0-9]{1,2}){1,3})", re.IGNORECASE)


def service(text: str) -> ServiceRequest | None:
    """The newest row of the variant that "SRV 4.3" names."""
    match = _NAMED.fullmatch(text.strip())
    found: ServiceRequest | None = (
        ServiceRequest.objects.filter(reference=match["number"]).order_by("-from_day").first() if match else None
    )
    return found


register("service request", ServiceRequest, service)
