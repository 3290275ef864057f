"""Security assessments of a party that are to come, and until when their day can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from secretariat.assurance.models import Assessment, Kind, State
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date

TO_COME = (State.BOOKED, State.VALIDATED)


@duties
def assessments(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The fieldwork that is booked, the last day to move it, and the self-assessment that is asked for."""
    found = Assessment.objects.filter(party_id=party_id, state__in=(State.REQUESTED, *TO_COME))
    for one in found.visible_to(person, at).select_related("party"):
        if one.state == State.REQUESTED and one.kind == Kind.SSA:
            yield Duty("Do your Security Self-Assessment and send it in", one, citation="SEC-2, Section G8",
                       why="The User assesses itself; the SSC reviews it.")  # fmt: skip
        if one.state in TO_COME and one.fieldwork_due:
            yield from _booked(one, one.fieldwork_due)


def _booked(one: Assessment, day: date) -> Iterator[Duty]:
    yield Duty(f"Fieldwork begins: {one.get_kind_display()}", one, day, why="Booked with the assessor.",
               citation="SEC-7, Section G8", weight=Weight.COMES, name="fieldwork")  # fmt: skip
    weeks = RULEBOOK.number("assessment.move_weeks", day)
    yield Duty(
        what=f"Last day to move or cancel without a fee: {one.get_kind_display()}",
        about=one,
        due=day - timedelta(weeks=weeks),
        why="Later the assessor asks for a part of its fee.",
        citation="SEC-5",
        working=f"{weeks} weeks before {long_date(day)}.",
        weight=Weight.MAY,
        name="move",
    )
