"""Elections as far along as a test needs: planned, opened, closed, voted on and counted."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from secretariat.committees.ballots.models import Ballot
from secretariat.committees.ballots.procedure import BALLOTS, ELECTORS, hashed
from secretariat.committees.elections import windows
from secretariat.committees.elections.actions import (
    nominate,
    plan_call,
    settle,
)
from secretariat.committees.elections.models import Call, Contest, Nomination
from secretariat.committees.elections.nominating import NOMINATIONS
from secretariat.committees.elections.procedure import CALLS
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Constituency, Seat
from secretariat.core.people import Person
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party, VotingGroup
from tests.committees.factories import groups, keeper

OPENS = date(2020, 6, 15)
PLANNING = datetime(2020, 6, 8, 10, tzinfo=LONDON)
DURING = datetime(2020, 6, 17, 12, tzinfo=LONDON)
CLOSES = datetime(2020, 7, 6, 17, tzinfo=LONDON)
AFTER = CLOSES + timedelta(hours=1)
VOTING = datetime(2020, 7, 8, 11, tzinfo=LONDON)
TERMS = date(2020, 9, 1)
Members = list[tuple[VotingGroup, Party, Person]]


def told(at: datetime, by: Person | None = None) -> dict[str, Any]:
    """Who does it, and when; the secretary unless another is named."""
    return {"by": by or keeper(), "at": at, "recorded": at}


def panel() -> Committee:
    """The Panel."""
    found: Committee = Committee.objects.get(code="SECP")
    return found


def vacant(title: str, constituency: str, committee: Committee | None = None, **more: Any) -> Seat:
    """A seat since 2013 that nobody holds."""
    told_of = {"committee": committee or panel(), "from_day": date(2013, 9, 23), "recorded": PLANNING}
    made: Seat = Seat.objects.create(title=title, constituency=constituency, **{**told_of, **more})
    return made


def planned(*seats: Seat, **more: Any) -> Call:
    """A call that is not open yet."""
    body = seats[0].committee
    opens = more.pop("opens_on", OPENS)
    call = Call(
        **{"committee": body, "opens_on": opens, "frozen_on": opens, "term_from": TERMS,
           "closes_at": windows.nominations_close(body, opens), **more}
    )  # fmt: skip
    return plan_call(call, seats, **told(PLANNING))


def opened(*seats: Seat, **more: Any) -> Call:
    """A call in which nominations are open."""
    call = planned(*seats, **more)
    CALLS.take("open", call, **told(windows.begins(call.opens_on)))
    return call


def put_forward(call: Call, constituency: str, name: str, by: Party | None = None, **more: Any) -> Nomination:
    """A nomination that the secretary received."""
    contest = call.contests.get(constituency=constituency)
    email = f"{name.lower().replace(' ', '-')}@example.test"
    made = Nomination(**{"contest": contest, "party": by, "name": name, "email": email, "consents": True, **more})
    return nominate(made, **told(DURING))


def accepted(call: Call, constituency: str, name: str, by: Party | None = None, **more: Any) -> Nomination:
    """A nomination that was accepted."""
    made = put_forward(call, constituency, name, by, **more)
    NOMINATIONS.take("accept", made, **told(DURING))
    return made


def closed(call: Call) -> Call:
    """The call after its close."""
    CALLS.take("close", call, **told(call.closes_at + timedelta(minutes=1)))
    return call


def vote_on(contest: Contest) -> Ballot:
    """The ballot of a contest, opened."""
    contest.refresh_from_db()
    ballot = contest.ballot
    assert ballot is not None
    BALLOTS.take("open", ballot, **told(AFTER))
    return ballot


def contested(number: int, seats: int, *names: str, committee: Committee | None = None) -> tuple[Contest, Members]:
    """Small Suppliers with more candidates than seats, after the close: the contest and the groups."""
    found = groups(*(f"Small {one:02}" for one in range(1, number + 1)))
    places = [vacant(f"Small Supplier {one}", Constituency.SMALL_SUPPLIERS, committee) for one in range(1, seats + 1)]
    call = opened(*places)
    for name in names:
        accepted(call, Constituency.SMALL_SUPPLIERS, name, found[0][1])
    settle(closed(call), **told(AFTER))
    return call.contests.get(), found


def cast(ballot: Ballot, name: str, choice: str, by: Person, at: datetime = VOTING) -> str:
    """A secret vote of an elector; returns its receipt."""
    receipt = f"receipt of {name}"
    elector = ballot.electors.get(name=name)
    ELECTORS.take("vote", elector, choice=choice, receipt_hash=hashed(receipt), **told(at, by))
    return receipt


def counted(ballot: Ballot) -> Ballot:
    """The ballot after its close."""
    BALLOTS.take("close", ballot, **told(ballot.closes_at + timedelta(minutes=1)))
    return ballot
