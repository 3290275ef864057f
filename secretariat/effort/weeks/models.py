"""The week of one worker: whether it is still filled in, or closed."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.effort.weeks.grid import days_of, monday_of
from secretariat.plain.dates import long_date

OPEN, CLOSED = "open", "closed"


class WeekSheet(Classified):
    """One week of one worker. Its days are the day entries themselves; a closed week takes no other ones."""

    worker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="week_sheets")
    monday = models.DateField("week from")
    note = models.CharField(max_length=200, blank=True, help_text="Such as leave, where no day is booked.")
    closed_on = models.DateField(null=True, blank=True, editable=False)
    chased_on = models.DateField("last chased on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        verbose_name = "week sheet"
        ordering = ("-monday", "id")
        indexes = (models.Index(fields=["state", "monday"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["worker", "monday"],
                name="one_sheet_of_a_week",
                violation_error_message="This worker has a sheet of this week already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.worker}, week from {long_date(self.monday)}"

    def get_absolute_url(self) -> str:
        """The sheet's page."""
        return reverse("week sheet", args=[self.pk])

    @property
    def days(self) -> tuple[date, ...]:
        """Its seven days."""
        return days_of(self.monday)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.monday + timedelta(days=6)

    def clean(self) -> None:
        """Raises ValidationError where the week begins on another day than a Monday."""
        if self.monday != monday_of(self.monday):
            raise ValidationError({"monday": "A week begins on a Monday."})
