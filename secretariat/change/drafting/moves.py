"""What becomes of a proposal's legal text with the proposal: approved, dropped, or taken up again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from secretariat.change.drafting.texts import drafts_of
from secretariat.change.models import Proposal
from secretariat.core.journal import history
from secretariat.core.procedure import Change
from secretariat.legaltext.drafting.procedure import DRAFTING
from secretariat.legaltext.models import APPROVED, DEAD, PENDING, Draft


def legal_text_approved(change: Change) -> Change:
    """The same change, and the proposal's legal text is approved; what had been dropped with it is taken up first."""

    def changed(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        change(proposal, at, recorded, facts)
        _taken_up(proposal, at, recorded)
        _take("approve_with", proposal, drafts_of(proposal).filter(state=PENDING), at, recorded)

    return changed


def legal_text_dropped(change: Change) -> Change:
    """The same change, and the proposal's legal text comes to nothing, but for what is published."""

    def changed(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        change(proposal, at, recorded, facts)
        open_ = drafts_of(proposal).filter(state__in=(PENDING, APPROVED)).exclude(planned__version__isnull=False)
        _take("drop_with", proposal, open_, at, recorded)

    return changed


def legal_text_taken_up(change: Change) -> Change:
    """The same change, and the legal text that had come to nothing with the proposal is pending again."""

    def changed(proposal: Proposal, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        change(proposal, at, recorded, facts)
        _taken_up(proposal, at, recorded)

    return changed


def _taken_up(proposal: Proposal, at: datetime, recorded: datetime) -> None:
    dead = [draft for draft in drafts_of(proposal).filter(state=DEAD) if _went_with_it(draft)]
    _take("reopen_with", proposal, dead, at, recorded)


def _went_with_it(draft: Draft) -> bool:
    """Whether a dead draft was dropped with its proposal, and not by hand."""
    last = history(draft).filter(name__in=("draft.drop", "draft.drop_with")).last()
    return last is not None and last.name == "draft.drop_with"


def _take(step: str, proposal: Proposal, drafts: Any, at: datetime, recorded: datetime) -> None:
    because = f"{proposal.reference}: {proposal.get_state_display()}"
    for draft in list(drafts):
        DRAFTING.take(step, draft, by=None, at=at, recorded=recorded, because=because)
