"""The meetings that a reference in prose can name."""

from __future__ import annotations

from secretariat.core import kinds
from secretariat.meetings.models import CANCELLED, Meeting, MeetingDocument
from secretariat.plain.references import UnreadableReferenceError, parse_meeting


def find_meeting(text: str) -> Meeting | None:
    """The meeting that any form of its reference names, latest year first, a cancelled one last."""
    try:
        reference = str(parse_meeting(text))
    except UnreadableReferenceError:
        return None
    named = Meeting.objects.filter(reference=reference)
    return named.exclude(state=CANCELLED).order_by("-day").first() or named.order_by("-day").first()


def not_named(text: str) -> None:
    """Nothing: a document is reached from its meeting."""


kinds.register("meeting", Meeting, find_meeting, str)
kinds.register("meeting document", MeetingDocument, not_named)
