"""Days worked, by driver (rule CHG-10): who worked on what, on which day, in hundredths of a working day."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.schemes import Heading
from secretariat.effort.weeks.grid import monday_of
from secretariat.effort.weeks.models import CLOSED, WeekSheet
from secretariat.plain.dates import long_date
from secretariat.plain.rounding import half_up

DRIVERS = "effort drivers"
"""The subject of the schemes whose headings are drivers."""


class DayEntry(Classified):
    """What one worker spent on one driver on one day; a worker without a person is known by a code."""

    worker = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="day_entries")
    worker_code = models.CharField(
        max_length=40, blank=True, help_text="For somebody who does not sign in: the code on the timesheet."
    )
    driver = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="day_entries")
    day = models.DateField()
    hundredths = models.PositiveSmallIntegerField(help_text="Hundredths of a working day.")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        verbose_name_plural = "day entries"
        ordering = ("-day", "id")
        indexes = (models.Index(fields=["day", "driver"]),)
        constraints = (
            models.CheckConstraint(condition=Q(hundredths__gt=0), name="days_worked_above_nought"),
            models.CheckConstraint(
                condition=Q(worker__isnull=False, worker_code="") | (Q(worker__isnull=True) & ~Q(worker_code="")),
                name="a_worker_or_a_code",
                violation_error_message="Name either a person or a code on the timesheet, not both and not neither.",
            ),
            models.UniqueConstraint(
                fields=["worker", "day", "driver"],
                condition=Q(worker__isnull=False),
                name="one_entry_of_a_person",
                violation_error_message="This person has booked this driver on this day already: amend that entry.",
            ),
            models.UniqueConstraint(
                fields=["worker_code", "day", "driver"],
                condition=Q(worker__isnull=True),
                name="one_entry_of_a_code",
                violation_error_message="This worker has booked this driver on this day already: amend that entry.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.who}, {long_date(self.day)}, {self.driver}"

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("day entry", args=[self.pk])

    @property
    def who(self) -> str:
        """The worker's name, or the code on the timesheet."""
        return str(self.worker) if self.worker else self.worker_code

    @property
    def days(self) -> str:
        """The time as days with two decimals."""
        return f"{half_up(self.hundredths, 2)}"

    def clean(self) -> None:
        """Raises ValidationError for a driver not in force on the day, or for more than a day can hold."""
        if None in (self.driver_id, self.day, self.hundredths):
            return
        if not drivers_on(self.day).filter(pk=self.driver_id).exists():
            raise ValidationError({"driver": f"This driver is not in force on {long_date(self.day)}."})
        self._clean_week()
        others = DayEntry.objects.filter(worker=self.worker, worker_code=self.worker_code, day=self.day)
        booked = others.exclude(pk=self.pk).aggregate(models.Sum("hundredths"))["hundredths__sum"] or 0
        limit = RULEBOOK.number("effort.day_limit", self.day)
        if booked + self.hundredths > limit:
            raise ValidationError({"hundredths": too_much(booked + self.hundredths, limit)})

    def _clean_week(self) -> None:
        """A closed week takes no other days, and gives none away."""
        before = DayEntry.objects.filter(pk=self.pk).values_list("worker", "day") if self.pk else ()
        for worker, day in {(self.worker_id, self.day), *before}:
            if WeekSheet.objects.filter(worker=worker, monday=monday_of(day), state=CLOSED).exists():
                raise ValidationError({"day": closed_week(day)})


def drivers_on(day: date) -> models.QuerySet[Heading]:
    """The drivers of the scheme in force on a day."""
    until = Q(scheme__to_day__isnull=True) | Q(scheme__to_day__gte=day)
    return Heading.objects.filter(until, scheme__subject=DRIVERS, scheme__from_day__lte=day)


def closed_week(day: date) -> str:
    """The sentence that refuses a day of a closed week."""
    return f"The week of {long_date(day)} is closed: reopen it first, and say why."


def too_much(hundredths: int, limit: int) -> str:
    """The sentence that refuses more than a person may book on one day."""
    return f"That makes {half_up(hundredths, 2)} days on one day; at most {half_up(limit, 2)} can be booked."


# The parts of the room, so that Django finds their models from here.
from secretariat.effort.budget import models as budget  # noqa: E402, F401
from secretariat.effort.expenses import models as expenses  # noqa: E402, F401
from secretariat.effort.procurement import models as procurement  # noqa: E402, F401
from secretariat.effort.projects import models as projects  # noqa: E402, F401
