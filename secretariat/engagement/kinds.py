"""The kinds of record of this room that a reference can name."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.engagement.models import PortalUser


def by_code(text: str) -> PortalUser | None:
    """The portal user with this account code, in any case."""
    found: PortalUser | None = PortalUser.objects.filter(code__iexact=text.strip()).first()
    return found


register("portal user", PortalUser, by_code)
