"""Telling a problem: begun, saved as one goes, sent; and raising a proposal from what was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from secretariat.change.actions import raise_proposal
from secretariat.change.assessments.actions import submit_idea
from secretariat.change.assessments.models import Idea
from secretariat.change.assessments.procedure import IDEAS
from secretariat.change.models import Proposal
from secretariat.change.raising.models import ProblemDraft
from secretariat.core import journal
from secretariat.core.capacities import speaks_for
from secretariat.core.people import Person
from secretariat.core.procedure import Refused

SENT = "It was sent, so it stands as it is. Write to us to add something."


def begin(draft: ProblemDraft, *, by: Person | None, at: datetime, recorded: datetime) -> ProblemDraft:
    """Keeps what is typed so far, for whoever holds its link. Raises ValidationError."""
    draft.begun_at, draft.person = at, by
    with transaction.atomic():
        journal.enter(draft, by=by, at=at, recorded=recorded, verb="begin")
    return draft


def save(draft: ProblemDraft, typed: dict[str, Any], *, by: Person | None, at: datetime, recorded: datetime) -> None:
    """Keeps what was changed. The journal says which answers changed, not what they are: they hold personal data.

    Raises Refused when it was sent already, ValidationError for what cannot be kept.
    """
    with transaction.atomic():
        held = ProblemDraft.objects.select_for_update().get(pk=draft.pk)
        if held.idea_id is not None:
            raise Refused(SENT)
        changed = sorted(name for name, value in typed.items() if getattr(held, name) != value)
        for name, value in typed.items():
            setattr(draft, name, value)
        if changed:
            draft.full_clean()
            draft.save()
            journal.record("problemdraft.save", draft, by=by, at=at, recorded=recorded, particulars=changed)


def send(draft: ProblemDraft, *, by: Person | None, at: datetime, recorded: datetime) -> Idea:
    """Tells the problem: it becomes an Idea, and the time to its reply begins (NEW-3). Raises Refused."""
    with transaction.atomic():
        held = ProblemDraft.objects.select_for_update().get(pk=draft.pk)
        if held.idea_id is not None:
            raise Refused(SENT)
        if not draft.problem:
            raise Refused("Say what the problem is before you send it.")
        own = speaks_for(by, at)
        idea = Idea(title=draft.title, text=draft.text, from_name=draft.from_name, from_email=draft.from_email,
                    party_id=next(iter(own)) if len(own) == 1 else None)  # fmt: skip
        submit_idea(idea, by=by, at=at, recorded=recorded)
        draft.idea = idea
        draft.save(update_fields=["idea"])
        journal.record("problemdraft.send", draft, by=by, at=at, recorded=recorded, idea=idea)
    return idea


def raise_from(idea: Idea, proposal: Proposal, *, by: Person | None, at: datetime, recorded: datetime) -> Proposal:
    """Raises a proposal from what was told, and records that the idea became it, all or nothing (NEW-2, NEW-3).

    Raises Refused.
    """
    with transaction.atomic():
        raise_proposal(proposal, by=by, at=at, recorded=recorded)
        IDEAS.take("become_a_proposal", idea, by=by, at=at, recorded=recorded, proposal=proposal.pk)
    return proposal
