"""Pages of what is learnt: causes of aged incidents, reviews of major ones, and lessons."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader, said
from secretariat.core.procedure import Who
from secretariat.oversight.incidents.actions import tell_coverage
from secretariat.oversight.incidents.filters import AgedCategoryFilter, LessonFilter, ReviewFilter
from secretariat.oversight.incidents.forms import AgedCategoryForm, CoverageForm, LessonForm, MajorReviewForm
from secretariat.oversight.incidents.learning import LESSONS
from secretariat.oversight.incidents.models import UNSOLVED, AgedCategory, Lesson, MajorReview, Side
from secretariat.oversight.incidents.reviews import papers
from secretariat.oversight.incidents.standing import age, is_aged
from secretariat.oversight.incidents.who import dcc_group_or_team, dcc_or_team
from secretariat.plain.dates import day_words, local_day, long_date


class AgedCategories(ListPage):
    """The causes under which aged incidents are watched."""

    model = AgedCategory
    word, plural = "aged incident category", "aged incident categories"
    filters = AgedCategoryFilter
    columns = (
        Column("name", "Category", "name"),
        Column("side", "Assigned to", "side", lambda value: str(Side(value).label)),
        Column("lead", "Lead", "lead"),
        Column("caveat", "What its count misses", "caveat"),
        class_column(),
    )
    order = "name"
    order_words = "by name"
    about = "Kinds of cause under which incidents that grow old are watched, each with who leads it."
    empty = "No cause is watched that you may read of."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class AgedCategoryPage(RecordPage):
    """One cause: its incidents that have grown old, and how many meters it affects."""

    template = "oversight/incidents/cause.html"
    model = AgedCategory
    word, plural = "aged incident category", "aged incident categories"
    editors: ClassVar[Who | None] = staticmethod(dcc_or_team)

    def facts(self, record: AgedCategory) -> list[Fact]:
        """Whose it is, who leads it, and what its count misses."""
        return [
            Fact("Assigned to", record.get_side_display()),
            *said(("Lead", record.lead), ("What its count misses", record.caveat), ("Told in", record.source)),
        ]

    def related(self, record: AgedCategory) -> list[Related]:
        """Its reports of who is affected, and its open incidents as far as the person may read them."""
        today = local_day(self.request.at)
        told: list[tuple[Any, ...]] = [
            (one.title, long_date(one.promised_for), long_date(one.received_on) if one.received_on else "not yet",
             one.affected if one.affected is not None else "not known")
            for one in record.coverage.all()
        ]  # fmt: skip
        found: Any = record.incidents.filter(state__in=UNSOLVED)
        rows: list[tuple[Any, ...]] = [
            (one, one.category, f"{age(one, today)} days", "yes" if is_aged(one, today) else "no")
            for one in found.visible_to(reader(self.request), self.request.at)[:200]
        ]
        return [
            Related("Meters affected", ("Report", "Promised for", "Received", "Meters"), told,
                    "No report of the meters affected was promised."),
            Related("Open incidents", ("Incident", "Category", "Open for", "Aged"), rows,
                    "No incident of this cause is open that you may read."),
        ]  # fmt: skip

    def context(self, record: AgedCategory) -> dict[str, Any]:
        """Where a report of the meters affected is told."""
        may = dcc_or_team(reader(self.request), record, self.request.at)
        return {"tell": reverse("tell who is affected", args=[record.pk]) if may else ""}


class AgedCategoryEntry(EntryPage):
    """Enters or amends a cause."""

    model = AgedCategory
    form_class = AgedCategoryForm
    word, plural = "aged incident category", "aged incident categories"
    who: ClassVar[Who] = staticmethod(dcc_or_team)


class TellCoverage(FormPage):
    """Records a report of how many meters a cause affects."""

    model = AgedCategory
    plural = "aged incident categories"
    title = "Tell who is affected"
    lead = "A report is promised first; once it is received, tell its day and its number."
    who: ClassVar[Who] = staticmethod(dcc_or_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The report."""
        return CoverageForm(data)

    def save(self, record: Any, form: Any) -> Any:
        """Keeps it."""
        tell_coverage(record, form.save(commit=False), **self.told())
        return record


class MajorReviews(ListPage):
    """Reviews of major incidents."""

    model = MajorReview
    word, plural = "major incident review", "major incident reviews"
    filters = ReviewFilter
    columns = (
        Column("incident", "Incident", "incident__reference"),
        Column("closed", "Incident closed", "incident__closed_at"),
        Column("summarised", "Summary received", "summarised_on"),
        Column("reported", "Report received", "reported_on"),
        Column("accepted", "Accepted at", "accepted_in"),
        Column("state", "State", "state"),
        class_column(),
    )
    about = "What the DCC found after its major incidents, and what the Operations Group said of it."
    empty = "No major incident is reviewed that you may read of."
    enters: ClassVar[Who | None] = staticmethod(dcc_group_or_team)


class MajorReviewPage(RecordPage):
    """One review with its papers and lessons."""

    template = "oversight/incidents/review.html"
    model = MajorReview
    word, plural = "major incident review", "major incident reviews"

    def facts(self, record: MajorReview) -> list[Fact]:
        """The incident, and what was found."""
        incident = record.incident
        return [
            Fact("Incident", incident.reference, incident.get_absolute_url()),
            *said(("Summary", record.summary), ("What the report finds", record.findings),
                  ("Accepted at", record.accepted_in)),
        ]  # fmt: skip

    def related(self, record: MajorReview) -> list[Related]:
        """Its papers with their days, and its lessons."""
        due: list[tuple[Any, ...]] = [
            (one.what, long_date(one.due), one.standing(self.request.at), f"{one.working} {one.rule.doubt}")
            for one in papers(record)
        ]
        found: Any = record.lessons.all()
        rows: list[tuple[Any, ...]] = [
            (one, long_date(one.due_on), one.moved, one.state)
            for one in found.visible_to(reader(self.request), self.request.at)
        ]
        return [
            Related("Papers", ("What", "By", "Standing", "Working"), due, "None is due before the incident is closed."),
            Related("Lessons", ("Lesson", "Due", "Moved", "State"), rows, "No lesson is agreed yet."),
        ]

    def context(self, record: MajorReview) -> dict[str, Any]:
        """Where a lesson is agreed."""
        may = dcc_group_or_team(reader(self.request), record, self.request.at)
        return {"agree": reverse("agree a lesson", args=[record.pk]) if may else ""}


class MajorReviewEntry(EntryPage):
    """Opens a review."""

    model = MajorReview
    form_class = MajorReviewForm
    word, plural = "major incident review", "major incident reviews"
    who: ClassVar[Who] = staticmethod(dcc_group_or_team)
    begins = "open"


class AgreeLesson(FormPage):
    """Agrees a lesson of a review."""

    model = MajorReview
    plural = "major incident reviews"
    title = "Agree a lesson"
    who: ClassVar[Who] = staticmethod(dcc_group_or_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.BaseForm:
        """What is to change, by whom and by when."""
        return LessonForm(data)

    def save(self, record: Any, form: Any) -> Any:
        """Agrees it."""
        lesson = form.save(commit=False)
        lesson.review, lesson.invented = record, record.invented
        LESSONS.take("agree", lesson, **self.told())
        return lesson


class Lessons(ListPage):
    """What is to change after major incidents."""

    model = Lesson
    word, plural = "incident lesson", "incident lessons"
    filters = LessonFilter
    columns = (
        Column("due", "Due", "due_on"),
        Column("text", "What is to change", "text"),
        Column("owner", "Owner", "owner"),
        Column("incident", "Incident", "review__incident__reference"),
        Column("moved", "Times moved", "moved", numeric=True),
        Column("done", "Done", "done_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "due_on"
    order_words = "the next due first"
    day = "due_on"
    about = "What is to change after major incidents: by whom, by when, and how often its day was moved."
    empty = "No lesson is agreed that you may read. Lessons are agreed on the page of a major incident's review."


class LessonPage(RecordPage):
    """One lesson."""

    model = Lesson
    word, plural = "incident lesson", "incident lessons"

    def facts(self, record: Lesson) -> list[Fact]:
        """Whose it is, when it is due, and how it is known to be done."""
        late = "Its day is over." if record.is_late(self.request.at) else ""
        moved = f"Moved {record.moved} times; first due {long_date(record.first_due_on)}." if (
            record.moved and record.first_due_on
        ) else ""  # fmt: skip
        return [
            Fact("What is to change", record.text),
            Fact("Owner", record.owner),
            Fact("Due", long_date(record.due_on), note=" ".join(part for part in (late, moved) if part)),
            Fact("Review", str(record.review), record.review.get_absolute_url()),
            *said(("Done", day_words(record.done_on)), ("Evidence", record.evidence)),
        ]
