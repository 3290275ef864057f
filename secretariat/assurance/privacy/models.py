"""What belongs to privacy besides its assessments: notified changes of processes, and draws of random samples."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.plain.dates import long_date

NOTIFIED, MATERIAL, APPROVED, REFUSED, WITHDRAWN = "notified", "material", "approved", "refused", "withdrawn"
"""Where a notified change stands."""
AUDIENCE, ASSESSOR = "SECP", "IPA"
"""Whose Amber these records are: the Panel's, and its Independent Privacy Auditor's."""


class OfTheAuditor(ClassifiedQuerySet):
    """Rows that the Independent Privacy Auditor reads too, up to Amber."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and all but the Red ones for the auditor."""
        rows = super().cleared_for(cleared)
        return rows | self.filter(classification__lte=Class.AMBER) if ASSESSOR in cleared.audiences else rows


class PrivacyChange(Classified):
    """A change to its privacy processes for which an Other User asks approval (PRV-4)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)
    party = models.ForeignKey("register.Party", on_delete=models.PROTECT, related_name="privacy_changes")
    clause = models.CharField("process under", max_length=20, help_text="The clause of Section I, such as I1.3.")
    title = models.CharField(max_length=200)
    text = models.TextField("what changes", max_length=4000)
    planned_for = models.DateField("planned for", null=True, blank=True)
    notified_on = models.DateField("notified on", null=True, blank=True, editable=False)
    material_on = models.DateField("found material on", null=True, blank=True, editable=False)
    assessment = models.OneToOneField(
        "assurance.Assessment", null=True, blank=True, editable=False, on_delete=models.PROTECT,
        related_name="privacy_change",
    )  # fmt: skip
    decided_on = models.DateField("outcome on", null=True, blank=True, editable=False)
    reason = models.CharField(max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = OfTheAuditor.as_manager()

    class Meta:
        ordering = ("-notified_on", "-id")
        verbose_name = "privacy change"
        indexes = (models.Index(fields=["party", "state"]),)

    def __str__(self) -> str:
        when = f", {long_date(self.notified_on)}" if self.notified_on else ""
        return f"{self.title}{when}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("privacy change", args=[self.pk])


class SampleDraw(Classified):
    """One draw of Users for Random Sample Privacy Assessments, which anybody who has its words can repeat (PRV-1)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)
    number = models.PositiveSmallIntegerField("how many", help_text="Users to be assessed.")
    words = models.CharField(
        max_length=200, help_text="Anything that nobody could choose to suit a User, such as a published figure."
    )
    drawn_on = models.DateField("drawn on", null=True, blank=True, editable=False)
    among = models.JSONField(default=list, editable=False)
    assessments: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "assurance.Assessment", related_name="draws", editable=False
    )
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfTheAuditor.as_manager()

    class Meta:
        ordering = ("-drawn_on", "-id")
        verbose_name = "random sample"

    def __str__(self) -> str:
        when = f", {long_date(self.drawn_on)}" if self.drawn_on else ""
        return f"Random sample of {self.number}{when}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("random sample", args=[self.pk])
