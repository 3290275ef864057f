"""What becomes of a decision: notified, referred or not, upheld or overturned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from secretariat.change.decision.models import (
    MADE,
    NOTIFIED,
    OVERTURNED,
    REFERRED,
    STANDS,
    UPHELD,
    WAITS,
    Decision,
    Referral,
)
from secretariat.change.who import change_team
from secretariat.core.capacities import speaks_for
from secretariat.core.facts import a_day, a_text
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]


def change_team_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's change team, or time alone."""
    return person is None or change_team(person, record, at)


def the_party_or_change_team(person: Person | None, referral: Referral | None, at: datetime) -> bool:
    """The contact of the party that refers it, or the secretariat's change team."""
    if change_team(person, referral, at):
        return True
    return referral is not None and referral.party_id in speaks_for(person, at)


def who_refers(person: Person | None, decision: Decision | None, at: datetime) -> bool:
    """The contact of a party that refers it, or the secretariat's change team."""
    if change_team(person, decision, at):
        return True
    parties = speaks_for(person, at)
    return decision is not None and decision.referrals.filter(state=WAITS, party__in=parties).exists()


@rule("CB-3, CB-4")
def the_ballot_decided(decision: Decision, at: datetime) -> bool:
    """A ballot that is not closed, had no quorum or ended in a tie decides nothing."""
    return decision.ballot is None or decision.ballot.is_decided


@rule("CB-1")
def it_says_what_the_ballot_says(decision: Decision, at: datetime) -> bool:
    """The decision is the ballot's."""
    return decision.ballot is None or decision.outcome.removeprefix("recommend ") == decision.ballot.outcome


@rule("DEC-1")
def notified_after_it_was_made(decision: Decision, at: datetime, facts: Facts) -> bool:
    """A decision is notified on the day it is made or later, and not on a day to come."""
    return bool(local_day(decision.decided_at) <= facts["day"] <= local_day(at))


@rule("DEC-1, OLD-6")
def a_referral_waits(decision: Decision, at: datetime) -> bool:
    """A decision counts as referred when a party has referred it."""
    return decision.referrals.filter(state=WAITS).exists()


@rule("DEC-1, OLD-6")
def the_window_is_over(decision: Decision, at: datetime) -> bool:
    """A decision stands when the period for referral has closed at 17:00 of its last day."""
    window = decision.window()
    return window is None or at > window.closes_at


@rule("DEC-1, OLD-6")
def it_was_upheld(decision: Decision, at: datetime) -> bool:
    """A referred decision stands again when every referral of it is decided, and the last one upholds it."""
    heard = decision.heard()
    return not a_referral_waits(decision, at) and heard is not None and heard.state == UPHELD


@rule("DEC-1, OLD-6")
def it_was_overturned(decision: Decision, at: datetime) -> bool:
    """A referred decision is overturned by the Panel or the Authority, on a referral."""
    heard = decision.heard()
    return not a_referral_waits(decision, at) and heard is not None and heard.state == OVERTURNED


@rule("DEC-1")
def it_can_be_referred(referral: Referral, at: datetime) -> bool:
    """What can be referred is the Change Board's decision under Self-Governance, once it is notified: to the Panel,
    and the Panel's word on it to the Authority.
    """
    window = referral.decision.window()
    return window is not None and referral.to_body == window.to


@rule("DEC-1, OLD-6")
def it_is_in_time(referral: Referral, at: datetime) -> bool:
    """A decision can be referred until 17:00 on the last day of the period."""
    window = referral.decision.window()
    return window is None or at <= window.closes_at


@rule("DEC-1")
def the_party_is_one(referral: Referral, at: datetime) -> bool:
    """Parties refer decisions: whoever has left does not."""
    return referral.party.category_on(local_day(at)) is not None


@rule("DEC-1")
def heard_after_it_was_received(referral: Referral, at: datetime, facts: Facts) -> bool:
    """A referral is decided on the day it is received or later, and not on a day to come."""
    return bool(local_day(referral.received_at) <= facts["day"] <= local_day(at))


def _received(referral: Referral, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    referral.received_at = at


def _notified(decision: Decision, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    decision.notified_on = facts["day"]
    window = decision.window()
    if window is not None:
        facts |= {"referred_until": window.closes_at, "working": window.working}


def _heard(referral: Referral, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    referral.decided_on, referral.reasons = facts["day"], facts["reasons"]


DECISIONS = Procedure(
    "decision",
    Decision,
    Step("make", NEW, MADE, change_team, (the_ballot_decided, it_says_what_the_ballot_says)),
    Step("notify", MADE, NOTIFIED, change_team, (notified_after_it_was_made,), {"day": a_day()}, _notified,
         "Notify the parties", primary=True),
    Step("refer", (NOTIFIED, STANDS, OVERTURNED), REFERRED, who_refers, (a_referral_waits,)),
    Step("stand", NOTIFIED, STANDS, change_team_or_clock, (the_window_is_over,)),
    Step("uphold", REFERRED, STANDS, change_team, (it_was_upheld,)),
    Step("overturn", REFERRED, OVERTURNED, change_team, (it_was_overturned,)),
)  # fmt: skip

HEARING = {"day": a_day(), "reasons": a_text()}
REFERRALS = Procedure(
    "referral",
    Referral,
    Step("refer", NEW, WAITS, the_party_or_change_team, (it_can_be_referred, it_is_in_time, the_party_is_one),
         change=_received),
    Step("uphold", WAITS, UPHELD, change_team, (heard_after_it_was_received,), HEARING, _heard),
    Step("overturn", WAITS, OVERTURNED, change_team, (heard_after_it_was_received,), HEARING, _heard),
)  # fmt: skip


@register
def what_time_does(at: datetime) -> Iterator[Due]:
    """Decisions stand once the period for referring them has closed."""
    for decision in Decision.objects.filter(state=NOTIFIED):
        if the_window_is_over(decision, at):
            yield Due(DECISIONS, "stand", decision)
