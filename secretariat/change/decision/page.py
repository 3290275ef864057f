"""What a proposal's page says of ballots, decisions, referrals and conditions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.change.coming import Coming, Need
from secretariat.change.decision.models import (
    MADE,
    NOTIFIED,
    REFERRED,
    WAITS,
    Decision,
    Outcome,
    condition_holds,
    waits,
)
from secretariat.change.decision.taking import addresses, ballots_on
from secretariat.change.models import Path, Proposal, Stage
from secretariat.change.who import change_team
from secretariat.committees.ballots.models import CLOSED, OPEN, PREPARED
from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import day_words, instant


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """The newest decision, why implementation waits, and what the change team can do about the decision."""
    found = []
    newest = _decisions(proposal, person, at).first()
    if newest is not None:
        on = f"{newest.get_outcome_display()} by the {newest.get_body_display()}, {instant(newest.decided_at)}"
        found.append(Fact("Decision", on, newest.get_absolute_url()))
    why = waits(proposal, at) if proposal.state == Stage.APPROVED else ""
    if why:
        found.append(Fact("Implementation", why, note="DEC-1, OLD-6"))
    if proposal.state in (Stage.REPORT, Stage.DECISION) and change_team(person, proposal, at):
        found += [Fact("The decision", title, href) for title, href in addresses(proposal)]
    return found


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """Its ballots and its decisions."""
    ballots: list[tuple[Any, ...]] = [
        (ballot, instant(ballot.closes_at), ballot.state, ballot.outcome)
        for ballot in ballots_on(proposal).visible_to(person, at).select_related("committee")
    ]
    decisions: list[tuple[Any, ...]] = [
        (
            one,
            instant(one.decided_at),
            day_words(one.notified_on),
            one.state,
            one.reasons,
        )
        for one in _decisions(proposal, person, at)
    ]
    tables = (
        Related("Ballots", ("Ballot", "Closes", "State", "Outcome"), ballots, ""),
        Related("Decisions", ("Decision", "Decided", "Notified", "State", "Reasons"), decisions, ""),
    )
    return [table for table in tables if table.rows]


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """What still stands between the proposal and its decision, or between its approval and its implementation."""
    found: list[Need] = []
    if proposal.state == Stage.DECISION:
        found += _ballot_needs(proposal)
    for decision in _decisions(proposal, person, at):
        if decision.state == MADE and decision.can_be_referred:
            found.append(
                Need("The parties are told of the decision", "Change team", "DEC-1", decision.get_absolute_url())
            )
        if decision.state == REFERRED:
            waiting = decision.referrals.filter(state=WAITS).first()
            who = waiting.get_to_body_display() if waiting else "Change team"
            found.append(Need("The referral is decided", who, "DEC-1, OLD-6", decision.get_absolute_url()))
        if not condition_holds(decision):
            what = f"{decision.conditional_on} is approved as well"
            found.append(Need(what, "Whoever decides on it", "CB-1", decision.get_absolute_url()))
    return found


def _ballot_needs(proposal: Proposal) -> list[Need]:
    ballots = ballots_on(proposal)
    if proposal.path in (Path.FAST_TRACK, Path.AUTHORITY_LED):
        return []
    if proposal.path == Path.AUTHORITY and proposal.recommendation:
        return [Need("The Authority decides by letter", "The Authority", "DEC-3")]
    if not ballots.filter(state__in=(PREPARED, OPEN, CLOSED)).exists():
        return [Need("The Change Board's ballot is prepared", "Change team", "CB-1")]
    if ballots.filter(state__in=(PREPARED, OPEN)).exists():
        return [Need("The Change Board votes", "Change Board", "CB-3")]
    return [Need("The decision is taken from the ballot", "Change team", "CB-1")]


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """When ballots close, until when the decision can be referred, and when it is then implemented, with working."""
    found = [
        Coming(f"The Change Board's ballot closes: {ballot.question}", ballot.closes_at, "Change Board",
               citation="CB-3", href=ballot.get_absolute_url())
        for ballot in ballots_on(proposal).filter(state__in=(PREPARED, OPEN)).visible_to(person, at)
    ]  # fmt: skip
    for decision in _decisions(proposal, person, at):
        window = decision.window()
        if window is None or (at > window.closes_at and decision.state != NOTIFIED):
            continue
        href = decision.get_absolute_url()
        if at <= window.closes_at:
            found.append(Coming(f"Last instant to refer the decision to the {window.to.label}", window.closes_at,
                                "Any party", window.working, "DEC-1", href))  # fmt: skip
        if decision.outcome == Outcome.APPROVE and decision.state == NOTIFIED and proposal.state == Stage.APPROVED:
            found.append(Coming("Implemented, unless the decision is referred", window.implemented_on, "Change team",
                                window.implementation_working, "OLD-6", href))  # fmt: skip
    return found


def _decisions(proposal: Proposal, person: Person | None, at: datetime) -> Any:
    rows = Decision.objects.filter(proposals=proposal).visible_to(person, at)
    return rows.prefetch_related("proposals").order_by("-decided_at", "-pk")
