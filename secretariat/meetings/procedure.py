"""A meeting is planned, and then it is held or cancelled."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.capacities import team
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.meetings.models import CANCELLED, HELD, PLANNED, Meeting
from secretariat.plain.dates import local_day


@rule("GOV-9")
def its_day_has_come(meeting: Meeting, at: datetime) -> bool:
    """A meeting is not held before its day."""
    return local_day(at) >= meeting.day


def _cancel(meeting: Meeting, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    meeting.cause_of_none = facts["reason"]


committees_team = team(Team.COMMITTEES)

MEETINGS = Procedure(
    "meeting",
    Meeting,
    Step("plan", NEW, PLANNED, who=committees_team),
    Step("hold", PLANNED, HELD, who=committees_team, rules=(its_day_has_come,), says="Record as held", primary=True),
    Step(
        "cancel",
        PLANNED,
        CANCELLED,
        who=committees_team,
        facts={"reason": lambda: forms.CharField(max_length=200)},
        change=_cancel,
    ),
)
