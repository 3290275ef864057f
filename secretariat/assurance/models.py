"""Security and privacy assessments of Users: one row an assessment, and the milestones that it reached."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance

AUDIENCE = "SSC"
PRIVACY_AUDIENCE = "SECP"
"""The body whose Amber a privacy assessment is: the Panel sets its status (PRV-3)."""
ASSESSOR, PRIVACY_ASSESSOR = "CIO", "IPA"
"""The User CIO and the Independent Privacy Auditor, as the capacities of their people name them."""


class Frame(models.TextChoices):
    """What is assessed: security by Section G8, or privacy by Section I."""

    SECURITY = "security", "Security"
    PRIVACY = "privacy", "Privacy"


class Kind(models.TextChoices):
    """The kinds of security assessment (SEC-2) and of privacy assessment (PRV-1, PRV-4)."""

    FUSA = "FUSA", "Full User Security Assessment"
    VUSA = "VUSA", "Verification User Security Assessment"
    SSA = "SSA", "Security Self-Assessment"
    FOLLOW_UP = "follow-up", "Follow-up assessment"
    FPA = "FPA", "Full Privacy Assessment"
    PRIVACY_SELF = "PSA", "Privacy self-assessment"
    RANDOM_SAMPLE = "RSPA", "Random Sample Privacy Assessment"
    AD_HOC = "ad-hoc", "Privacy assessment after a material change"


PRIVACY_KINDS = (Kind.FPA, Kind.PRIVACY_SELF, Kind.RANDOM_SAMPLE, Kind.AD_HOC)
SELF_ASSESSED = (Kind.SSA, Kind.PRIVACY_SELF)
"""Done by the User itself and reviewed: no booking, validation, fieldwork or report."""


def frame_of(kind: str) -> Frame:
    """What a kind of assessment assesses."""
    return Frame.PRIVACY if kind in PRIVACY_KINDS else Frame.SECURITY


class State(models.TextChoices):
    """Where an assessment stands, in the order of its way (SEC-7)."""

    REQUESTED = "requested", "Requested"
    BOOKED = "booked", "Booked"
    VALIDATED = "validated", "First-stage validation completed"
    FIRST_PHASE = "first phase", "First phase of fieldwork completed"
    FIELDWORK = "fieldwork", "Fieldwork completed"
    DRAFTED = "drafted", "Draft report received"
    REPORTED = "reported", "Report received"
    RESPONDED = "responded", "Management response received"
    PREPARED = "prepared", "Prepared for review"
    DECIDED = "decided", "Status set or reviewed"
    PLANNED = "plan submitted", "Remediation plan submitted"
    REMEDIATION = "remediation", "Remediation plan agreed"
    LETTER_SUBMITTED = "letter submitted", "Director's Letter submitted"
    LETTER = "letter approved", "Director's Letter approved"
    CLOSED = "closed", "Closed"
    CANCELLED = "cancelled", "Cancelled"


ENDED = (State.CLOSED, State.CANCELLED)


class MilestoneKind(models.TextChoices):
    """What an assessment reaches on its way, in order; those that end a review exclude each other (SEC-8, PRV-2)."""

    VALIDATION_1 = "validation_1", "First-stage validation completed"
    FIELDWORK = "fieldwork", "Fieldwork completed"
    REPORT = "report", "Report received"
    PREPARED = "prepared", "Prepared for SSC review"
    ASSURANCE_STATUS = "assurance_status", "Assurance Status set"
    COMPLIANCE_STATUS = "compliance_status", "Compliance Status set"
    PRIVACY_STATUS = "privacy_status", "Privacy status set"
    REVIEWED = "reviewed", "Reviewed"
    DIRECTORS_LETTER = "directors_letter", "Director's Letter approved"


STATUSES = (MilestoneKind.ASSURANCE_STATUS, MilestoneKind.COMPLIANCE_STATUS, MilestoneKind.PRIVACY_STATUS)
OUTCOMES = (*STATUSES, MilestoneKind.REVIEWED)


def outcome_of(kind: str, initial: bool, follows: MilestoneKind | None = None) -> MilestoneKind:
    """What the review of an assessment ends in (SEC-8, PRV-2).

    An initial FUSA is given an Assurance Status, later FUSAs and VUSAs a Compliance Status; self-assessments are
    reviewed; other privacy assessments are given a privacy status. A follow-up ends as the assessment that it follows
    does (SEC-9); one that follows none on record is reviewed.
    """
    if kind == Kind.FUSA:
        return MilestoneKind.ASSURANCE_STATUS if initial else MilestoneKind.COMPLIANCE_STATUS
    if kind == Kind.FOLLOW_UP:
        return follows or MilestoneKind.REVIEWED
    if kind in SELF_ASSESSED:
        return MilestoneKind.REVIEWED
    return MilestoneKind.COMPLIANCE_STATUS if kind == Kind.VUSA else MilestoneKind.PRIVACY_STATUS


class CaseQuerySet(ClassifiedQuerySet):
    """What belongs to a case: the body that assesses reads it too, up to Amber."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and those of the cases of the assessing body that it names."""
        rows = super().cleared_for(cleared)
        if not cleared.audiences:
            return rows
        own = {f"{self.model.case}assessor__in": cleared.audiences, "classification__lte": Class.AMBER}
        return rows | self.filter(**own)


class Assessment(Classified):
    """One assessment of one party: a case. Amber, for the body that sets its status; the party reads its own."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)
    party = models.ForeignKey("register.Party", on_delete=models.PROTECT, related_name="assessments")
    frame = models.CharField(max_length=10, choices=Frame.choices, default=Frame.SECURITY, editable=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    initial = models.BooleanField(default=False, help_text="The party's first Full User Security Assessment.")
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by",
        help_text="The assessment that a follow-up follows.",
    )  # fmt: skip
    scope = models.CharField(max_length=200, blank=True, help_text="The User Roles and systems that are assessed.")
    assessor = models.CharField("assessing body", max_length=20, blank=True, default=ASSESSOR, editable=False)
    opened_on = models.DateField("opened on")
    closed_on = models.DateField("closed on", null=True, blank=True)
    fieldwork_due = models.DateField("fieldwork booked for", null=True, blank=True)
    second_phase_due = models.DateField("second phase booked for", null=True, blank=True)
    status_withdrawn_on = models.DateField("status withdrawn on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, choices=State.choices, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    since: date | None
    """Since when it stands where it does: told by lists and by files that are loaded, and no column."""

    owned_by: ClassVar[str] = "party_id"
    case: ClassVar[str] = ""
    objects: ClassVar[Any] = CaseQuerySet.as_manager()

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
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | Q(kind=Kind.FOLLOW_UP),
                name="only_a_follow_up_follows",
                violation_error_message="Only a follow-up assessment follows another.",
            ),
            models.CheckConstraint(
                condition=Q(frame=Frame.PRIVACY, kind__in=PRIVACY_KINDS)
                | (Q(frame=Frame.SECURITY) & ~Q(kind__in=PRIVACY_KINDS)),
                name="assessment_frame_is_its_kinds",
            ),
        )

    def __str__(self) -> str:
        which = f"Initial {self.kind}" if self.initial else self.kind
        return f"{which} of {self.party}, opened {self.opened_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """The assessment's page."""
        return reverse("assessment", args=[self.pk])

    def clean(self) -> None:
        """Takes the frame from the kind; a new privacy assessment is the Panel's and its auditor's."""
        self.frame = frame_of(self.kind)
        if self._state.adding and self.frame == Frame.PRIVACY:
            self.audience, self.assessor = PRIVACY_AUDIENCE, PRIVACY_ASSESSOR
        before = self.follows
        if before and (before.party_id != self.party_id or before.pk == self.pk):
            raise ValidationError("A follow-up follows another assessment of the same party.")

    @property
    def outcome(self) -> MilestoneKind:
        """What its review ends in."""
        return outcome_of(self.kind, self.initial, self.follows.outcome if self.follows else None)

    @property
    def is_self_assessed(self) -> bool:
        """Whether the User does it itself and sends it in."""
        return self.kind in SELF_ASSESSED

    @property
    def is_two_phased(self) -> bool:
        """Whether its fieldwork is done in two phases (SEC-4)."""
        return self.second_phase_due is not None


class AssessmentMilestone(Classified):
    """One thing that an assessment reached, on a day. `detail` holds a status's value, and no finding (SEC-12)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=20, choices=MilestoneKind.choices)
    day = models.DateField()
    detail = models.CharField(max_length=120, blank=True)

    owned_by: ClassVar[str] = "assessment__party_id"
    case: ClassVar[str] = "assessment__"
    objects: ClassVar[Any] = CaseQuerySet.as_manager()

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


# The parts of the room, so that Django finds their models from here.
from secretariat.assurance.cases import models as cases  # noqa: E402, F401
from secretariat.assurance.framework import models as framework  # noqa: E402, F401
from secretariat.assurance.incidents import models as incidents  # noqa: E402, F401
from secretariat.assurance.observations import models as observations  # noqa: E402, F401
from secretariat.assurance.planning import models as planning  # noqa: E402, F401
from secretariat.assurance.pma import models as pma  # noqa: E402, F401
from secretariat.assurance.privacy import models as privacy  # noqa: E402, F401
