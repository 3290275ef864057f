"""Pages on which a version is prepared of a list's entries or of the DCC's file, looked at and published."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.load import Loading
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import local_day, long_date
from secretariat.products.models import ProductList
from secretariat.products.publishing import page
from secretariat.products.publishing.actions import content_of, held, next_number
from secretariat.products.publishing.central import central_rows
from secretariat.products.publishing.content import difference
from secretariat.products.publishing.filters import PreparedVersionFilter
from secretariat.products.publishing.forms import FileForm, NoteForm
from secretariat.products.publishing.models import PREPARED, PreparedVersion, is_central, newest_kept
from secretariat.products.publishing.preparing import prepare
from secretariat.products.publishing.reading import Upload, read
from secretariat.products.publishing.shapes import SHAPES
from secretariat.products.publishing.views import list_named
from secretariat.products.publishing.who import who_makes_the_list


class PreparedVersions(ListPage):
    """Versions of the lists on their way, and those that were published here."""

    model = PreparedVersion
    word, plural = "prepared list version", "prepared list versions"
    columns = (
        Column("list", "List", "list__code"),
        Column("prepared_on", "Prepared", "prepared_on"),
        Column("number", "Published as version", "published_as__number", shown=lambda one: str(one or "")),
        Column("rows", "Rows", "holds", numeric=True),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = PreparedVersionFilter
    about = "Versions of the product lists from their preparation to their publication and loading."
    empty = "No version of a product list was prepared here yet."
    day = "prepared_on"


class PreparedVersionPage(RecordPage):
    """One version on its way: what it would change, and what is to note of its rows."""

    model = PreparedVersion
    word, plural = "prepared list version", "prepared list versions"

    def facts(self, record: PreparedVersion) -> list[Fact]:
        """Its list, its file and what became of it."""
        version, file = record.published_as, record.file
        facts = [Fact("List", str(record.list), record.list.get_absolute_url())]
        facts += [Fact("Prepared", long_date(record.prepared_on))] if record.prepared_on else []
        facts += [Fact("Made of the file", file.name, file.get_absolute_url())] if file else []
        facts += [Fact("Rows", f"{record.holds:,}"), Fact("SHA-256 of its content", record.digest)]
        facts += [Fact("Published as", str(version), version.get_absolute_url())] if version else []
        return [*facts, Fact("Readers are told", record.note)] if record.note else facts

    def related(self, record: PreparedVersion) -> list[Related]:
        """What it would change, and what is to note."""
        notes: list[tuple[Any, ...]] = [tuple(one) for one in record.findings[: page.SHOWN]]
        heads = ("Row of the file", "Column", "What is to note")
        tables = [Related("To note", heads, notes, "Nothing is to note of its rows.")] if record.file_id else []
        return [self._change(record), *tables] if record.state == PREPARED else tables

    def _change(self, record: PreparedVersion) -> Related:
        before = newest_kept(record.list)
        title = f"What it would change since version {before.number}" if before else "What it would hold"
        try:
            now = held(record, self.request.at)
        except Refused as refusal:
            rows: list[tuple[Any, ...]] = [(sentence,) for sentence in refusal.messages[: page.SHOWN]]
            return Related("Why it cannot be published as it is", ("Reason",), rows, "")
        return page.difference_table(title, difference(content_of(before), now.rows), "Nothing.")


class PrepareVersion(Page):
    """Prepares a version: of the entries as they stand, or of a file whose every row is checked first."""

    template = "products/publishing/prepare.html"
    who: ClassVar[Who] = staticmethod(who_makes_the_list)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        """The form, and for the Central list what would change."""
        of = self._list(code)
        return self._page(of, self._form(of))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        """Prepares it; where a row may not be, each is told with what to do, and nothing is prepared."""
        of = self._list(code)
        form = self._form(of, self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._page(of, form, status=422)
        given = form.cleaned_data.get("file")
        file = (given.name, given.read()) if given else None
        try:
            upload = self._read(of, *file) if file else None
            if upload and upload.refused:
                return self._page(of, form, upload, status=422)
            return redirect(prepare(of, file, form.cleaned_data["note"], **self.told()))
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._page(of, form, status=422)

    def _read(self, of: ProductList, name: str, content: bytes) -> Upload:
        loading = Loading(reader(self.request), self.request.at, self.request.at)
        return read(of, name, content, loading, content_of(newest_kept(of)))

    def _list(self, code: str) -> ProductList:
        of = list_named(self, code)
        if of.code not in SHAPES:
            raise Http404("No version of this list is made here.")
        if not who_makes_the_list(reader(self.request), PreparedVersion(list=of), self.request.at):
            raise PermissionDenied("Versions of the Central Products List are made by the technical team.")
        return of

    def _form(self, of: ProductList, *typed: Any) -> forms.Form:
        return NoteForm(*typed) if is_central(of) else FileForm(*typed)

    def _page(self, of: ProductList, form: forms.Form, upload: Upload | None = None, status: int = 200) -> HttpResponse:
        title = f"Prepare version {next_number(of)} of the {of.code}"
        crumbs = (Crumb(str(of), of.get_absolute_url()), Crumb(title))
        return self.shown(
            {"of": of, "form": form, "upload": upload, "title": title, "crumbs": crumbs, "back": of.get_absolute_url(),
             "columns": SHAPES[of.code].taken, "change": self._change(of) if is_central(of) else None}, status
        )  # fmt: skip

    def _change(self, of: ProductList) -> Related:
        rows = central_rows(local_day(self.request.at))
        found = difference(content_of(newest_kept(of)), rows)
        return page.difference_table("What it would change", found, "Nothing has changed since the newest version.")
