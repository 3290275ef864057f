"""Pages of papers: the list, one paper, its words, attachments, readers, versions, and its front matter."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from secretariat.core.calendar import calendar
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.classification import STATEMENTS, Class, clearance
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.meetings.agenda.models import Act
from secretariat.meetings.agenda.views import readable
from secretariat.meetings.packs.actions import attach, draft, name_readers, readers_of, receipt, replace, write
from secretariat.meetings.packs.comparing import compare
from secretariat.meetings.packs.edition import paper_of, pieces_of
from secretariat.meetings.packs.filters import MeetingPaperFilter
from secretariat.meetings.packs.forms import AttachmentForm, MeetingPaperForm, ReadersForm, SureForm, WordsForm
from secretariat.meetings.packs.models import (
    BEING_WRITTEN,
    DRAFT,
    ISSUED,
    MeetingPaper,
    PaperAttachment,
    PaperParagraph,
    PaperVersion,
    ReadReceipt,
)
from secretariat.meetings.packs.paper_day import paper_day_working
from secretariat.meetings.packs.printing import paper_document
from secretariat.meetings.packs.procedure import author_or_team
from secretariat.meetings.packs.words import Piece, typed
from secretariat.meetings.procedure import committees_team
from secretariat.papers import html
from secretariat.plain.dates import instant, instant_words, long_date


class MeetingPapers(ListPage):
    """The papers of all meetings."""

    model = MeetingPaper
    word, plural = "meeting paper", "meeting papers"
    filters = MeetingPaperFilter
    columns = (
        Column("title", "Title", "title"),
        Column("day", "Meeting", "meeting__day"),
        Column("body", "Body", "meeting__committee__short_name"),
        Column("number", "No.", "number", numeric=True),
        Column("action", "Action", "act", lambda value: str(Act(value).label)),
        Column("team", "Author team", "team"),
        Column("late", "Late", "late"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-meeting__day"
    about = "What the bodies are asked to note, agree, approve or discuss, in writing."
    empty = "There is no paper that you may read."
    day = "meeting__day"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class MeetingPaperPage(RecordPage):
    """One paper: its front matter, attachments, versions, and who has read it where the body keeps that."""

    template = "meetings/meeting_paper.html"
    model = MeetingPaper
    word, plural = "meeting paper", "meeting papers"

    def facts(self, record: MeetingPaper) -> list[Fact]:
        """Its front matter (rule REF-4), and how it came about."""
        meeting, day = record.meeting, paper_day_working(record.meeting, calendar())
        told = [
            ("Purpose", record.purpose),
            ("Recommendation", record.recommendation),
            ("Author team", record.team),
            ("Why it was withdrawn", record.withdrawn_why),
            ("Issued", instant_words(record.issued_at)),
        ]
        facts = [
            Fact("Meeting", meeting.on_its_day, reverse("meeting-agenda", args=[meeting.pk])),
            Fact("Agenda item", str(record.item), record.item.get_absolute_url()),
            Fact("Action", record.get_act_display()),
            Fact("Issued as", Class(record.issue_class).label, note=STATEMENTS[Class(record.issue_class)]),
            *(Fact(label, value) for label, value in told if value),
            Fact("Paper day", long_date(day.result), note=f"{day.sentence()} (GOV-10)"),
        ]
        facts += [Fact("Late", "Issued after paper day")] if record.late else []
        return [*facts, *self._others(record)]

    def _others(self, record: MeetingPaper) -> list[Fact]:
        """The record it is about, and the papers before and after it, as far as they may be read."""
        person, at = reader(self.request), self.request.at
        after = MeetingPaper.objects.filter(replaces=record).first()
        others = (("About", record.about), ("Replaces", record.replaces), ("Replaced by", after))
        return [
            Fact(label, str(one), one.get_absolute_url())
            for label, one in others
            if one is not None and readable(one, person, at)
        ]

    def related(self, record: MeetingPaper) -> list[Related]:
        """Its attachments; its versions for those who write it; its receipts for those who keep them."""
        person, at = reader(self.request), self.request.at
        attachments: Any = record.attachments.select_related("file")
        rows: list[tuple[Any, ...]] = [
            (one.label, Crumb(one.title, one.file.get_absolute_url()), Class(one.classification).label)
            for one in attachments.visible_to(person, at)
            if readable(one.file, person, at)
        ]
        parts = [Related("Attachments", ("Label", "Attachment", "Class"), rows, "It has none that you may read.")]
        if committees_team(person, record, at):
            parts += [self._versions(record), *self._receipts(record)]
        return parts

    def _versions(self, record: MeetingPaper) -> Related:
        rows: list[tuple[Any, ...]] = []
        compare_ = reverse("meeting paper-compare", args=[record.pk])
        for one in record.versions.visible_to(reader(self.request), self.request.at).order_by("-number"):
            differs = Crumb("What changed", f"{compare_}?version={one.number}") if one.number > 1 else ""
            rows.append((f"Version {one.number}", instant(one.recorded), differs))
        return Related("Versions", ("Version", "Written", ""), rows, "Nothing is written yet.")

    def _receipts(self, record: MeetingPaper) -> list[Related]:
        if not record.meeting.committee.keeps_receipts:
            return []
        receipts: Any = ReadReceipt.objects.filter(paper=record).select_related("person")
        rows: list[tuple[Any, ...]] = [
            (str(one.person), instant(one.at)) for one in receipts.visible_to(reader(self.request), self.request.at)
        ]
        return [Related("Who has read it", ("Member", "When"), rows, "Nobody has said so yet.")]

    def context(self, record: MeetingPaper) -> dict[str, Any]:
        """What can be done besides the steps: read, write, attach, name readers, replace, say that it was read."""
        person, at = reader(self.request), self.request.at
        team, writes = committees_team(person, record, at), author_or_team(person, record, at)
        doors = [
            ("Read it", "meeting paper-read", True),
            ("Write", "meeting paper-write", writes and record.state == DRAFT),
            ("Attach a file", "meeting paper-attach", writes and record.state == DRAFT),
            ("Name its readers", "meeting paper-readers", team and record.state in (*BEING_WRITTEN, ISSUED)),
            ("Replace it by another", "meeting paper-replace", team and record.state == ISSUED),
            ("What changed against the paper before", "meeting paper-compare", record.replaces is not None),
            ("Amend the front matter", "meeting paper-edit", team and record.state == DRAFT),
        ]
        keeps = record.meeting.committee.keeps_receipts and record.state == ISSUED and person is not None
        read = keeps and ReadReceipt.objects.filter(paper=record, person=person).exists()
        return {
            "doors": [(label, reverse(name, args=[record.pk])) for label, name, open_ in doors if open_],
            "receipt": reverse("meeting paper-receipt", args=[record.pk]) if keeps and not read else "",
            "has_read": read,
        }


class MeetingPaperEntry(EntryPage):
    """Asks for a paper, or amends the front matter of one that is being written."""

    model = MeetingPaper
    form_class = MeetingPaperForm
    word, plural = "meeting paper", "meeting papers"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Asks for it."""
        about = form.cleaned_data["about"]
        if about is not None:
            record.about_kind, record.about_id = about._meta.label_lower, about.pk
        draft(record, **told)

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> HttpResponse:
        """The form with the items that the person may read: the title of a Red one is for its readers alone."""
        if "item" in form.fields:
            items: Any = form.fields["item"]
            items.queryset = items.queryset.visible_to(reader(self.request), self.request.at)
            _begin_from(form, items.queryset)
        return super()._form(form, record, status)

    def _record(self, key: str) -> Any | None:
        """The paper, while it is being written: what was issued does not change."""
        if not key:
            return None
        record = found(MeetingPaper, key, self)
        return record if record.state == DRAFT else found(MeetingPaper, "", self)


def _begin_from(form: forms.ModelForm[Any], items: Any) -> None:
    """Begins the front matter with what the item says that the paper is asked for; all of it can be changed."""
    asked = str(form.initial.get("item", ""))
    item = items.filter(pk=asked).first() if asked.isdigit() else None
    if item is not None:
        least = max(item.classification, int(Class.GREEN))
        form.initial = {"title": item.title, "act": item.act, "issue_class": least, **form.initial}


class ReadPaper(Page):
    """The paper as a page, with what the reader may read of it and nothing else."""

    template = "meetings/read_paper.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The paper."""
        record = found(MeetingPaper, key, self)
        cleared = clearance(reader(self.request), self.request.at)
        document = paper_document(*paper_of(record, cleared))
        crumbs = (Crumb("Meeting papers", reverse("meeting papers")), Crumb(str(record), record.get_absolute_url()))
        body = Markup(html.body(document))  # noqa: S704 - our own renderer escapes every text
        return self.shown({"paper": record, "body": body, "crumbs": (*crumbs, Crumb("Read"))})


class OfTheAuthor(FormPage):
    """A form for those who write a paper: its author, and the committees team."""

    model = MeetingPaper
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def record(self, key: str) -> Any:
        """The paper. Raises Http404 or PermissionDenied."""
        record = super().record(key)
        if not author_or_team(reader(self.request), record, self.request.at):
            raise PermissionDenied("A paper is written by its author.")
        return record


class WritePaper(OfTheAuthor):
    """Writes the next version of a paper."""

    title = "Write the paper"

    def form(self, record: MeetingPaper, data: Any = None, files: Any = None) -> forms.Form:
        """The last version as text. Who may not read a Red paragraph of it does not write it."""
        last = record.versions.order_by("-number").first()
        rows = PaperParagraph.objects.filter(version=last)
        pieces = [Piece(one.kind, one.text, one.classification) for one in rows]
        if len(rows.visible_to(reader(self.request), self.request.at)) < len(pieces):
            found(MeetingPaper, "", self)
        seen = last.number if last else 0
        return WordsForm(data, initial={"text": typed(pieces, record.issue_class), "seen": seen})

    def save(self, record: MeetingPaper, form: forms.Form) -> str:
        """Keeps it as the next version."""
        write(record, form.cleaned_data["text"], form.cleaned_data["seen"], **self.told())
        return record.get_absolute_url()


class AttachToPaper(OfTheAuthor):
    """Attaches a file to a paper."""

    title = "Attach a file"

    def form(self, record: MeetingPaper, data: Any = None, files: Any = None) -> forms.Form:
        """Label, title, class and file."""
        row = PaperAttachment(paper=record, classification=record.issue_class)
        made: Any = AttachmentForm(data, files, instance=row)
        return made  # type: ignore[no-any-return]

    def save(self, record: MeetingPaper, form: Any) -> str:
        """Attaches it."""
        file = form.cleaned_data["file"]
        attach(form.save(commit=False), file.name, file.read(), **self.told())
        return record.get_absolute_url()


class NameReaders(FormPage):
    """Names who reads what is Red of a paper (rule INF-2)."""

    model = MeetingPaper
    title = "Name the readers of what is Red"
    who: ClassVar[Who] = staticmethod(committees_team)

    def form(self, record: MeetingPaper, data: Any = None, files: Any = None) -> forms.Form:
        """Those who are named now."""
        return ReadersForm(data, initial={"people": readers_of(record)})

    def save(self, record: MeetingPaper, form: forms.Form) -> str:
        """Names them, and nobody else."""
        name_readers(record, form.cleaned_data["people"], **self.told())
        return record.get_absolute_url()


class ReplacePaper(FormPage):
    """Begins a paper that replaces an issued one."""

    model = MeetingPaper
    title = "Replace it by another under the same number"
    who: ClassVar[Who] = staticmethod(committees_team)

    def form(self, record: MeetingPaper, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        return SureForm(data)

    def save(self, record: MeetingPaper, form: forms.Form) -> str:
        """Begins it with the words of the old one."""
        return replace(record, **self.told()).get_absolute_url()


class ReceivePaper(FormPage):
    """Says that the reader has read a paper, where the body decided to keep that."""

    model = MeetingPaper
    title = "Say that you have read it"

    def form(self, record: MeetingPaper, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        return SureForm(data)

    def save(self, record: MeetingPaper, form: forms.Form) -> str:
        """Keeps the receipt."""
        receipt(record, **self.told())
        return record.get_absolute_url()


class ComparePaper(Page):
    """Two versions of a paper, word by word: those of a draft for its writers, the paper before it for all readers."""

    template = "meetings/compare_paper.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The comparison."""
        record = found(MeetingPaper, key, self)
        old, new, words = self._both(record)
        crumbs = (Crumb("Meeting papers", reverse("meeting papers")), Crumb(str(record), record.get_absolute_url()))
        told = {"paper": record, "words": words, "changes": compare(old, new)}
        return self.shown({**told, "crumbs": (*crumbs, Crumb("What changed"))})

    def _both(self, record: MeetingPaper) -> tuple[list[Piece], list[Piece], str]:
        cleared = clearance(reader(self.request), self.request.at)
        asked = request_number(self.request.GET.get("version", ""))
        if asked and committees_team(reader(self.request), record, self.request.at):
            before, after = (self._version(record, number) for number in (asked - 1, asked))
            return before, after, f"Version {asked} against version {asked - 1}"
        if record.replaces is None:
            found(MeetingPaper, "", self)
        before_ = found(MeetingPaper, str(record.replaces_id), self)
        return pieces_of(before_, cleared), pieces_of(record, cleared), f"{record} against the paper that it replaces"

    def _version(self, record: MeetingPaper, number: int) -> list[Piece]:
        versions: Any = PaperVersion.objects.filter(paper=record, number=number)
        rows: Any = PaperParagraph.objects.filter(
            version__in=versions.visible_to(reader(self.request), self.request.at)
        )
        shown = rows.visible_to(reader(self.request), self.request.at).order_by("position")
        return [Piece(one.kind, one.text, one.classification) for one in shown]


def request_number(text: str) -> int:
    """A number out of an address; nought for anything else."""
    return int(text) if text.isdigit() and len(text) < 6 else 0
