"""Pages of what the Panel resolved in defaults, and of the confidential case files."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.core.capacities import secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date
from secretariat.register.panel_action.actions import write_note
from secretariat.register.panel_action.filters import CaseNoteFilter, PanelActionFilter
from secretariat.register.panel_action.forms import CaseNoteForm, PanelActionForm
from secretariat.register.panel_action.models import CaseNote, PanelAction, Power, Right
from secretariat.register.panel_action.procedure import PANEL_ACTIONS, dcc_acts_by, party_support


class PanelActions(ListPage):
    """What the Panel resolved in Events of Default."""

    model = PanelAction
    word, plural = "panel action", "panel actions"
    filters = PanelActionFilter
    about = "What the Panel resolved while a party was in default, and what came of it."
    empty = "No resolution on a party in default is recorded that you may read."
    columns = (
        Column("party", "Party", "case__party__name"),
        Column("power", "What", "power", lambda value: str(Power(value).label)),
        Column("right", "Suspended", "right", lambda value: str(Right(value).label) if value else ""),
        Column("meeting", "Meeting", "meeting"),
        Column("resolved", "Resolved", "resolved_on"),
        Column("due", "Plan due", "due_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-resolved_on"
    day = "due_on"
    enters: ClassVar[Who | None] = staticmethod(party_support)


class PanelActionPage(RecordPage):
    """One resolution."""

    model = PanelAction
    word, plural = "panel action", "panel actions"

    def facts(self, record: PanelAction) -> list[Fact]:
        """Whose case it is in, what it is, and its days, each with why."""
        facts = [
            Fact("Default case", str(record.case), record.case.get_absolute_url()),
            Fact("What", record.get_power_display()),
        ]
        facts += [Fact("Suspended", record.get_right_display())] if record.right else []
        facts += [Fact("Resolved at", record.meeting)]
        days = (
            ("Resolved on", record.resolved_on), ("Remedial plan due", record.due_on),
            ("Approved by the Authority", record.approved_on), ("Carried out", record.done_on),
        )  # fmt: skip
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        facts += self._dcc(record)
        facts += [Fact("More", record.detail)] if record.detail else []
        return facts

    @staticmethod
    def _dcc(record: PanelAction) -> list[Fact]:
        by = dcc_acts_by(record)
        if by is None or record.resolved_on is None:
            return []
        entry = RULEBOOK.entry("default.dcc_suspends_wd", record.resolved_on)
        return [
            Fact("The DCC acts by", long_date(by), "", f"{entry.value} Working Day after it is told. {entry.doubt}")
        ]


class PanelActionEntry(EntryPage):
    """Records a resolution of the Panel."""

    model = PanelAction
    form_class = PanelActionForm
    word, plural = "panel action", "panel actions"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the step that resolves it."""
        facts = {name: form.cleaned_data[name] for name in ("day", "due_on")}
        PANEL_ACTIONS.take("resolve", record, **facts, **told)


class CaseNotes(ListPage):
    """The notes of case files that the reader is named in."""

    model = CaseNote
    word, plural = "case note", "case notes"
    filters = CaseNoteFilter
    about = "Notes of the confidential files of default cases; each is read by those it names."
    empty = "There is no note that names you as a reader."
    columns = (
        Column("party", "Party", "case__party__name"),
        Column("title", "Title", "title"),
        Column("written", "Written", "written_on"),
        class_column(),
    )
    order = "-written_on"
    day = "written_on"
    who: ClassVar[Who] = staticmethod(secretariat)
    enters: ClassVar[Who | None] = staticmethod(party_support)


class CaseNotePage(RecordPage):
    """One note."""

    model = CaseNote
    word, plural = "case note", "case notes"

    def facts(self, record: CaseNote) -> list[Fact]:
        """Its case, its day and its words."""
        facts = [
            Fact("Default case", str(record.case), record.case.get_absolute_url()),
            Fact("Written", long_date(record.written_on)),
            Fact("Note", record.text or "none"),
        ]
        facts += [Fact("File", record.file.name, record.file.get_absolute_url())] if record.file else []
        return facts


class CaseNoteEntry(EntryPage):
    """Writes a note into a case's file."""

    model = CaseNote
    form_class = CaseNoteForm
    word, plural = "case note", "case notes"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it for its writer and the readers named."""
        write_note(record, form.cleaned_data["readers"], **told)
