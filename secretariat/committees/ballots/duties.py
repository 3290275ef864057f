"""The ballots in which a party's contact has a vote to cast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from secretariat.committees.ballots.models import electors_of
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.plain.dates import local_day


@duties
def votes(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The votes that a person may cast for a party or its Voting Group, and for the seats that the person holds."""
    for elector in electors_of(person, at) if person is not None else ():
        group = elector.voting_group
        of_group = group is not None and group.members.on(local_day(at)).filter(party=party_id).exists()
        if of_group or elector.party_id == party_id or elector.seat_id is not None:
            voted = "Change your vote" if elector.voted_at else "Vote"
            yield Duty(f"{voted}: {elector.ballot.question}", elector.ballot, elector.ballot.closes_at,
                       why=f"For {elector.name}; the last vote before the close counts.", citation="CB-3, ELE-5",
                       href=reverse("vote", args=[elector.ballot_id, elector.pk]), does="Vote", weight=Weight.MAY,
                       name=str(elector.pk))  # fmt: skip
