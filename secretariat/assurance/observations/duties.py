"""What a party owes on observations: the response, then the action; told to those of it who are named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.assurance.observations.models import WITH_THE_PARTY, Observation, State
from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person


@duties
def observations(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The management responses and actions that are due, each by its day and with what the day follows from."""
    rows = Observation.objects.filter(assessment__party_id=party_id, state__in=WITH_THE_PARTY)
    for one in rows.visible_to(person, at):
        what = "Give the management response" if one.state == State.SHARED else "Do what was agreed, with evidence"
        yield Duty(f"{what}: {one}", one, one.due, why="An assessor's observation is yours to see to.",
                   citation="SEC-7, Section G8", working=one.working)  # fmt: skip
