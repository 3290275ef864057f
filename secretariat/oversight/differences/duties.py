"""What a party does in a difference: gives its view of one that another party put to the process."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.core.calendar import calendar
from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person
from secretariat.oversight.differences.models import TAKEN_ON, PartyDifference
from secretariat.oversight.differences.procedure import RULES, position_by


@duties
def views_to_give(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The differences with this party that wait for its view."""
    rows = PartyDifference.objects.filter(other=party_id, state=TAKEN_ON)
    for one in rows.visible_to(person, at):
        working = position_by(one)
        if working is not None:
            yield Duty(
                what=f"Give your view of a difference: {one.subject}",
                about=one,
                due=calendar().closing(working.result),
                why="Another party asked that it be settled.",
                citation=RULES,
                working=working.sentence(),
            )
