"""The papers of meetings that a reference in prose can name."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.meetings.kinds import find_meeting
from secretariat.meetings.packs.models import MeetingPaper, PaperAttachment
from secretariat.plain.references import UnreadableReferenceError, parse_paper


def find_paper(text: str) -> MeetingPaper | None:
    """The paper that any form of its reference names, such as SECP 78 1303 30; the one in force (rule REF-1)."""
    try:
        named = parse_paper(text)
    except UnreadableReferenceError:
        return None
    meeting = find_meeting(str(named.meeting))
    rows = MeetingPaper.objects.filter(meeting=meeting, number=named.paper) if meeting else MeetingPaper.objects.none()
    found: MeetingPaper | None = rows.order_by("-pk").first()
    return found


def not_named(text: str) -> None:
    """Nothing: an attachment is reached from its paper."""


register("meeting paper", MeetingPaper, find_paper)
register("paper attachment", PaperAttachment, not_named)
