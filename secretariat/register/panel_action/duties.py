"""Remedial plans that the Panel required."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person
from secretariat.register.panel_action.models import APPROVED, RESOLVED, PanelAction, Power


@duties
def plans(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The plans that a party owes the Panel, by the day that the Panel set."""
    asked = PanelAction.objects.filter(case__party_id=party_id, power=Power.PLAN, state__in=(RESOLVED, APPROVED))
    for action in asked.visible_to(person, at).select_related("case__party"):
        yield Duty(
            what="Send the Panel your remedial plan",
            about=action,
            due=action.due_on,
            why=f"Required at the meeting {action.meeting}, while the default lasts.",
            citation="DEF-3, Section M8.4",
            does="See what is required",
        )
