"""The whole record of the code as files that can be loaded again: documents, versions with causes, clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse

from secretariat.core.exports import csv_file
from secretariat.core.lists import attachment
from secretariat.core.pages import Page, reader
from secretariat.legaltext.load import CLAUSE_COLUMNS, CLAUSES, DOCUMENT_FIELDS, DOCUMENTS, GUARDED, VERSIONS
from secretariat.legaltext.models import ClauseText, Document, DocumentVersion
from secretariat.plain.dates import local_day

Rows = Iterator[tuple[Any, ...]]


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _documents(documents: Any, versions: Any) -> Rows:
    for row in documents:
        yield (*(getattr(row, name) for name in DOCUMENT_FIELDS[:-1]), _yes(row.invented))


def _versions(documents: Any, versions: Any) -> Rows:
    """A row for each cause of a version; one without causes has one row too."""
    for row in versions.prefetch_related("causes"):
        for kind, reference in [(cause.kind, cause.reference) for cause in row.causes.all()] or [("", "")]:
            yield (
                row.document.code, row.number, row.effective_from, row.to_day, row.notified_on, row.posted_on, kind,
                reference, row.note, local_day(row.recorded), row.replaces.number if row.replaces else "",
                _yes(row.invented),
            )  # fmt: skip


def _clauses(documents: Any, versions: Any) -> Rows:
    found = ClauseText.objects.filter(version__in=versions).select_related("version__document")
    for row in found.order_by("version__document__position", "version__effective_from", "version__order", "pk"):
        told = {column: _guarded(getattr(row, name)) for name, column in CLAUSE_COLUMNS.items()}
        first = (row.version.document.code, row.version.number, told.pop("uid"), _yes(row.present))
        yield (*first, *(told[column.name] for column in CLAUSES.columns[len(first) :]))


def _guarded(words: str) -> str:
    """Words that begin as guarded ones do get a guard of their own, so that loading takes off no other."""
    return f"'{words}" if words.startswith("'") and words[1:2] in GUARDED else words


FILES: Final[dict[str, tuple[Any, Callable[[Any, Any], Rows]]]] = {
    DOCUMENTS.name: (DOCUMENTS, _documents),
    VERSIONS.name: (VERSIONS, _versions),
    CLAUSES.name: (CLAUSES, _clauses),
}


def exported(name: str, documents: Any, versions: Any) -> bytes:
    """A file of the kind that loads under the same name, of some documents and versions. Raises KeyError."""
    kind, rows = FILES[name]
    return csv_file([column.name for column in kind.columns], rows(documents, versions))


class RecordFile(Page):
    """The record, or one document's, as a file that can be loaded again; what a person may read of it."""

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """The file."""
        if name not in FILES:
            raise Http404(f"The record is given as {', '.join(FILES)}.")
        person, at, asked = reader(self.request), self.request.at, self.request.GET.get("document", "")
        documents = Document.objects.visible_to(person, at)
        if asked:
            documents = documents.filter(code=asked)
        versions = DocumentVersion.objects.visible_to(person, at).filter(document__in=documents)
        versions = versions.select_related("document", "replaces").order_by(
            "document__position", "effective_from", "order"
        )
        return attachment(exported(name, documents, versions), "text/csv; charset=utf-8", f"{name}.csv")
