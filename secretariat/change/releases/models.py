"""What a release holds: its scope, the days to which it moved, requests to move it, and what else must happen."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.change.models import Body, Proposal, Release
from secretariat.change.releases.states import ALLOWED, ASKED, REMOVED
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.plain.dates import long_date


class OfRelease(ClassifiedQuerySet):
    """Rows that are read only where their release may be read."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, with their release."""
        return super().cleared_for(cleared).filter(release__in=Release.objects.cleared_for(cleared))


class OfProposal(OfRelease):
    """Rows that are read only where their proposal, too, may be read."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, with their release and their proposal."""
        return super().cleared_for(cleared).filter(proposal__in=Proposal.objects.cleared_for(cleared))


class ReleaseItem(Classified):
    """One modification, or one part of it, in the scope of one release (REL-3, REL-5)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="items")
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="release_items")
    part = models.CharField(max_length=120, blank=True, help_text="Which part, if not the whole modification.")
    points = models.PositiveIntegerField(
        "effort points", null=True, blank=True, help_text="Needed where the capacity of the release is told in points."
    )
    targeted_on = models.DateField("targeted on", null=True, blank=True, editable=False)
    approved_on = models.DateField("approved on", null=True, blank=True, editable=False)
    baselined_on = models.DateField("baselined on", null=True, blank=True, editable=False)
    implemented_on = models.DateField("implemented on", null=True, blank=True, editable=False)
    removed_on = models.DateField("removed on", null=True, blank=True, editable=False)
    why_removed = models.CharField("why removed", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfProposal.as_manager()

    class Meta:
        ordering = ("release", "proposal__number", "proposal__suffix", "part", "id")
        indexes = (models.Index(fields=["release", "state"]), models.Index(fields=["proposal", "state"]))
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "part"],
                condition=~Q(state=REMOVED),
                name="a_part_is_in_one_release",
                violation_error_message="This is in the scope of a release already; remove it there, or move it.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} in {self.release}"

    @property
    def what(self) -> str:
        """The modification's label, with the part where it is one."""
        return f"{self.proposal.reference} ({self.part})" if self.part else self.proposal.reference

    def get_absolute_url(self) -> str:
        """The item's page."""
        return reverse("release item", args=[self.pk])


class MoveRequest(Classified):
    """A request of the Panel to the Authority to move the day of a release after approval (REL-4)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="move_requests")
    wanted_for = models.DateField("day wished for", null=True, blank=True)
    reason = models.CharField(max_length=300)
    letter = models.CharField("letter or meeting", max_length=120, blank=True, help_text="Where it was asked.")
    asked_on = models.DateField("asked on", null=True, blank=True, editable=False)
    answered_on = models.DateField("answered on", null=True, blank=True, editable=False)
    answer = models.CharField("letter of the Authority", max_length=120, blank=True, editable=False)
    window_until = models.DateField("window until", null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfRelease.as_manager()

    class Meta:
        ordering = ("-asked_on", "-id")
        indexes = (models.Index(fields=["release", "state"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["release"],
                condition=Q(state=ASKED),
                name="one_open_move_request",
                violation_error_message="The Authority has not answered the last request about this release yet.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ALLOWED) | Q(window_until__isnull=False),
                name="a_leave_to_move_has_a_window",
                violation_error_message="The Authority's leave says until when.",
            ),
        )

    def __str__(self) -> str:
        return f"Request to move the {self.release}"

    def get_absolute_url(self) -> str:
        """The request's page."""
        return reverse("move request", args=[self.pk])


class GoLiveMove(models.Model):
    """One day set for a release: the first, or another one, with who set it and why."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="moves")
    old = models.DateField("from", null=True, blank=True)
    new = models.DateField("to")
    moved_on = models.DateField("decided on")
    moved_by = models.CharField("decided by", max_length=20, choices=Body.choices, blank=True)
    why = models.CharField(max_length=300, blank=True)
    source = models.CharField("letter or meeting", max_length=120, blank=True)
    request = models.ForeignKey(MoveRequest, null=True, blank=True, on_delete=models.PROTECT, related_name="moves")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("release", "id")
        indexes = (models.Index(fields=["moved_on"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(old__isnull=True) | ~Q(old=F("new")),
                name="a_move_is_to_another_day",
                violation_error_message="A release moves to another day than the one it has.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.release} to {long_date(self.new)}"

    def get_absolute_url(self) -> str:
        """The release's page."""
        return self.release.get_absolute_url()


class Milestone(Classified):
    """Something else that must happen for a release: a document, a changes proposal, or another thing with a day."""

    class Kind(models.TextChoices):
        """What must happen (REL-3, REL-6)."""

        TESTING_APPROACH = "testing approach", "Testing approach document"
        IMPLEMENTATION_DOCUMENT = "implementation document", "Implementation document"
        SUPPORTING_CHANGES = "supporting changes", "Supporting changes proposal"
        OTHER = "other", "Other"

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    what = models.CharField("what", max_length=120, blank=True, help_text="In a few words; needed for another thing.")
    version = models.CharField(max_length=20, blank=True, help_text="Of a document, such as v1.0.")
    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="milestones",
        help_text="The proposal that makes the supporting changes.",
    )  # fmt: skip
    owner = models.CharField("who has it", max_length=80, blank=True, help_text="Such as DCC, TAG or SECAS.")
    due_on = models.DateField("due on", null=True, blank=True)
    done_on = models.DateField("done on", null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfRelease.as_manager()

    class Meta:
        ordering = ("release", "due_on", "done_on", "id")
        indexes = (models.Index(fields=["release", "kind"]), models.Index(fields=["done_on", "due_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["release", "kind", "what", "version"],
                name="one_milestone_of_a_name",
                violation_error_message="The release has this milestone already; give its version or other words.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(what=""),
                name="another_milestone_says_what",
                violation_error_message="Say what must happen.",
            ),
            models.CheckConstraint(
                condition=Q(proposal__isnull=True) | Q(kind="supporting changes"),
                name="only_supporting_changes_are_a_proposal",
                violation_error_message="Only supporting changes are made by a proposal.",
            ),
        )

    def __str__(self) -> str:
        return " ".join(part for part in (self.what or self.get_kind_display(), self.version) if part)

    def get_absolute_url(self) -> str:
        """The milestone's page."""
        return reverse("milestone", args=[self.pk])


def targets(proposal: Proposal) -> models.QuerySet[ReleaseItem]:
    """The releases to which a proposal was ever targeted, in the order in which that happened."""
    rows: models.QuerySet[ReleaseItem] = ReleaseItem.objects.filter(proposal=proposal)
    return rows.exclude(state="").select_related("release", "proposal").order_by("targeted_on", "pk")
