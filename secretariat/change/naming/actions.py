"""Splitting a proposal into modifications that live apart (MOD-3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from secretariat.change.models import OPEN_STAGES, Proposal, label
from secretariat.change.moves import called
from secretariat.change.naming.models import Split
from secretariat.change.procedure import CHANGE
from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day

INHERITED = (
    "classification", "audience", "number", "proposer", "proposer_name", "raised_as", "raised_on", "converted_on",
    "path", "on_hold", "report_approved_on", "invented",
)  # fmt: skip


def classed(record: Any) -> Any:
    """A new record of a proposal with the proposal's own class, so that it is read by the same people."""
    record.classification, record.audience = record.proposal.classification, record.proposal.audience
    return record


def next_letter(number: int) -> str:
    """The letter of the next part of a proposal's number: B after A. Raises Refused after Z."""
    last = max(Proposal.objects.filter(number=number).values_list("suffix", flat=True)) or "A"
    if last == "Z":
        raise Refused("There is no letter after Z.")
    return chr(ord(last) + 1)


def split(
    proposal: Proposal, *, title: str, other_title: str, reason: str,
    by: Person | None, at: datetime, recorded: datetime,
) -> Proposal:  # fmt: skip
    """Splits an open proposal and returns the part that is split off.

    The proposal itself is part A from now on (or keeps the letter it has); the new part has the next letter, the same
    raised date and Proposer, and inherits what was written before. Raises Refused.
    """
    with transaction.atomic():
        proposal.refresh_from_db()
        if proposal.state not in OPEN_STAGES:
            raise Refused("Only an open proposal is split.")
        told: journal.Told = {"by": by, "at": at, "recorded": recorded}
        _letter(proposal, title, reason, told)
        part = Proposal(title=other_title, suffix=next_letter(proposal.number), split_from=proposal)
        for name in INHERITED:
            setattr(part, name, getattr(proposal, name))
        part.split_off_on = local_day(at)
        part.reference = label(part.number, part.suffix, part.raised_on, part.converted_on)
        CHANGE.take(f"split_off_in_{proposal.state}", part, **told)
        return part


def _letter(proposal: Proposal, title: str, reason: str, told: journal.Told) -> None:
    changes = {"title": title}
    if not proposal.suffix:
        day = local_day(told["at"])
        split_ = Split(
            reference=proposal.reference, number=proposal.number, split_on=day, reason=reason,
            recorded=told["recorded"], classification=proposal.classification, audience=proposal.audience,
            invented=proposal.invented,
        )  # fmt: skip
        journal.enter(split_, **told)
        letter = "A"
        lettered = label(proposal.number, letter, proposal.raised_on, proposal.converted_on)
        changes |= {"suffix": letter, "reference": lettered}
    journal.amend(proposal, changes, **told)
    called(proposal, told["at"], told["recorded"])
