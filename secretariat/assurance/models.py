"""Security assessments of Users: one row an assessment, and the milestones that it reached."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified

AUDIENCE = "SSC"


class Kind(models.TextChoices):
    """The kinds of security assessment (SEC-2)."""

    FUSA = "FUSA", "Full User Security Assessment"
    VUSA = "VUSA", "Verification User Security Assessment"
    SSA = "SSA", "Security Self-Assessment"
    FOLLOW_UP = "follow-up", "Follow-up assessment"


class State(models.TextChoices):
    """Where an assessment stands (SEC-7)."""

    REQUESTED = "requested", "Requested"
    BOOKED = "booked", "Booked"
    VALIDATED = "validated", "First-stage validation completed"
    FIELDWORK = "fieldwork", "Fieldwork completed"
    REPORTED = "reported", "Report received"
    PREPARED = "prepared", "Prepared for SSC review"
    DECIDED = "decided", "Status set or reviewed"
    LETTER = "letter approved", "Director's Letter approved"
    CLOSED = "closed", "Closed"


class MilestoneKind(models.TextChoices):
    """What an assessment reaches on its way, in order; the three that end a review exclude each other (SEC-8)."""

    VALIDATION_1 = "validation_1", "First-stage validation completed"
    FIELDWORK = "fieldwork", "Fieldwork completed"
    REPORT = "report", "Report received"
    PREPARED = "prepared", "Prepared for SSC review"
    ASSURANCE_STATUS = "assurance_status", "Assurance Status set"
    COMPLIANCE_STATUS = "compliance_status", "Compliance Status set"
    REVIEWED = "reviewed", "Reviewed"
    DIRECTORS_LETTER = "directors_letter", "Director's Letter approved"


OUTCOMES = (MilestoneKind.ASSURANCE_STATUS, MilestoneKind.COMPLIANCE_STATUS, MilestoneKind.REVIEWED)


def outcome_of(kind: str, initial: bool) -> MilestoneKind:
    """What the review of an assessment ends in (SEC-8).

    An initial FUSA is given an Assurance Status, later FUSAs and VUSAs a Compliance Status; Security Self-Assessments
    are reviewed. Which status follows a follow-up is not documented, so follow-ups are reviewed.
    """
    if kind == Kind.FUSA:
        return MilestoneKind.ASSURANCE_STATUS if initial else MilestoneKind.COMPLIANCE_STATUS
    return MilestoneKind.COMPLIANCE_STATUS if kind == Kind.VUSA else MilestoneKind.REVIEWED


class Assessment(Classified):
    """One security assessment of one party. Amber, for the SSC; the party reads its own."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)
    party = models.ForeignKey("register.Party", on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    initial = models.BooleanField(default=False, help_text="The party's first Full User Security Assessment.")
    opened_on = models.DateField("opened on")
    closed_on = models.DateField("closed on", null=True, blank=True)
    fieldwork_due = models.DateField("fieldwork booked for", null=True, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-opened_on", "id")
        indexes = (models.Index(fields=["kind", "state"]), models.Index(fields=["opened_on", "closed_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["party", "kind", "opened_on"],
                name="one_assessment_of_a_kind_a_day",
                violation_error_message="An assessment of this kind was opened for this party on this day.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="assessment_closed_after_opened",
                violation_error_message="An assessment cannot be closed before it was opened.",
            ),
            models.CheckConstraint(
                condition=Q(initial=False) | Q(kind=Kind.FUSA),
                name="only_a_fusa_is_initial",
                violation_error_message="Only a Full User Security Assessment can be the initial one.",
            ),
        )

    def __str__(self) -> str:
        which = f"Initial {self.kind}" if self.initial else self.kind
        return f"{which} of {self.party}, opened {self.opened_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """The assessment's page."""
        return reverse("assessment", args=[self.pk])

    @property
    def outcome(self) -> MilestoneKind:
        """What its review ends in."""
        return outcome_of(self.kind, self.initial)


class AssessmentMilestone(Classified):
    """One thing that an assessment reached, on a day. `detail` holds a status's value, and no finding (SEC-12)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=20, choices=MilestoneKind.choices)
    day = models.DateField()
    detail = models.CharField(max_length=120, blank=True)

    owned_by: ClassVar[str] = "assessment__party_id"

    class Meta:
        ordering = ("day", "id")
        indexes = (models.Index(fields=["kind", "day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "kind"],
                name="one_milestone_of_a_kind",
                violation_error_message="This assessment has already reached this milestone.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.day.isoformat()}: {self.assessment}"

    def get_absolute_url(self) -> str:
        """The assessment's page."""
        return reverse("assessment", args=[self.assessment_id])
