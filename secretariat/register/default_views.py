"""Pages of default cases: the list, one case with what the Panel resolved in it, and the form that opens one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.core.calendar import calendar
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, long_date
from secretariat.register.filters import DefaultCaseFilter
from secretariat.register.forms import DefaultCaseForm
from secretariat.register.models import WITH_NOTICE, DefaultCase, Limb
from secretariat.register.procedure import DEFAULTS, counts_from, cure_due, party_support


class DefaultCases(ListPage):
    """The list of default cases."""

    model = DefaultCase
    word, plural = "default case", "default cases"
    filters = DefaultCaseFilter
    about = "Notices and Events of Default under Section M8."
    columns = (
        Column("party", "Party", "party__name"),
        Column("limb", "Limb of M8.1", "limb", lambda value: str(Limb(value).label)),
        Column("state", "State", "state"),
        Column("notice", "Notice", "notice_on"),
        Column("entered", "In default since", "entered_on"),
        Column("ended", "Ended", "ended_on"),
        class_column(),
    )
    order = "-pk"
    day = "entered_on"
    enters: ClassVar[Who | None] = staticmethod(party_support)
    loads = "defaults"


class DefaultCasePage(RecordPage):
    """One default case."""

    model = DefaultCase
    word, plural = "default case", "default cases"

    def facts(self, record: DefaultCase) -> list[Fact]:
        """Whose it is, under which limb, and its days; the last day to cure with its working."""
        due = cure_due(record)
        facts = [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("Limb of M8.1", Limb(record.limb).label),
        ]
        if due and record.notice_on:
            entry = RULEBOOK.entry(f"default.limb_{record.limb}.cure_wd", record.notice_on)
            working = calendar().working(counts_from(record.notice_on, calendar()), int(entry.value))
            note = f"{entry.value} Working Days after the notice, until 17:00. {working.sentence()} {entry.doubt}"
            facts += [
                Fact("Notice served", long_date(record.notice_on)),
                Fact("Last day to cure", long_date(due), "", note),
            ]
        facts += [Fact("The notice cites", record.cites)] if record.cites else []
        days = (("In default since", record.entered_on), ("Ended", record.ended_on))
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        facts += [Fact("Outcome", record.get_outcome_display())] if record.outcome else []
        return facts

    def related(self, record: DefaultCase) -> list[Related]:
        """What the Panel resolved in it, and the notes of its file that the reader is named in."""
        person, at = reader(self.request), self.request.at
        resolved = record.panel_actions.select_related("case__party").visible_to(person, at)
        actions = [(row, day_words(row.resolved_on), row.state) for row in resolved]
        notes = [(row, day_words(row.written_on)) for row in record.file_notes.visible_to(person, at)]
        return [
            Related("What the Panel resolved", ("Action", "Resolved", "State"), actions, "Nothing that you may read."),
            Related("Case file", ("Note", "Written"), notes, "There is no note that names you as a reader."),
        ]


class DefaultCaseEntry(EntryPage):
    """Opens a default case: serves the notice or, under a limb without one, enters the default."""

    model = DefaultCase
    form_class = DefaultCaseForm
    word, plural = "default case", "default cases"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the step that opens the case."""
        facts = {"day": form.cleaned_data["day"]}
        if record.limb in WITH_NOTICE:
            DEFAULTS.take("serve", record, cites=form.cleaned_data["cites"], **facts, **told)
        else:
            DEFAULTS.take("enter", record, **facts, **told)
