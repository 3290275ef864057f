"""Rules of ballots, each refused alone: when one opens, what is settled, who is noted as present, who stands aside."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from secretariat.committees.ballots.models import Ballot
from secretariat.committees.ballots.procedure import BALLOTS, ELECTORS
from secretariat.committees.seats.models import Constituency
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from tests.committees.factories import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    a_board,
    cast,
    closed,
    elector,
    groups,
    keeper,
    opened,
    prepared,
    seat,
    secret_vote,
)

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)


def election(**more: Any) -> tuple[Ballot, list[Person]]:
    """An open ballot of two Voting Groups, with their contacts."""
    contacts = [contact for _, _, contact in groups("Alder", "Birch")]
    ballot = opened(
        electorate="voting groups", category="small-supplier", method="most votes", options=["Ash", "Oak", "abstain"],
        reasons_required=False, quorum=False, **more,
    )  # fmt: skip
    return ballot, contacts


@pytest.mark.parametrize("at", [OPENS - INSTANT, CLOSES + INSTANT])
def test_the_opening_has_come_and_the_closing_has_not_when_a_ballot_opens(at: datetime) -> None:
    a_board(consumer=1)
    ballot = prepared()
    with pytest.raises(Refused) as refused:
        BALLOTS.take("open", ballot, by=keeper(), at=at, recorded=at)
    (reason,) = refused.value.messages
    assert reason.startswith("A ballot is opened between the instant at which it opens and the one at which it closes.")
    assert (ballot.state, ballot.electors.count()) == ("prepared", 0)


@pytest.mark.parametrize("at", [OPENS, CLOSES])
def test_a_ballot_opens_at_either_of_its_instants(at: datetime) -> None:
    a_board(consumer=1)
    ballot = prepared()
    BALLOTS.take("open", ballot, by=keeper(), at=at, recorded=at)
    assert ballot.state == "open"


def test_it_is_a_tie_that_is_settled_and_once() -> None:
    ballot, (alder, birch) = election()
    cast(ballot, "Alder", "Ash", by=alder)
    cast(ballot, "Birch", "Oak", by=birch)
    closed(ballot)
    BALLOTS.take("settle", ballot, by=keeper(), at=AFTER, recorded=AFTER, chosen="Oak", how="By lot")
    with pytest.raises(Refused) as refused:
        BALLOTS.take("settle", ballot, by=keeper(), at=AFTER, recorded=AFTER, chosen="Ash", how="By lot")
    assert refused.value.messages == ["Only a tie is settled. (ELE-3)"]
    ballot.refresh_from_db()
    assert ballot.outcome == "Oak"


def a_ballot_with_a_chair() -> Ballot:
    """An open ballot of one member with a vote and a Chair without."""
    a_board(consumer=1)
    seat("Chair", Constituency.CHAIR, "The Chair", votes=False)
    return opened()


def test_the_seat_votes_only_where_it_has_a_vote() -> None:
    ballot = a_ballot_with_a_chair()
    with pytest.raises(Refused) as refused:
        cast(ballot, "Chair", "approve")
    assert refused.value.messages == ["This seat has no vote. (GOV-4)"]
    cast(ballot, "Consumer 1", "approve")
    assert elector(ballot, "Consumer 1").state == "voted"


def test_the_seat_does_not_vote_that_is_noted_as_present() -> None:
    ballot = a_ballot_with_a_chair()
    told: dict[str, Any] = {"by": keeper(), "at": DURING, "recorded": DURING}
    with pytest.raises(Refused) as refused:
        ELECTORS.take("attend", elector(ballot, "Consumer 1"), **told)
    (reason,) = refused.value.messages
    assert reason.startswith("Only who has no vote is noted as present; a member takes part by voting.")
    ELECTORS.take("attend", elector(ballot, "Chair"), **told)
    assert [elector(ballot, name).state for name in ("Consumer 1", "Chair")] == ["", "present"]


def test_no_secret_vote_is_cast_by_who_declares_a_conflict() -> None:
    ballot, (alder, birch) = election(secret=True)
    secret_vote(ballot, "Alder", "Ash", alder, "one")
    told: dict[str, Any] = {"at": DURING, "recorded": DURING, "conflict": "Employs a candidate."}
    with pytest.raises(Refused) as refused:
        ELECTORS.take("declare_conflict", elector(ballot, "Alder"), by=alder, **told)
    (reason,) = refused.value.messages
    assert reason.startswith("In a secret ballot a conflict is declared before voting")
    ELECTORS.take("declare_conflict", elector(ballot, "Birch"), by=birch, **told)
    closed(ballot)
    assert (ballot.outcome, elector(ballot, "Birch").state) == ("Ash", "conflict declared")
