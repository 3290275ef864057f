"""Pages of the assurance room: security assessments."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar

from django import forms

from secretariat.assurance.filters import AssessmentFilter
from secretariat.assurance.forms import AssessmentForm
from secretariat.assurance.models import Assessment, Kind, State
from secretariat.assurance.procedure import ASSESSMENT, security_team, statuses, values
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.procedure import Who
from secretariat.plain.dates import LONDON, local_day, long_date


class Assessments(ListPage):
    """The security assessments that the person may read."""

    model = Assessment
    word = "assessment"
    plural = "assessments"
    columns = (
        Column("party", "Party", "party__name"),
        Column("kind", "Kind", "kind", lambda value: Kind(value).label),
        Column("initial", "Initial", "initial"),
        Column("opened_on", "Opened", "opened_on"),
        Column("closed_on", "Closed", "closed_on"),
        Column("state", "State", "state", lambda value: State(value).label if value else ""),
        class_column(),
    )
    filters = AssessmentFilter
    order = "-opened_on"
    about = "Security assessments of Users, as far as you may read them."
    empty = "There is no security assessment that you may read."
    day = "opened_on"
    enters: ClassVar[Who | None] = staticmethod(security_team)
    loads = "assessments"


class AssessmentPage(RecordPage):
    """One assessment, and the milestones that it reached."""

    model = Assessment
    word = "assessment"
    plural = "assessments"
    editors: ClassVar[Who | None] = staticmethod(security_team)

    def facts(self, record: Assessment) -> list[Fact]:
        """What is assessed, where it stands, and which statuses can come of it, with the rulebook's doubt."""
        facts = [
            Fact("Party", str(record.party), record.party.get_absolute_url()),
            Fact("Kind", record.get_kind_display() + (", initial" if record.initial else "")),
            Fact("State", record.get_state_display()),
            Fact("Opened", long_date(record.opened_on)),
        ]
        if record.fieldwork_due:
            facts.append(Fact("Fieldwork booked for", long_date(record.fieldwork_due)))
        if record.closed_on:
            facts.append(Fact("Closed", long_date(record.closed_on)))
        rule = statuses(record.outcome, record.opened_on)
        outcome = "; ".join(values(record.outcome, record.opened_on)) or "Reviewed, without a status"
        facts.append(Fact("The review can end in", outcome, note=rule.doubt if rule else ""))
        return facts

    def related(self, record: Assessment) -> list[Related]:
        """The milestones, oldest first."""
        rows: list[tuple[Any, ...]] = [
            (milestone.get_kind_display(), long_date(milestone.day), milestone.detail)
            for milestone in record.milestones.all()
        ]
        return [Related("Milestones", ("Milestone", "Day", "Detail"), rows, "No milestone is reached yet.")]


class AssessmentEntry(EntryPage):
    """Requests an assessment, or amends what is told of one."""

    model = Assessment
    form_class = AssessmentForm
    word = "assessment"
    plural = "assessments"
    who: ClassVar[Who] = staticmethod(security_team)

    def enter(self, record: Assessment, form: forms.ModelForm[Any], **told: Any) -> None:
        """Requests it: today, or at the start of the day typed."""
        if record.opened_on != local_day(told["at"]):
            told["at"] = datetime.combine(record.opened_on, time(), tzinfo=LONDON)
        ASSESSMENT.take("request", record, **told)
