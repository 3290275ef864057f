"""Pages of actions."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, reader
from secretariat.core.procedure import Who
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


class CloseWithEvidence(FormPage):
    """Closes an action that is done, with a file as its evidence."""

    model = Action
    key = "reference"
    plural = Actions.plural
    who: ClassVar[Who] = staticmethod(committees_team)

    def record(self, key: str) -> Action:
        """The action. Raises Http404, and PermissionDenied before it is done."""
        action: Action = super().record(key)
        if action.state != DONE:
            raise PermissionDenied("An action is closed when its owner has said that it is done.")
        return action

    def heading(self, record: Action) -> str:
        """Which action."""
        return f"Close {record}"

    def form(self, record: Action, data: Any = None, files: Any = None) -> EvidenceForm:
        """The evidence, in words and as a file."""
        return EvidenceForm(data, files)

    def save(self, record: Action, form: EvidenceForm) -> Action:
        """Closes it."""
        file = form.cleaned_data["file"]
        name, content = (file.name, file.read()) if file else ("", b"")
        close(record, form.cleaned_data["evidence"], name, content, **self.told())
        return record
