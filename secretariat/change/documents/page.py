"""The documents on a proposal's page."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from secretariat.change.coming import Coming, Need
from secretariat.change.documents.models import documents_of
from secretariat.change.models import Proposal
from secretariat.core.pages import Crumb, Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import long_date


def facts(proposal: Proposal, person: Person | None, at: datetime) -> list[Fact]:
    """Nothing: its documents are a table."""
    return []


def related(proposal: Proposal, person: Person | None, at: datetime) -> list[Related]:
    """Its documents with their versions, those inherited at a split among them."""
    rows = [
        (
            Crumb(one.name, one.get_absolute_url()),
            one.get_kind_display(),
            one.version,
            long_date(one.dated_on),
            "" if one.proposal_id == proposal.pk else f"inherited from {one.proposal.reference}",
        )
        for one in documents_of(proposal).visible_to(person, at).select_related("proposal")  # type: ignore[attr-defined]
    ]
    heads = ("Document", "Kind", "Version", "Dated", "")
    href = f"{reverse('proposal documents')}?proposal={proposal.reference}"
    return [Related("Documents", heads, rows, "No document is kept that you may read.", href)]


def needs(proposal: Proposal, person: Person | None, at: datetime) -> list[Need]:
    """Nothing by itself: the steps that need a document say so."""
    return []


def coming(proposal: Proposal, person: Person | None, at: datetime) -> list[Coming]:
    """Nothing: a document has no deadline of its own."""
    return []
