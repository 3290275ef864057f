"""The actions that bodies placed on a party."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person
from secretariat.meetings.actions.models import OPEN, Action


@duties
def actions_placed_on_it(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The open actions of the organisation."""
    found = Action.objects.filter(organisation=party_id, state=OPEN).visible_to(person, at)
    for action in found.select_related("committee"):
        yield Duty(action.what, action, action.due, why=f"Placed by {action.committee}.",
                   working=action.working, does="Say that it is done")  # fmt: skip
