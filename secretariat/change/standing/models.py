"""The status of a proposal, apart from its stage: on hold, urgent, overtaken, adopted; who proposes it, for when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated

ASKED, RECOMMENDED, URGENT, NOT_URGENT = "asked", "recommended", "urgent", "not urgent"


class Hold(Dated):
    """A spell in which a proposal is on hold: who put it on hold, why, and since when."""

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="holds")
    held_by = models.CharField("put on hold by", max_length=100)
    reason = models.CharField(max_length=300)
    resumed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("from_day", "id")
        indexes = (models.Index(fields=["proposal", "from_day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(to_day__isnull=True), name="one_hold_at_a_time",
                violation_error_message="The proposal is on hold already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"On hold from {self.from_day.isoformat()}: {self.reason}"

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return str(self.proposal.get_absolute_url())


class Relation(Classified):
    """How one proposal stands to another."""

    class Kind(models.TextChoices):
        """What the first is to the second."""

        OVERTAKEN = "overtaken", "is overtaken by"
        SUPERSEDED = "superseded", "is superseded by"
        DEPENDS = "depends", "depends on"
        SUPPORTS = "supports", "is the supporting changes of"
        SAME_EFFECT = "same effect", "has the same effect as"

    REVERSED = {
        Kind.OVERTAKEN: "overtakes",
        Kind.SUPERSEDED: "supersedes",
        Kind.DEPENDS: "is needed by",
        Kind.SUPPORTS: "has its supporting changes in",
        Kind.SAME_EFFECT: "has the same effect as",
    }

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    other = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="related_from")
    from_day = models.DateField("since")
    note = models.CharField(max_length=300, blank=True)
    recorded = models.DateTimeField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("proposal_id", "kind", "id")
        indexes = (models.Index(fields=["kind", "from_day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "kind", "other"], name="a_relation_is_told_once",
                violation_error_message="This is recorded already.",
            ),
            models.CheckConstraint(
                condition=~Q(proposal=F("other")), name="no_proposal_is_related_to_itself",
                violation_error_message="A proposal is not related to itself.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposal.reference} {self.get_kind_display()} {self.other.reference}"

    def get_absolute_url(self) -> str:
        """The relation's page."""
        return reverse("relation", args=[self.pk])

    def clean(self) -> None:
        """Of two proposals only one is overtaken by or dependent on the other. Raises ValidationError."""
        super().clean()
        if self.kind == self.Kind.SAME_EFFECT or self.proposal_id is None or self.other_id is None:
            return
        if Relation.objects.filter(kind=self.kind, proposal_id=self.other_id, other_id=self.proposal_id).exists():
            raise ValidationError("The same is recorded the other way round.")


class ProposerSpell(Dated):
    """Who proposes a proposal, from a day until a day; whoever adopts a withdrawn one becomes its Proposer (OLD-8)."""

    class How(models.TextChoices):
        """How it became the Proposer."""

        RAISED = "raised", "Raised it"
        ADOPTED = "adopted", "Adopted it"
        TOOK_OVER = "took over", "Took it over"

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="proposer_spells")
    party = models.ForeignKey(
        "register.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="proposer_spells"
    )
    name = models.CharField(max_length=200)
    how = models.CharField(max_length=12, choices=How.choices)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("from_day", "id")
        indexes = (models.Index(fields=["proposal", "from_day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(to_day__isnull=True), name="one_proposer_at_a_time",
                violation_error_message="A proposal has one Proposer at a time.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} ({self.get_how_display().lower()} on {self.from_day.isoformat()})"

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return str(self.proposal.get_absolute_url())


class TargetSpell(Dated):
    """The release at which a proposal aims, from a day until a day, and by whom that was set (REL-4)."""

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="targets")
    release = models.ForeignKey("change.Release", on_delete=models.PROTECT, related_name="targets")
    set_by = models.CharField("set by", max_length=100)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("from_day", "id")
        indexes = (models.Index(fields=["proposal", "from_day"]), models.Index(fields=["release", "from_day"]))
        constraints = (
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(to_day__isnull=True), name="one_target_at_a_time",
                violation_error_message="A proposal aims at one release at a time.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.release} from {self.from_day.isoformat()}"

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return str(self.proposal.get_absolute_url())


class Urgency(Classified):
    """That a proposal is urgent: its Proposer asks, the Panel recommends, the Authority determines (OLD-9, DEC-4)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="urgencies")
    statement = models.TextField("why it is urgent")
    asked_on = models.DateField(null=True, blank=True, editable=False)
    panel_says = models.BooleanField("the Panel recommends urgency", null=True, blank=True, editable=False)
    recommended_on = models.DateField(null=True, blank=True, editable=False)
    determined_on = models.DateField(null=True, blank=True, editable=False)
    reason = models.CharField("the Authority's reason", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-asked_on", "-id")
        verbose_name_plural = "urgencies"
        indexes = (models.Index(fields=["state", "asked_on"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(state__in=(ASKED, RECOMMENDED, URGENT)), name="one_urgency_at_a_time",
                violation_error_message="Urgency has been asked for already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Urgency of {self.proposal.reference}"

    def get_absolute_url(self) -> str:
        """The request's page."""
        return reverse("urgency", args=[self.pk])


class UrgentDate(models.Model):
    """One date of an urgent proposal's own timetable, which replaces the standard one (OLD-9)."""

    class Milestone(models.TextChoices):
        """What is done by the day."""

        REFINEMENT = "refinement", "Refinement Process ends"
        REPORT = "report", "Modification Report is issued"
        CONSULTATION = "consultation", "Modification Report Consultation closes"
        VOTE = "vote", "Change Board votes"
        AUTHORITY = "authority", "Authority decides"
        IMPLEMENTATION = "implementation", "Implemented"

    urgency = models.ForeignKey(Urgency, on_delete=models.CASCADE, related_name="dates")
    milestone = models.CharField(max_length=16, choices=Milestone.choices)
    due_on = models.DateField("due on")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("due_on", "id")
        constraints = (models.UniqueConstraint(fields=["urgency", "milestone"], name="one_urgent_date_of_a_milestone"),)

    def __str__(self) -> str:
        return f"{self.get_milestone_display()}: {self.due_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """The request's page."""
        return self.urgency.get_absolute_url()


class Adoption(models.Model):
    """The window after a withdrawal in which any party may adopt the proposal and become its Proposer (OLD-8)."""

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="adoptions")
    stage = models.CharField("stage in which it was withdrawn", max_length=20)
    withdrawn_on = models.DateField()
    reason = models.CharField(max_length=300, blank=True)
    closes_on = models.DateField("open to adoption until", help_text="Until 17:00 on this day.")
    ended_on = models.DateField("adopted or closed on", null=True, blank=True)
    adopted_by = models.ForeignKey(
        ProposerSpell, null=True, blank=True, on_delete=models.PROTECT, related_name="adoptions"
    )
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("withdrawn_on", "id")
        indexes = (models.Index(fields=["ended_on", "closes_on"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(ended_on__isnull=True), name="one_adoption_window_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal.reference}, open to adoption until {self.closes_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return str(self.proposal.get_absolute_url())


class Part(Classified):
    """One of several parts in which a modification is implemented, each on its own day (MOD-4, REL-5)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=120, help_text="Such as “part 2” or the documents it changes.")
    release = models.ForeignKey("change.Release", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    planned_for = models.DateField("planned for", null=True, blank=True)
    implemented_on = models.DateField("implemented on", null=True, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("proposal_id", "implemented_on", "id")
        indexes = (models.Index(fields=["implemented_on"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "name"], name="one_part_of_a_name",
                violation_error_message="The modification has a part of this name.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.proposal.reference}, {self.name}"

    def get_absolute_url(self) -> str:
        """The part's page."""
        return reverse("part", args=[self.pk])


class InitialReport(models.Model):
    """The Initial Modification Report, with which the Panel first considers a proposal of the old shape (OLD-3)."""

    proposal = models.OneToOneField("change.Proposal", on_delete=models.CASCADE, related_name="initial_report")
    panel_on = models.DateField("Panel considers it on")
    papers_on = models.DateField("paper day")
    form_in_by = models.DateField("form in by")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("-panel_on", "-id")

    def __str__(self) -> str:
        return f"Initial Modification Report of {self.proposal.reference}"

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return str(self.proposal.get_absolute_url())


class Advice(models.Model):
    """What the Change Sub-Committee (at first the Panel) said of a Draft Proposal (NEW-4, NEW-5)."""

    class Kind(models.TextChoices):
        """What it advises."""

        CONVERT = "convert", "Convert it"
        DEVELOP = "develop", "Develop it further"
        INFORMATION = "information", "Send out a request for information"
        WORKSHOP = "workshop", "Hold a workshop"

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="advice")
    body = models.CharField("said by", max_length=20)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    said_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("said_on", "id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.said_on.isoformat()})"

    def get_absolute_url(self) -> str:
        """The proposal's page."""
        return str(self.proposal.get_absolute_url())


def urgent_dates(proposal: Any) -> dict[str, date]:
    """The timetable of a proposal that the Authority determined to be urgent, by milestone; empty for all others."""
    rows = UrgentDate.objects.filter(urgency__proposal=proposal, urgency__state=URGENT)
    return dict(rows.values_list("milestone", "due_on"))
