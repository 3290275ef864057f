"""Keeping a document of a proposal with its file."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from secretariat.change.documents.models import Document
from secretariat.change.documents.naming import document_name
from secretariat.change.models import label
from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.people import Person


def name_of(document: Document) -> str:
    """The name of a document, in its proposal's label on the day of the document: DP until it was converted (MOD-1)."""
    proposal = document.proposal
    converted = proposal.converted_on
    then = converted if converted is not None and converted <= document.dated_on else None
    told = label(proposal.number, proposal.suffix, proposal.raised_on, then)
    return document_name(told, document.kind, document.version, document.detail)


def keep_document(
    document: Document, name: str, content: bytes, *, by: Person | None, at: datetime, recorded: datetime
) -> Document:
    """Enters a document with its file, all or nothing; the file is kept under the document's generated name.

    Raises ValidationError: for a file that is not taken, and for what the document's own checks refuse.
    """
    document.recorded = recorded
    document.received_name = name if content else ""
    document.name = name_of(document)
    with transaction.atomic():
        if content:
            called = f"{document.name}{PurePath(name).suffix.lower()}"
            file = StoredFile(name=called, sha256=keep(name, content), size=len(content), recorded=recorded)
            file.classification, file.audience = document.classification, document.audience
            journal.enter(file, by=by, at=at, recorded=recorded)
            document.file = file
        journal.enter(document, by=by, at=at, recorded=recorded, received_as=document.received_name)
    return document
