"""What a User has to do for its security assessments: ask for the next one in time, and report its systems."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.assurance.planning.due import users_due
from secretariat.assurance.planning.procedure import security_team
from secretariat.assurance.planning.shared import owed
from secretariat.core.capacities import speaks_for
from secretariat.core.duties import Duty, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day
from secretariat.register.models import Party


def _may_know(party_id: int, person: Person | None, at: datetime) -> bool:
    return party_id in speaks_for(person, at) or security_team(person, None, at)


@duties
def next_assessments(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The next assessment of the cycle, as long as nothing of it is booked or begun."""
    if not _may_know(party_id, person, at):
        return
    day = local_day(at)
    for one in users_due(day, Party.objects.get(pk=party_id)):
        if one.next.due is None or one.under_way is not None:
            continue
        yield Duty(
            what=f"Ask for your next security assessment: {one.next.kind}",
            about=one.party,
            due=one.book_by or one.next.due,
            why=f"One each year, in a cycle of three. {one.entry.doubt}",
            citation="SEC-3, SEC-5, Section G8",
            working=" ".join(one.next.working),
            href=reverse("assessment cycle"),
            does="See how it is reckoned",
            name="next assessment",
        )


@duties
def systems_reports(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The half-yearly number of smart metering systems of a User on a Shared Resource Provider (SEC-14)."""
    found = owed(party_id, local_day(at)) if _may_know(party_id, person, at) else None
    if found is not None:
        yield Duty(
            what="Report the number of your smart metering systems",
            about=Party.objects.get(pk=party_id),
            due=found.due,
            why="You rely on a Shared Resource Provider, so that less of you is assessed.",
            citation="SEC-14, Section G5.27",
            working=found.working,
            href=f"{reverse('systems report-new')}?party={party_id}&as_at={found.as_at.isoformat()}",
            does="Report it",
            name="systems report",
        )
