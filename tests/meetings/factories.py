"""Small facts for tests of meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from secretariat.committees.models import Committee
from secretariat.core import journal
from secretariat.core.people import Team
from secretariat.meetings.models import Meeting, MeetingDocument
from secretariat.meetings.procedure import MEETINGS
from tests.register.factories import NOON, person


def told() -> dict[str, Any]:
    """By whom and when: the committees team at noon on 5 March 2020."""
    return {"by": person(team=Team.COMMITTEES), "at": NOON, "recorded": NOON}


def planned(code: str, day: str, number: int | None = None, extraordinary: int = 0, **more: Any) -> Meeting:
    """A planned meeting of a body."""
    body = Committee.objects.get(code=code)
    made = Meeting(committee=body, day=date.fromisoformat(day), number=number, extraordinary=extraordinary, **more)
    MEETINGS.take("plan", made, **told())
    return made


def held(code: str, day: str, number: int | None = None, extraordinary: int = 0, **more: Any) -> Meeting:
    """A meeting that was held."""
    made = planned(code, day, number, extraordinary, **more)
    MEETINGS.take("hold", made, **told())
    return made


def document(of: Meeting, kind: str, classification: int = 0, **more: Any) -> MeetingDocument:
    """A document of a meeting."""
    made = MeetingDocument(meeting=of, kind=kind, classification=classification, audience=of.committee.code, **more)
    journal.enter(made, **told())
    return made
