"""Pages of minutes: the lists, one set of minutes, its drafts by class, and the published editions."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from markupsafe import Markup

from secretariat.core.classification import Class
from secretariat.core.files import MEDIA_TYPES
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, reader
from secretariat.meetings.agenda.models import AgendaItem
from secretariat.meetings.minutes.filters import DecisionFilter, MinutesFilter
from secretariat.meetings.minutes.models import (
    CIRCULATED,
    COMMENTED,
    PUBLISHED,
    STILL_OPEN,
    Comment,
    Edition,
    Kind,
    Minute,
    Minutes,
    Outcome,
)
from secretariat.meetings.minutes.projection import WITHOUT_ITEM, headlines_document, lead, minutes_document
from secretariat.meetings.minutes.publishing import FORMS, written
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import committees_team
from secretariat.papers import document as doc
from secretariat.papers import html
from secretariat.plain.dates import instant, local_day, long_date

LEVELS = {"white": Class.WHITE, "green": Class.GREEN, "amber": Class.AMBER}
"""The classes that have an edition, by the word in its address."""


class MinutesList(ListPage):
    """The minutes of all bodies."""

    model = Minutes
    word, plural = "minuted meeting", "minutes"
    filters = MinutesFilter
    link = "meeting_id"
    about = "The minutes of meetings: drafts for the members of the body, and what is published."
    empty = "No minutes are here that you may read. Drafts are read by the members of their body."
    columns = (
        Column("day", "Meeting on", "meeting__day"),
        Column("body", "Body", "meeting__committee__short_name"),
        Column("reference", "Meeting", "meeting__reference"),
        Column("due", "To be circulated by", "due_on"),
        Column("circulated", "Circulated", "circulated_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-meeting__day"
    day = "meeting__day"


class Decisions(ListPage):
    """What bodies decided, out of the minutes of all meetings."""

    model = Minute
    word, plural = "decision of a body", "decisions of bodies"
    filters = DecisionFilter
    link = "minutes__meeting_id"
    about = "The decisions that are minuted, of all bodies: approved, rejected, noted or agreed."
    empty = "No decision is minuted that you may read."
    columns = (
        Column("day", "Meeting on", "minutes__meeting__day"),
        Column("body", "Body", "minutes__meeting__committee__short_name"),
        Column("outcome", "Outcome", "outcome", lambda value: str(Outcome(value).label)),
        Column("text", "Decision", "text"),
        class_column(),
    )
    order = "-minutes__meeting__day"

    def rows(self) -> Any:
        """The decisions that the person may read."""
        return super().rows().filter(kind=Kind.DECISION)

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The page of the minutes in which it stands."""
        return reverse("minuted meeting", args=[key])


class MinutesPage(RecordPage):
    """The minutes of one meeting, as far as the reader may read them."""

    template = "meetings/minutes.html"
    model = Minutes
    word, plural = "minuted meeting", "minutes"
    key = "meeting_id"

    def facts(self, record: Minutes) -> list[Fact]:
        """The meeting, the days of the minutes, and where they are read as a document."""
        meeting = record.meeting
        days = (("Circulated", record.circulated_on), ("Comments by", record.comments_by),
                ("Headlines published", record.headlines_on), ("Published", record.published_on))  # fmt: skip
        facts = [Fact("Meeting", meeting.on_its_day, meeting.get_absolute_url())]
        if record.state in STILL_OPEN and record.due_on:
            late = "Late. " if record.circulated_on is None and record.due_on < local_day(self.request.at) else ""
            facts.append(Fact("To be circulated by", long_date(record.due_on), note=late + record.working))
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        later = record.approved_at
        facts += [Fact("Approved at", str(later), later.get_absolute_url())] if later else []
        facts += [Fact("Chased", instant(record.chased_at))] if record.chased_at and record.state in STILL_OPEN else []
        return facts

    def context(self, record: Minutes) -> dict[str, Any]:
        """The rows by item with their comments, and where they are taken, edited and read as documents."""
        person, at = reader(self.request), self.request.at
        keeps = committees_team(person, record, at)
        return {
            "parts": by_item(record, self.request),
            "comments": comments_on(record, self.request),
            "taking": reverse("take minutes", args=[record.meeting_id]) if keeps and record.state in STILL_OPEN else "",
            "headlines": reverse("edit headlines", args=[record.meeting_id]) if keeps else "",
            "may_comment": record.state in (CIRCULATED, COMMENTED) and person is not None,
            "drafts": drafts_of(record),
            "editions": editions_of(record.meeting, self.request),
        }


def by_item(minutes: Minutes, request: Any) -> list[tuple[str, list[tuple[Minute, str]]]]:
    """The rows that a reader may read, under the title of their item, each with the word it begins with."""
    rows = minutes.rows.visible_to(reader(request), request.at) if minutes.pk else Minute.objects.none()
    found = rows.select_related("action__person", "action__organisation", "minutes__meeting")
    items = AgendaItem.objects.filter(meeting=minutes.meeting).visible_to(reader(request), request.at)
    titles = {None: WITHOUT_ITEM, **{item.pk: str(item) for item in items}}
    return [
        (titles.get(pk, "Of an item that you may not read"), [(row, lead(row)) for row in below])
        for pk, below in groupby(found, key=lambda row: row.item_id)
    ]


def comments_on(minutes: Minutes, request: Any) -> dict[int, list[Comment]]:
    """The comments that a reader may read, by row."""
    found = Comment.objects.filter(minute__minutes=minutes).visible_to(reader(request), request.at)
    listed: dict[int, list[Comment]] = {}
    for one in found.select_related("made_by").order_by("pk"):
        listed.setdefault(one.minute_id, []).append(one)
    return listed


def drafts_of(minutes: Minutes) -> list[Crumb]:
    """Where minutes that are not published yet are read as they would be: whoever reads them is cleared for Amber."""
    if minutes.state == PUBLISHED:
        return []
    words = [*((word, f"Draft of the {word.capitalize()} minutes") for word in LEVELS),
             ("headlines", "Draft of the headlines")]  # fmt: skip
    return [Crumb(label, reverse("draft of minutes", args=[minutes.meeting_id, word])) for word, label in words]


def editions_of(meeting: Meeting, request: Any) -> list[Crumb]:
    """The published editions of a meeting that a reader may read."""
    found = Edition.objects.filter(meeting=meeting).visible_to(reader(request), request.at)
    return [
        Crumb(f"{one.get_kind_display()} ({Class(one.classification).label})", one.get_absolute_url()) for one in found
    ]


def minutes_by(key: str, request: Any) -> Minutes:
    """The minutes of the meeting with a key. Raises Http404 where there are none that the reader may read."""
    rows = Minutes.objects.filter(meeting_id__in=[key] if key.isdigit() else [])
    found: Minutes | None = rows.visible_to(reader(request), request.at).select_related("meeting__committee").first()
    if found is None:
        raise Http404("There are no such minutes that you may read.")
    return found


class _OfDocument(Page):
    """A page that gives a document in the site's layout, or as a file."""

    template = "meetings/edition.html"

    def given(self, title: str, crumbs: tuple[Crumb, ...], document: doc.Document, files: list[Crumb]) -> HttpResponse:
        """The document as a page."""
        body = Markup(html.body(document))  # the renderer escapes every text  # noqa: S704  # nosec B704
        return self.shown({"title": title, "crumbs": crumbs, "document": body, "files": files})

    def file(self, name: str, ending: str, content: bytes) -> HttpResponse:
        """The document as a file."""
        response = HttpResponse(content, content_type=MEDIA_TYPES[f".{ending}"])
        response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
        return response


class Draft(_OfDocument):
    """Minutes that are not published yet, as the readers of a class would read them."""

    def get(self, request: HttpRequest, key: str, level: str, ending: str = "") -> HttpResponse:
        """The draft as a page, or as a file."""
        found = minutes_by(key, self.request)
        if found.state == PUBLISHED or level not in (*LEVELS, "headlines") or ending not in ("", *FORMS):
            raise Http404("There is no such draft that you may read.")
        headlines = level == "headlines"
        document = headlines_document(found) if headlines else minutes_document(found, LEVELS[level])
        if ending:
            return self.file(f"draft_{found.meeting}_{level}".replace(" ", "_"), ending, written(document, ending))
        files = [
            Crumb(one.upper(), reverse("draft of minutes-file", args=[key, level, one])) for one in ("pdf", "docx")
        ]
        back = (Crumb("Minutes", reverse("minutes")), Crumb(str(found), found.get_absolute_url()))
        return self.given(f"Draft: {document.front.title}", (*back, Crumb(level.capitalize())), document, files)


class EditionPage(_OfDocument):
    """Minutes or headlines as they were published."""

    def get(self, request: HttpRequest, key: str, kind: str, level: str, ending: str = "") -> HttpResponse:
        """The edition as a page, or one of its files."""
        known = key.isdigit() and level in LEVELS and ending in ("", *FORMS)
        rows: Any = Edition.objects.filter(meeting_id=key, kind=kind, classification=LEVELS[level]) if known else None
        found: Edition | None = rows.visible_to(reader(self.request), self.request.at).first() if known else None
        if found is None:
            raise Http404("There is no such edition that you may read.")
        if ending:
            file = found.form(ending)
            return self.file(file.name.removesuffix(f".{ending}"), ending, file.read())
        document = doc.from_json(found.content.read().decode())
        files = [
            Crumb(one.upper(), reverse("edition-file", args=[key, kind, level, one])) for one in ("html", "pdf", "docx")
        ]
        back = (Crumb("Meetings", reverse("meetings")), Crumb(str(found.meeting), found.meeting.get_absolute_url()))
        return self.given(document.front.title, (*back, Crumb(str(found.get_kind_display()))), document, files)
