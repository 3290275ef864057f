"""The register of what was taken into measurement data: the rows themselves do not lie in the database."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.oversight.who import OPERATIONS_GROUP, OperatorReads
from secretariat.plain.months import Month


class Clock(models.TextChoices):
    """The clock of times that name no offset."""

    UNIVERSAL = "UTC", "Universal Time"
    LONDON = "Europe/London", "The clock on the wall in London"


def nothing() -> list[str]:
    """No finding."""
    return []


class AlertExtract(Classified):
    """One file of alerts that was taken in: of which month or day, how many rows, and what was told of them."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    month = models.DateField(help_text="Its first day.")
    day = models.DateField(null=True, blank=True, help_text="Empty for a whole month.")
    clock = models.CharField(max_length=20, choices=Clock.choices, default=Clock.UNIVERSAL)
    restates = models.BooleanField(
        "restates what is there", default=False, help_text="What was taken in of the same days is replaced."
    )
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    sha256 = models.CharField(
        "hash of the file", max_length=64, unique=True, editable=False,
        error_messages={"unique": "The same file was taken in before."},
    )  # fmt: skip
    rows = models.PositiveBigIntegerField("messages", default=0, editable=False)
    findings = models.JSONField(default=nothing, editable=False)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "alert extract"
        ordering = ("-month", "-day", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(day__isnull=True) | Q(day__gte=models.F("month")),
                name="a_day_of_alerts_lies_in_its_month",
                violation_error_message="The day lies in another month.",
            ),
        )

    def clean(self) -> None:
        """Refuses a day of another month. Raises ValidationError."""
        if self.day and Month.of(self.day) != Month.of(self.month):
            raise ValidationError({"day": "The day lies in another month."})

    def __str__(self) -> str:
        return f"Alerts of {self.day:%d %B %Y}" if self.day else f"Alerts of {Month.of(self.month).label}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("alert extract", args=[self.pk])
