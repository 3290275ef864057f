"""Pages of a meeting's papers: the agenda with what changed, the packs, the readiness board, a member's own notes."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.classification import Class, clearance
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import attachment
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Who
from secretariat.meetings.agenda.candidates import carried_to
from secretariat.meetings.agenda.models import LISTED, AgendaItem
from secretariat.meetings.agenda.views import readable
from secretariat.meetings.models import Meeting
from secretariat.meetings.packs.actions import look, note
from secretariat.meetings.packs.board import board
from secretariat.meetings.packs.edition import edition, opens, pack_clearance
from secretariat.meetings.packs.forms import NoteForm, PublishForm, ReportForm
from secretariat.meetings.packs.looking import last_look, news
from secretariat.meetings.packs.models import SUPERSEDED, WITHDRAWN, MeetingPaper, PrivateNote
from secretariat.meetings.packs.paper_day import meetings_ahead, paper_day
from secretariat.meetings.packs.printing import pack
from secretariat.meetings.packs.publishing import publish, reports_for, take_in
from secretariat.meetings.procedure import committees_team


def packs_of(meeting: Meeting, page: Page) -> list[tuple[str, str]]:
    """The packs of a meeting that a reader may have, each with its address (rule REF-3)."""
    own = clearance(reader(page.request), page.request.at)
    return [
        (level.label, reverse("meeting-pack", args=[meeting.pk, level.label.lower()]))
        for level in Class
        if level >= meeting.classification and opens(meeting, level, own)
    ]


class MeetingAgenda(Page):
    """The agenda of a meeting with its papers, packs, what changed since the reader last looked, and own notes."""

    template = "meetings/agenda.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The agenda, as far as the reader may read it."""
        meeting = found(Meeting, key, self)
        person, at = reader(self.request), self.request.at
        team = committees_team(person, meeting, at)
        return self.shown(
            {
                "meeting": meeting,
                "paper_day": paper_day(meeting),
                "lines": self._lines(meeting),
                "carried": carried_to(meeting).visible_to(person, at),
                "packs": packs_of(meeting, self),
                "looked": last_look(meeting, person),
                "news": news(meeting, person, at) if person else [],
                "person": person,
                "doors": self._doors(meeting) if team else [],
                "crumbs": (
                    Crumb("Meetings", reverse("meetings")),
                    Crumb(str(meeting), meeting.get_absolute_url()),
                    Crumb("Agenda and papers"),
                ),
            }
        )

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keeps that the reader has now seen it."""
        meeting = found(Meeting, key, self)
        if reader(self.request) is None:
            raise Http404("Only who is signed in has a last look.")
        look(meeting, **self.told())
        return redirect(reverse("meeting-agenda", args=[key]))

    def _lines(self, meeting: Meeting) -> list[tuple[AgendaItem, list[MeetingPaper], str]]:
        """Each item with its papers and the reader's own note on it."""
        person, at = reader(self.request), self.request.at
        papers: dict[int, list[MeetingPaper]] = {}
        rows: Any = MeetingPaper.objects.filter(meeting=meeting).exclude(state__in=(WITHDRAWN, SUPERSEDED))
        for paper in rows.visible_to(person, at).select_related("meeting__committee").order_by("number", "pk"):
            papers.setdefault(paper.item_id, []).append(paper)
        notes: Any = PrivateNote.objects.filter(item__meeting=meeting, person=person) if person else None
        own = {row.item_id: row.text for row in notes.visible_to(person, at)} if notes is not None else {}
        items: Any = AgendaItem.objects.filter(meeting=meeting, state=LISTED)
        return [(item, papers.get(item.pk, []), own.get(item.pk, "")) for item in items.visible_to(person, at)]

    @staticmethod
    def _doors(meeting: Meeting) -> list[tuple[str, str]]:
        return [
            ("Put the agenda together", reverse("meeting-agenda-propose", args=[meeting.pk])),
            ("Enter an item", f"{reverse('agenda item-new')}?meeting={meeting.pk}"),
            ("Readiness of the papers", reverse("meeting-readiness", args=[meeting.pk])),
            ("Publish a pack", reverse("meeting-pack-publish", args=[meeting.pk])),
        ]


class PackFile(Page):
    """The pack of a class, made anew when anything in it has changed (rule REF-3)."""

    def get(self, request: HttpRequest, key: str, level: str) -> HttpResponse:
        """The PDF, for those who may have it; for all others there is none."""
        meeting = found(Meeting, key, self)
        wanted = next((one for one in Class if one.label.lower() == level), None)
        own = clearance(reader(self.request), self.request.at)
        if wanted is None or wanted < meeting.classification or not opens(meeting, wanted, own):
            raise Http404("There is no such pack that you may read.")
        told = edition(meeting, wanted, pack_clearance(meeting, wanted, own))
        return attachment(pack(told), "application/pdf", f"{told.reference} {wanted.label} pack.pdf")


class WriteNote(FormPage):
    """A private note on an agenda item."""

    model = AgendaItem
    title = "Your private note"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def form(self, record: AgendaItem, data: Any = None, files: Any = None) -> forms.Form:
        """What was noted before."""
        rows: Any = PrivateNote.objects.filter(item=record, person=reader(self.request))
        row = rows.visible_to(reader(self.request), self.request.at).first()
        return NoteForm(data, initial={"text": row.text if row else ""})

    def save(self, record: AgendaItem, form: forms.Form) -> str:
        """Keeps it."""
        note(record, form.cleaned_data["text"], **self.told())
        return reverse("meeting-agenda", args=[record.meeting_id])


class PublishPack(FormPage):
    """Publishes the pack of a class among the documents of its meeting (rule REF-3)."""

    model = Meeting
    title = "Publish a pack"
    who: ClassVar[Who] = staticmethod(committees_team)

    def form(self, record: Meeting, data: Any = None, files: Any = None) -> forms.Form:
        """Which class."""
        return PublishForm(data)

    def save(self, record: Meeting, form: forms.Form) -> str:
        """Publishes it as it stands now."""
        publish(record, form.cleaned_data["level"], **self.told())
        return record.get_absolute_url()


class TakeReportIn(FormPage):
    """Takes an issued monthly paper into the pack, for an item of the agenda."""

    model = AgendaItem
    title = "Take an issued monthly paper into the pack"
    who: ClassVar[Who] = staticmethod(committees_team)

    def form(self, record: AgendaItem, data: Any = None, files: Any = None) -> forms.Form:
        """Which of those that were issued for the meeting, as far as the secretary may read them."""
        reports = [one for one in reports_for(record.meeting) if readable(one, reader(self.request), self.request.at)]
        return ReportForm(data, reports=reports)

    def save(self, record: AgendaItem, form: forms.Form) -> str:
        """Takes it in."""
        return take_in(form.cleaned_data["report"], record, **self.told()).get_absolute_url()


class Readiness(Page):
    """The readiness board of one meeting."""

    template = "meetings/readiness.html"
    who: ClassVar[Who] = staticmethod(committees_team)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The board."""
        meeting = found(Meeting, key, self)
        boards = [board(meeting, reader(self.request), self.request.at)]
        crumbs = (Crumb("Readiness of papers", reverse("paper-readiness")), Crumb(str(meeting)))
        return self.shown({"boards": boards, "title": f"Readiness: {meeting}", "crumbs": crumbs})


class AllReadiness(Page):
    """The readiness boards of all meetings to come, the next first."""

    template = "meetings/readiness.html"
    who: ClassVar[Who] = staticmethod(committees_team)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The boards of the meetings that have an agenda."""
        person, at = reader(self.request), self.request.at
        boards = [board(meeting, person, at) for meeting in meetings_ahead(at)]
        told = [one for one in boards if one.lines]
        crumbs = (Crumb("Meetings", reverse("meetings")), Crumb("Readiness of papers"))
        return self.shown({"boards": told, "title": "Readiness of papers", "crumbs": crumbs})
