"""Pages of versions that are planned and published, and of the Document Log."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, attachment, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.legaltext.models import CodeVersion, Document, DocumentVersion, called
from secretariat.legaltext.publishing.actions import rehearsed
from secretariat.legaltext.publishing.edition import archived, differences
from secretariat.legaltext.publishing.filters import LogFilter, PlannedChangeFilter, PlannedFilter
from secretariat.legaltext.publishing.forms import DraftsForm, ItemForm, PlannedForm
from secretariat.legaltext.publishing.log import in_force
from secretariat.legaltext.publishing.models import OPEN, PLANNED, PUBLISHED, ItemKind, PlannedItem, PlannedVersion
from secretariat.legaltext.publishing.numbering import next_number
from secretariat.legaltext.publishing.page import planned_facts, planned_tables, previewed
from secretariat.legaltext.publishing.procedure import GATHERING, gather_drafts, publisher
from secretariat.plain.dates import LONDON, day_words, local_day, parse_day


def while_planned(person: Person | None, record: Any, at: datetime) -> bool:
    """The change team, while the version is planned."""
    return bool(record.state == PLANNED) and publisher(person, record, at)


class DocumentLog(ListPage):
    """The Document Log: which version of each document of the code is in force on a day (DOC-2, DOC-3)."""

    model = DocumentVersion
    word, plural, rows_are = "line of the Document Log", "document log", "lines of the Document Log"
    filters = LogFilter
    columns = (
        Column("document", "Document", "document__code", called),
        Column("title", "Title", "document__title"),
        Column("version", "Version", "number", sortable=False),
        Column("from", "In effect from", "effective_from"),
        Column("until", "Until", "to_day"),
        Column("notified", "Notified", "notified_on"),
        Column("posted", "Posted", "posted_on"),
        Column("codeworks", "CodeWorks", "codeworks"),
        Column("modification", "Modification", "modification"),
        Column("designation", "Designation", "designation"),
        class_column(),
    )
    order = "document__position"
    order_words = "in the order of the contents"
    about = (
        "The version of each document of the code that is in force on a day: today, unless another day is asked for. "
        "CodeWorks: its text is kept here, clause by clause. Modification, designation: by which route it came."
    )
    empty = "No document of the code had a version in force on that day that you may read."

    def rows(self) -> Any:
        """The versions in force on the day asked for, as known at the end of the day asked for."""
        day = self._asked("on") or local_day(self.request.at)
        known = self._asked("known")
        end = datetime.combine(known, time.max, tzinfo=LONDON) if known else None
        documents = Document.objects.visible_to(reader(self.request), self.request.at)
        readable = super().rows().filter(document__in=documents)
        return in_force(day, end).filter(pk__in=readable.values("pk"))

    def _asked(self, name: str) -> date | None:
        try:
            return parse_day(self.request.GET.get(name, ""))
        except ValueError:
            return None

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The page of the version."""
        return reverse("document version", args=[key])


class PlannedVersions(ListPage):
    """The versions of the code that are planned, and those that were published from here."""

    model = PlannedVersion
    word, plural = "planned code version", "planned code versions"
    filters = PlannedFilter
    columns = (
        Column("number", "Version", "number"),
        Column("effective_from", "In effect from", "effective_from"),
        Column("cause", "Cause", "cause"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-effective_from"
    about = "What the next versions of the code will bring, gathered, checked as a whole and published."
    empty = "No version is planned that you may read. Plan one: give it a number, a day and its cause."
    day = "effective_from"
    enters: ClassVar[Who | None] = staticmethod(publisher)


class PlannedPage(RecordPage):
    """One planned version: what it brings, and once it is published its files."""

    template = "legaltext/planned.html"
    model = PlannedVersion
    word, plural = "planned code version", "planned code versions"
    editors: ClassVar[Who | None] = staticmethod(while_planned)

    def facts(self, record: PlannedVersion) -> list[Fact]:
        """The fields of a publication note (DOC-4)."""
        return planned_facts(record)

    def related(self, record: PlannedVersion) -> list[Related]:
        """What it brings, and its files."""
        return planned_tables(record, reader(self.request), self.request.at)

    def context(self, record: PlannedVersion) -> dict[str, Any]:
        """Where something is gathered into it, and where it is rehearsed."""
        publishes = publisher(reader(self.request), record, self.request.at)
        return {
            "gather": reverse("gather", args=[record.pk]) if publishes and record.state == PLANNED else "",
            "drafts": reverse("gather drafts", args=[record.pk]) if publishes and record.state == PLANNED else "",
            "rehearse": reverse("rehearse", args=[record.pk]) if publishes and record.state in OPEN else "",
            "again": reverse("make again", args=[record.pk]) if publishes and record.state == PUBLISHED else "",
        }


class PlannedEntry(EntryPage):
    """Plans a version, or amends the plan."""

    model = PlannedVersion
    form_class = PlannedForm
    word, plural = "planned code version", "planned code versions"
    who: ClassVar[Who] = staticmethod(publisher)
    begins = "plan"

    def get(self, request: HttpRequest, key: str = "") -> HttpResponse:
        """The form; a new plan is proposed the next number."""
        record = self._record(key)
        asked = {"number": next_number(local_day(self.request.at)), **self.request.GET.dict()}
        return self._form(self.form_class(instance=record, initial=asked if record is None else None), record)

    def _record(self, key: str) -> Any | None:
        """The plan. Raises PermissionDenied once it is no longer a plan."""
        record = super()._record(key)
        if record is not None and record.state != PLANNED:
            raise PermissionDenied("Only a plan is amended: take it back to the plan first.")
        return record


class Gather(FormPage):
    """Puts something into a planned version."""

    model = PlannedVersion
    plural = "planned code versions"
    title = "Gather a change"
    who: ClassVar[Who] = staticmethod(publisher)

    def form(self, record: PlannedVersion, data: Any = None, files: Any = None) -> ItemForm:
        """What it is, last in the order."""
        item = PlannedItem(planned=record, invented=record.invented)
        asked = {"order": record.gathered.count() + 1, **self.request.GET.dict()}
        return ItemForm(data, instance=item, initial=asked, person=reader(self.request), at=self.request.at)

    def save(self, record: PlannedVersion, form: ItemForm) -> PlannedVersion:
        """Gathers it."""
        GATHERING.take("gather", form.save(commit=False), **self.told())
        return record


class GatherDrafts(FormPage):
    """Puts several approved drafts into a planned version at once, each document with its next number."""

    model = PlannedVersion
    plural = "planned code versions"
    title = "Gather approved drafts"
    who: ClassVar[Who] = staticmethod(publisher)

    def form(self, record: PlannedVersion, data: Any = None, files: Any = None) -> DraftsForm:
        """The drafts that are in no version yet."""
        return DraftsForm(data, person=reader(self.request), at=self.request.at)

    def save(self, record: PlannedVersion, form: DraftsForm) -> PlannedVersion:
        """Gathers all that were chosen, or none."""
        gather_drafts(record, **form.cleaned_data, **self.told())
        return record


class PlannedChange(RecordPage):
    """One thing that a planned version brings."""

    model = PlannedItem
    word, plural = "planned change", "planned changes"

    def facts(self, record: PlannedItem) -> list[Fact]:
        """What it is, of which document, why and until when."""
        planned, draft, version = record.planned, record.draft, record.version
        until = day_words(record.to_day)
        return [
            *([Fact("In", str(planned), planned.get_absolute_url())] if planned else []),
            Fact("What", record.get_kind_display()),
            Fact("Document", str(record.document), record.document.get_absolute_url()),
            *([Fact("Draft", draft.title, draft.get_absolute_url())] if draft else []),
            *([Fact("Variation", str(record.varied), record.varied.get_absolute_url())] if record.varied else []),
            Fact("Version of the document", record.number, version.get_absolute_url() if version else ""),
            *([Fact("Until", until)] if until else []),
            Fact("Cause", record.get_cause_kind_display(), note=record.reference),
        ]


class PlannedChanges(ListPage):
    """What planned versions bring."""

    model = PlannedItem
    word, plural = "planned change", "planned changes"
    filters = PlannedChangeFilter
    columns = (
        Column("planned", "In version", "planned__number"),
        Column("document", "Document", "document__code", called),
        Column("kind", "What", "kind", lambda value: str(ItemKind(value).label)),
        Column("number", "Version of the document", "number"),
        Column("reference", "Reference", "reference"),
        Column("state", "State", "state"),
        class_column(),
    )
    about = "The drafts, variations and other changes that versions of the code bring, planned and published."
    empty = "Nothing is gathered into a version that you may read."


class _OfAPlan(Page):
    """A page of the publisher about one planned version."""

    who: ClassVar[Who] = staticmethod(publisher)

    def trail(self, planned: PlannedVersion, title: str) -> dict[str, Any]:
        """The title, and where it stands."""
        plans = Crumb("Planned code versions", reverse("planned code versions"))
        here = planned.get_absolute_url()
        return {"title": title, "back": here, "crumbs": (plans, Crumb(str(planned), here), Crumb(title))}


class Rehearse(_OfAPlan):
    """What publishing would do: the documents that change, the conflicts, and what the checks find."""

    template = "legaltext/rehearsal.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The outcome; nothing of it is kept."""
        planned: PlannedVersion = found(PlannedVersion, str(pk), self)
        if planned.state not in OPEN:
            raise Http404("It is no longer planned.")
        shown = previewed(rehearsed(planned, self.request.at))
        return self.shown({**shown, "planned": planned, **self.trail(planned, "What publishing it would do")})


class MakeAgain(_OfAPlan):
    """Makes a publication again and compares it with the files that were kept."""

    template = "legaltext/again.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The files that differ; there should be none."""
        planned: PlannedVersion = found(PlannedVersion, str(pk), self)
        version = planned.published_as
        if version is None:
            raise Http404("It is not published yet.")
        files = list(version.files.select_related("file"))
        shown = {"planned": planned, "files": files, "differ": differences(planned, version)}
        return self.shown({**shown, **self.trail(planned, "The publication, made again")})


class Archive(Page):
    """All files of a published version as one archive."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The same bytes whenever it is asked for."""
        rows: Any = CodeVersion.objects.filter(pk=pk, files__isnull=False).distinct()
        version: CodeVersion | None = rows.visible_to(reader(self.request), self.request.at).first()
        if version is None:
            raise Http404("There is no such archive that you may read.")
        return attachment(archived(version), "application/zip", f"code-{version.number}.zip")
