"""What the steps of a proposal's status write: holds, withdrawal and adoption, change of Proposer and of target."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from secretariat.change.models import Proposal, Stage
from secretariat.change.moves import begin, first_proposer
from secretariat.change.standing.models import Adoption, Hold, ProposerSpell, TargetSpell
from secretariat.core.calendar import calendar
from secretariat.core.procedure import Change
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day


def end_open(rows: Any, at: datetime, **told: Any) -> None:
    """Ends the row in force on the day before `at`; one that began on that day was in force on no day."""
    rows.filter(to_day__isnull=True).update(to_day=local_day(at) - timedelta(days=1), **told)


def held(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The proposal is on hold: who put it there, why, and since when."""
    proposal.on_hold = True
    Hold.objects.create(
        proposal=proposal, held_by=facts["held_by"], reason=facts["reason"], from_day=local_day(at), recorded=recorded
    )


def resumed(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The hold has ended, and why."""
    proposal.on_hold = False
    end_open(proposal.holds, at, resumed_because=facts["reason"])


def withdrawn(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Withdrawn, and open to adoption for some Working Days (OLD-8)."""
    was, day = proposal.spells.get(to_day__isnull=True).stage, local_day(at)
    begin(proposal, Stage.WITHDRAWN, at, recorded)
    proposal.on_hold = False
    end_open(proposal.holds, at, resumed_because="It was withdrawn.")
    closes = calendar().add(day, RULEBOOK.number("change.adoption_wd", at))
    Adoption.objects.create(
        proposal=proposal, stage=was, withdrawn_on=day, reason=facts["reason"], closes_on=closes, recorded=recorded
    )
    facts["closes_on"] = closes


def adopted_in(stage: str) -> Change:
    """The change that adoption makes: the proposal goes on in its stage under its new Proposer."""

    def change(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        begin(proposal, stage, at, recorded)
        spell = proposal.proposer_spells.get(to_day__isnull=True)
        proposal.adoptions.filter(ended_on__isnull=True).update(ended_on=local_day(at), adopted_by=spell)
        facts["proposer"] = {"old": proposal.proposer_name, "new": spell.name}
        proposal.proposer, proposal.proposer_name = spell.party, spell.name

    return change


def closed(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Nobody adopted it within the window: it is closed."""
    proposal.adoptions.filter(ended_on__isnull=True).update(ended_on=local_day(at))


def taken_over(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Another is the Proposer from the day on; the one before is kept."""
    first_proposer(proposal, recorded)
    end_open(proposal.proposer_spells, at)
    ProposerSpell.objects.create(
        proposal=proposal, party=facts["party"], name=facts["party"].name, how=ProposerSpell.How.TOOK_OVER,
        reason=facts["reason"], from_day=local_day(at), recorded=recorded,
    )  # fmt: skip
    facts["proposer"] = {"old": proposal.proposer_name, "new": facts["party"].name}
    proposal.proposer, proposal.proposer_name = facts["party"], facts["party"].name


def aimed(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Another target release from the day on; the one before is kept."""
    end_open(proposal.targets, at)
    TargetSpell.objects.create(
        proposal=proposal, release=facts["release"], set_by=facts["set_by"], reason=facts["reason"],
        from_day=local_day(at), recorded=recorded,
    )  # fmt: skip
