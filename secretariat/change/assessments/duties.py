"""What is due of the DCC and of parties that were asked, and the replies that parties can expect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from secretariat.change.assessments.models import ASKED, RECEIVED, REQUESTED, Assessment, Idea, InformationRequest
from secretariat.core.calendar import calendar
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.workdays import OutsideCalendarError
from secretariat.register.models import Party


def closing(day: Any) -> Any:
    """17:00 of a day (WD-3); the day itself where the calendar does not reach it."""
    try:
        return calendar().closing(day)
    except OutsideCalendarError:
        return day


@duties
def assessments(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The assessments that the DCC has yet to return."""
    if not Party.objects.filter(pk=party_id, is_dcc=True).exists():
        return
    found: Any = Assessment.objects.filter(state=REQUESTED, due_on__isnull=False).visible_to(person, at)
    for one in found.select_related("proposal"):
        working = one.working()
        yield Duty(f"Return the {one.get_kind_display()} of {one.proposal.reference}", one, closing(one.due_on),
                   why=f"Requested on {long_date(one.requested_on)}.", citation="NEW-6",
                   working=working.sentence() if working else "As agreed.", does="Return it")  # fmt: skip


@duties
def questions(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The requests for information that a party has yet to answer."""
    found: Any = InformationRequest.objects.filter(party_id=party_id, state=ASKED).visible_to(person, at)
    for one in found.select_related("proposal"):
        yield Duty(f"Answer a request for information on {one.proposal.reference}", one, one.due_on,
                   why=f"Asked on {long_date(one.asked_on)}.", citation="NEW-2", does="Answer it")  # fmt: skip


@duties
def replies(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The critical-friend replies that a party can expect."""
    found: Any = Idea.objects.filter(party_id=party_id, state=RECEIVED, reply_due_on__gte=local_day(at))
    for one in found.visible_to(person, at):
        yield Duty(f"A reply to “{one.title}” comes", one, one.reply_due_on, weight=Weight.COMES, citation="NEW-3",
                   why=f"Told on {long_date(local_day(one.submitted_at))}.", does="See what you told")  # fmt: skip
