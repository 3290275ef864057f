"""Pages of the cases: security and privacy assessments, and the conditions of their statuses."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from secretariat.assurance.cases import page
from secretariat.assurance.cases.ball import Holder
from secretariat.assurance.cases.filters import AssessmentFilter, ConditionFilter
from secretariat.assurance.cases.forms import AssessmentForm, ConditionForm
from secretariat.assurance.cases.models import Condition, ConditionState
from secretariat.assurance.cases.procedure import CONDITIONS
from secretariat.assurance.cases.standing import with_ball
from secretariat.assurance.cases.who import own_assessor, security_team, status_setter
from secretariat.assurance.models import Assessment, Frame, Kind, State
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.classification import STATEMENTS, Class
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import LONDON, day_words, local_day, long_date


def _label(choices: Any) -> Any:
    return lambda value: choices(value).label if value else ""


class Assessments(ListPage):
    """The assessments that the person may read, each with who has the ball and since when."""

    model = Assessment
    word = "assessment"
    plural = "assessments"
    columns = (
        Column("party", "Party", "party__name"),
        Column("kind", "Kind", "kind", _label(Kind)),
        Column("state", "State", "state", _label(State)),
        Column("waiting_on", "Waiting on", "holder", _label(Holder)),
        Column("since", "Since", "since"),
        Column("status", "Status", "status"),
        Column("opened_on", "Opened", "opened_on"),
        Column("closed_on", "Closed", "closed_on"),
        Column("initial", "Initial", "initial"),
        Column("frame", "Assessed", "frame", _label(Frame)),
        class_column(),
    )
    filters = AssessmentFilter
    order = "-opened_on"
    about = "Security and privacy assessments of Users, as far as you may read them, and on whom each waits."
    empty = "There is no assessment that you may read."
    day = "opened_on"
    enters: ClassVar[Who | None] = staticmethod(security_team)
    loads = "assessments"

    def rows(self) -> QuerySet[Any]:
        """Those that the person may read, each with its status, who has the ball and since when."""
        return with_ball(super().rows(), self.request.at)


class AssessmentPage(RecordPage):
    """One case, for the party, the assessor, the security team and the body that sets the status."""

    model = Assessment
    word = "assessment"
    plural = "assessments"
    editors: ClassVar[Who | None] = staticmethod(security_team)

    def facts(self, record: Assessment) -> list[Fact]:
        """Where it stands, on whom it waits, what is assessed, and which statuses can come of it."""
        return page.facts(record, reader(self.request), self.request.at)

    def related(self, record: Assessment) -> list[Related]:
        """All that belongs to the case."""
        return page.related(record, reader(self.request), self.request.at)

    def context(self, record: Assessment) -> dict[str, Any]:
        """To people of the assessing body the ground on which they read the case."""
        if not own_assessor(reader(self.request), record, self.request.at):
            return {}
        return {"why_visible": f"You read this because your body does the assessment. {STATEMENTS[Class.AMBER]}"}


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


class Conditions(ListPage):
    """The conditions of statuses that the person may read."""

    model = Condition
    word = "condition"
    plural = "conditions"
    columns = (
        Column("party", "Party", "assessment__party__name"),
        Column("number", "Number", "number", numeric=True),
        Column("text", "What is to be done", "text"),
        Column("due", "To be met by", "due"),
        Column("state", "State", "state", _label(ConditionState)),
        Column("met_on", "Met", "met_on"),
        class_column(),
    )
    filters = ConditionFilter
    order = "due"
    order_words = "by the day on which they are due"
    about = "The steps to which statuses are subject, as far as you may read them."
    empty = "No status that you may read is subject to steps. They are set on the page of an assessment."
    day = "due"


class ConditionPage(RecordPage):
    """One condition of a status."""

    model = Condition
    word = "condition"
    plural = "conditions"

    def facts(self, record: Condition) -> list[Fact]:
        """Of which status, what is to be done and by when, and how it was met."""
        told = (
            ("To be met by", long_date(record.due) if record.due else "No day is named"),
            ("Evidence", record.evidence),
            ("Evidence sent in", day_words(record.offered_on)),
            ("Met", day_words(record.met_on)),
        )
        return [
            Fact("Assessment", str(record.assessment), record.assessment.get_absolute_url()),
            Fact("What is to be done", record.text),
            *(Fact(label, value) for label, value in told if value),
        ]


class ConditionEntry(FormPage):
    """Sets a condition of the status of a case."""

    model = Assessment
    title = "Set a condition of the status"
    word, key = "assessment", "pk"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def record(self, key: str) -> Assessment:
        """The case, for those who set its status. Raises Http404 or PermissionDenied."""
        found: Assessment = super().record(key)
        if not status_setter(reader(self.request), found, self.request.at):
            raise PermissionDenied("A condition is set by the body that sets the status, or the security team for it.")
        return found

    def form(self, record: Assessment, data: Any = None, files: Any = None) -> forms.Form:
        """What is to be done, and by when."""
        made = Condition(assessment=record, invented=record.invented)
        return ConditionForm(data, instance=made)  # type: ignore[return-value]

    def save(self, record: Assessment, form: forms.Form) -> str:
        """Sets it. Raises Refused."""
        made: Condition = form.save(commit=False)  # type: ignore[attr-defined]
        CONDITIONS.take("impose", made, **self.told())
        return record.get_absolute_url()
