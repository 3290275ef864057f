"""Pages of the texts that come in: the file, what was understood of it, and what it is accepted as."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst

from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, reader
from secretariat.core.procedure import Refused, Who
from secretariat.legaltext.importing.actions import (
    accept_as_draft,
    accept_as_first,
    decide,
    may_bring_in,
    take_in,
)
from secretariat.legaltext.importing.aligning import KEPT
from secretariat.legaltext.importing.filters import TextImportFilter
from secretariat.legaltext.importing.forms import AsDraftForm, AsFirstForm, TextImportForm
from secretariat.legaltext.importing.models import TextImport
from secretariat.legaltext.importing.reading import alignment
from secretariat.legaltext.models import Cause, DocumentVersion, Draft, called

WORD, PLURAL = "text brought in", "texts brought in"


class TextImports(ListPage):
    """The texts that came in."""

    model = TextImport
    word, plural = WORD, PLURAL
    columns = (
        Column("file", "File", "file__name"),
        Column("document", "Document", "document__code", called),
        Column("recorded", "Brought in", "recorded"),
        Column("draft", "Draft", "draft__title"),
        Column("version", "Version", "version__number"),
        class_column(),
    )
    filters = TextImportFilter
    order = "-recorded"
    about = "Texts that came in as files, each read and shown before anybody accepts it."
    empty = "No text has been brought in that you may read. Bring one in as a Word or Akoma Ntoso file."
    who: ClassVar[Who] = staticmethod(may_bring_in)
    enters: ClassVar[Who | None] = staticmethod(may_bring_in)


class TextImportEntry(EntryPage):
    """Takes a file."""

    model = TextImport
    form_class = TextImportForm
    word, plural = WORD, PLURAL
    who: ClassVar[Who] = staticmethod(may_bring_in)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Reads the file and keeps both it and what was understood."""
        file = form.cleaned_data["file"]
        take_in(record, file.name, file.read(), **told)


class TextImportPage(RecordPage):
    """What was understood: kept, changed, new, gone, doubtful; the doubtful ones are decided here."""

    template = "legaltext/text_import.html"
    model = TextImport
    word, plural = WORD, PLURAL
    who: ClassVar[Who] = staticmethod(may_bring_in)
    problem = ""

    def facts(self, record: TextImport) -> list[Fact]:
        """Where it came from, what it was laid beside, what has become of it."""
        beside, became = record.baseline, record.became
        facts = [
            Fact("Document", str(record.document), record.document.get_absolute_url()),
            Fact("File", record.file.name, record.file.get_absolute_url()),
            Fact("Tracked changes", "accepted" if record.with_changes else "left out"),
            Fact("Laid beside", str(beside) if beside else "nothing: a first text",
                 beside.get_absolute_url() if beside else ""),
        ]  # fmt: skip
        accepted = [Fact("Accepted as", str(became), became.get_absolute_url())] if became else []
        return [*facts, *(Fact("Note", note) for note in record.understood["notes"]), *accepted]

    def context(self, record: TextImport) -> dict[str, Any]:
        """Everything that is not kept as it was, clause by clause, and how much is."""
        found = alignment(record)
        return {
            "counts": found.counts,
            "rows": [match for match in found.matches if match.status != KEPT],
            "gone": found.gone,
            "changes": record.understood["changes"],
            "said_new": set(record.new_ones),
            "waits": record.became is None,
            "first": record.baseline is None,
            "problem": self.problem,
        }

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keeps what a person has said of the doubtful clauses."""
        record = self.readable(key)
        if not may_bring_in(reader(self.request), record, self.request.at):
            raise PermissionDenied("This is for others.")
        try:
            decide(record, self.request.POST.getlist("new"), **self.told())
        except Refused as refusal:
            self.problem = str(refusal)
            response = self.get(request, key)
            response.status_code = 422
            return response
        return redirect(record.get_absolute_url())


class _Accept(FormPage):
    """A form by which an import is accepted."""

    model = TextImport
    who: ClassVar[Who] = staticmethod(may_bring_in)

    def heading(self, record: TextImport) -> str:
        """What is accepted."""
        return f"{self.title}: {capfirst(str(record))}"


class AcceptAsDraft(_Accept):
    """Accepts an import as a draft."""

    title = "Accept as a draft"

    def form(self, record: TextImport, data: Any = None, files: Any = None) -> AsDraftForm:
        """The title that the file says, and the import's own class."""
        title = (record.understood["title"] or record.document.title)[:200]
        own = {"classification": record.classification, "audience": record.audience}
        return AsDraftForm(data, initial={"title": title, **own})

    def save(self, record: TextImport, form: AsDraftForm) -> Draft:
        """Makes the draft."""
        return accept_as_draft(record, form.save(commit=False), **self.told())


class AcceptAsFirst(_Accept):
    """Accepts an import as the first version of its document."""

    title = "Accept as the first version"

    def form(self, record: TextImport, data: Any = None, files: Any = None) -> AsFirstForm:
        """Its number, its days and its cause."""
        return AsFirstForm(data)

    def save(self, record: TextImport, form: AsFirstForm) -> DocumentVersion:
        """Makes the version."""
        cause = Cause(kind=form.cleaned_data["cause"], reference=form.cleaned_data["reference"])
        return accept_as_first(record, form.save(commit=False), cause, **self.told())
