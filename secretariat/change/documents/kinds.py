"""A document of a proposal is found by its name, today's or a historical one."""

from __future__ import annotations

from secretariat.change.documents.models import Document, documents_of
from secretariat.change.documents.naming import parse_name
from secretariat.change.models import Proposal
from secretariat.core.kinds import register
from secretariat.plain.references import parse_proposal


def document(text: str) -> Document | None:
    """The document that a name tells of, under whichever label of its proposal (MOD-1, NEW-11)."""
    named = parse_name(text)
    if named is None:
        return None
    label = parse_proposal(named.reference)
    proposal = Proposal.objects.filter(number=label.number, suffix=label.suffix).first()
    if proposal is None:
        return None
    rows = documents_of(proposal).filter(kind=named.kind, version=named.version)
    return rows.filter(detail__iexact=named.detail).first()


register("proposal document", Document, document)
