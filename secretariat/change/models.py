"""Proposals to change the code, the stages they pass through, and the releases that implement them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated
from secretariat.core.rulebook import RULEBOOK, UnknownRule
from secretariat.plain.references import Prefix, ProposalReference

OLD_SHAPE = "old"


class Stage(models.TextChoices):
    """Where a proposal stands (NEW-1, NEW-2); under the old shape in Development until the Panel first considers it."""

    DEVELOPMENT = "development", "Development Stage"
    REFINEMENT = "refinement", "Refinement Process"
    REPORT = "report", "Report Phase"
    DECISION = "decision", "Awaiting decision"
    APPROVED = "approved", "Pending implementation"
    IMPLEMENTED = "implemented", "Implemented"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"


OPEN_STAGES = (Stage.DEVELOPMENT, Stage.REFINEMENT, Stage.REPORT, Stage.DECISION)
"""The stages in which a proposal is open: raised, and neither decided nor withdrawn (REP-1)."""


class Path(models.TextChoices):
    """Who decides, and by which test (OLD-4)."""

    AUTHORITY_LED = "authority-led", "Path 1: Authority-led"
    AUTHORITY = "authority", "Path 2: Authority determined"
    SELF_GOVERNANCE = "self-governance", "Path 3: Self-Governance"
    FAST_TRACK = "fast-track", "Fast-Track"


class Raiser(models.TextChoices):
    """In which capacity somebody raises a proposal (MOD-10)."""

    PARTY = "party", "A party"
    CONSUMER = "consumer", "Citizens Advice or Citizens Advice Scotland"
    AUTHORITY = "authority", "The Authority"
    DCC = "dcc", "The DCC, at the Authority's direction"
    DESIGNATED = "designated", "A person designated for the charging methodology"
    PANEL = "panel", "The Panel"


class Body(models.TextChoices):
    """Who decides on a proposal."""

    PANEL = "SECP", "Panel"
    CHANGE_SUB_COMMITTEE = "CSC", "Change Sub-Committee"
    CHANGE_BOARD = "SECCB", "Change Board"
    AUTHORITY = "Authority", "Authority"


def is_old_shape(raised_on: date) -> bool:
    """Whether a proposal raised on a day follows the process from before 1 November 2018 (MOD-1, OLD-5)."""
    return RULEBOOK.text("change.shape", raised_on) == OLD_SHAPE


def label(number: int, suffix: str, raised_on: date, converted_on: date | None) -> str:
    """The label of a proposal: SECMP for ever if raised before 1 November 2018, else DP until converted, then MP.

    Raises UnreadableReferenceError for a number or suffix that no label has (MOD-1 to MOD-3).
    """
    prefix: Prefix = "SECMP" if is_old_shape(raised_on) else "MP" if converted_on else "DP"
    return str(ProposalReference(number, prefix, suffix))


class Release(Classified):
    """A release of the code, and what it implements (REL-3)."""

    class Kind(models.TextChoices):
        """What a release changes."""

        DOCUMENT_ONLY = "document-only", "Document-only"
        SYSTEM = "system", "DCC System impacting"

    class Unit(models.TextChoices):
        """What the capacity of a release is counted in."""

        MODIFICATIONS = "modifications", "Modifications"
        POINTS = "points", "Effort points"

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    name = models.CharField(max_length=80, unique=True)
    go_live_on = models.DateField("goes live on")
    planned_for = models.DateField("first planned for", null=True, blank=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    capacity = models.PositiveIntegerField(null=True, blank=True, help_text="What it can take; empty where not told.")
    capacity_unit = models.CharField("capacity in", max_length=20, choices=Unit.choices, default=Unit.MODIFICATIONS)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-go_live_on", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The release's page."""
        return reverse("release", args=[self.pk])


class Proposal(Classified):
    """A proposal to change the code, from a Draft Proposal to its implementation."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    number = models.PositiveIntegerField(help_text="In the one sequence for all time.")
    suffix = models.CharField(max_length=1, blank=True, help_text="The letter, if it was split.")
    reference = models.CharField(max_length=10, unique=True)
    title = models.CharField(max_length=250)
    proposer = models.ForeignKey(
        "register.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="proposals"
    )
    proposer_name = models.CharField("proposer's name", max_length=200, blank=True)
    raised_on = models.DateField("raised on")
    converted_on = models.DateField("converted on", null=True, blank=True)
    state = models.CharField(max_length=20, choices=Stage.choices, blank=True, editable=False)
    path = models.CharField(max_length=20, choices=Path.choices, blank=True)
    recommendation = models.CharField(max_length=10, blank=True, help_text="The Change Board's, to the Authority.")
    on_hold = models.BooleanField(default=False)
    release = models.ForeignKey(
        Release,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="proposals",
        verbose_name="implemented by",
    )
    raised_as = models.CharField("raised as", max_length=20, choices=Raiser.choices, blank=True)
    report_approved_on = models.DateField("Modification Report approved on", null=True, blank=True, editable=False)
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_parts", editable=False
    )
    split_off_on = models.DateField("split off on", null=True, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-number", "suffix")
        indexes = (
            models.Index(fields=["state", "number"]),
            models.Index(fields=["raised_on"]),
            models.Index(fields=["proposer_name"]),
            models.Index(fields=["number"], condition=Q(on_hold=True), name="change_proposal_on_hold"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["number", "suffix"],
                name="one_proposal_of_a_number",
                violation_error_message="This number is taken; numbers are never used again.",
            ),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=9999), name="proposal_number_of_four_digits"),
            models.CheckConstraint(
                condition=Q(converted_on__isnull=True) | Q(converted_on__gte=models.F("raised_on")),
                name="converted_after_raised",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}" if self.reference else self.title

    def get_absolute_url(self) -> str:
        """The proposal's page; its older labels lead there too."""
        return reverse("proposal", args=[self.reference])

    def clean(self) -> None:
        """The label is the one that number, era and conversion give. Raises ValidationError."""
        super().clean()
        if None in (self.number, self.raised_on):
            return
        try:
            right = label(self.number, self.suffix, self.raised_on, self.converted_on)
        except (UnknownRule, ValueError) as error:
            raise ValidationError(str(error)) from error
        if self.reference != right:
            raise ValidationError(f"The label of this proposal is {right}, not {self.reference or 'none'}.")


class StageSpell(Dated):
    """One stage of one proposal, from a day until a day.

    A stage passed through within a day ends on the day before it began: it is in force on no day, and stays told.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="spells")
    stage = models.CharField(max_length=20, choices=Stage.choices)
    decided_by = models.CharField("decided by", max_length=20, choices=Body.choices, blank=True)

    class Meta:
        ordering = ("from_day", "id")
        indexes = (
            models.Index(fields=["proposal", "from_day"]),
            models.Index(fields=["stage", "from_day", "to_day"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(to_day__isnull=True),
                name="one_stage_at_a_time",
                violation_error_message="A proposal is in one stage at a time.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_stage_display()} from {self.from_day.isoformat()}"

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return self.proposal.get_absolute_url()

    def clean(self) -> None:
        """Stages of one proposal never overlap, and none ends before it began. Raises ValidationError."""
        super().clean()
        if self.to_day is not None and self.to_day < self.from_day - timedelta(days=1):
            raise ValidationError("A stage cannot end before it began.")
        if self.to_day is not None and self.to_day < self.from_day:
            return
        others: Any = StageSpell.objects.filter(proposal_id=self.proposal_id).exclude(pk=self.pk)
        lasting = others.exclude(to_day__lt=models.F("from_day"))
        if lasting.overlapping(self.from_day, self.to_day).exists():
            raise ValidationError("The proposal is in another stage on some of these days.")


# The parts of the room, so that they are known with it.
from secretariat.change.assessments import models as assessments  # noqa: E402, F401
from secretariat.change.decision import models as decision  # noqa: E402, F401
from secretariat.change.documents import models as documents  # noqa: E402, F401
from secretariat.change.judging import models as judging  # noqa: E402, F401
from secretariat.change.naming import models as naming  # noqa: E402, F401 - Django finds models from here
from secretariat.change.raising import models as raising  # noqa: E402, F401
from secretariat.change.releases.models import GoLiveMove, Milestone, MoveRequest, ReleaseItem  # noqa: E402, F401
from secretariat.change.sessions import models as sessions  # noqa: E402, F401
from secretariat.change.standing import models as standing  # noqa: E402, F401
