"""Adopting a withdrawn proposal: a party becomes its Proposer, and it goes on where it stood (OLD-8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from secretariat.change.models import Proposal
from secretariat.change.moves import first_proposer
from secretariat.change.procedure import CHANGE
from secretariat.change.standing.models import ProposerSpell
from secretariat.change.standing.moves import end_open
from secretariat.change.standing.rules import can_still_be_adopted, may_be_its_proposer, open_window
from secretariat.change.who import change_team
from secretariat.core import journal
from secretariat.core.capacities import speaks_for
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.register.models import Party


def adopt(proposal: Proposal, party: Party, *, by: Person | None, at: datetime, recorded: datetime) -> journal.Event:
    """A party adopts a withdrawn proposal, by its own contact or recorded by the change team. Raises Refused."""
    if party.pk not in speaks_for(by, at) and not change_team(by, proposal, at):
        raise Refused("A party adopts by its own contact.")
    with transaction.atomic():
        window = open_window(proposal)
        if window is None or not can_still_be_adopted(proposal, at):
            raise Refused(f"{can_still_be_adopted.sentence} ({can_still_be_adopted.citation})")
        if not may_be_its_proposer(proposal, at, {"party": party}):
            raise Refused(f"{may_be_its_proposer.sentence} ({may_be_its_proposer.citation})")
        first_proposer(proposal, recorded)
        end_open(proposal.proposer_spells, at)
        spell = ProposerSpell(
            proposal=proposal, party=party, name=party.name, how=ProposerSpell.How.ADOPTED, from_day=local_day(at),
            recorded=recorded,
        )  # fmt: skip
        journal.enter(spell, by=by, at=at, recorded=recorded, verb="adopt")
        return CHANGE.take(f"adopt_in_{window.stage}", proposal, by=by, at=at, recorded=recorded)
