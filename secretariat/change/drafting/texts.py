"""Which drafts of legal text are a proposal's."""

from __future__ import annotations

from typing import Any

from secretariat.change.models import Proposal
from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.kinds import kind_of
from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.actions import begin, fits_what_it_is_about
from secretariat.legaltext.models import PENDING, Draft


def drafts_of(proposal: Proposal) -> Any:
    """The drafts of a proposal's legal text, in the order of their documents."""
    rows = Draft.objects.filter(about_kind=kind_of(Proposal), about_id=proposal.pk)
    return rows.select_related("document", "baseline").order_by("document__position", "pk")


def free_drafts() -> Any:
    """The pending drafts that are about nothing: they can become a proposal's."""
    return Draft.objects.filter(state=PENDING, about_kind="").select_related("document")


def begin_for(proposal: Proposal, draft: Draft, told: Told) -> None:
    """Begins a draft of a proposal's legal text, for no more readers than the proposal. Raises Refused."""
    draft.about_kind, draft.about_id = kind_of(Proposal), proposal.pk
    if draft.classification <= proposal.classification:
        draft.classification, draft.audience = proposal.classification, proposal.audience
    draft.invented = proposal.invented
    begin(draft, **told)


def link(proposal: Proposal, draft: Draft, told: Told) -> None:
    """Makes a pending draft that is about nothing a proposal's legal text. Raises Refused."""
    if draft.state != PENDING or draft.about_kind:
        raise Refused("Only a pending draft that is about nothing else becomes a proposal's legal text.")
    changes = {"about_kind": kind_of(Proposal), "about_id": proposal.pk}
    fits_what_it_is_about(Draft(classification=draft.classification, audience=draft.audience, **changes))
    journal.amend(draft, changes, **told)
