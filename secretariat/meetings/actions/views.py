"""Pages of actions."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, reader
from secretariat.core.procedure import Refused, Who
from secretariat.meetings.actions.actions import close, place
from secretariat.meetings.actions.filters import ActionFilter
from secretariat.meetings.actions.forms import ActionForm, EvidenceForm
from secretariat.meetings.actions.models import DONE, Action
from secretariat.meetings.procedure import committees_team
from secretariat.plain.dates import local_day, long_date


class Actions(ListPage):
    """The actions that bodies placed."""

    model = Action
    word, plural = "action", "actions"
    filters = ActionFilter
    link = "reference"
    about = "What bodies asked somebody to do. An action comes back to its body's agenda until its evidence is seen."
    empty = "No action is recorded that you may read. Actions are placed in the minutes of a meeting."
    columns = (
        Column("reference", "Action", "reference"),
        Column("body", "Body", "committee__short_name"),
        Column("what", "What is to be done", "what"),
        Column("person", "Person", "person__name"),
        Column("team", "Team", "team"),
        Column("organisation", "Organisation", "organisation__name"),
        Column("due", "Due", "due"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "due"
    order_words = "earliest due first"
    day = "due"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class ActionPage(RecordPage):
    """One action: who does it by when, how the day was reckoned, what it came from, and its evidence."""

    model = Action
    word, plural = "action", "actions"
    key = "reference"
    editors: ClassVar[Who | None] = staticmethod(committees_team)

    def facts(self, record: Action) -> list[Fact]:
        """The action and where it stands; what it came from is named as far as the reader may read it."""
        person, at = reader(self.request), self.request.at
        facts = [
            Fact("What is to be done", record.what),
            Fact("Owner", record.owner),
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
        ]
        if record.due:
            late = "Overdue. " if record.is_overdue(local_day(at)) else ""
            facts.append(Fact("Due", long_date(record.due), note=late + record.working))
        for label, source in (("Placed at", record.meeting), ("On the agenda item", record.item)):
            readable = source is not None and type(source).objects.filter(pk=source.pk).visible_to(person, at).exists()
            facts += [Fact(label, str(source), source.get_absolute_url())] if source and readable else []
        facts += [Fact("What was done", record.answer)] if record.answer else []
        facts += [Fact("Evidence", record.evidence)] if record.evidence else []
        file = record.evidence_file
        facts += [Fact("Evidence as a file", file.name, file.get_absolute_url())] if file else []
        if record.state == DONE and committees_team(person, record, at):
            address = reverse("action-evidence", args=[record.reference])
            facts.append(Fact("Evidence", "Close it with a file as its evidence", address))
        return facts


class ActionEntry(EntryPage):
    """Places an action, or puts its words right."""

    model = Action
    form_class = ActionForm
    word, plural = "action", "actions"
    key = "reference"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Places it with its day."""
        asked = form.cleaned_data
        place(record, days=asked["days"], due=asked["due_on"], recipients=asked["recipients"], **told)


class CloseWithEvidence(Page):
    """Closes an action that is done, with a file as its evidence."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(committees_team)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form."""
        return self._form(self._action(key), EvidenceForm())

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Closes it; a refusal says why and keeps what was typed."""
        action, form = self._action(key), EvidenceForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._form(action, form, 422)
        file = form.cleaned_data["file"]
        name, content = (file.name, file.read()) if file else ("", b"")
        try:
            close(action, form.cleaned_data["evidence"], name, content, **self.told())
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
            return self._form(self._action(key), form, 422)
        return redirect(action.get_absolute_url())

    def _action(self, key: str) -> Action:
        rows = Action.objects.filter(reference=key).visible_to(reader(self.request), self.request.at)
        found: Action | None = rows.first()
        if found is None:
            raise Http404(f"There is no action {key} that you may read.")
        if found.state != DONE:
            raise PermissionDenied("An action is closed when its owner has said that it is done.")
        return found

    def _form(self, action: Action, form: forms.Form, status: int = 200) -> HttpResponse:
        title, back = f"Close {action}", action.get_absolute_url()
        crumbs = (Crumb("Actions", reverse(Actions.plural)), Crumb(str(action), back), Crumb(title))
        return self.shown({"form": form, "title": title, "crumbs": crumbs, "back": back, "word": "evidence"}, status)
