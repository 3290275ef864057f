"""The maintenance of the central service: when it is planned, announced, moved and held (Section H8)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Classified
from secretariat.oversight.regions import Region
from secretariat.oversight.who import OperatorReads
from secretariat.plain.dates import instant

ANNOUNCED, HELD, CANCELLED = "announced", "held", "cancelled"
"""Where a window of maintenance stands."""
WHOLE = "The whole service"
"""What a window affects that names no part."""


class WindowKind(models.TextChoices):
    """Whether it was planned."""

    PLANNED = "planned", "Planned"
    UNPLANNED = "unplanned", "Unplanned"


class MaintenanceWindow(Classified):
    """One window in which a part of the central service is maintained."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=WindowKind.choices, default=WindowKind.PLANNED)
    region = models.CharField(
        "part of the service", max_length=8, choices=Region.choices, blank=True,
        help_text="Empty for the whole service.",
    )  # fmt: skip
    affects = models.CharField(max_length=300, blank=True, help_text="What Users cannot do meanwhile.")
    starts_at = models.DateTimeField("starts at")
    ends_at = models.DateTimeField("ends at")
    announced_at = models.DateTimeField("announced at", null=True, blank=True, editable=False)
    moved = models.PositiveSmallIntegerField("times moved", default=0, editable=False)
    started_at = models.DateTimeField("started at", null=True, blank=True, editable=False)
    ended_at = models.DateTimeField("ended at", null=True, blank=True, editable=False)
    outcome = models.TextField(max_length=2000, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "maintenance window"
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="maintenance_ends_after_it_starts",
                violation_error_message="Maintenance ends after it starts.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}, {instant(self.starts_at)}"

    @property
    def part(self) -> str:
        """The part of the service, in words."""
        return self.get_region_display() or WHOLE

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("maintenance window", args=[self.pk])
