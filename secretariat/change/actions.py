"""Writes of the change room that are more than one step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from secretariat.change.models import Proposal, is_old_shape, label
from secretariat.change.procedure import CHANGE
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import UnknownRule
from secretariat.plain.dates import local_day


def next_number() -> int:
    """The next number of the one sequence; numbers are never used again (MOD-1)."""
    return (Proposal.objects.aggregate(highest=Max("number"))["highest"] or 0) + 1


def raise_proposal(proposal: Proposal, *, by: Person | None, at: datetime, recorded: datetime) -> Event:
    """Raises a proposal at an instant, with the next number unless it has one, in the shape of its day.

    Raises Refused.
    """
    with transaction.atomic():
        proposal.number = proposal.number or next_number()
        proposal.raised_on = local_day(at)
        try:
            proposal.reference = label(proposal.number, proposal.suffix, proposal.raised_on, None)
        except (UnknownRule, ValueError) as error:
            raise Refused(str(error)) from error
        step = "submit" if is_old_shape(proposal.raised_on) else "raise"
        return CHANGE.take(step, proposal, by=by, at=at, recorded=recorded)
