"""What a party on its way out has to settle and return, and the items of a last-resort checklist that are its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.register.leaving.models import (
    DAY_FIXED,
    LEFT,
    NOTICE_GIVEN,
    OPEN,
    CheckItem,
    LastResort,
    Leaving,
    Side,
)


@duties
def exits(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The steps of a party's own exit: what is outstanding, the day it leaves, the hubs to return."""
    found = Leaving.objects.filter(party_id=party_id, state__in=(*OPEN, LEFT))
    for leaving in found.visible_to(person, at).select_related("party"):
        if leaving.state == NOTICE_GIVEN:
            yield Duty("Settle all sums that are outstanding", leaving, why="A withdrawal has no effect before.",
                       citation="EXIT-1", does="See your notice")  # fmt: skip
        if leaving.state == DAY_FIXED:
            yield Duty(f"{leaving.party} leaves the code", leaving, leaving.day, why=f"Fixed at {leaving.meeting}.",
                       citation="EXIT-1", weight=Weight.COMES, name="day")  # fmt: skip
        if leaving.hubs_missing:
            yield Duty(f"Return uninstalled communications hubs to the DCC: {leaving.hubs_missing:,}", leaving,
                       why="Who leaves returns those it has not installed.", citation="EXIT-4, Section F8.7",
                       name="hubs")  # fmt: skip


@duties
def checklists(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The open items of the checklists of a Supplier of Last Resort, for the failing and for the appointed party."""
    for side, where in ((Side.FAILING, "failing_id"), (Side.APPOINTED, "appointed_id")):
        for event in LastResort.objects.filter(**{where: party_id}).visible_to(person, at):
            left = CheckItem.objects.filter(event=event, side=side, state="to do").visible_to(person, at).count()
            if left:
                yield Duty(f"Go through the checklist of the Supplier of Last Resort: {left:,} open", event,
                           why="Agreed with the DCC for the change of supplier.", citation="EXIT-5",
                           does="Open the checklist", name=side)  # fmt: skip
