"""The seats for which a party may nominate, until nominations close; its votes are told with the ballots."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from secretariat.committees.ballots.models import Electorate
from secretariat.committees.elections import windows
from secretariat.committees.elections.models import CONTESTED, NOMINATING, Contest
from secretariat.committees.elections.roll import on_roll
from secretariat.core.duties import Duty, Weight, duties
from secretariat.core.people import Person
from secretariat.register.parties import Party


@duties
def nominations(party_id: int, person: Person | None, at: datetime) -> Iterator[Duty]:
    """The seats for which a party on the roll may nominate (rules ELE-3, ELE-5)."""
    rows = Contest.objects.filter(state=CONTESTED, call__state=NOMINATING, call__closes_at__gte=at)
    rows = rows.exclude(call__electorate=Electorate.SEATS)
    found = list(rows.visible_to(person, at).select_related("call__committee"))
    party = Party.objects.filter(pk=party_id).first() if found else None
    for contest in found if party else ():
        call = contest.call
        if party and on_roll(contest, party, call.frozen_on):
            asked = urlencode({"contest": contest.pk, "party": party_id})
            yield Duty(f"Nominate for {contest.get_constituency_display()} on the {call.committee.name}", contest,
                       call.closes_at, why="Your party is on the roll of these seats.", citation="ELE-3",
                       working=windows.nominations(call.committee, call.opens_on).sentence(), does="Nominate",
                       href=f"{reverse('nomination-new')}?{asked}", weight=Weight.MAY)  # fmt: skip
