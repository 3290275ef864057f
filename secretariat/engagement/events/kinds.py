"""The kinds of record of events that a reference can name."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.engagement.events.models import EngagementEvent, Invitation, Registration
from secretariat.register.kinds import not_named


def event(text: str) -> EngagementEvent | None:
    """The event with this title, in any case, where only one has it."""
    found = list(EngagementEvent.objects.filter(title__iexact=text.strip())[:2])
    return found[0] if len(found) == 1 else None


register("engagement event", EngagementEvent, event)
register("registration", Registration, not_named)
register("invitation to an event", Invitation, not_named)
