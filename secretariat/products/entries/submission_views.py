"""Pages of submissions: one device model typed, a file of many, and rows that are put right and sent again."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.exports import csv_file
from secretariat.core.lists import Column, ListPage, attachment, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import local_day, long_date
from secretariat.products.entries import actions, sheets
from secretariat.products.entries.checks import Checked, check
from secretariat.products.entries.columns import LABELS, TYPED
from secretariat.products.entries.filters import SubmissionFilter
from secretariat.products.entries.forms import EntryForm, UploadForm
from secretariat.products.entries.known import Known, known_on
from secretariat.products.entries.models import Submission, SubmissionRow
from secretariat.products.entries.procedure import the_submitter_or_technical

SHOWN_ROWS = 200
NOT_STOPPED = "Nothing stops it: send it in."
TRAIL = "Product submissions"


class Submissions(ListPage):
    """What was sent in for the Central Products List."""

    model = Submission
    word, plural = "product submission", "product submissions"
    filters = SubmissionFilter
    columns = (
        Column("submitter", "On behalf of", "submitter"),
        Column("received", "Received", "received_on"),
        Column("rows", "Device models", "row_count", numeric=True),
        Column("waiting", "To correct", "waiting", numeric=True),
        class_column(),
    )
    order = "-received_on"
    about = "Device models sent in for the Central Products List: typed one by one, or as a file. You see your own."
    empty = "You have sent nothing in. Anybody who is signed in may submit a device model."
    day = "received_on"
    enters: ClassVar[Who | None] = staticmethod(anyone_signed_in)

    def rows(self) -> Any:
        """Those that the person may read, each with how many rows it has and how many wait to be corrected."""
        waiting = Count("rows", filter=Q(rows__stopped=True))
        return super().rows().annotate(row_count=Count("rows"), waiting=waiting)


class SubmissionPage(RecordPage):
    """One submission: which rows became entries, and what has to be corrected in the others."""

    template = "products/entries/submission.html"
    model = Submission
    word, plural = "product submission", "product submissions"

    def facts(self, record: Submission) -> list[Fact]:
        """Who sent it in, when, and how many of its rows became entries."""
        count, waiting = record.rows.count(), record.rows.filter(stopped=True).count()
        return [
            Fact("On behalf of", record.submitter),
            Fact("Received", long_date(record.received_on)),
            Fact("Became entries", f"{count - waiting} of {count}"),
            Fact("To be corrected", str(waiting)),
        ]

    def related(self, record: Submission) -> list[Related]:
        """The rows to be corrected with what to do, then those that became entries."""
        waiting = record.rows.filter(stopped=True)[:SHOWN_ROWS]
        rows: list[tuple[Any, ...]] = [
            (Crumb(f"Row {row.number}", row_address(row)), _where(one["column"]), one["sentence"])
            for row in waiting
            for one in row.findings
            if one["stops"]
        ]
        heads = ("Row", "Column", "What to do")
        return [Related("To be corrected", heads, rows, "Nothing has to be corrected."), self._entries(record)]

    @staticmethod
    def _entries(record: Submission) -> Related:
        taken = record.rows.filter(entry__isnull=False).select_related("entry")[:SHOWN_ROWS]
        rows: list[tuple[Any, ...]] = [
            (row.number, Crumb(row.entry.entry_id, row.entry.get_absolute_url()), str(row.entry.model), row.entry.state,
             " ".join(one["sentence"] for one in row.findings))
            for row in taken
            if row.entry
        ]  # fmt: skip
        heads = ("Row", "CPL Entry ID", "Model", "State", "For staff to look at")
        return Related("Became entries", heads, rows, "No row has become an entry yet.")

    def context(self, record: Submission) -> dict[str, Any]:
        """Where its findings are given as a file."""
        return {"findings_file": reverse("submission findings", args=[record.pk])}


def _where(column: str) -> str:
    return LABELS.get(column, "the row")


def row_address(row: SubmissionRow) -> str:
    """Where a row is put right."""
    return reverse("submission row", args=[row.submission_id, row.number])


class _Typing(Page):
    """A page on which one device model is typed: checked without being sent, or sent in."""

    template = "products/entries/new_entry.html"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def known(self) -> Known:
        """What rows are checked against, today."""
        return known_on(local_day(self.request.at))

    def typed_page(self, title: str, form: EntryForm, checked: Checked | None = None, **more: Any) -> HttpResponse:
        """The form, with what the checks found beside the fields and above them."""
        stopped = form.is_bound and bool(form.errors)
        doubts = [(_where(one.column), one.sentence) for one in (checked.findings if checked else ()) if not one.stops]
        crumbs = (Crumb(TRAIL, reverse("product submissions")), Crumb(title))
        told = {"title": title, "form": form, "crumbs": crumbs, "doubts": doubts, "new": False}
        fine = checked is not None and not stopped
        return self.shown({**told, "fine": NOT_STOPPED if fine else "", **more}, 422 if stopped else 200)

    @staticmethod
    def lay(form: EntryForm, checked: Checked) -> EntryForm:
        """Puts every finding that stops the row at its field."""
        for one in checked.findings:
            if one.stops:
                form.add_error(one.column or None, one.sentence)
        return form


class NewEntry(_Typing):
    """One device model typed (PRD-12)."""

    title = "Submit a device model"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form."""
        origin = actions.origin_of(reader(self.request), self.request.at)
        return self.typed_page(self.title, EntryForm(initial={"origin": origin}, asks_submitter=True), new=True)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Checks it; sends it in where that is asked. "Keep it" keeps what is stopped, to be corrected later."""
        form, asked = EntryForm(self.request.POST, asks_submitter=True), self.request.POST.get("asked", "")
        if not form.is_valid():
            return self.typed_page(self.title, form, new=True)
        checked = check(form.typed, self.known())
        if asked == "check" or (checked.stopped and asked != "keep"):
            return self.typed_page(self.title, self.lay(form, checked), checked, new=True)
        submission = Submission(submitter=form.cleaned_data["submitter"])
        try:
            actions.submit(submission, [(1, form.typed)], **self.told())
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self.typed_page(self.title, form, new=True)
        return redirect(submission)


class RowPage(_Typing):
    """One row as it was typed, to be put right and sent again; what is not wrong stays as it is."""

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """What was typed, with its findings."""
        row = self.row(pk, number)
        form = EntryForm(row.typed)
        form.is_valid()
        checked = check(row.typed, self.known())
        page = self.typed_page(self._title(row), self.lay(form, checked), checked)
        page.status_code = 200
        return page

    def post(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Checks it, or sends it again."""
        row, form = self.row(pk, number), EntryForm(self.request.POST)
        if not form.is_valid():
            return self.typed_page(self._title(row), form)
        if self.request.POST.get("asked") == "check":
            checked = check(form.typed, self.known())
            return self.typed_page(self._title(row), self.lay(form, checked), checked)
        actions.resubmit(row, form.typed, **self.told())
        return redirect(row.submission if row.entry_id else row_address(row))

    def row(self, pk: int, number: int) -> SubmissionRow:
        """The row. Raises Http404 where it is an entry already or may not be read, PermissionDenied for others."""
        person, at = reader(self.request), self.request.at
        submissions = Submission.objects.filter(pk=pk).visible_to(person, at)
        row = SubmissionRow.objects.filter(submission__in=submissions, number=number, entry__isnull=True).first()
        if row is None:
            raise Http404("There is no such row to correct.")
        if not the_submitter_or_technical(person, row.submission, at):
            raise PermissionDenied("Who sent it in corrects it.")
        return row

    @staticmethod
    def _title(row: SubmissionRow) -> str:
        return f"Row {row.number} of submission {row.submission_id}"


class Upload(Page):
    """A file of many device models (PRD-12)."""

    template = "products/entries/upload.html"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Which file is asked for."""
        return self._page(UploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Checks the file row by row; sends it in where that is asked."""
        form = UploadForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            rows = sheets.read(file.name, content)
            if self.request.POST.get("asked") == "check":
                return self._page(form, self._found(rows))
            submission = Submission(submitter=form.cleaned_data["submitter"])
            actions.submit(submission, rows, file.name, content, **self.told())
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._page(form, status=422)
        return redirect(submission)

    def _found(self, rows: list[actions.Typed]) -> dict[str, Any]:
        known, found, stopped = known_on(local_day(self.request.at)), list[tuple[Any, ...]](), 0
        for number, typed in rows:
            checked = check(typed, known)
            if checked.stopped:
                stopped += 1
            else:
                known.add(f"in row {number}", checked.values, listed=False)
            found += [(number, _where(one.column), one.sentence, _word(stops=one.stops)) for one in checked.findings]
        return {"rows": found[:SHOWN_ROWS], "found": len(found), "count": len(rows), "stopped": stopped}

    def _page(self, form: forms.Form, checked: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
        title = "Submit a file of device models"
        crumbs = (Crumb(TRAIL, reverse("product submissions")), Crumb(title))
        told = {"form": form, "title": title, "crumbs": crumbs, "checked": checked, "columns": TYPED}
        return self.shown(told, status)


def _word(*, stops: bool) -> str:
    return "to be corrected" if stops else "for staff to look at"


class EmptyForm(Page):
    """The new entry form, empty, as a file."""

    def get(self, request: HttpRequest, ending: str) -> HttpResponse:
        """Its heads. Raises Http404 for an ending in which it is not given."""
        if ending not in ("csv", "xlsx"):
            raise Http404("The form is given as .csv and .xlsx.")
        media = "text/csv; charset=utf-8" if ending == "csv" else "application/vnd.ms-excel"
        return attachment(sheets.empty_form(ending), media, f"{sheets.TITLE}.{ending}")


class FindingsFile(Page):
    """Everything that was found in a submission, row by row, as a file."""

    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Row, column, what was typed, what to do. Raises Http404 where the person may not read it."""
        found = Submission.objects.filter(pk=pk).visible_to(reader(self.request), self.request.at).first()
        if found is None:
            raise Http404("There is no such submission that you may read.")
        rows = (
            (row.number, one["column"], row.typed.get(one["column"], ""), one["sentence"], _word(stops=one["stops"]))
            for row in found.rows.all()
            for one in row.findings
        )
        content = csv_file(("row", "column", "typed", "what_to_do", "weight"), rows)
        return attachment(content, "text/csv; charset=utf-8", f"findings-{found.pk}.csv")
