"""What a party does in its cases, and by when: self-assessments, fieldwork to come, responses, plans and letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from secretariat.assurance.cases.ball import Holder
from secretariat.assurance.cases.standing import ball_of, due
from secretariat.assurance.models import ENDED, Assessment, State
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date

TO_COME = (State.BOOKED, State.VALIDATED)


@duties
def assessments(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The fieldwork that is booked, the last day to move it, and what the case waits for from the party."""
    found = Assessment.objects.filter(party_id=party_id).exclude(state__in=("", *ENDED))
    for one in found.visible_to(person, at).select_related("party", "follows"):
        if one.state in TO_COME and one.fieldwork_due:
            yield from _booked(one, one.fieldwork_due)
        elif one.state == State.REQUESTED and one.is_self_assessed:
            yield Duty(f"Do your {one.get_kind_display()} and send it in", one, citation="SEC-2, Section G8",
                       why="The User assesses itself; it is reviewed.")  # fmt: skip
        else:
            yield from _asked(one, at)


def _asked(one: Assessment, at: datetime) -> Iterator[Duty]:
    ball, by = ball_of(one, at), due(one, at)
    if ball.holder is Holder.PARTY:
        yield Duty(f"{ball.does}: {one.get_kind_display()}", one, by[0] if by else None, "The case waits on you.",
                   "SEC-7, Section G8", by[1] if by else "", name="asked")  # fmt: skip


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
