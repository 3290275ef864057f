"""What settles a contest, and what does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from secretariat.committees.ballots.models import Ballot
from secretariat.committees.ballots.procedure import BALLOTS
from secretariat.committees.elections.actions import (
    declare,
    follows,
    put_to_vote,
    settle,
)
from secretariat.committees.elections.nominating import NOMINATIONS
from secretariat.committees.elections.procedure import CONTESTS
from secretariat.committees.elections.results import result_of
from secretariat.committees.seats.models import Constituency
from secretariat.core.procedure import Refused
from tests.committees.electing import (
    AFTER,
    VOTING,
    accepted,
    cast,
    closed,
    contested,
    counted,
    opened,
    panel,
    put_forward,
    told,
    vacant,
    vote_on,
)
from tests.committees.factories import groups

pytestmark = pytest.mark.django_db


def test_fewer_candidates_than_seats_leave_the_others_vacant_and_said() -> None:
    ((_, alder, _),) = groups("Alder")
    call = opened(*(vacant(f"Small Supplier {one}", Constituency.SMALL_SUPPLIERS) for one in (1, 2, 3)))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    settle(closed(call), **told(AFTER))
    (said,) = result_of(call)
    assert (said["outcome"], said["vacant"]) == ("unopposed", 2)
    assert said["sentences"][-1] == "Vacant: 2 seats."


def test_no_seat_is_settled_before_every_nomination_is_judged() -> None:
    ((_, alder, _),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    put_forward(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    closed(call)
    assert follows(call.contests.get()).does is None
    with pytest.raises(Refused, match="first accepted or found ineligible"):
        settle(call, **told(AFTER))


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ("fill_unopposed", "Seats are settled once nominations have closed"),
        ("fill_unopposed", "Each of those who have a seat is first appointed"),
        ("leave_vacant", "Seats are left vacant where nobody stands"),
    ],
)
def test_a_contest_is_not_settled_otherwise_than_the_nominations_say(step: str, sentence: str) -> None:
    ((_, alder, _),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    if "once nominations" not in sentence:
        closed(call)
    with pytest.raises(Refused, match=sentence):
        CONTESTS.take(step, call.contests.get(), **told(AFTER))


def test_nobody_is_appointed_unopposed_where_nobody_stands() -> None:
    call = closed(opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS)))
    with pytest.raises(Refused, match="Only as many candidates as seats, and at least one"):
        CONTESTS.take("fill_unopposed", call.contests.get(), **told(AFTER))


def test_a_vote_is_held_with_the_ballot_of_these_seats_alone() -> None:
    found = groups("Alder", "Birch")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    for name in ("Ada Ash", "Ben Birch"):
        accepted(call, Constituency.SMALL_SUPPLIERS, name, found[0][1])
    closed(call)
    other = Ballot(
        committee=panel(), question="Who?", electorate="voting groups", method="most votes", secret=True,
        options=["Ada Ash", "Ben Birch"], opens_at=AFTER, closes_at=AFTER + timedelta(days=1),
    )  # fmt: skip
    BALLOTS.take("prepare", other, **told(AFTER))
    with pytest.raises(Refused, match="The ballot is prepared for these seats"):
        CONTESTS.take("put_to_vote", call.contests.get(), ballot=other.pk, **told(AFTER))


def test_while_a_vote_is_on_nothing_is_declared_withdrawn_or_held_again() -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch")
    contest.refresh_from_db()
    with pytest.raises(Refused, match="A vote is told as ineligible once the ballot is open"):
        CONTESTS.take("note_ineligible_vote", contest, sender="Oak", why="late", **told(AFTER))
    vote_on(contest)
    nomination = contest.nominations.get(name="Ada Ash")
    with pytest.raises(Refused, match="The seats are put to the vote or filled"):
        NOMINATIONS.take("withdraw", nomination, **told(VOTING))
    with pytest.raises(Refused, match="Only a vote that is over tells who is not elected"):
        NOMINATIONS.take("miss", nomination, **told(VOTING))
    with pytest.raises(Refused, match="The ballot is closed and its outcome is neither a tie"):
        declare(contest, **told(VOTING))
    with pytest.raises(Refused, match="Seats stay vacant after a vote only where"):
        CONTESTS.take("declare_vacant", contest, **told(VOTING))
    with pytest.raises(Refused, match="A vote is held again after a tie that"):
        put_to_vote(contest, **told(VOTING))


def test_nobody_is_declared_elected_before_the_winners_are_appointed() -> None:
    contest, found = contested(2, 1, "Ada Ash", "Ben Birch")
    ballot = vote_on(contest)
    cast(ballot, "Small 01", "Ada Ash", found[0][2])
    counted(ballot)
    contest.refresh_from_db()
    after = told(ballot.closes_at + timedelta(hours=1))
    with pytest.raises(Refused, match="Those who were elected, and nobody else, are first appointed"):
        CONTESTS.take("declare", contest, **after)
    declare(contest, **after)
    assert contest.state == "elected"


def test_a_vote_whose_ballot_was_cancelled_is_held_again() -> None:
    contest, _ = contested(2, 1, "Ada Ash", "Ben Birch")
    BALLOTS.take("cancel", vote_on(contest), reason="A name was wrong.", **told(VOTING))
    contest.refresh_from_db()
    again = put_to_vote(contest, **told(VOTING))
    assert (contest.ballot, again.state) == (again, "prepared")
