"""Pages of the record of the code: its documents, their versions, and versions of the whole code."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse

from secretariat.core.capacities import team
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, about, reader
from secretariat.core.people import Team
from secretariat.core.procedure import Who
from secretariat.legaltext.filters import CodeVersionFilter, DocumentFilter, DocumentVersionFilter
from secretariat.legaltext.forms import DocumentForm
from secretariat.legaltext.models import Cause, CodeVersion, Document, DocumentKind, DocumentVersion, called
from secretariat.legaltext.publishing.page import files_of, publication_facts
from secretariat.legaltext.standing import versions_on
from secretariat.plain.dates import long_date

change_team = team(Team.CHANGE)
SHOWN_VERSIONS = 50
SHOWN_CLAUSES = 200


class Documents(ListPage):
    """The documents of the code, and those that are governed like it."""

    model = Document
    word, plural = "document", "documents"
    columns = (
        Column("code", "Code", "code"),
        Column("kind", "Kind", "kind", lambda value: str(DocumentKind(value).label)),
        Column("letter", "Letter", "letter"),
        Column("title", "Title", "title"),
        Column("owner", "Owned by", "owner"),
        class_column(),
    )
    filters = DocumentFilter
    link = "code"
    order = "position"
    order_words = "in the order of the contents"
    about = "The sections, schedules and appendices of the code, and the other documents governed with it."
    empty = "No document is entered yet that you may read. Enter one, or load the documents from a file."
    enters: ClassVar[Who | None] = staticmethod(change_team)
    loads = "documents"


class DocumentPage(RecordPage):
    """One document: what it is, and its versions."""

    model = Document
    word, plural, key = "document", "documents", "code"
    editors: ClassVar[Who | None] = staticmethod(change_team)

    def facts(self, record: Document) -> list[Fact]:
        """Its kind, owner, and the version in force today."""
        standing = versions_on(self.request.at.date()).get(record.code)
        files = f"{reverse('record of the code-file', args=['clauses'])}?document={record.code}"
        facts = [
            Fact("Kind", record.get_kind_display()),
            Fact("Owned by", record.owner or "Not told"),
            Fact("Text", "Read it as it stands today", reverse("reading", args=[record.code])),
            Fact("Its clauses in all versions", "As a file that can be loaded again", files),
        ]
        if standing is None:
            return [*facts, Fact("In force", "No version is in force")]
        return [*facts, Fact("In force", f"Version {standing.number}", standing.get_absolute_url())]

    def related(self, record: Document) -> list[Related]:
        """Its newest versions, those still to come among them."""
        found = record.versions.visible_to(reader(self.request), self.request.at).prefetch_related("causes")
        rows: list[tuple[Any, ...]] = [
            (Crumb(one.number, one.get_absolute_url()), *_days(one), "; ".join(map(str, one.causes.all())))
            for one in found[:SHOWN_VERSIONS]
        ]
        heads = ("Version", "In effect from", "Until", "Cause")
        empty = "No version is recorded. Import a first text, or load one."
        return [Related("Versions", heads, rows, empty, f"/document-versions/?document={record.code}")]


def _days(version: DocumentVersion) -> tuple[str, str]:
    last = long_date(version.to_day) if version.to_day else "further notice"
    return long_date(version.effective_from), last


class DocumentEntry(EntryPage):
    """Enters or amends a document."""

    model = Document
    form_class = DocumentForm
    word, plural, key = "document", "documents", "code"
    who: ClassVar[Who] = staticmethod(change_team)


class DocumentVersions(ListPage):
    """Every version of every document."""

    model = DocumentVersion
    word, plural = "document version", "document versions"
    columns = (
        Column("document", "Document", "document__code", called),
        Column("number", "Version", "number"),
        Column("effective_from", "In effect from", "effective_from"),
        Column("to_day", "Until", "to_day"),
        Column("notified_on", "Notified", "notified_on"),
        Column("posted_on", "Posted", "posted_on"),
        class_column(),
    )
    filters = DocumentVersionFilter
    order = "-effective_from"
    about = "The versions of the documents: when each takes effect, and when it was notified and posted."
    empty = "No version of a document is recorded yet."
    day = "effective_from"
    loads = "document-versions"


class DocumentVersionPage(RecordPage):
    """One version: its days, its causes, and the clauses that it changed."""

    model = DocumentVersion
    word, plural = "document version", "document versions"

    def facts(self, record: DocumentVersion) -> list[Fact]:
        """Its document and its days."""
        first, last = _days(record)
        facts = [
            Fact("Document", str(record.document), record.document.get_absolute_url()),
            Fact("Version", record.number),
            Fact("In effect from", first),
            Fact("In effect until", last),
            Fact("Notified", long_date(record.notified_on) if record.notified_on else "Not told"),
            Fact("Posted", long_date(record.posted_on) if record.posted_on else "Not told"),
        ]
        if record.replaces is not None:
            facts.append(Fact("Replaces", str(record.replaces), record.replaces.get_absolute_url()))
        others = record.replaced_by.visible_to(reader(self.request), self.request.at)
        facts += [Fact("Replaced by", str(one), one.get_absolute_url()) for one in others]
        return [*facts, Fact("Note", record.note)] if record.note else facts

    def related(self, record: DocumentVersion) -> list[Related]:
        """Its causes, and the clauses that it put in, changed or took out."""
        causes: list[tuple[Any, ...]] = [(self._cause(one), one.reference) for one in record.causes.all()]
        clauses: list[tuple[Any, ...]] = [
            (row.number or row.uid, row.heading, "stands" if row.present else "taken out")
            for row in record.clauses.all()[:SHOWN_CLAUSES]
        ]
        return [
            Related("Causes", ("Cause", "Reference"), causes, "No cause is recorded."),
            Related("Clauses that it changed", ("Clause", "Heading", "After it"), clauses, "It changed no clause."),
        ]

    def _cause(self, cause: Cause) -> Crumb:
        record: Any = about(cause.about_kind, cause.about_id) if cause.about_kind and cause.about_id else None
        if record is None or not hasattr(record, "classification"):
            return Crumb(cause.get_kind_display())
        rows = type(record).objects.filter(pk=record.pk).visible_to(reader(self.request), self.request.at)
        return Crumb(cause.get_kind_display(), record.get_absolute_url() if rows.exists() else "")


class CodeVersions(ListPage):
    """Every version of the whole code, in both schemes of numbers."""

    model = CodeVersion
    word, plural = "code version", "code versions"
    columns = (
        Column("number", "Version", "number", sortable=False),
        Column("effective_from", "In effect from", "effective_from"),
        Column("notified_on", "Notified", "notified_on"),
        Column("posted_on", "Posted", "posted_on"),
        Column("note", "Note", "note"),
    )
    filters = CodeVersionFilter
    order = "-order"
    about = "The versions of the whole code: each is the versions of its documents in force on its first day."
    empty = "No version of the whole code is recorded yet."
    day = "effective_from"
    loads = "code-versions"


class CodeVersionPage(RecordPage):
    """One version of the whole code, with the version of each document that it is made of (DOC-2, DOC-6)."""

    model = CodeVersion
    word, plural = "code version", "code versions"

    def facts(self, record: CodeVersion) -> list[Fact]:
        """Its number and days."""
        return [
            Fact("Version", record.number, note=record.get_scheme_display()),
            Fact("In effect from", long_date(record.effective_from)),
            Fact("Notified", long_date(record.notified_on) if record.notified_on else "Not told"),
            Fact("Posted", long_date(record.posted_on) if record.posted_on else "Not told"),
            *publication_facts(record, reader(self.request), self.request.at),
            *([Fact("Note", record.note)] if record.note else []),
        ]

    def related(self, record: CodeVersion) -> list[Related]:
        """The version of each document of the code that was in force on its first day."""
        person, at = reader(self.request), self.request.at
        readable = set(Document.objects.visible_to(person, at).values_list("code", flat=True))
        rows: list[tuple[Any, ...]] = [
            (one.document.reference, one.document.title, Crumb(one.number, one.get_absolute_url()), _days(one)[0])
            for code, one in versions_on(record.effective_from).items()
            if one.document.of_the_code and code in readable
        ]
        heads = ("Document", "Title", "Version", "In effect from")
        log = Related("Document Log", heads, rows, "No document of the code had a version on that day.")
        return [*files_of(record, person, at), log]
