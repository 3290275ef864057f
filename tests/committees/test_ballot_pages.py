"""Pages of ballots: who sees what, the vote with its receipt, and the check of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from secretariat.committees.ballots.duties import votes
from secretariat.committees.ballots.models import Ballot, Paper, Vote
from secretariat.core.people import Person, Role
from secretariat.post.tick import tick
from tests.committees.factories import (
    AFTER,
    DURING,
    OPENS,
    a_board,
    board,
    cast,
    closed,
    elector,
    groups,
    keeper,
    opened,
    prepared,
    someone,
)
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def during(settings: Any) -> None:
    """The pages are asked while the ballot is open."""
    settings.CLOCK = DURING.isoformat()
    settings.MFA_REQUIRED_ROLES = []


def member() -> Person:
    """The member in the first consumer's seat."""
    return someone("Consumer member 1")


def receipt_in(content: str) -> str:
    """The receipt that a page shows."""
    found = re.search(r"<code>([^<]+)</code>", content)
    assert found is not None
    return found.group(1)


def test_a_green_ballot_is_not_there_for_the_public_and_is_for_a_party() -> None:
    a_board(consumer=1)
    ballot = opened()
    assert Client().get(f"/ballots/{ballot.pk}/").status_code == 404
    contact = someone("A contact", Role.PARTY_CONTACT, organisation_id=999)
    assert signed_in(contact).get(f"/ballots/{ballot.pk}/").status_code == 200
    assert signed_in(contact).get("/ballots/").status_code == 200
    assert str(ballot.question) in signed_in(keeper()).get("/ballots.csv").content.decode()


def test_the_page_before_the_close_shows_how_many_voted_and_no_vote() -> None:
    a_board(consumer=2)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve", reason="A secret reason.")
    content = signed_in(someone("Consumer member 2")).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "1 of 2" in content
    assert "A secret reason." not in content


def test_the_page_after_the_close_prints_the_arithmetic_the_votes_and_the_doubt() -> None:
    a_board(consumer=1, networks=1)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve", reason="It helps consumers.")
    cast(ballot, "Networks 1", "abstain")
    closed(ballot)
    content = signed_in(member()).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Consumer: 1 approve, 0 reject, 0 abstain, so approve." in content
    assert "It helps consumers." in content
    assert "General knowledge, unverified; low confidence." in content
    assert "the strategy not applied here" in content


def test_a_page_offers_to_settle_a_tie_only_where_there_is_one_and_no_column_is_empty() -> None:
    a_board(consumer=1)
    ballot = opened()
    cast(ballot, "Consumer 1", "approve", reason="It helps consumers.")
    closed(ballot)
    content = signed_in(keeper()).get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Settle the tie" not in content
    heads = re.findall(r'<th scope="col">([^<]+)</th>', content)
    assert "Reasons" in heads
    assert "Objectives" not in heads


def test_a_member_votes_sees_the_receipt_once_and_finds_the_vote_with_it() -> None:
    a_board(consumer=1)
    ballot = opened(objectives={"a": "Efficient operation"})
    client, address = signed_in(member()), f"/ballots/{ballot.pk}/vote/{elector(ballot, 'Consumer 1').pk}/"
    assert address in client.get(f"/ballots/{ballot.pk}/").content.decode()
    assert "Efficient operation" in client.get(address).content.decode()
    told = {"choice": "approve", "reason": "It helps.", "objective_a": "better"}
    answer = client.post(address, told)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    receipt = receipt_in(answer.content.decode())
    assert Vote.objects.get().objectives == {"a": "better"}
    assert receipt not in client.get(address).content.decode()
    closed(ballot)
    found = client.post(f"/ballots/{ballot.pk}/receipt/", {"receipt": receipt}).content.decode()
    assert "Your vote is in the count as “approve”" in found
    other = client.post(f"/ballots/{ballot.pk}/receipt/", {"receipt": "another"}).content.decode()
    assert "No vote in this count has this receipt" in other


def test_a_refused_vote_keeps_what_was_typed() -> None:
    a_board(consumer=1)
    ballot = opened()
    address = f"/ballots/{ballot.pk}/vote/{elector(ballot, 'Consumer 1').pk}/"
    answer = signed_in(member()).post(address, {"reason": "Typed with care."})
    assert answer.status_code == 422
    assert "Typed with care." in answer.content.decode()
    assert not Vote.objects.exists()


def test_the_vote_of_a_seat_is_for_its_member_alone() -> None:
    a_board(consumer=2)
    ballot = opened()
    address = f"/ballots/{ballot.pk}/vote/{elector(ballot, 'Consumer 1').pk}/"
    assert signed_in(someone("Consumer member 2")).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_secret_vote_is_cast_changed_with_its_receipt_and_found_on_the_page() -> None:
    ((_, _, contact),) = groups("Alder")
    ballot = opened(
        electorate="voting groups", method="most votes", options=["Ash", "Oak"], secret=True, reasons_required=False,
        quorum=False,
    )  # fmt: skip
    client, address = signed_in(contact), f"/ballots/{ballot.pk}/vote/{elector(ballot, 'Alder').pk}/"
    first = receipt_in(client.post(address, {"choice": "Ash"}).content.decode())
    assert client.post(address, {"choice": "Oak", "old_receipt": "wrong"}).status_code == 422
    second = receipt_in(client.post(address, {"choice": "Oak", "old_receipt": first}).content.decode())
    assert [paper.choice for paper in Paper.objects.all()] == ["Oak"]
    closed(ballot)
    check = f"/ballots/{ballot.pk}/receipt/"
    assert "“Oak”" in client.post(check, {"receipt": second}).content.decode()
    assert "No vote" in client.post(check, {"receipt": first}).content.decode()


def test_the_journal_of_a_ballot_is_given_when_it_is_closed_and_to_its_readers_only() -> None:
    a_board(consumer=1)
    ballot = opened()
    address = f"/ballots/{ballot.pk}/journal.json"
    assert signed_in(member()).get(address).status_code == 404
    closed(ballot)
    assert signed_in(member()).get(address).status_code == 200
    assert Client().get(address).status_code == 404


def test_the_secretariat_prepares_a_ballot_on_a_page() -> None:
    told = {
        "committee": board().pk, "question": "Who takes the seat?", "method": "most votes",
        "electorate": "voting groups", "choices": "Ash\r\nOak\r\n", "tie_rule": "chair",
        "opens_at": "2020-03-02 09:00", "closes_at": "2020-03-16 17:00",
    }  # fmt: skip
    answer = signed_in(keeper()).post("/ballots/new/", told)
    assert answer.status_code == 302, answer.content.decode()
    made = Ballot.objects.get()
    assert (made.state, made.options) == ("prepared", ["Ash", "Oak"])
    assert signed_in(member()).get("/ballots/new/").status_code == 403


def test_time_opens_and_closes_a_ballot() -> None:
    a_board(consumer=1)
    ballot = prepared()
    tick(OPENS, OPENS)
    ballot.refresh_from_db()
    assert ballot.state == "open"
    tick(ballot.closes_at, ballot.closes_at)
    ballot.refresh_from_db()
    assert ballot.state == "open"
    tick(AFTER, AFTER)
    ballot.refresh_from_db()
    assert ballot.state == "closed"


def test_a_party_is_told_of_the_votes_that_it_may_cast() -> None:
    ((_, party, contact), (_, other, _)) = groups("Alder", "Birch")
    opened(electorate="voting groups", method="most votes", options=["Ash", "Oak"], reasons_required=False)
    (duty,) = votes(party.pk, contact, DURING)
    assert duty.what == "Vote: Approve MP099?"
    assert list(votes(other.pk, contact, DURING)) == []
    assert list(votes(party.pk, contact, AFTER)) == []


def test_seats_are_public_and_who_holds_them_is_for_parties() -> None:
    a_board(consumer=1)
    seat = elector(opened(), "Consumer 1").seat
    assert seat is not None
    assert "Consumer member 1" not in Client().get(f"/seats/{seat.pk}/").content.decode()
    assert "Consumer member 1" in signed_in(member()).get(f"/seats/{seat.pk}/").content.decode()
    assert Client().get("/seats/").status_code == 200
    assert signed_in(keeper()).get("/seats/new/").status_code == 200
    assert signed_in(keeper()).get("/appointments/new/").status_code == 200
