"""The website's records; prose names none of them by a reference."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.engagement.website.models import AccountRequest, OperationsContact


def not_named(text: str) -> None:
    """Nothing: pages and lists lead to them."""


register("account request", AccountRequest, not_named)
register("operations contact", OperationsContact, not_named)
