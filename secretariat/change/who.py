"""Who may take the steps of a change: the Proposer's contact, the Authority, whoever adopts or refers, the team."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.change.decision.models import WAITS, Referral
from secretariat.change.models import Proposal, Raiser
from secretariat.change.standing.models import ProposerSpell
from secretariat.core.capacities import speaks_for, team
from secretariat.core.people import Person, Role, Team

change_team = team(Team.CHANGE)


def raiser(person: Person | None, proposal: Proposal | None, at: datetime) -> bool:
    """The contact of the party that raises it, or the secretariat's change team."""
    if change_team(person, proposal, at):
        return True
    return proposal is not None and proposal.raised_as == Raiser.PARTY and _is_its_party(person, proposal, at)


def proposer(person: Person | None, proposal: Proposal | None, at: datetime) -> bool:
    """The Proposer's own contact, or the secretariat's change team."""
    if change_team(person, proposal, at):
        return True
    return proposal is not None and _is_its_party(person, proposal, at)


def _is_its_party(person: Person | None, proposal: Proposal, at: datetime) -> bool:
    return proposal.proposer_id is not None and proposal.proposer_id in speaks_for(person, at)


def authority(person: Person | None, record: Any, at: datetime) -> bool:
    """The Authority, or the secretariat's change team."""
    if change_team(person, record, at):
        return True
    return person is not None and person.acts_as(Role.AUTHORITY, at)


def adopter(person: Person | None, proposal: Proposal | None, at: datetime) -> bool:
    """The contact of the party that has adopted it, or the secretariat's change team."""
    if change_team(person, proposal, at):
        return True
    if proposal is None:
        return False
    adopted = ProposerSpell.objects.filter(proposal=proposal, to_day__isnull=True, how=ProposerSpell.How.ADOPTED)
    return adopted.filter(party_id__in=speaks_for(person, at)).exists()


def referrer(person: Person | None, proposal: Proposal | None, at: datetime) -> bool:
    """The contact of a party, with that party's referral of the decision; or the secretariat's change team."""
    if change_team(person, proposal, at):
        return True
    made = Referral.objects.filter(decision__proposals=proposal, received_at=at, state=WAITS)
    return proposal is not None and made.filter(party_id__in=speaks_for(person, at)).exists()


def of_its_proposal(person: Person | None, record: Any, at: datetime) -> bool:
    """The Proposer's own contact, or the secretariat's change team."""
    return proposer(person, record.proposal if record is not None else None, at)
