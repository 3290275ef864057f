"""The actions that a reference in prose can name."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.meetings.actions.models import Action


def find_action(text: str) -> Action | None:
    """The action with a reference, such as SSC-A4, in any case."""
    found: Action | None = Action.objects.filter(reference__iexact=text.strip()).first()
    return found


register("action", Action, find_action, lambda action: str(action.what))
