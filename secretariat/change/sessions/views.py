"""Pages of Working Group sessions, their notes and invitations."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.change.models import Proposal
from secretariat.change.sessions.actions import invite, plan_session
from secretariat.change.sessions.filters import NoteFilter, SessionFilter
from secretariat.change.sessions.forms import InvitationForm, NoteForm, SessionForm
from secretariat.change.sessions.models import Joining, Note, Session
from secretariat.change.sessions.procedure import change_team
from secretariat.core import journal
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import long_date


class Sessions(ListPage):
    """The sessions of Working Groups."""

    model = Session
    word, plural = "working group session", "working group sessions"
    filters = SessionFilter
    columns = (
        Column("day", "Day", "day"),
        Column("group", "Working Group", "group"),
        Column("number", "Number", "number", numeric=True),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-day"
    about = "When Working Groups met or meet, and which proposals they consider. All parties may come."
    empty = "No session of a Working Group is recorded that you may read."
    day = "day"
    enters: ClassVar[Who | None] = staticmethod(change_team)


class SessionPage(RecordPage):
    """One session: its list, its notes, and how to join for those invited."""

    model = Session
    word, plural = "working group session", "working group sessions"

    def facts(self, record: Session) -> list[Fact]:
        """When it is and, for those invited, where."""
        person, at = reader(self.request), self.request.at
        facts = [Fact("Working Group", record.group), Fact("Day", long_date(record.day))]
        facts += [Fact("Begins", f"{record.begins:%H:%M}")] if record.begins else []
        facts += [Fact("Why it was cancelled", record.cancelled_why)] if record.cancelled_why else []
        told = Joining.objects.filter(session=record).visible_to(person, at).first()
        for label, text in (("Place", told.place), ("How to call in", told.call)) if told else ():
            facts += [Fact(label, text, note="For those invited alone.")] if text else []
        if change_team(person, record, at):
            address = reverse("working group session-invite", args=[record.pk])
            facts.append(Fact("Invitation", "Say where it is and who is invited", address))
        return facts

    def related(self, record: Session) -> list[Related]:
        """The proposals on its list and its notes, as far as the reader may read them."""
        person, at = reader(self.request), self.request.at
        listed: Any = Proposal.objects.filter(working_group_sessions=record)
        rows: list[tuple[Any, ...]] = [
            (Crumb(one.reference, one.get_absolute_url()), one.title, one.get_state_display())
            for one in listed.visible_to(person, at).order_by("number", "suffix")
        ]
        notes: Any = Note.objects.filter(session=record).select_related("proposal")
        told: list[tuple[Any, ...]] = [
            (Crumb(one.proposal.reference if one.proposal else "In general", one.get_absolute_url()), one.discussed,
             one.outcome)
            for one in notes.visible_to(person, at)
        ]  # fmt: skip
        return [
            Related("Proposals considered", ("Proposal", "Title", "Stage"), rows, "No proposal that you may read."),
            Related("Notes", ("On", "Discussed", "Outcome"), told, "No note is kept that you may read."),
        ]


class SessionEntry(EntryPage):
    """Plans a session."""

    model = Session
    form_class = SessionForm
    word, plural = "working group session", "working group sessions"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Plans it with its list."""
        plan_session(record, form.cleaned_data["proposals"], **told)


class Invitation(Page):
    """Says where a session is held and who is invited."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(change_team)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form, with what was said before for those who may read it."""
        session = self._session(key)
        rows: Any = Joining.objects.filter(session=session)
        told = rows.visible_to(reader(self.request), self.request.at).first()
        return self._form(session, InvitationForm(initial={"place": told.place, "call": told.call} if told else None))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keeps it; a refusal keeps what was typed."""
        session, form = self._session(key), InvitationForm(self.request.POST)
        if not form.is_valid():
            return self._form(session, form, 422)
        given = form.cleaned_data
        try:
            invite(session, given["people"], place=given["place"], call=given["call"], **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._form(session, form, 422)
        return redirect(session.get_absolute_url())

    def _session(self, key: str) -> Session:
        rows: Any = Session.objects.filter(pk=key) if key.isdigit() else Session.objects.none()
        found: Session | None = rows.visible_to(reader(self.request), self.request.at).first()
        if found is None:
            raise Http404(f"There is no session {key} that you may read.")
        return found

    def _form(self, session: Session, form: forms.Form, status: int = 200) -> HttpResponse:
        back = session.get_absolute_url()
        crumbs = (Crumb("Working group sessions", reverse(Sessions.plural)), Crumb(str(session), back))
        title = f"Invite to {session}"
        return self.shown({"form": form, "title": title, "crumbs": crumbs, "back": back, "word": "invitation"}, status)


class Notes(ListPage):
    """The notes of all sessions."""

    model = Note
    word, plural = "session note", "session notes"
    filters = NoteFilter
    columns = (
        Column("day", "Session", "session__day"),
        Column("group", "Working Group", "session__group"),
        Column("proposal", "Proposal", "proposal__reference"),
        Column("outcome", "Outcome", "outcome"),
        class_column(),
    )
    order = "-session__day"
    about = "What Working Groups discussed of each proposal, and what came out of it."
    empty = "No note is kept that you may read."
    enters: ClassVar[Who | None] = staticmethod(change_team)


class NotePage(RecordPage):
    """One note."""

    model = Note
    word, plural = "session note", "session notes"

    def facts(self, record: Note) -> list[Fact]:
        """What was discussed and what came out of it."""
        person, at = reader(self.request), self.request.at
        session: Any = Session.objects.filter(pk=record.session_id)
        readable = session.visible_to(person, at).exists()
        facts = [Fact("Session", str(record.session), record.session.get_absolute_url() if readable else "")]
        if record.proposal:
            facts.append(Fact("Proposal", str(record.proposal), record.proposal.get_absolute_url()))
        facts += [Fact("Discussed", record.discussed), Fact("Outcome", record.outcome or "Not recorded")]
        return facts


class NoteEntry(EntryPage):
    """Keeps a note of a session."""

    model = Note
    form_class = NoteForm
    word, plural = "session note", "session notes"
    who: ClassVar[Who] = staticmethod(change_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Keeps the note."""
        record.recorded = told["recorded"]
        journal.enter(record, **told)
