"""How many devices of a listed device model are installed, as at a day: the population behind its certificates."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Classified, ClassifiedQuerySet
from secretariat.oversight.regions import Region
from secretariat.plain.dates import long_date
from secretariat.products.models import DeviceModel


class DeployedQuerySet(ClassifiedQuerySet):
    """Counts of installed devices; those that a restatement superseded are kept and no longer counted."""

    def current(self) -> Any:
        """The counts that nothing supersedes."""
        return self.filter(superseded_at__isnull=True)


class DeployedCount(Classified):
    """How many devices of one entry of the Central Products List were installed in a region as at a day."""

    entry = models.ForeignKey(DeviceModel, on_delete=models.PROTECT, related_name="deployed")
    region = models.CharField(max_length=8, choices=Region.choices)
    as_at = models.DateField("as at")
    installed = models.PositiveIntegerField()
    recorded = models.DateTimeField(editable=False)
    superseded_at = models.DateTimeField("superseded", null=True, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = DeployedQuerySet.as_manager()

    class Meta:
        verbose_name = "count of installed devices"
        verbose_name_plural = "counts of installed devices"
        ordering = ("-as_at", "entry_id", "region")
        indexes = (models.Index(fields=["entry", "as_at"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "region", "as_at"], condition=Q(superseded_at__isnull=True),
                name="one_count_of_installed_devices_holds",
                violation_error_message="This count is there already: restate it.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entry.entry_id}, {Region(self.region).label}, as at {long_date(self.as_at)}"

    def get_absolute_url(self) -> str:
        """The count's page."""
        return reverse("deployed count", args=[self.pk])
