"""Projects of the administration: what each is to deliver, by when, and why a date moved."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.core.schemes import Heading
from secretariat.plain.dates import long_date

PROPOSED, UNDER_WAY, PAUSED, DONE, STOPPED = "proposed", "under way", "paused", "done", "stopped"
RUNNING = (PROPOSED, UNDER_WAY, PAUSED)


class Project(Classified):
    """One project; its days are booked under its driver."""

    title = models.CharField(max_length=120, unique=True)
    purpose = models.TextField(blank=True)
    lead = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="projects_led")
    driver = models.ForeignKey(Heading, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    planned_days = models.PositiveIntegerField(null=True, blank=True, help_text="Working days that it is to take.")
    started_on = models.DateField(null=True, blank=True, editable=False)
    ended_on = models.DateField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=12, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The project's page."""
        return reverse("project", args=[self.pk])


class ProjectMilestone(models.Model):
    """One thing that a project is to reach, and by when."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="milestones")
    what = models.CharField(max_length=200)
    due_on = models.DateField("due")
    done_on = models.DateField("done on", null=True, blank=True, editable=False)
    recorded = models.DateTimeField(editable=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["project", "what"], name="one_project_milestone_of_a_name",
                violation_error_message="The project has this milestone already: move its date.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.what}: {self.told}"

    @property
    def told(self) -> str:
        """Its date in words."""
        return f"done on {long_date(self.done_on)}" if self.done_on else long_date(self.due_on)


class MilestoneMove(models.Model):
    """One move of a milestone's date, and why."""

    milestone = models.ForeignKey(ProjectMilestone, on_delete=models.PROTECT, related_name="moves")
    old = models.DateField("from")
    new = models.DateField("to")
    reason = models.CharField(max_length=300)
    moved_on = models.DateField()
    recorded = models.DateTimeField(editable=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("moved_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(old=models.F("new")), name="a_move_goes_somewhere",
                violation_error_message="The date is this day already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{long_date(self.old)} became {long_date(self.new)}"
