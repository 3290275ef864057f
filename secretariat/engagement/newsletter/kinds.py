"""Newsletters are named by their day."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.engagement.newsletter.models import AcceptedFinding, Newsletter, Passage, Recipient
from secretariat.plain.dates import parse_day


def of_day(text: str) -> Newsletter | None:
    """The newsletter of a day."""
    try:
        found: Newsletter | None = Newsletter.objects.filter(day=parse_day(text)).first()
    except ValueError:
        return None
    return found


def not_named(text: str) -> None:
    """Nothing: the parts of a newsletter are reached from its page."""


register("newsletter", Newsletter, of_day)
register("newsletter passage", Passage, not_named)
register("accepted newsletter finding", AcceptedFinding, not_named)
register("newsletter recipient", Recipient, not_named)
