"""The withdrawn proposals that any party may still adopt (OLD-8)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.change.models import Proposal
from secretariat.change.standing.models import Adoption
from secretariat.core.calendar import calendar
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day


@duties
def adoptions(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The adoption windows that are open at an instant, of proposals that the person may read."""
    readable = Proposal.objects.visible_to(person, at).values("pk")
    found = Adoption.objects.filter(
        ended_on__isnull=True, withdrawn_on__lte=local_day(at), closes_on__gte=local_day(at), proposal__in=readable
    )
    days = calendar()
    for window in found.select_related("proposal"):
        number = RULEBOOK.number("change.adoption_wd", window.withdrawn_on)
        yield Duty(
            f"Adopt {window.proposal}",
            window.proposal,
            days.closing(window.closes_on),
            why=window.reason or "Its Proposer withdrew it.",
            citation="OLD-8",
            working=days.working(window.withdrawn_on, number).sentence(),
            does="Adopt it",
            href=f"{reverse('adoption-new')}?proposal={window.proposal.reference}",
            weight=Weight.MAY,
            name="adopt",
        )
