"""The records of the key infrastructure that pages and figures lead to."""

from __future__ import annotations

from secretariat.assurance.pma.models import KeyCertificate, PmaDocument, Recovery
from secretariat.core.kinds import register


def not_named(text: str) -> None:
    """Nothing: none of them has a reference of its own."""


register("infrastructure certificate", KeyCertificate, not_named)
register("recovery case", Recovery, not_named)
register("policy authority document", PmaDocument, not_named)
