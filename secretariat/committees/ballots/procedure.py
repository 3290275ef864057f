"""How a ballot is held: prepared, open between two instants, closed with a frozen count; and how a vote is cast."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.committees.ballots.closing import close
from secretariat.committees.ballots.count import ABSTAIN, AND, TIE, chosen
from secretariat.committees.ballots.models import (
    CANCELLED,
    CLOSED,
    CONFLICTED,
    OPEN,
    PREPARED,
    PRESENT,
    VOTED,
    Ballot,
    Elector,
    capacity_in,
    suspended_electors,
)
from secretariat.committees.ballots.opening import freeze
from secretariat.committees.ballots.papers import keep_paper, keep_vote
from secretariat.core.capacities import team
from secretariat.core.facts import a_line
from secretariat.core.journal import history
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.plain.dates import instant, local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
EFFECTS = ("better", "neutral", "worse")
HASH = re.compile(r"[0-9a-f]{64}")

_change, _committees = team(Team.CHANGE), team(Team.COMMITTEES)


def ballot_keeper(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's committees team or change team."""
    return _change(person, record, at) or _committees(person, record, at)


def keeper_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's committees team or change team, or time alone."""
    return person is None or ballot_keeper(person, record, at)


def voter(person: Person | None, elector: Elector | None, at: datetime) -> bool:
    """The member in the seat, or the alternate where the member has not voted; the contact of a Voting Group's party.

    In a named ballot the secretariat may write down a vote that was given in a meeting.
    """
    if person is None or elector is None:
        return False
    capacity = capacity_in(elector, person, at)
    if capacity == "alternate":
        return last_voter_capacity(elector, at) != "member"
    return bool(capacity) or (not elector.ballot.secret and ballot_keeper(person, elector, at))


def last_voter_capacity(elector: Elector, at: datetime) -> str:
    """In what capacity the vote in place was cast; "" when there is none or the secretariat wrote it down."""
    if elector.state != VOTED:
        return ""
    last = history(elector).filter(name="elector.vote").last()
    return capacity_in(elector, last.by, at) if last is not None else ""


@rule("CB-3, ELE-3")
def the_opening_has_come(ballot: Ballot, at: datetime) -> bool:
    """A ballot is opened between the instant at which it opens and the one at which it closes."""
    return ballot.opens_at <= at <= ballot.closes_at


@rule("CB-3, ELE-3")
def the_closing_has_passed(ballot: Ballot, at: datetime) -> bool:
    """A ballot is closed after its closing instant: a vote at that very instant still counts."""
    return at > ballot.closes_at


def once_the_closing_has_passed(person: Person | None, ballot: Ballot, at: datetime) -> bool:
    """Nobody before the closing instant has passed."""
    return the_closing_has_passed(ballot, at)


@rule("ELE-3")
def it_is_a_tie(ballot: Ballot, at: datetime) -> bool:
    """Only a tie is settled."""
    return ballot.outcome == TIE


@rule("ELE-3")
def one_of_the_tied(ballot: Ballot, at: datetime, facts: Facts) -> bool:
    """A tie is settled in favour of one of those that are tied, or of as many as there are places left."""
    tally, named = ballot.tally or {}, chosen(facts["chosen"])
    left = ballot.places - len(tally.get("elected", ()))
    return len(named) == len({*named}) == left and {*named} <= {*tally.get("tied", ())}


@rule("CB-3, ELE-3")
def the_ballot_is_open(elector: Elector, at: datetime) -> bool:
    """The ballot is not open: votes count from its opening to its closing instant, that instant included."""
    ballot = elector.ballot
    return ballot.state == OPEN and ballot.opens_at <= at <= ballot.closes_at


@rule("GOV-4")
def the_seat_votes(elector: Elector, at: datetime) -> bool:
    """This seat has no vote."""
    return elector.has_vote


@rule("GOV-4, CB-4")
def the_seat_does_not_vote(elector: Elector, at: datetime) -> bool:
    """Only who has no vote is noted as present; a member takes part by voting."""
    return not elector.has_vote


@rule("DEF-4, Section M8.5")
def the_group_is_not_suspended(elector: Elector, at: datetime) -> bool:
    """The right of the Voting Group to take part is suspended."""
    return elector.pk not in suspended_electors(elector.ballot, local_day(at))


@rule("CB-3")
def it_is_an_option(elector: Elector, at: datetime, facts: Facts) -> bool:
    """Choose one of the options of the ballot, or as many different ones as there are places to fill."""
    ballot, named = elector.ballot, chosen(facts["choice"])
    several = len(named) == 1 or ABSTAIN not in named
    return several and 1 <= len(named) == len({*named}) <= ballot.places and {*named} <= {*ballot.options}


@rule("CB-5")
def reasons_are_given(elector: Elector, at: datetime, facts: Facts) -> bool:
    """Each voter gives reasons for the vote, with regard to the objectives."""
    return not elector.ballot.reasons_required or bool(facts["reason"].strip())


@rule("CB-5, MOD-22")
def objectives_are_judged(elector: Elector, at: datetime, facts: Facts) -> bool:
    """Say better, neutral or worse of the objectives that the ballot names, and of no other."""
    said = facts["objectives"] or {}
    if not isinstance(said, dict):
        return False
    return set(said) <= set(elector.ballot.objectives) and set(said.values()) <= set(EFFECTS)


@rule("ELE-3")
def a_secret_vote_has_a_receipt(elector: Elector, at: datetime, facts: Facts) -> bool:
    """A secret vote needs the hash of a receipt: 64 hexadecimal digits, of a secret that only the voter knows."""
    given = facts["receipt_hash"]
    return bool(HASH.fullmatch(given)) if given or elector.ballot.secret else True


@rule("ELE-3")
def the_receipt_finds_the_vote(elector: Elector, at: datetime, facts: Facts) -> bool:
    """A secret vote is changed by showing its receipt: nobody else can tell which vote is yours."""
    if not elector.ballot.secret or elector.state != VOTED:
        return True
    return elector.ballot.papers.filter(receipt_hash=hashed(facts["old_receipt"])).exists()


@rule("CB-3")
def later_than_the_vote_in_place(elector: Elector, at: datetime) -> bool:
    """A vote is not dated before the one that it changes: the last one counts."""
    return elector.voted_at is None or at >= elector.voted_at


@rule("ELE-3")
def no_secret_vote_is_cast(elector: Elector, at: datetime) -> bool:
    """In a secret ballot a conflict is declared before voting, since nobody can take the vote out again."""
    return not elector.ballot.secret or elector.state != VOTED


def hashed(receipt: str) -> str:
    """The hash under which the vote with this receipt is published."""
    return hashlib.sha256(receipt.strip().encode()).hexdigest()


def _in_time(elector: Elector, recorded: datetime) -> None:
    """Holds the ballot still, so that nothing is cast while it closes. Raises Refused when the time is over."""
    ballot = Ballot.objects.select_for_update().get(pk=elector.ballot_id)
    if ballot.state != OPEN or recorded > ballot.closes_at:
        raise Refused(f"The ballot closed at {instant(ballot.closes_at)}.")


def _vote(elector: Elector, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _in_time(elector, recorded)
    old = facts.pop("old_receipt")
    if elector.ballot.secret:
        told = {name: facts.pop(name) for name in ("choice", "receipt_hash", "reason", "objectives")}
        keep_paper(elector, told["choice"], told["receipt_hash"], hashed(old) if elector.voted_at else "")
    else:
        facts["objectives"] = facts["objectives"] or {}
        facts |= {"elector": elector.name, "constituency": elector.constituency}
        keep_vote(elector, facts)
    elector.voted_at = at


def _declare(elector: Elector, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _in_time(elector, recorded)
    elector.conflict = facts["conflict"]


def _attend(elector: Elector, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _in_time(elector, recorded)


def _settle(ballot: Ballot, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    ballot.outcome = AND.join([*(ballot.tally or {}).get("elected", ()), *chosen(facts["chosen"])])


BALLOTS = Procedure(
    "ballot",
    Ballot,
    Step("prepare", NEW, PREPARED, ballot_keeper),
    Step("open", PREPARED, OPEN, keeper_or_clock, (the_opening_has_come,), change=freeze, primary=True),
    Step("close", OPEN, CLOSED, keeper_or_clock, (the_closing_has_passed,), change=close, primary=True,
         says="Close and count", turn=once_the_closing_has_passed),
    Step("settle", CLOSED, None, ballot_keeper, (it_is_a_tie, one_of_the_tied), says="Settle the tie", change=_settle,
         facts={"chosen": a_line(500), "how": a_line(200)}),
    Step("cancel", (PREPARED, OPEN), CANCELLED, ballot_keeper, facts={"reason": a_line(200)}),
)  # fmt: skip

ELECTORS = Procedure(
    "elector",
    Elector,
    Step("vote", (NEW, VOTED), VOTED, voter,
         rules=(the_ballot_is_open, the_seat_votes, the_group_is_not_suspended, later_than_the_vote_in_place,
                it_is_an_option, reasons_are_given, objectives_are_judged, a_secret_vote_has_a_receipt,
                the_receipt_finds_the_vote),
         facts={"choice": a_line(500), "reason": a_line(4000, required=False),
                "objectives": lambda: forms.JSONField(required=False),
                "receipt_hash": a_line(64, required=False), "old_receipt": a_line(120, required=False)},
         change=_vote),
    Step("declare_conflict", (NEW, VOTED), CONFLICTED, voter, says="Declare a conflict of interest",
         rules=(the_ballot_is_open, no_secret_vote_is_cast), facts={"conflict": a_line()}, change=_declare),
    Step("attend", NEW, PRESENT, voter, says="Note as present", rules=(the_ballot_is_open, the_seat_does_not_vote),
         change=_attend),
)  # fmt: skip


@register
def what_time_does(at: datetime) -> Iterator[Due]:
    """Ballots whose opening has come are opened, and those whose closing has passed are counted."""
    for ballot in Ballot.objects.filter(state=PREPARED, opens_at__lte=at, closes_at__gte=at):
        yield Due(BALLOTS, "open", ballot, at=ballot.opens_at)
    for ballot in Ballot.objects.filter(state=OPEN, closes_at__lt=at):
        yield Due(BALLOTS, "close", ballot)
