"""Pages of projects."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Min, Q, Value, When
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.filters import TextFilter
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.effort.projects.actions import add_milestone, move, reach
from secretariat.effort.projects.figures import days_booked
from secretariat.effort.projects.forms import MilestoneForm, MoveForm, ProjectForm, ReachForm
from secretariat.effort.projects.models import (
    DONE,
    PAUSED,
    PROPOSED,
    RUNNING,
    STOPPED,
    UNDER_WAY,
    MilestoneMove,
    Project,
)
from secretariat.effort.projects.procedure import lead_or_operations
from secretariat.effort.who import operations_team
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.rounding import half_up


class ProjectFilter(django_filters.FilterSet):
    """Choices among projects."""

    text = TextFilter("title", "purpose")
    state = django_filters.ChoiceFilter(choices=[(one, one) for one in (PROPOSED, UNDER_WAY, PAUSED, DONE, STOPPED)])

    class Meta:
        model = Project
        fields = ()


class Projects(ListPage):
    """The projects of the administration."""

    model = Project
    word, plural = "project", "projects"
    filters = ProjectFilter
    about = "What the administration works on besides its services, with the next milestone of each."
    empty = "No project that you may read is kept."
    columns = (
        Column("title", "Project", "title"),
        Column("driver", "Driver", "driver__name"),
        Column("lead", "Led by", "lead__name"),
        Column("state", "State", "state"),
        Column("next_on", "Next milestone", "next_on"),
        Column("late", "Late", "late"),
        class_column(),
    )
    order = "title"
    order_words = "by title"
    enters: ClassVar[Who | None] = staticmethod(operations_team)

    def rows(self) -> Any:
        """Each with the first date of a milestone that is not done, and whether that has passed while it runs."""
        rows = super().rows().annotate(next_on=Min("milestones__due_on", filter=Q(milestones__done_on__isnull=True)))
        passed = Q(state__in=RUNNING, next_on__lt=local_day(self.request.at))
        return rows.annotate(late=Case(When(passed, then=Value("late")), default=Value("")))


class ProjectPage(RecordPage):
    """One project: what it is for, the next milestone, the days booked, and how its dates moved."""

    model = Project
    word, plural = "project", "projects"
    template = "effort/project.html"
    editors: ClassVar[Who | None] = staticmethod(operations_team)

    def facts(self, record: Project) -> list[Fact]:
        """Who leads, under which driver, and the days booked against those planned, for the secretariat."""
        facts = [
            Fact("Led by", record.lead or "nobody yet"),
            Fact("Driver", record.driver or "none", note="The days of a project are booked under its driver."),
            Fact("Purpose", record.purpose or "not told"),
        ]
        if secretariat(reader(self.request), record, self.request.at):
            planned = f"of {record.planned_days} planned" if record.planned_days else "none are planned"
            href = f"{reverse('day entries')}?driver={record.driver_id}" if record.driver_id else ""
            facts.append(Fact("Days booked", f"{half_up(days_booked(record), 2)}", href, planned))
        for label, day in (("Started", record.started_on), ("Ended", record.ended_on)):
            facts += [Fact(label, long_date(day))] if day else []
        return facts

    def related(self, record: Project) -> list[Related]:
        """Milestones, and the moves of their dates."""
        today = local_day(self.request.at) if record.state in RUNNING else date.min
        rows: list[tuple[Any, ...]] = [
            (one.what, f"{one.told}{', late' if one.done_on is None and one.due_on < today else ''}")
            for one in record.milestones.all()
        ]
        moves = MilestoneMove.objects.filter(milestone__project=record).select_related("milestone")
        moved: list[tuple[Any, ...]] = [
            (one.milestone.what, long_date(one.old), long_date(one.new), one.reason, long_date(one.moved_on))
            for one in moves
        ]
        return [
            Related("Milestones", ("Milestone", "Date"), rows, "There is no milestone yet."),
            Related("How dates moved", ("Milestone", "From", "To", "Why", "Moved on"), moved, "No date has moved."),
        ]

    def context(self, record: Project) -> dict[str, Any]:
        """Whether the reader writes about it."""
        may = lead_or_operations(reader(self.request), record, self.request.at)
        return {"may_write": record.state in RUNNING and may}


class ProjectEntry(EntryPage):
    """Proposes a project, or puts right what it says."""

    model = Project
    form_class = ProjectForm
    word, plural = "project", "projects"
    who: ClassVar[Who] = staticmethod(operations_team)
    begins = "propose"


class ProjectForms(FormPage):
    """Base of the forms about one project, for its lead and the operations team."""

    model = Project
    plural = "projects"
    who: ClassVar[Who] = staticmethod(secretariat)

    def record(self, key: str) -> Any:
        """The project, for those who write about it. Raises Http404 or PermissionDenied."""
        project = super().record(key)
        if not lead_or_operations(reader(self.request), project, self.request.at):
            raise PermissionDenied("A project is kept by its lead and the operations team.")
        return project


class AddMilestone(ProjectForms):
    """Adds a milestone."""

    title = "Add a milestone"

    def form(self, record: Project, data: Any = None, files: Any = None) -> forms.BaseForm:
        """What and when."""
        return MilestoneForm(data)

    def save(self, record: Project, form: Any) -> Any:
        """Back to the project."""
        add_milestone(record, form.cleaned_data["what"], form.cleaned_data["due_on"], **self.told())
        return record


class MoveMilestone(ProjectForms):
    """Moves a milestone's date."""

    title = "Move a date"
    lead = "From when, to when and why stay on the project's page."

    def form(self, record: Project, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Which, to when, and why."""
        return MoveForm(record, data)

    def save(self, record: Project, form: Any) -> Any:
        """Back to the project."""
        known = form.cleaned_data
        move(known["milestone"], known["new"], known["reason"], **self.told())
        return record


class ReachMilestone(ProjectForms):
    """Says that a milestone was done."""

    title = "Record a milestone as done"

    def form(self, record: Project, data: Any = None, files: Any = None) -> forms.BaseForm:
        """Which, and on which day."""
        return ReachForm(record, local_day(self.request.at), data)

    def save(self, record: Project, form: Any) -> Any:
        """Back to the project."""
        reach(form.cleaned_data["milestone"], form.cleaned_data["day"], **self.told())
        return record
