"""Pages of the core room: loading files, stored files, publications, the rulebook, working days, the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse

from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.capacities import secretariat, team
from secretariat.core.classification import Class
from secretariat.core.files import StoredFile, keep, place
from secretariat.core.filters import EventFilter
from secretariat.core.journal import Event
from secretariat.core.lists import LISTS, Column, ListPage, attachment, class_column
from secretariat.core.load import LOADS, Loading, LoadKind, load, preview
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.people import Person, Team
from secretariat.core.procedure import PROCEDURES, Refused, Who, who_sentence
from secretariat.core.published import Publication
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.sealed import Unsealable
from secretariat.plain.dates import parse_day

OPENED = "storedfile.open"
"""The event that every opening of a sealed file leaves: who, when and which file, and nothing of what it holds."""


class UploadForm(forms.Form):
    """A file to be previewed."""

    file = forms.FileField(help_text="CSV (UTF-8) or XLSX with the columns below in its first row.")


class LoadIndex(Page):
    """The kinds of file that the person can load."""

    template = "core/loads.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    crumbs = (Crumb("Load files"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        person, at = reader(self.request), self.request.at
        kinds = [kind for name, kind in LOADS.items() if may_load(name, person, at)]
        return self.shown({"kinds": sorted(kinds, key=lambda kind: kind.title)})


def may_load(name: str, person: Person | None, at: datetime) -> bool:
    """Whether a person loads files of a kind: who enters the records of a list one by one loads them from a file.

    Files of what has no list of its own are loaded by the operations team.
    """
    enters = next((page.enters for page in LISTS.values() if page.loads == name), None)
    return (enters or team(Team.OPERATIONS))(person, None, at)


class LoadPage(Page):
    """Previews a file, then loads it whole."""

    template = "core/load.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        """The form and the columns of the kind."""
        return self._page(self._kind(name), UploadForm())

    def post(self, request: HttpRequest, name: str) -> HttpResponse:
        """Previews an uploaded file, or loads the one that was previewed."""
        kind = self._kind(name)
        loading = Loading(reader(self.request), self.request.at, self.request.at)
        if request.POST.get("sha256"):
            return self._load(kind, loading)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(kind, form, status=422)
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            sha256 = keep(upload.name, content)
            prepared = preview(kind, upload.name, content, loading)
        except (Refused, ValidationError) as error:
            form.add_error("file", error.messages)
            return self._page(kind, form, status=422)
        return self._page(kind, form, prepared=prepared, sha256=sha256, file_name=upload.name)

    def _load(self, kind: LoadKind, loading: Loading) -> HttpResponse:
        name, sha256 = self.request.POST.get("name", ""), self.request.POST["sha256"]
        form = UploadForm()
        path = place(sha256)
        if not (len(sha256) == 64 and sha256.isalnum() and path.exists()):
            return self._page(kind, form, status=422, problem="The previewed file is gone. Choose it again.")
        try:
            prepared = load(kind, name, path.read_bytes(), loading)
        except Refused as error:
            return self._page(kind, form, status=422, problem=" ".join(error.messages))
        return self._page(kind, form, loaded=prepared)

    def _kind(self, name: str) -> LoadKind:
        if name not in LOADS:
            raise Http404(f"Files of the kind {name} are not taken.")
        if not may_load(name, reader(self.request), self.request.at):
            raise PermissionDenied("Files of this kind are loaded by those who enter such records.")
        return LOADS[name]

    def _page(self, kind: LoadKind, form: forms.Form, status: int = 200, **context: Any) -> HttpResponse:
        crumbs = (Crumb("Load files", "/load/"), Crumb(kind.title))
        return self.shown({"kind": kind, "form": form, "crumbs": crumbs, **context}, status)


class FileDownload(Page):
    """Hands out a stored file to those who may read it; what is sealed is opened by a form, and that is journalled."""

    template = "core/sealed_file.html"

    def get(self, request: HttpRequest, pk: int, name: str) -> FileResponse | HttpResponse:
        """The bytes, always as a download, never run in the page; of a sealed file the page that opens it."""
        file = self._found(pk, name)
        if file.sealed:
            return self._closed(file)
        response = FileResponse(file.path.open("rb"), content_type=file.media_type)
        response["Content-Disposition"] = f'attachment; filename="{file.name}"'
        response["Content-Security-Policy"] = "sandbox"
        return response

    def post(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """The bytes of a sealed file, which no cache keeps; that it was opened is journalled."""
        file = self._found(pk, name)
        if not file.sealed:
            raise Http404("The file is not sealed; it needs no opening.")
        try:
            content = file.read()
        except Unsealable as reason:
            return self._closed(file, f"The file does not open. {reason}", 503)
        with transaction.atomic():
            journal.record(OPENED, file, **self.told())
        response = attachment(content, file.media_type, file.name)
        response["Cache-Control"] = "no-store, private"
        response["Content-Security-Policy"] = "sandbox"
        return response

    def _found(self, pk: int, name: str) -> StoredFile:
        rows = StoredFile.objects.filter(pk=pk, name=name).visible_to(reader(self.request), self.request.at)
        file: StoredFile | None = rows.first()
        if file is None:
            raise Http404("There is no such file that you may read.")
        return file

    def _closed(self, file: StoredFile, problem: str = "", status: int = 200) -> HttpResponse:
        openings = [(str(one.by or ""), one.at) for one in journal.history(file).filter(name=OPENED).order_by("-id")]
        context = {"file": file, "openings": openings, "problem": problem, "crumbs": (Crumb(file.name),)}
        return self.shown(context, status)


class PublicationPage(Page):
    """Everything that is kept of one published document."""

    template = "core/publication.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Its printed numbers, by figure and month."""
        rows = Publication.objects.filter(slug=slug).visible_to(reader(self.request), self.request.at)
        publication = rows.first()
        if publication is None:
            raise Http404("There is no such publication that you may read.")
        crumbs = (Crumb("Publications", "/publications/"), Crumb(publication.title))
        return self.shown({"publication": publication, "figures": publication.figures.all(), "crumbs": crumbs})


class PublicationIndex(Page):
    """The published documents whose figures are kept."""

    template = "core/publications.html"
    crumbs = (Crumb("Publications"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        rows = Publication.objects.visible_to(reader(self.request), self.request.at)
        return self.shown({"publications": rows})


class RulebookPage(Page):
    """The rulebook: every dated value with its source and its doubt."""

    template = "core/rulebook.html"
    crumbs = (Crumb("Rulebook"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Every key."""
        return self.shown({"entries": RULEBOOK.entries})


class ProcedurePage(Page):
    """Every procedure as a table: steps, who may take them, and the rules with their citations."""

    template = "core/procedures.html"
    crumbs = (Crumb("Procedures"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """All procedures."""
        procedures = sorted(PROCEDURES.values(), key=lambda procedure: procedure.name)
        return self.shown({"procedures": procedures, "who_sentence": who_sentence})


class WorkdaysForm(forms.Form):
    """A start and a count of Working Days."""

    start = forms.CharField(help_text="The day of the event, such as 2017-06-22.")
    days = forms.IntegerField(min_value=-2000, max_value=2000, help_text="Working Days; below nought counts back.")

    def clean_start(self) -> Any:
        """The start as a date. Raises ValidationError with what to type."""
        try:
            return parse_day(self.cleaned_data["start"])
        except ValueError as error:
            raise ValidationError(str(error)) from error


class WorkdaysPage(Page):
    """Counts Working Days and shows the working."""

    template = "core/workdays.html"
    crumbs = (Crumb("Working Days"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form and, when it is filled, the date with its working."""
        form = WorkdaysForm(request.GET or None)
        working = None
        if form.is_valid():
            try:
                working = calendar().working(form.cleaned_data["start"], form.cleaned_data["days"])
            except ValueError as error:
                form.add_error("start", str(error))
        return self.shown({"form": form, "working": working})


class Journal(ListPage):
    """The journal, newest first."""

    model = Event
    word, plural = "event", "journal"
    filters = EventFilter
    about = "Every change to the record, in the order in which it was recorded."
    columns = (
        Column("number", "No.", "pk", numeric=True),
        Column("name", "Event", "name"),
        Column("subject", "About", "kind"),
        Column("subject_number", "Record", "subject_id", shown=str, numeric=True),
        Column("at", "Took effect", "at"),
        Column("recorded", "Recorded", "recorded"),
        Column("by", "By", "by__name"),
        class_column(),
    )
    order = "-pk"
    who: ClassVar[Who] = staticmethod(secretariat)
    day = "recorded"


class EventPage(Page):
    """One event of the journal, with its facts and its place in the chain."""

    template = "core/event.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, key: int) -> HttpResponse:
        """The event."""
        event = Event.objects.filter(pk=key).visible_to(reader(self.request), self.request.at).first()
        if event is None:
            raise Http404("There is no such event that you may read.")
        crumbs = (Crumb("Journal", "/journal/"), Crumb(f"Event {key}"))
        return self.shown({"event": event, "crumbs": crumbs, "class": Class(event.classification)})
