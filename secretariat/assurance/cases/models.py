"""What a case holds besides its milestones: where it stood and when, its papers, conditions and moved bookings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.assurance.models import AUDIENCE, Assessment, CaseQuerySet, State
from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated


class OfACase(Classified):
    """Base of what belongs to a case and is read with it: by its party, its assessor, its body, the secretariat."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="%(class)ss")

    owned_by: ClassVar[str] = "assessment__party_id"
    case: ClassVar[str] = "assessment__"
    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A new row is read by those who read the case."""
        if self._state.adding:
            self.classification, self.audience = self.assessment.classification, self.assessment.audience

    def get_absolute_url(self) -> str:
        """The case's page."""
        return self.assessment.get_absolute_url()


class Stage(Dated):
    """Where a case stood, from a day until a day.

    A stage passed through within a day ends on the day before it began: it is in force on no day, and stays told.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="stages")
    standing = models.CharField(max_length=20, choices=State.choices)

    class Meta:
        ordering = ("assessment_id", "from_day", "id")
        indexes = (models.Index(fields=["standing", "from_day", "to_day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(to_day__isnull=True), name="a_case_stands_somewhere_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_standing_display()} from {self.from_day.isoformat()}"

    def clean(self) -> None:
        """Refuses a stage that ends more than a day before it begins."""
        if self.to_day is not None and self.to_day < self.from_day - timedelta(days=1):
            raise ValidationError("A stage ends after it begins.")


class PaperKind(models.TextChoices):
    """What is handed in during a case (SEC-6, SEC-7)."""

    DRAFT = "draft report", "Draft report"
    FINAL = "final report", "Final report"
    RESPONSE = "management response", "Management response"
    PLAN = "remediation plan", "Remediation plan"
    LETTER = "director's letter", "Director's Letter"


class Answer(models.TextChoices):
    """What became of a paper that somebody decides on."""

    NONE = "", "None yet"
    AGREED = "agreed", "Agreed"
    SENT_BACK = "sent back", "Sent back"


class CasePaper(OfACase):
    """One version of a paper of a case: that it came, and what became of it. What it says is Red, and sealed apart."""

    kind = models.CharField(max_length=20, choices=PaperKind.choices)
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=120, blank=True, help_text="Its own number or title, without findings.")
    received_on = models.DateField("received on")
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NONE, blank=True)
    answered_on = models.DateField("answered on", null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was sent back, without findings.")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("received_on", "id")
        constraints = (
            models.UniqueConstraint(fields=["assessment", "kind", "number"], name="one_paper_of_a_kind_and_number"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"


class ConditionState(models.TextChoices):
    """How far a condition of a status has come."""

    OPEN = "open", "To be met"
    OFFERED = "offered", "Evidence sent in"
    MET = "met", "Met"


class Condition(OfACase):
    """A step to which an Assurance Status is subject (SEC-9): what is to be done, not what was found."""

    number = models.PositiveSmallIntegerField(default=0, editable=False)
    text = models.CharField("what is to be done", max_length=300)
    due = models.DateField("to be met by", null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True, editable=False)
    offered_on = models.DateField("evidence sent in on", null=True, blank=True, editable=False)
    met_on = models.DateField("met on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, choices=ConditionState.choices, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("assessment_id", "number")
        constraints = (models.UniqueConstraint(fields=["assessment", "number"], name="one_condition_of_a_number"),)

    def __str__(self) -> str:
        return f"Condition {self.number} of the status of {self.assessment}"

    def get_absolute_url(self) -> str:
        """The condition's page."""
        return reverse("condition", args=[self.pk])


class BookingChange(OfACase):
    """Fieldwork that was moved or cancelled, and the share of the fee that is asked for it (SEC-5)."""

    told_on = models.DateField("told on")
    was = models.DateField("booked for")
    now = models.DateField("moved to", null=True, blank=True, help_text="Empty: cancelled.")
    reason = models.CharField(max_length=200)
    fee_percent = models.PositiveSmallIntegerField(help_text="Share of the fee asked for, in per cent; costs apart.")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("told_on", "id")

    def __str__(self) -> str:
        return f"Moved from {self.was.isoformat()} to {self.now.isoformat()}" if self.now else "Cancelled"
