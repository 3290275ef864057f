"""Taking a text in, deciding what was doubtful, and accepting it as a draft or as a document's first version."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Unpack

from django.db import transaction

from secretariat.core import journal
from secretariat.core.files import StoredFile, keep
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.actions import begin, bring_in
from secretariat.legaltext.drafting.procedure import drafter
from secretariat.legaltext.drafting.values import newest_version
from secretariat.legaltext.importing.aligning import DOUBTFUL
from secretariat.legaltext.importing.models import TextImport
from secretariat.legaltext.importing.reading import alignment, read
from secretariat.legaltext.models import Cause, ClauseText, DocumentVersion, Draft, DraftEdit
from secretariat.legaltext.recording import add_version
from secretariat.legaltext.text import Text, edits

NOBODY_ELSE = "The text of the code is brought in by the secretariat's change team."


def may_bring_in(person: Person | None, came: TextImport | None, at: datetime) -> bool:
    """The secretariat's change team; for documents beside the code, anyone of the secretariat."""
    return drafter(person, Draft(document=came.document) if came is not None else None, at)


def take_in(came: TextImport, name: str, content: bytes, **told: Unpack[Told]) -> TextImport:
    """Reads a file, keeps it, and records what was understood beside the document's newest version.

    Raises Refused for a file that cannot be read, ValidationError for one that is not taken.
    """
    _may(came, told)
    came.understood = read(name, content, with_changes=came.with_changes)
    came.recorded, came.baseline = told["recorded"], newest_version(came.document)
    with transaction.atomic():
        file = StoredFile(name=name, sha256=keep(name, content), size=len(content), recorded=told["recorded"])
        file.classification, file.audience = came.classification, came.audience
        journal.enter(file, **told)
        came.file = file
        journal.enter(came, **told, clauses=len(came.understood["clauses"]))
    return came


def decide(came: TextImport, new_ones: Collection[str], **told: Unpack[Told]) -> None:
    """Says which of the doubtful clauses are new ones. Raises Refused where it is accepted already."""
    _may(came, told)
    _waits(came)
    undecided = alignment(TextImport(baseline=came.baseline, understood=came.understood))
    doubtful = {match.incoming.uid for match in undecided.matches if match.status == DOUBTFUL}
    if not set(new_ones) <= doubtful:
        raise Refused("Only a doubtful clause can be said to be new.")
    journal.amend(came, {"new_ones": sorted(new_ones)}, **told)


def accept_as_draft(came: TextImport, draft: Draft, **told: Unpack[Told]) -> Draft:
    """Makes what was understood a draft on the version that it was laid beside. Raises Refused."""
    _may(came, told)
    draft.document, draft.baseline = came.document, came.baseline
    draft.invented = came.invented
    text = alignment(came).text(ever_taken(came))
    with transaction.atomic():
        _held(came)
        begin(draft, **told)
        bring_in(draft, text, f"Brought in from {came.file.name}", **told)
        journal.amend(came, {"draft": draft}, **told)
    return draft


def accept_as_first(came: TextImport, version: DocumentVersion, cause: Cause, **told: Unpack[Told]) -> DocumentVersion:
    """Makes what was understood the first version of a document. Raises Refused where it has versions."""
    _may(came, told)
    if came.document.versions.exists():
        raise Refused(f"{came.document.reference} has versions already; accept the text as a draft.")
    version.document, version.invented = came.document, came.invented
    version.classification, version.audience = came.document.classification, came.document.audience
    text = alignment(came).text(ever_taken(came))
    with transaction.atomic():
        _held(came)
        add_version(version, edits(Text(()), text), [cause], **told)
        journal.amend(came, {"version": version}, **told)
    return version


def ever_taken(came: TextImport) -> set[str]:
    """The identities that clauses of the document have ever had, in a version or a draft."""
    versions = ClauseText.objects.filter(document=came.document).values_list("uid", flat=True)
    drafts = DraftEdit.objects.filter(draft__document=came.document).values_list("uid", flat=True)
    return {*versions, *drafts}


def _held(came: TextImport) -> None:
    """Holds the import until the end of the transaction, so that it is accepted once."""
    came.refresh_from_db(from_queryset=TextImport.objects.select_for_update())
    _waits(came)


def _waits(came: TextImport) -> None:
    if came.became is not None:
        raise Refused(f"It was accepted already: {came.became}.")


def _may(came: TextImport, told: Told) -> None:
    if not may_bring_in(told["by"], came, told["at"]):
        raise Refused(NOBODY_ELSE)
