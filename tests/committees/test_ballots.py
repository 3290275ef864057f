"""Ballots: who votes, until when, what counts, and the arithmetic that is frozen."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from secretariat.committees.ballots.models import Elector, Paper, Vote, electors_of
from secretariat.committees.ballots.procedure import BALLOTS, ELECTORS
from secretariat.committees.seats.models import Appointment, Constituency
from secretariat.core.journal import Event, history
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import LONDON
from secretariat.register.models import DefaultCase
from secretariat.register.panel_action.models import PanelAction, Suspension
from tests.committees.factories import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    a_board,
    appoint,
    cast,
    closed,
    elector,
    groups,
    keeper,
    opened,
    prepared,
    seat,
    secret_vote,
    someone,
)

pytestmark = pytest.mark.django_db


def suspend(party: object, right: str) -> None:
    """Suspends a right of a party from the morning of the ballot."""
    case = DefaultCase.objects.create(party=party, limb="c", entered_on=OPENS.date())
    action = PanelAction.objects.create(
        case=case, power="suspend", right=right, meeting="SECP_77_1402", state="in force"
    )  # fmt: skip
    Suspension.objects.create(action=action, party=party, from_day=OPENS.date(), recorded=OPENS)


def test_electors_are_the_seats_with_a_member_when_the_ballot_opens() -> None:
    a_board(consumer=1, networks=2)
    seat("Vacant seat", Constituency.NETWORKS)
    ballot = opened()
    assert [one.name for one in ballot.electors.all()] == ["Consumer 1", "Networks 1", "Networks 2"]
    seat("Later seat", Constituency.CONSUMER, "Late member")
    assert ballot.electors.count() == 3
    listed = history(ballot).get(name="ballot.open").facts["electors"]
    assert [one["name"] for one in listed] == ["Consumer 1", "Networks 1", "Networks 2"]


def test_a_ballot_of_a_body_without_members_cannot_open() -> None:
    with pytest.raises(Refused, match="Nobody could vote"):
        opened()


def test_the_count_is_by_constituency_and_then_by_board_with_its_arithmetic_in_words() -> None:
    a_board(consumer=1, small_suppliers=3, networks=3)
    ballot = opened()
    cast(ballot, "Consumer 1", "reject")
    for number, choice in enumerate(("approve", "approve", "reject"), start=1):
        cast(ballot, f"Small Suppliers {number}", choice)
    for number, choice in enumerate(("approve", "abstain", "approve"), start=1):
        cast(ballot, f"Networks {number}", choice)
    closed(ballot)
    assert (ballot.state, ballot.outcome) == ("closed", "approve")
    assert ballot.tally["strategy"] == "majority"
    assert ballot.tally["rows"] == [
        ["Consumer", 0, 1, 0, "reject"], ["Networks", 2, 0, 1, "approve"], ["Small Suppliers", 2, 1, 0, "approve"],
    ]  # fmt: skip
    sentences = ballot.tally["sentences"]
    assert "Small Suppliers: 2 approve, 1 reject, 0 abstain, so approve." in sentences
    assert "Quorum: 7 of 7 took part; 50% of 7, so 4 needed; there is a quorum." in sentences
    assert sentences[-1] == "By unanimity, the strategy not applied here, the outcome would be otherwise: reject."


@pytest.mark.parametrize(
    ("closes", "strategy", "outcome"),
    [("2018-10-31", "unanimity", "reject"), ("2018-11-01", "majority", "approve")],
)
def test_the_strategy_is_the_one_in_force_on_the_day_of_the_close(closes: str, strategy: str, outcome: str) -> None:
    a_board(consumer=1, small_suppliers=1, networks=1)
    ends = datetime.fromisoformat(f"{closes} 17:00").replace(tzinfo=LONDON)
    begins = datetime(2018, 10, 31, 9, tzinfo=LONDON)
    ballot = opened(opens_at=begins, closes_at=ends)
    for name, choice in (("Consumer 1", "approve"), ("Small Suppliers 1", "approve"), ("Networks 1", "reject")):
        cast(ballot, name, choice, begins)
    closed(ballot)
    assert (ballot.tally["strategy"], ballot.outcome) == (strategy, outcome)


def test_the_last_vote_counts_and_each_change_is_an_event() -> None:
    a_board(consumer=1)
    ballot = opened()
    cast(ballot, "Consumer 1", "reject")
    cast(ballot, "Consumer 1", "approve", DURING + timedelta(minutes=5))
    closed(ballot)
    assert Vote.objects.get().choice == "approve"
    events = history(elector(ballot, "Consumer 1")).filter(name="elector.vote")
    assert [event.facts["choice"] for event in events] == ["reject", "approve"]
    assert ballot.outcome == "approve"


def test_a_vote_is_not_dated_before_the_one_it_changes() -> None:
    a_board(consumer=1)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve")
    with pytest.raises(Refused, match="not dated before"):
        cast(ballot, "Consumer 1", "reject", DURING - timedelta(minutes=1), recorded=DURING + timedelta(minutes=1))


def test_a_vote_at_the_closing_instant_counts_and_one_after_it_does_not() -> None:
    a_board(consumer=2)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve", CLOSES)
    with pytest.raises(Refused, match="not open"):
        cast(ballot, "Consumer 2", "approve", CLOSES + timedelta(microseconds=1))
    with pytest.raises(Refused, match="before it opens|not open"):
        cast(ballot, "Consumer 2", "approve", OPENS - timedelta(microseconds=1))
    closed(ballot)
    assert ballot.tally["rows"] == [["Consumer", 1, 0, 0, "approve"]]


def test_a_vote_cannot_be_dated_back_after_the_close() -> None:
    a_board(consumer=1)
    ballot = opened()
    with pytest.raises(Refused, match="The ballot closed at Wed 26 Feb 2020, 17:00"):
        cast(ballot, "Consumer 1", "approve", DURING, recorded=AFTER)


def test_the_closing_has_passed_before_a_ballot_is_closed() -> None:
    a_board(consumer=1)
    ballot = opened()
    with pytest.raises(Refused, match="A ballot is closed after its closing instant"):
        closed(ballot, CLOSES)


def test_an_alternate_votes_where_the_member_has_not_and_the_members_vote_takes_its_place() -> None:
    place = seat("Consumer 1", Constituency.CONSUMER)
    member = appoint(place, "The member")
    stand_in = appoint(place, "The alternate", member).person
    ballot = opened()
    cast(ballot, "Consumer 1", "reject", by=stand_in)
    cast(ballot, "Consumer 1", "approve", DURING + timedelta(minutes=1), by=member.person)
    with pytest.raises(Refused, match="the alternate where the member has not voted"):
        cast(ballot, "Consumer 1", "reject", DURING + timedelta(minutes=2), by=stand_in)
    assert Vote.objects.get().choice == "approve"


def test_nobody_votes_for_a_seat_of_somebody_else() -> None:
    a_board(consumer=2)
    ballot = opened()
    other = Appointment.objects.get(seat__title="Consumer 2").person
    with pytest.raises(Refused, match="for others"):
        cast(ballot, "Consumer 1", "approve", by=other)


def test_who_declares_a_conflict_is_not_counted_and_that_is_said() -> None:
    a_board(consumer=1, networks=2)
    ballot = opened()
    cast(ballot, "Networks 1", "reject")
    of = elector(ballot, "Networks 1")
    member = of.seat.appointments.get().person  # type: ignore[union-attr]
    ELECTORS.take("declare_conflict", of, by=member, at=DURING, recorded=DURING, conflict="Owns the supplier.")
    cast(ballot, "Networks 2", "approve")
    cast(ballot, "Consumer 1", "approve")
    with pytest.raises(Refused, match="not possible here"):
        cast(ballot, "Networks 1", "reject", DURING + timedelta(minutes=1))
    closed(ballot)
    assert ["Networks", 1, 0, 0, "approve"] in ballot.tally["rows"]
    assert ballot.tally["left_out"] == {"conflict declared, with a vote": 1}
    assert "Not counted: 1 conflict declared, with a vote." in ballot.tally["sentences"]


def test_a_suspended_group_neither_votes_nor_counts_for_the_quorum() -> None:
    ((group, party, _),) = groups("Alder", category="large-supplier")
    seat("Alder", Constituency.LARGE_SUPPLIERS, "Alder member", voting_group=group)
    a_board(consumer=1)
    suspend(party, "seat")
    ballot = opened()
    with pytest.raises(Refused, match="suspended"):
        cast(ballot, "Alder", "approve")
    cast(ballot, "Consumer 1", "approve")
    closed(ballot)
    assert ballot.tally["quorum"] == {"members": 1, "present": 1, "needed": 1, "met": True}
    assert ballot.tally["left_out"] == {"suspended": 1}


def test_a_group_suspended_after_it_voted_is_left_out_and_said() -> None:
    ((group, party, _),) = groups("Alder", category="large-supplier")
    seat("Alder", Constituency.LARGE_SUPPLIERS, "Alder member", voting_group=group)
    a_board(consumer=1)
    ballot = opened()
    cast(ballot, "Alder", "reject")
    suspend(party, "seat")
    cast(ballot, "Consumer 1", "approve")
    closed(ballot)
    assert ballot.outcome == "approve"
    assert ballot.tally["left_out"] == {"suspended, with a vote": 1}


def test_without_a_quorum_nothing_is_decided() -> None:
    a_board(consumer=1, networks=3)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve")
    closed(ballot)
    assert (ballot.outcome, ballot.is_decided) == ("no decision", False)
    assert any("there is no quorum" in line for line in ballot.tally["sentences"])


def test_the_chair_counts_for_the_quorum_and_has_no_vote() -> None:
    a_board(consumer=1)
    seat("Chair", Constituency.CHAIR, "The Chair", votes=False)
    ballot = opened()
    with pytest.raises(Refused, match="no vote"):
        cast(ballot, "Chair", "approve")
    ELECTORS.take("attend", elector(ballot, "Chair"), by=keeper(), at=DURING, recorded=DURING)
    cast(ballot, "Consumer 1", "approve")
    closed(ballot)
    assert ballot.tally["quorum"]["members"] == 2
    assert ballot.tally["quorum"]["present"] == 2
    assert [row[0] for row in ballot.tally["rows"]] == ["Consumer"]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"choice": "perhaps"}, "Choose one of the options"),
        ({"choice": "approve", "reason": " "}, "Each voter gives reasons"),
        ({"choice": "approve", "objectives": {"a": "best"}}, "Say better, neutral or worse"),
        ({"choice": "approve", "objectives": {"z": "better"}}, "Say better, neutral or worse"),
        ({"choice": "approve", "objectives": ["a"]}, "Say better, neutral or worse"),
        ({"choice": "approve", "receipt_hash": "nothex"}, "A secret vote needs the hash of a receipt"),
    ],
    ids=[
        "it_is_an_option",
        "reasons_are_given",
        "objectives_are_judged in three words",
        "objectives_are_judged that the ballot names",
        "objectives_are_judged one by one",
        "a_secret_vote_has_a_receipt",
    ],
)
def test_a_vote_is_one_of_the_options_with_reasons_against_the_objectives(
    facts: dict[str, object], sentence: str
) -> None:
    a_board(consumer=1)
    ballot = opened(objectives={"a": "Efficient operation"})
    with pytest.raises(Refused) as refused:
        cast(ballot, "Consumer 1", **facts)  # type: ignore[arg-type]
    (reason,) = refused.value.messages
    assert reason.startswith(sentence)


def test_reasons_are_kept_against_the_objectives() -> None:
    a_board(consumer=1)
    ballot = opened(objectives={"a": "Efficient operation", "b": "The DCC's duties"})
    cast(ballot, "Consumer 1", "approve", reason="It helps.", objectives={"a": "better", "b": "neutral"})
    kept = Vote.objects.get()
    assert (kept.reason, kept.objectives) == ("It helps.", {"a": "better", "b": "neutral"})


def test_one_vote_for_each_voting_group_by_the_contact_of_any_of_its_parties() -> None:
    (_, _, contact), (_, _, other) = groups("Alder", "Birch")
    ballot = opened(
        electorate="voting groups", category="small-supplier", method="most votes", options=["Ash", "Oak", "abstain"],
        reasons_required=False, quorum=False,
    )  # fmt: skip
    assert [one.name for one in ballot.electors.all()] == ["Alder", "Birch"]
    assert [one.name for one in electors_of(contact, DURING)] == ["Alder"]
    cast(ballot, "Alder", "Ash", by=contact)
    with pytest.raises(Refused, match="for others"):
        cast(ballot, "Alder", "Oak", by=other)
    cast(ballot, "Birch", "Oak", by=other)
    closed(ballot)
    assert (ballot.outcome, ballot.tally["tied"]) == ("tie", ["Ash", "Oak"])
    with pytest.raises(Refused, match="one of those that are tied"):
        BALLOTS.take("settle", ballot, by=keeper(), at=AFTER, recorded=AFTER, chosen="Elm", how="The Chair decided")
    BALLOTS.take("settle", ballot, by=keeper(), at=AFTER, recorded=AFTER, chosen="Oak", how="The Chair decided")
    assert ballot.outcome == "Oak"


def secret_election() -> tuple[object, list[tuple[object, object, Person]]]:
    """An open secret ballot of three Voting Groups."""
    found = groups("Alder", "Birch", "Cedar")
    ballot = opened(
        electorate="voting groups", method="most votes", options=["Ash", "Oak", "abstain"], secret=True,
        reasons_required=False, quorum=False,
    )  # fmt: skip
    return ballot, found  # type: ignore[return-value]


def test_a_secret_vote_is_kept_apart_from_who_cast_it() -> None:
    ballot, ((_, _, alder), (_, _, birch), _) = secret_election()
    secret_vote(ballot, "Alder", "Ash", alder, "token of alder")  # type: ignore[arg-type]
    secret_vote(ballot, "Birch", "Oak", birch, "token of birch")  # type: ignore[arg-type]
    assert not Vote.objects.exists()
    assert sorted(Paper.objects.values_list("choice", flat=True)) == ["Ash", "Oak"]
    for event in Event.objects.filter(name="elector.vote"):
        assert event.facts == {"state": {"old": "", "new": "voted"}}


def test_a_secret_count_lists_the_hash_of_each_receipt_with_its_vote() -> None:
    ballot, ((_, _, alder), (_, _, birch), _) = secret_election()
    secret_vote(ballot, "Alder", "Ash", alder, "one")  # type: ignore[arg-type]
    secret_vote(ballot, "Birch", "Ash", birch, "two")  # type: ignore[arg-type]
    closed(ballot)  # type: ignore[arg-type]
    assert ballot.outcome == "Ash"  # type: ignore[attr-defined]
    papers = ballot.tally["papers"]  # type: ignore[attr-defined]
    assert [paper["choice"] for paper in papers] == ["Ash", "Ash"]
    assert [paper["receipt"] for paper in papers] == sorted(paper["receipt"] for paper in papers)
    assert all("choice" not in line for line in ballot.tally["electors"])  # type: ignore[attr-defined]


def test_a_secret_vote_is_changed_only_by_showing_its_receipt() -> None:
    ballot, ((_, _, alder), *_) = secret_election()
    secret_vote(ballot, "Alder", "Ash", alder, "one")  # type: ignore[arg-type]
    with pytest.raises(Refused, match="showing its receipt"):
        secret_vote(ballot, "Alder", "Oak", alder, "two", old_receipt="guess")  # type: ignore[arg-type]
    secret_vote(ballot, "Alder", "Oak", alder, "two", old_receipt="one")  # type: ignore[arg-type]
    assert Paper.objects.get().choice == "Oak"


def test_a_secret_vote_needs_a_receipt() -> None:
    ballot, ((_, _, alder), *_) = secret_election()
    of = elector(ballot, "Alder")  # type: ignore[arg-type]
    with pytest.raises(Refused, match="needs the hash of a receipt"):
        ELECTORS.take("vote", of, by=alder, at=DURING, recorded=DURING, choice="Ash")


def test_the_secretariat_writes_down_a_named_vote_and_never_a_secret_one() -> None:
    a_board(consumer=1)
    cast(opened(), "Consumer 1", "approve", by=keeper())
    ballot, _ = secret_election()
    with pytest.raises(Refused, match="for others"):
        secret_vote(ballot, "Alder", "Ash", keeper(), "one")  # type: ignore[arg-type]


def test_the_group_is_not_suspended_that_votes_in_an_election() -> None:
    ballot, ((_, party, alder), (_, _, birch), _) = secret_election()
    suspend(party, "vote")
    with pytest.raises(Refused, match="The right of the Voting Group to take part is suspended"):
        secret_vote(ballot, "Alder", "Ash", alder, "one")  # type: ignore[arg-type]
    secret_vote(ballot, "Birch", "Ash", birch, "two")  # type: ignore[arg-type]
    assert Paper.objects.count() == 1


def test_a_cancelled_ballot_takes_no_votes() -> None:
    a_board(consumer=1)
    ballot = opened()
    BALLOTS.take("cancel", ballot, by=keeper(), at=DURING, recorded=DURING, reason="Withdrawn")
    with pytest.raises(Refused, match="not open"):
        cast(ballot, "Consumer 1", "approve")


@pytest.mark.parametrize("options", [[], ["Ash"], ["Ash", "abstain"], ["Ash", "Ash"], ["Ash", "tie"]])
def test_a_ballot_offers_two_options_or_more_each_once(options: list[str]) -> None:
    with pytest.raises(Refused):
        prepared(electorate="voting groups", method="most votes", options=options)


def test_the_board_votes_by_name() -> None:
    with pytest.raises(Refused, match="named votes"):
        prepared(secret=True)


def test_members_do_not_open_or_close_ballots() -> None:
    a_board(consumer=1)
    ballot = prepared()
    member = someone("Consumer member 1", Role.COMMITTEE_MEMBER)
    with pytest.raises(Refused, match="for others"):
        BALLOTS.take("open", ballot, by=member, at=OPENS, recorded=OPENS)
    assert not Elector.objects.exists()
