"""The consultations that ask a party, by when, and the drafts of it that wait to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.consultations.models import Consultation
from secretariat.consultations.responses import DRAFT, SUBMITTED, Response
from secretariat.consultations.timing import working
from secretariat.consultations.who import invites
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day
from secretariat.register.parties import Party


@duties
def consultations(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The open consultations that ask the party: to respond, to send a draft, or to replace what was sent."""
    party = Party.objects.filter(pk=party_id).first()
    if party is None:
        return
    open_now = list(Consultation.objects.taking_responses(at).visible_to(person, at))
    rows = Response.objects.filter(consultation__in=open_now, party=party).visible_to(person, at)
    states = set(rows.filter(state__in=(DRAFT, SUBMITTED)).values_list("consultation", "state"))
    for one in open_now:
        if invites(one, party, local_day(at)):
            yield _duty(one, drafted=(one.pk, DRAFT) in states, sent=(one.pk, SUBMITTED) in states)


def _duty(consultation: Consultation, *, drafted: bool, sent: bool) -> Duty:
    what, does = f"Respond to {consultation}", "Respond"
    if drafted:
        what, does = f"Finish and send the draft response to {consultation}", "Open the draft"
    elif sent:
        what, does = f"Replace your response to {consultation}", "See or replace it"
    return Duty(what, consultation, consultation.closes_at, why=f"A consultation by {consultation.body}.",
                citation="HLP-6", working=working(consultation), does=does, weight=Weight.MAY,
                href=reverse("consultation-respond", args=[consultation.reference]), name="respond")  # fmt: skip
