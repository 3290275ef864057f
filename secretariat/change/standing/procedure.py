"""Urgency, asked for, recommended and determined; and what time alone causes: a withdrawn proposal closes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms

from secretariat.change.procedure import CHANGE
from secretariat.change.standing.models import (
    ASKED,
    NOT_URGENT,
    RECOMMENDED,
    URGENT,
    Adoption,
    Urgency,
    UrgentDate,
)
from secretariat.change.standing.rules import date_is_to_come, in_its_order, its_proposal_is_open
from secretariat.change.who import authority, change_team, of_its_proposal
from secretariat.core.calendar import calendar
from secretariat.core.facts import a_day, a_line
from secretariat.core.procedure import NEW, Procedure, Step
from secretariat.plain.dates import local_day
from secretariat.post import due
from secretariat.post.due import Due


def _asked(urgency: Urgency, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    urgency.asked_on = local_day(at)


def _recommended(urgency: Urgency, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    urgency.recommended_on, urgency.panel_says = local_day(at), facts["panel_says"] == "urgent"


def _determined(urgency: Urgency, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    urgency.determined_on, urgency.reason = local_day(at), facts["reason"]


def _scheduled(urgency: Urgency, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    UrgentDate.objects.update_or_create(
        urgency=urgency, milestone=facts["milestone"], defaults={"due_on": facts["due_on"], "recorded": recorded}
    )


def _panel_says() -> forms.Field:
    return forms.ChoiceField(choices=((URGENT, "It is urgent"), (NOT_URGENT, "It is not urgent")))


def _milestone() -> forms.Field:
    return forms.ChoiceField(choices=UrgentDate.Milestone.choices)


URGENCIES = Procedure(
    "urgency",
    Urgency,
    Step("ask", NEW, ASKED, of_its_proposal, (its_proposal_is_open,), change=_asked, says="Ask for urgency"),
    Step("recommend", ASKED, RECOMMENDED, change_team, (in_its_order,), {"panel_says": _panel_says}, _recommended,
         "Record the Panel's recommendation", primary=True),
    Step("determine", RECOMMENDED, URGENT, authority, (in_its_order,), {"reason": a_line(required=False)}, _determined,
         "Determine: it is urgent", primary=True),
    Step("decline", RECOMMENDED, NOT_URGENT, authority, (in_its_order,), {"reason": a_line(required=False)},
         _determined,
         "Determine: it is not urgent"),
    Step("schedule", URGENT, None, change_team, (date_is_to_come,), {"milestone": _milestone, "due_on": a_day()},
         _scheduled, "Set a date of its timetable"),
)  # fmt: skip


@due.register
def unadopted(at: datetime) -> Iterator[Due]:
    """The withdrawn proposals whose adoption window has run out at an instant: they close (OLD-8)."""
    days = calendar()
    for window in Adoption.objects.filter(ended_on__isnull=True, closes_on__lte=local_day(at)).select_related(
        "proposal"
    ):
        if at > days.closing(window.closes_on):
            yield Due(CHANGE, "close_withdrawn", window.proposal)
