"""Decisions: from a ballot, by letter, and referred within ten Working Days to 17:00."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.change.decision.actions import decide, hear, prepare_ballots, record_letter, refer
from secretariat.change.decision.models import Decision, Letter, Referral, waits
from secretariat.change.decision.procedure import DECISIONS
from secretariat.change.models import Body, Path, Proposal, Stage
from secretariat.change.naming.models import Solution
from secretariat.change.naming.procedure import SOLUTIONS
from secretariat.change.procedure import CHANGE
from secretariat.committees.ballots.models import Ballot
from secretariat.committees.ballots.procedure import BALLOTS
from secretariat.core.journal import history
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import instant
from secretariat.post.tick import tick
from secretariat.register.models import CategoryMembership, Party
from tests.change.factories import (
    before_the_panel,
    change_person,
    in_decision,
    london,
    party,
    raised,
    report_approved,
    take,
)
from tests.committees.factories import a_board, cast, keeper, someone

pytestmark = pytest.mark.django_db


def told(at: str, **more: Any) -> Any:
    """By the change team at an instant."""
    return {"by": change_person(), "at": london(at), "recorded": london(at), **more}


def of_june_2017() -> Proposal:
    """A proposal of the old shape under Self-Governance that awaits its decision in June 2017."""
    made = raised("2017-03-01")
    before_the_panel(made, "2017-05-12")
    take("consult", made, "2017-05-12")
    report_approved(made, "2017-05-12")
    take("vote", made, "2017-06-20", consultation_closed=date(2017, 6, 5))
    return made


def board_voted(proposal: Proposal, on: str, choice: str = "approve") -> list[Ballot]:
    """The Change Board's closed ballots on a proposal: all its members say the same between ten and eleven."""
    if not someone("Consumer member 1").appointments.exists():
        a_board(consumer=1, small_suppliers=1, networks=1)
    times = {"opens_at": london(f"{on} 10:00"), "closes_at": london(f"{on} 11:00")}
    ballots = prepare_ballots(proposal, **times, **told(f"{on} 09:00"))
    for ballot in ballots:
        BALLOTS.take("open", ballot, by=keeper(), at=ballot.opens_at, recorded=ballot.opens_at)
        for elector in ballot.electors.all():
            cast(ballot, elector.name, choice, ballot.closes_at)
        at = london(f"{on} 11:05")
        BALLOTS.take("close", ballot, by=keeper(), at=at, recorded=at)
    return ballots


def decided(proposal: Proposal, on: str, choice: str = "approve", **more: Any) -> Decision:
    """The Change Board's decision at noon on a day."""
    return decide(board_voted(proposal, on, choice), **more, **told(on))[0]


def notified(proposal: Proposal, on: str, **more: Any) -> Decision:
    """The same, notified on the day."""
    decision = decided(proposal, on, **more)
    DECISIONS.take("notify", decision, day=on, **told(f"{on} 15:00"))
    return decision


def a_party(name: str = "Alder Energy Limited") -> Party:
    """A party with a category."""
    made = party(name)
    CategoryMembership.objects.create(
        party=made, category="small-supplier", from_day=date(2015, 1, 1), recorded=london("2015-01-01")
    )
    return made


def contact(of: Party) -> Person:
    """The party's contact."""
    return someone(f"{of.name} contact", Role.PARTY_CONTACT, organisation_id=of.pk)


def referred(decision: Decision, at: str, by: Party | None = None) -> Referral:
    """A referral by a party's own contact."""
    of = by or Party.objects.filter(name="Alder Energy Limited").first() or a_party()
    return refer(Referral(decision=decision, party=of, grounds="It costs too much."), **told(at, by=contact(of)))


def test_an_approval_notified_on_22_june_2017_is_referred_until_17_00_on_6_july_and_implemented_5_days_later() -> None:
    proposal = of_june_2017()
    decision = notified(proposal, "2017-06-22")
    window = decision.window()
    assert window is not None
    assert (window.to, instant(window.closes_at)) == (Body.PANEL, "Thu 6 Jul 2017, 17:00")
    assert window.implemented_on == date(2017, 7, 13)
    assert window.working.startswith("10 Working Days after Thu 22 Jun 2017 is Thu 6 Jul 2017")
    assert "until then" in waits(proposal, london("2017-07-06 17:00"))
    assert waits(proposal, london("2017-07-06 17:01")) == ""
    take("implement", proposal, "2017-07-13")
    assert proposal.state == Stage.IMPLEMENTED


def test_a_decision_is_referred_at_the_last_instant_and_not_after_it() -> None:
    decision = notified(of_june_2017(), "2017-06-22")
    with pytest.raises(Refused, match="until 17:00 on the last day"):
        referred(decision, "2017-07-06 17:01")
    assert not Referral.objects.exists()
    referred(decision, "2017-07-06 17:00")
    decision.refresh_from_db()
    assert decision.state == "referred"


def test_implementation_waits_while_a_referral_is_not_decided() -> None:
    proposal = of_june_2017()
    decision = notified(proposal, "2017-06-22")
    referred(decision, "2017-06-30")
    assert "waits until the referral is decided" in waits(proposal, london("2017-08-01"))
    hear(Referral.objects.get(), "uphold", day="2017-07-14", reasons="Nothing new.", **told("2017-07-14"))
    decision.refresh_from_db()
    proposal.refresh_from_db()
    assert (decision.state, proposal.state) == ("stands", Stage.APPROVED)


def test_a_referral_by_a_partys_contact_leaves_its_event_on_the_proposal() -> None:
    proposal = of_june_2017()
    made = referred(notified(proposal, "2017-06-22"), "2017-06-30")
    (event,) = history(proposal).filter(name="change.refer")
    assert (event.by, event.at) == (contact(made.party), london("2017-06-30"))


def test_a_contact_records_no_referral_without_referring() -> None:
    proposal = of_june_2017()
    made = referred(notified(proposal, "2017-06-22"), "2017-06-30")
    proposal.refresh_from_db()
    other = contact(a_party("Birch Energy Limited"))
    for by, at in ((other, "2017-06-30"), (contact(made.party), "2017-07-03")):
        assert [one.step.name for one in CHANGE.open_steps(proposal, by, london(at))] == []
        with pytest.raises(Refused, match="for others"):
            CHANGE.take("refer", proposal, **told(at, by=by))


def test_what_the_panel_restored_is_not_implemented_while_its_word_can_be_referred() -> None:
    proposal = of_june_2017()
    decision = decided(proposal, "2017-06-22", "reject")
    DECISIONS.take("notify", decision, day="2017-06-22", **told("2017-06-22 15:00"))
    hear(referred(decision, "2017-06-30"), "overturn", day="2017-07-14", reasons="It helps.", **told("2017-07-14"))
    proposal.refresh_from_db()
    assert proposal.state == Stage.APPROVED
    with pytest.raises(Refused, match="no longer be referred"):
        take("implement", proposal, "2017-07-28 17:00")
    take("implement", proposal, "2017-07-28 17:01")


def test_the_panel_overturns_and_its_word_is_referred_to_the_authority_which_restores_the_approval() -> None:
    proposal = of_june_2017()
    decision = notified(proposal, "2017-06-22")
    hear(referred(decision, "2017-06-30"), "overturn", day="2017-07-14", reasons="It fails.", **told("2017-07-14"))
    proposal.refresh_from_db()
    decision.refresh_from_db()
    assert (decision.state, proposal.state) == ("overturned", Stage.REJECTED)
    window = decision.window()
    assert window is not None
    assert (window.to, instant(window.closes_at)) == (Body.AUTHORITY, "Fri 28 Jul 2017, 17:00")
    second = referred(decision, "2017-07-28 16:59")
    assert second.to_body == Body.AUTHORITY
    decision.refresh_from_db()
    second.decision = decision
    hear(second, "uphold", day="2017-08-31", reasons="The Board was right.", **told("2017-08-31"))
    decision.refresh_from_db()
    proposal.refresh_from_db()
    assert (decision.state, proposal.state, decision.window()) == ("stands", Stage.APPROVED, None)


def test_all_referrals_to_one_body_are_decided_together() -> None:
    decision = notified(of_june_2017(), "2017-06-22")
    first = referred(decision, "2017-06-30")
    decision.refresh_from_db()
    referred(decision, "2017-07-03", a_party("Birch Energy Limited"))
    hear(first, "uphold", day="2017-07-14", reasons="Nothing new.", **told("2017-07-14"))
    assert set(Referral.objects.values_list("state", flat=True)) == {"upheld"}


def test_a_party_refers_a_decision_once_and_for_itself_only() -> None:
    decision = notified(of_june_2017(), "2017-06-22")
    referred(decision, "2017-06-30")
    decision.refresh_from_db()
    with pytest.raises(Refused, match="has referred the decision already"):
        referred(decision, "2017-07-01")
    other = a_party("Birch Energy Limited")
    with pytest.raises(Refused, match="for others"):
        refer(
            Referral(decision=decision, party=other, grounds="x"),
            **told("2017-07-03", by=contact(Party.objects.get(name="Alder Energy Limited"))),
        )


def test_a_decision_that_is_not_referred_stands_by_time_alone() -> None:
    decision = notified(of_june_2017(), "2017-06-22")
    tick(london("2017-07-06 17:00"), london("2017-07-06 17:00"))
    decision.refresh_from_db()
    assert decision.state == "notified"
    tick(london("2017-07-06 17:01"), london("2017-07-06 17:01"))
    decision.refresh_from_db()
    assert decision.state == "stands"


def test_before_it_is_notified_a_decision_cannot_be_referred() -> None:
    decision = decided(of_june_2017(), "2017-06-22")
    assert decision.window() is None
    with pytest.raises(Refused, match="once it is notified"):
        referred(decision, "2017-06-23")


def test_a_rejection_by_the_board_rejects_the_proposal() -> None:
    proposal = of_june_2017()
    decision = decided(proposal, "2017-06-22", "reject")
    proposal.refresh_from_db()
    assert (decision.outcome, proposal.state) == ("reject", Stage.REJECTED)


def test_the_ballot_decided_or_no_decision_is_taken_when_it_is_open_or_had_no_quorum() -> None:
    proposal = of_june_2017()
    a_board(consumer=1, networks=3)
    at = {"opens_at": london("2017-06-22 10:00"), "closes_at": london("2017-06-22 11:00")}
    (ballot,) = prepare_ballots(proposal, **at, **told("2017-06-22 09:00"))
    with pytest.raises(Refused, match="A ballot that is not closed, had no quorum or ended in a tie decides nothing"):
        decide([ballot], **told("2017-06-22"))
    BALLOTS.take("open", ballot, by=keeper(), at=ballot.opens_at, recorded=ballot.opens_at)
    cast(ballot, "Consumer 1", "approve", ballot.closes_at)
    BALLOTS.take("close", ballot, by=keeper(), at=london("2017-06-22 11:05"), recorded=london("2017-06-22 11:05"))
    with pytest.raises(Refused, match="decides nothing"):
        decide([ballot], **told("2017-06-22"))
    proposal.refresh_from_db()
    assert (proposal.state, Decision.objects.count()) == (Stage.DECISION, 0)


def test_a_ballot_decides_once() -> None:
    proposal = of_june_2017()
    ballots = board_voted(proposal, "2017-06-22")
    decide(ballots, **told("2017-06-22"))
    with pytest.raises(Refused, match="already"):
        decide(ballots, **told("2017-06-22 13:00"))


def test_each_solution_has_its_ballot_and_the_proposal_is_approved_when_one_is() -> None:
    proposal = in_decision("2019-09-04")
    for letter, kind in (("", "proposed"), ("A", "alternative")):
        one = Solution(proposal=proposal, letter=letter, kind=kind, title="A way")
        SOLUTIONS.take("propose", one, **told("2019-09-05"))
    a_board(consumer=1, networks=1)
    ballots = prepare_ballots(
        proposal, opens_at=london("2019-09-19 10:00"), closes_at=london("2019-09-19 11:00"), **told("2019-09-19 09:00")
    )
    for ballot, choice in zip(ballots, ("reject", "approve"), strict=True):
        BALLOTS.take("open", ballot, by=keeper(), at=ballot.opens_at, recorded=ballot.opens_at)
        for elector in ballot.electors.all():
            cast(ballot, elector.name, choice, ballot.closes_at)
        BALLOTS.take("close", ballot, by=keeper(), at=london("2019-09-19 11:01"), recorded=london("2019-09-19 11:01"))
    decide(ballots, **told("2019-09-19"))
    proposal.refresh_from_db()
    assert proposal.state == Stage.APPROVED
    assert dict(proposal.solutions.values_list("letter", "state")) == {"": "rejected", "A": "approved"}


def with_the_authority(number: int, on: str = "2019-09-19") -> Proposal:
    """A proposal that the Change Board recommended to the Authority to approve."""
    proposal = in_decision("2019-09-04", path=Path.AUTHORITY, number=number)
    decision = decided(proposal, on)
    assert (decision.outcome, decision.can_be_referred) == ("recommend approve", False)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.recommendation) == (Stage.DECISION, "approve")
    return proposal


def letter(says: str = "approve", **more: Any) -> Letter:
    """A letter of the Authority of 21 October 2019."""
    return Letter(says=says, dated_on=date(2019, 10, 21), received_on=date(2019, 10, 22), **more)


def test_one_letter_of_the_authority_decides_on_several_proposals_at_once() -> None:
    proposals = [with_the_authority(85), with_the_authority(86)]
    decision = record_letter(letter(), proposals, **told("2019-10-22"))
    assert sorted(decision.references()) == ["MP085", "MP086"]
    assert {Proposal.objects.get(pk=one.pk).state for one in proposals} == {Stage.APPROVED}


def test_a_letter_on_a_proposal_that_is_not_with_the_authority_changes_nothing_at_all() -> None:
    proposals = [with_the_authority(85), in_decision("2019-09-04", path=Path.SELF_GOVERNANCE, number=86)]
    with pytest.raises(Refused):
        record_letter(letter(), proposals, **told("2019-10-22"))
    assert not Letter.objects.exists()
    assert {Proposal.objects.get(pk=one.pk).state for one in proposals} == {Stage.DECISION}


def test_the_authority_sends_a_report_back_saying_what_is_missing() -> None:
    proposal = with_the_authority(85)
    with pytest.raises(ValidationError, match="what is missing"):
        record_letter(letter("send back"), [proposal], **told("2019-10-22"))
    record_letter(letter("send back", missing="The central cost."), [proposal], **told("2019-10-22"))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.recommendation) == (Stage.REPORT, "")


def test_what_is_conditional_on_another_waits_for_it() -> None:
    other = in_decision("2019-09-04", number=86)
    proposal = in_decision("2019-09-04", number=85)
    notified(proposal, "2019-09-19", conditional_on=other)
    later = london("2019-12-02")
    assert waits(proposal, later) == f"It is approved on condition that {other} is approved as well."
    with pytest.raises(Refused, match="on condition of another proposal"):
        take("implement", proposal, "2019-12-02")
    take("approve", other, "2019-10-01", decided_by=Body.CHANGE_BOARD)
    assert waits(proposal, later) == ""
    take("implement", proposal, "2019-12-02")
    assert proposal.state == Stage.IMPLEMENTED


def test_a_decision_is_not_conditional_on_itself() -> None:
    proposal = in_decision("2019-09-04")
    with pytest.raises(Refused, match="another proposal"):
        decided(proposal, "2019-09-19", conditional_on=proposal)


@pytest.mark.parametrize("day", ["2017-06-21", "2017-06-23"])
def test_a_decision_is_notified_neither_before_it_is_made_nor_on_a_day_to_come(day: str) -> None:
    decision = decided(of_june_2017(), "2017-06-22")
    with pytest.raises(Refused, match="notified on the day it is made or later"):
        DECISIONS.take("notify", decision, day=day, **told("2017-06-22 15:00"))


def test_the_event_of_the_notice_holds_the_deadline_with_its_working() -> None:
    decision = decided(of_june_2017(), "2017-06-22")
    event = DECISIONS.take("notify", decision, day="2017-06-22", **told("2017-06-22 15:00"))
    assert datetime.fromisoformat(event.facts["referred_until"]) == london("2017-07-06 17:00")
    assert event.facts["working"].startswith("10 Working Days")
