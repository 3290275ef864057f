"""Writes of the change room that are more than one step."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from secretariat.change.models import Path, Proposal, is_old_shape, label
from secretariat.change.procedure import CHANGE
from secretariat.core.journal import Event
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import UnknownRule
from secretariat.plain.dates import local_day


def next_number() -> int:
    """The next number of the one sequence; numbers are never used again (MOD-1)."""
    return (Proposal.objects.aggregate(highest=Max("number"))["highest"] or 0) + 1


def raise_variation(proposal: Proposal, *, by: Person | None, at: datetime, recorded: datetime) -> Event:
    """Enters an Authority-Led Variation: a Modification Proposal at once, without the Change Board's filter (NEW-2).

    Raises Refused.
    """
    proposal.path = Path.AUTHORITY_LED
    return _raised("vary", proposal, by=by, at=at, recorded=recorded)


def raise_proposal(proposal: Proposal, *, by: Person | None, at: datetime, recorded: datetime) -> Event:
    """Raises a proposal at an instant, with the next number unless it has one, in the shape of its day.

    Raises Refused.
    """
    return _raised("", proposal, by=by, at=at, recorded=recorded)


def _raised(step: str, proposal: Proposal, *, by: Person | None, at: datetime, recorded: datetime) -> Event:
    with transaction.atomic():
        proposal.number = proposal.number or next_number()
        proposal.raised_on = local_day(at)
        try:
            proposal.reference = label(proposal.number, proposal.suffix, proposal.raised_on, None)
            begins = step or ("submit" if is_old_shape(proposal.raised_on) else "raise")
        except (UnknownRule, ValueError) as error:
            raise Refused(str(error)) from error
        return CHANGE.take(begins, proposal, by=by, at=at, recorded=recorded)
