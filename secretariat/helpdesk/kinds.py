"""The kinds of record of this room that a reference can name."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.helpdesk.models import Enquiry


def by_number(text: str) -> Enquiry | None:
    """The enquiry with this number, in any case."""
    found: Enquiry | None = Enquiry.objects.filter(number=text.strip().upper()).first()
    return found


register("enquiry", Enquiry, by_number)
