"""Pages of the documents of proposals."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.change.documents.actions import keep_document
from secretariat.change.documents.filters import DocumentFilter
from secretariat.change.documents.forms import DocumentForm
from secretariat.change.documents.models import Document
from secretariat.change.documents.naming import DocumentKind
from secretariat.change.procedure import change_team
from secretariat.core.files import StoredFile
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import long_date


class Documents(ListPage):
    """The documents of all proposals."""

    model = Document
    word, plural = "proposal document", "proposal documents"
    filters = DocumentFilter
    columns = (
        Column("proposal", "Proposal", "proposal__reference"),
        Column("name", "Name", "name"),
        Column("kind", "Kind", "kind", lambda value: str(DocumentKind(value).label)),
        Column("version", "Version", "version"),
        Column("dated_on", "Dated", "dated_on"),
        class_column(),
    )
    order = "-dated_on"
    about = "What was written in the course of modifications: problem statements, assessments, reports, legal text."
    empty = "No document of a proposal is kept that you may read."
    day = "dated_on"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class DocumentPage(RecordPage):
    """One version of a document, with its others."""

    model = Document
    word, plural = "proposal document", "proposal documents"

    def facts(self, record: Document) -> list[Fact]:
        """Whose it is, and the file for those who may read it."""
        person, at = reader(self.request), self.request.at
        readable = type(record.proposal).objects.filter(pk=record.proposal_id).visible_to(person, at).exists()
        facts = [
            Fact("Proposal", record.proposal.reference, record.proposal.get_absolute_url() if readable else ""),
            Fact("Kind", record.get_kind_display()),
            Fact("Version", record.version),
            Fact("Dated", long_date(record.dated_on)),
        ]
        file = (
            StoredFile.objects.filter(pk__in=[record.file_id] if record.file_id else []).visible_to(person, at).first()
        )
        facts.append(Fact("File", file.name, file.get_absolute_url()) if file else Fact("File", "Not kept here"))
        if record.received_name and file:
            facts.append(Fact("Came to us as", record.received_name))
        return facts

    def related(self, record: Document) -> list[Related]:
        """All its versions, oldest first."""
        found = Document.objects.filter(proposal=record.proposal_id, kind=record.kind, detail=record.detail)
        rows = [
            (Crumb(one.version, one.get_absolute_url()), one.name, long_date(one.dated_on))
            for one in found.visible_to(reader(self.request), self.request.at)
        ]
        return [Related("Its versions", ("Version", "Name", "Dated"), rows, "There is no version that you may read.")]


class DocumentEntry(EntryPage):
    """Keeps a document with its file."""

    model = Document
    form_class = DocumentForm
    word, plural = "proposal document", "proposal documents"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters the document and its file together."""
        file = form.cleaned_data.get("file")
        keep_document(record, file.name if file else "", file.read() if file else b"", **told)
