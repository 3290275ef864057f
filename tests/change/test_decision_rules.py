"""Rules of decisions and referrals, each refused alone: what a ballot says, what waits, what was heard."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.change.decision.actions import refer
from secretariat.change.decision.models import Decision, Referral
from secretariat.change.decision.procedure import DECISIONS, REFERRALS
from secretariat.change.models import Body
from secretariat.core.procedure import Refused
from secretariat.register.models import Party
from tests.change.factories import london, party
from tests.change.test_decision import a_party, board_voted, notified, of_june_2017, referred, told

pytestmark = pytest.mark.django_db


def sentence_of_refusal(name: str, decision: Decision, at: str = "2017-07-14") -> str:
    """The one reason why a step of a decision is refused; it fails when the step is taken, or refused for more."""
    before = decision.state
    with pytest.raises(Refused) as refused:
        DECISIONS.take(name, decision, **told(at))
    assert decision.state == before
    (reason,) = refused.value.messages
    return reason


@pytest.mark.parametrize("word", ["reject", "recommend reject"])
def test_it_says_what_the_ballot_says(word: str) -> None:
    (ballot,) = board_voted(of_june_2017(), "2017-06-22")

    def made(outcome: str) -> Decision:
        return Decision(ballot=ballot, body=Body.CHANGE_BOARD, outcome=outcome, decided_at=london("2017-06-22"))

    assert sentence_of_refusal("make", made(word), "2017-06-22") == "The decision is the ballot's. (CB-1)"
    approval = made(word.replace("reject", "approve"))
    DECISIONS.take("make", approval, **told("2017-06-22"))
    assert approval.state == "made"


def test_a_referral_waits_on_a_decision_that_is_referred() -> None:
    decision = notified(of_june_2017(), "2017-06-22")
    assert sentence_of_refusal("refer", decision).startswith("A decision counts as referred when a party has referred")
    referred(decision, "2017-06-30")
    decision.refresh_from_db()
    assert decision.state == "referred"


def a_referred_decision() -> tuple[Decision, Referral]:
    """A decision that one party referred, and the referral, which waits."""
    made = referred(notified(of_june_2017(), "2017-06-22"), "2017-06-30")
    made.decision.refresh_from_db()
    return made.decision, made


def heard(referral: Referral, word: str) -> None:
    """The word on one referral, without what follows for the decision."""
    REFERRALS.take(word, referral, day="2017-07-14", reasons="Heard.", **told("2017-07-14"))


def test_it_was_upheld_before_a_decision_stands_again() -> None:
    decision, referral = a_referred_decision()
    upheld = "A referred decision stands again when every referral of it is decided, and the last one upholds it."
    assert sentence_of_refusal("uphold", decision).startswith(upheld)
    heard(referral, "overturn")
    assert sentence_of_refusal("uphold", decision).startswith(upheld)
    DECISIONS.take("overturn", decision, **told("2017-07-14"))
    assert decision.state == "overturned"


def test_it_was_overturned_before_a_decision_is() -> None:
    decision, referral = a_referred_decision()
    overturned = "A referred decision is overturned by the Panel or the Authority, on a referral."
    assert sentence_of_refusal("overturn", decision).startswith(overturned)
    heard(referral, "uphold")
    assert sentence_of_refusal("overturn", decision).startswith(overturned)
    DECISIONS.take("uphold", decision, **told("2017-07-14"))
    assert decision.state == "stands"


def without_a_category() -> Party:
    """An organisation that is in no Party Category."""
    return party("Cedar Energy Limited")


def who_left() -> Party:
    """A party that left before the referral."""
    made = a_party("Birch Energy Limited")
    made.categories.update(to_day=date(2017, 5, 31))
    return made


@pytest.mark.parametrize("of", [without_a_category, who_left])
def test_the_party_is_one_that_refers(of: Any) -> None:
    decision = notified(of_june_2017(), "2017-06-22")
    with pytest.raises(Refused) as refused:
        refer(Referral(decision=decision, party=of(), grounds="It costs too much."), **told("2017-06-30"))
    assert refused.value.messages == ["Parties refer decisions: whoever has left does not. (DEC-1)"]
    refer(Referral(decision=decision, party=a_party(), grounds="It costs too much."), **told("2017-06-30"))
    assert Referral.objects.count() == 1
