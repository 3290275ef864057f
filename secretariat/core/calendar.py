"""The working-day calendar of this administration: the statutory holidays and the proclaimed extras."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from secretariat.core.classification import Classified
from secretariat.plain.workdays import Calendar, Holiday, default_calendar


class ProclaimedHoliday(Classified):
    """A bank holiday proclaimed since the data file was made; adding one moves every open deadline."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.name} ({self.day.isoformat()})"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("proclaimed holiday", args=[self.pk])


def calendar() -> Calendar:
    """The calendar in force now, extras included (rules WD-1, WD-2)."""
    extras = [Holiday(row.day, row.name, row.source) for row in ProclaimedHoliday.objects.all()]
    return default_calendar().plus(extras)
