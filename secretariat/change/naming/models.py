"""What proposals are called, what they split into, the solutions they carry, and the issues that lead to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified

PROPOSED, APPROVED, REJECTED, IMPLEMENTED, TAKEN_BACK = (
    "proposed", "approved", "rejected", "implemented", "taken back",
)  # fmt: skip
RAISED, AGREED, BUNDLED, NOT_AGREED = "raised", "agreed", "bundled", "not agreed"
OPEN, LED_ON, CLOSED = "open", "led to a proposal", "closed"


class Label(models.Model):
    """A label that a proposal had from a day on; an old label finds its proposal for ever (MOD-1)."""

    text = models.CharField("label", max_length=10)
    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="labels")
    from_day = models.DateField("from")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("from_day", "id")
        indexes = (models.Index(fields=["text"]),)
        constraints = (
            models.UniqueConstraint(fields=["text", "proposal"], name="a_label_is_given_to_a_proposal_once"),
        )

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return str(self.proposal.get_absolute_url())


class Split(Classified):
    """One proposal became separate modifications that live apart, each with its letter (MOD-3)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    reference = models.CharField("label before the split", max_length=10, unique=True)
    number = models.PositiveIntegerField(unique=True)
    split_on = models.DateField()
    reason = models.CharField(max_length=300)
    recorded = models.DateTimeField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-split_on", "-number")

    def __str__(self) -> str:
        return f"{self.reference}, split"

    def get_absolute_url(self) -> str:
        """The page that names its parts."""
        return reverse("split proposal", args=[self.reference])


class Solution(Classified):
    """One of the competing solutions within one modification: voted on apart, at most one implemented (MOD-5)."""

    class Kind(models.TextChoices):
        """Whose solution it is."""

        PROPOSED = "proposed", "Proposed Solution"
        ALTERNATIVE = "alternative", "Alternative Solution"

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="solutions")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PROPOSED)
    letter = models.CharField(max_length=1, blank=True, help_text="Of an alternative; it is given at entry.")
    title = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    raised_by = models.CharField("raised by", max_length=200, blank=True)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("proposal_id", "letter", "id")
        indexes = (models.Index(fields=["proposal", "state"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "letter"],
                name="one_solution_of_a_letter",
                violation_error_message="The proposal has a solution of this letter.",
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(state=IMPLEMENTED),
                name="one_solution_is_implemented",
                violation_error_message="At most one solution of a modification is implemented.",
            ),
            models.CheckConstraint(
                condition=Q(kind="proposed", letter="") | Q(kind="alternative") & ~Q(letter=""),
                name="an_alternative_has_a_letter",
                violation_error_message="An alternative has a letter, and the proposed solution has none.",
            ),
        )

    def __str__(self) -> str:
        what = self.get_kind_display() + (f" {self.letter}" if self.letter else "")
        return f"{self.proposal.reference} {what}: {self.title}"

    def get_absolute_url(self) -> str:
        """The solution's page."""
        return reverse("solution", args=[self.pk])


class Issue(Classified):
    """Something that does not work, told before anybody proposes a change (NEW-2)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    number = models.PositiveIntegerField(unique=True, help_text="In the issues' own sequence.")
    title = models.CharField(max_length=250)
    text = models.TextField("what does not work", blank=True)
    raised_by = models.CharField("told by", max_length=200)
    raised_on = models.DateField("told on")
    proposal = models.ForeignKey(
        "change.Proposal", null=True, blank=True, on_delete=models.PROTECT, related_name="issues", editable=False
    )
    outcome = models.CharField(max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-number",)
        indexes = (models.Index(fields=["state", "raised_on"]),)

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """Its label."""
        return f"ISSUE{self.number:03d}"

    def get_absolute_url(self) -> str:
        """The issue's page."""
        return reverse("issue", args=[self.number])


class IssueResolution(Classified):
    """An Issue Resolution Proposal on a technical specification, bundled into a modification once agreed (IRP-3).

    Until it is settled for which versions of the specification it is meant, `applies_to_versions` is empty (IRP-4).
    """

    class Category(models.IntegerChoices):
        """What it changes (IRP-2)."""

        SYSTEMS = 1, "1: changes DCC Systems"
        TESTING = 2, "2: no change to DCC Systems, but the DCC's service providers must test"
        DOCUMENTS = 3, "3: documents only"

    class Document(models.TextChoices):
        """The technical specification that it is raised against (IRP-1)."""

        GBCS = "GBCS", "Great Britain Companion Specification"
        SMETS = "SMETS", "Smart Metering Equipment Technical Specifications"
        CHTS = "CHTS", "Communications Hub Technical Specifications"

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    number = models.PositiveIntegerField(unique=True, help_text="In the IRPs' own sequence, such as 550.")
    title = models.CharField(max_length=250)
    document = models.CharField(max_length=5, choices=Document.choices)
    category = models.PositiveSmallIntegerField(choices=Category.choices)
    applies_to_versions = models.CharField(
        "applies to versions", max_length=200, blank=True,
        help_text="Such as “GBCS 3.2 and 4.0”; empty while it is open whether earlier versions are meant too.",
    )  # fmt: skip
    raised_on = models.DateField("raised on", null=True, blank=True)
    proposal = models.ForeignKey(
        "change.Proposal", null=True, blank=True, on_delete=models.PROTECT, related_name="issue_resolutions",
        verbose_name="bundled into", editable=False,
    )  # fmt: skip
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-number",)
        verbose_name = "issue resolution proposal"
        indexes = (models.Index(fields=["state", "category"]), models.Index(fields=["raised_on"]))
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=BUNDLED) | Q(proposal__isnull=False),
                name="a_bundled_resolution_names_its_proposal",
                violation_error_message="A bundled resolution names the modification that carries it.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def reference(self) -> str:
        """Its label, such as IRP550 (MOD-6)."""
        return f"IRP{self.number}"

    def clean(self) -> None:
        """Its number is one. Raises ValidationError."""
        super().clean()
        if self.number == 0:
            raise ValidationError({"number": "Numbers begin at 1."})

    def get_absolute_url(self) -> str:
        """The resolution's page."""
        return reverse("issue resolution", args=[self.number])


def forebears(proposal: Any) -> Iterator[tuple[Any, date]]:
    """The proposals from which this one was split off, nearest first, each with the last day that it inherits.

    What was written of a forebear until that day (documents, sessions, assessments) is inherited by the part (MOD-3).
    """
    part = proposal
    while part.split_from is not None and part.split_off_on is not None:
        yield part.split_from, part.split_off_on
        part = part.split_from
