"""The rules of withdrawal, adoption and change of Proposer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secretariat.change.models import OPEN_STAGES, Proposal, Stage
from secretariat.change.standing.models import Adoption, ProposerSpell, Urgency
from secretariat.core.calendar import calendar
from secretariat.core.procedure import Rule, rule
from secretariat.plain.dates import local_day
from secretariat.register.panel_action.models import Right, suspended_parties

Facts = Mapping[str, Any]


def open_window(proposal: Proposal) -> Adoption | None:
    """The adoption window of a withdrawn proposal that nobody has adopted and that has not been closed."""
    found: Adoption | None = proposal.adoptions.filter(ended_on__isnull=True).first()
    return found


@rule("OLD-8")
def can_still_be_adopted(proposal: Proposal, at: datetime) -> bool:
    """A withdrawn proposal is adopted within ten Working Days, until 17:00 on the last."""
    window = open_window(proposal)
    return window is not None and at <= calendar().closing(window.closes_on)


@rule("OLD-8")
def somebody_adopts_it(proposal: Proposal, at: datetime) -> bool:
    """A proposal goes on when a party has said that it adopts it."""
    window = open_window(proposal)
    if window is None:
        return False
    spells = ProposerSpell.objects.filter(proposal=proposal, to_day__isnull=True, how=ProposerSpell.How.ADOPTED)
    return spells.filter(from_day__gte=window.withdrawn_on, adoptions__isnull=True).exists()


@rule("OLD-8")
def window_has_run_out(proposal: Proposal, at: datetime) -> bool:
    """A withdrawn proposal closes when its adoption window has run out."""
    window = open_window(proposal)
    return window is not None and at > calendar().closing(window.closes_on)


@rule("DEF-4, MOD-10")
def may_be_its_proposer(proposal: Proposal, at: datetime, facts: Facts) -> bool:
    """Only a party whose right to raise modifications is not suspended becomes the Proposer."""
    day = local_day(at)
    party = facts["party"]
    is_party = type(party).objects.on(day).filter(pk=party.pk).exists()
    return is_party and not suspended_parties(Right.RAISE, day).filter(pk=party.pk).exists()


def withdrawn_in(stage: str) -> Rule:
    """The rule that a proposal goes on where it was withdrawn."""

    def test(proposal: Proposal, at: datetime) -> bool:
        window = open_window(proposal)
        return window is not None and window.stage == stage

    sentence = f"It goes on in the stage in which it was withdrawn; that was not: {Stage(stage).label}."
    return Rule(f"withdrawn_in_{stage}", "OLD-8", sentence, test)


@rule("DEC-4, OLD-9")
def its_proposal_is_open(urgency: Urgency, at: datetime) -> bool:
    """Urgency is asked for while a proposal is open."""
    return urgency.proposal.state in OPEN_STAGES


@rule("DEC-4, OLD-9")
def in_its_order(urgency: Urgency, at: datetime) -> bool:
    """The Panel recommends on urgency after it was asked for, and the Authority determines after the Panel."""
    days = [day for day in (urgency.asked_on, urgency.recommended_on) if day]
    return all(day <= local_day(at) for day in days)


@rule("OLD-9")
def date_is_to_come(urgency: Urgency, at: datetime, facts: Facts) -> bool:
    """An urgent timetable has dates after the Authority's determination."""
    return urgency.determined_on is not None and bool(facts["due_on"] > urgency.determined_on)
