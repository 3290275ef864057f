"""Pages of test documents and of the plans of their governance."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader, said
from secretariat.core.procedure import Who
from secretariat.oversight.shown import Rows
from secretariat.oversight.testing import filters
from secretariat.oversight.testing import forms as typed
from secretariat.oversight.testing.actions import plan_steps
from secretariat.oversight.testing.durations import lasts, minimums, shortest
from secretariat.oversight.testing.models import (
    DRAFT,
    SENT_BACK,
    DocumentKind,
    GovernancePlan,
    TestDocument,
)
from secretariat.oversight.testing.standing import planned, shortfalls
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import day_words, local_day, long_date


class TestDocuments(ListPage):
    """Test documents that were put to the Testing Advisory Group."""

    __test__ = False
    model = TestDocument
    word, plural = "test document", "test documents"
    filters = filters.TestDocumentFilter
    columns = (
        Column("title", "Document", "title"),
        Column("version", "Version", "version"),
        Column("kind", "Kind", "kind", lambda value: str(DocumentKind(value).label)),
        Column("programme", "Programme", "programme__name"),
        Column("submitted", "Submitted", "submitted_on"),
        Column("decided", "Decided", "decided_on"),
        Column("meeting", "At the meeting", "meeting"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-submitted_on"
    day = "submitted_on"
    about = "Testing approaches, depth and breadth documents and test completion reports, version by version."
    empty = "No test document was put to the group that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class TestDocumentPage(RecordPage):
    """One version of a test document."""

    __test__ = False
    model = TestDocument
    word, plural = "test document", "test documents"

    def facts(self, record: TestDocument) -> list[Fact]:
        """What it is, of what, and what came of it."""
        phase = record.phase
        return [
            Fact("Kind", record.get_kind_display()),
            Fact("Programme", str(record.programme), record.programme.get_absolute_url()),
            *([Fact("Testing", str(phase), phase.get_absolute_url())] if phase else []),
            *said(
                ("Relates to", record.relates_to), ("Required by", record.required_by),
                ("Query", record.query), ("Answer", record.answer),
                ("Decided", day_words(record.decided_on)),
                ("At the meeting", record.meeting), ("Reason", record.reason),
            ),
        ]  # fmt: skip


class TestDocumentEntry(EntryPage):
    """Puts a test document to the group."""

    __test__ = False
    model = TestDocument
    form_class = typed.TestDocumentForm
    word, plural = "test document", "test documents"
    who: ClassVar[Who] = staticmethod(operator_or_team)
    begins = "submit"


class GovernancePlans(ListPage):
    """Plans of governance."""

    model = GovernancePlan
    word, plural = "governance plan", "governance plans"
    filters = filters.GovernancePlanFilter
    columns = (
        Column("title", "Plan", "title"),
        Column("programme", "Programme", "programme__name"),
        Column("presented", "Presented", "presented_on"),
        Column("decided", "Decided", "decided_on"),
        Column("meeting", "At the meeting", "meeting"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-presented_on"
    about = "When each step of governance is planned before testing begins. The group takes none that is shortened."
    empty = "No plan of governance was made that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class GovernancePlanPage(RecordPage):
    """One plan of governance, each step beside its minimum."""

    template = "oversight/testing/plan.html"
    model = GovernancePlan
    word, plural = "governance plan", "governance plans"

    def facts(self, record: GovernancePlan) -> list[Fact]:
        """Of what it is, and what the group said."""
        phase = record.phase
        decided = day_words(record.decided_on)
        return [
            Fact("Programme", str(record.programme), record.programme.get_absolute_url()),
            *([Fact("Testing", str(phase), phase.get_absolute_url(), long_date(phase.begins_on))] if phase else []),
            *said(("Concerns", record.concerns), ("Decided", decided), ("At the meeting", record.meeting)),
        ]

    def related(self, record: GovernancePlan) -> list[Related]:
        """Each step with its days, how long it lasts, and how long it lasts at least."""
        days, known = planned(record), calendar()
        rows: Rows = [
            (one.name.capitalize(), long_date(found.first) if found else "", long_date(found.last) if found else "",
             lasts(found, known) if found else "", one.days, one.doubt)
            for one in minimums(local_day(self.request.at))
            for found in (days.get(one.name),)
        ]  # fmt: skip
        heads = ("Step", "From", "Until", "Working Days", "At least", "How sure we are of the least")
        return [Related("Steps", heads, rows, "The rulebook names no step.")]

    def context(self, record: GovernancePlan) -> dict[str, Any]:
        """Why the group would not take it, and where its days are told."""
        may = operator_or_team(reader(self.request), record, self.request.at) and record.state in (DRAFT, SENT_BACK)
        return {
            "shortfalls": shortfalls(record, local_day(self.request.at)),
            "plans": reverse("plan steps", args=[record.pk]) if may else "",
        }


class GovernancePlanEntry(EntryPage):
    """Begins a plan of governance."""

    model = GovernancePlan
    form_class = typed.GovernancePlanForm
    word, plural = "governance plan", "governance plans"
    who: ClassVar[Who] = staticmethod(operator_or_team)
    begins = "draft"


class PlanSteps(FormPage):
    """Tells the days of every step; at first those of the plan that is through soonest."""

    model = GovernancePlan
    plural = "governance plans"
    title = "Plan the steps"
    lead = "A step may last longer than its minimum, and not shorter. What is proposed is through soonest."
    who: ClassVar[Who] = staticmethod(operator_or_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """Two days a step."""
        today = local_day(self.request.at)
        least = minimums(today)
        days = planned(record) or shortest(calendar().add(today, 1), least, calendar())
        return typed.StepsForm([one.name for one in least], days, data)

    def save(self, record: Any, form: Any) -> str:
        """Sets them."""
        plan_steps(record, form.days, **self.told())
        return str(record.get_absolute_url())
