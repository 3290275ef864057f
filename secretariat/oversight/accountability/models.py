"""What the DCC answers for: schemes that score it, incentive milestones, and the plan of the whole industry."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.bodies.models import meeting_field
from secretariat.core.classification import Class, Classified
from secretariat.core.rulebook import MARKS
from secretariat.oversight.accountability.scoring import Method
from secretariat.oversight.measures.models import Measure
from secretariat.oversight.regions import Region
from secretariat.oversight.who import OperatorReads
from secretariat.plain.dates import long_date

SET, CLAIMED, ACHIEVED, NOT_ACHIEVED = "set", "claimed", "achieved", "not achieved"
"""Where an incentive milestone stands."""
OPEN, REACHED, DROPPED = "open", "reached", "dropped"
"""Where a milestone of the joint plan stands."""
ISSUED, CONSULTED, BASELINED, REJECTED, WITHDRAWN = "issued", "consulted", "baselined", "rejected", "withdrawn"
"""Where a change request to the joint plan stands."""
PERCENT = (MinValueValidator(0), MaxValueValidator(100))


def _white() -> Any:
    return models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)


def _percent(label: str, **more: Any) -> Any:
    return models.DecimalField(label, max_digits=6, decimal_places=3, validators=PERCENT, **more)


class Scheme(Classified):
    """A scheme that scores the DCC in the years from a day until a day, with the revenue that it may lose by it."""

    classification = _white()
    name = models.CharField(max_length=160)
    from_day = models.DateField("from")
    to_day = models.DateField("until", null=True, blank=True)
    at_risk = models.DecimalField(
        "revenue at risk, £", max_digits=12, decimal_places=2, null=True, blank=True, help_text="Empty if not known."
    )
    method = models.CharField(max_length=8, choices=Method.choices, default=Method.LINEAR)
    source = models.CharField(max_length=300, help_text="Where it is taken from.")
    mark = models.CharField("how sure", max_length=30, choices=[(mark, mark) for mark in MARKS])
    note = models.TextField(max_length=2000, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "performance scheme"
        ordering = ("-from_day", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["name", "from_day"], name="one_scheme_of_a_name_from_a_day",
                violation_error_message="This scheme is entered from this day already.",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="a_scheme_ends_after_it_begins",
                violation_error_message="A scheme ends after it begins.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}, from {long_date(self.from_day)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("performance scheme", args=[self.pk])

    @property
    def doubt(self) -> str:
        """How sure we are of it, as a sentence."""
        return MARKS[self.mark]


class SchemePart(Classified):
    """One part of a scheme: what it weighs, and whether a measure's level scores it or the Panel does."""

    classification = _white()
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="parts")
    category = models.CharField(max_length=80, help_text="Such as System performance.")
    name = models.CharField(max_length=160)
    weight = _percent("weight, % of the whole")
    measure = models.ForeignKey(
        Measure, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="Empty where the Panel scores it.",
    )  # fmt: skip
    region = models.CharField(max_length=8, choices=Region.choices, blank=True)
    floor = _percent("scores nothing at, %", null=True, blank=True)
    ceiling = _percent("scores in full at, %", null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "scheme part"
        ordering = ("scheme_id", "category", "id")
        constraints = (
            models.UniqueConstraint(fields=["scheme", "name", "region"], name="one_part_of_a_scheme_of_a_name"),
            models.CheckConstraint(
                condition=Q(measure__isnull=True) | Q(floor__lt=F("ceiling")),
                name="a_scored_part_has_a_floor_and_ceiling",
                violation_error_message="What a measure scores has a floor, and above it a ceiling.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.region}".strip()

    def get_absolute_url(self) -> str:
        """Its scheme's page."""
        return reverse("performance scheme", args=[self.scheme_id])

    def clean(self) -> None:
        """The parts of a scheme weigh no more than the whole."""
        if self.scheme_id is None or self.weight is None:
            return
        others = SchemePart.objects.filter(scheme=self.scheme_id).exclude(pk=self.pk)
        weighed = sum((one.weight for one in others), self.weight)
        if weighed > PERCENT[1].limit_value:
            raise ValidationError({"weight": f"The parts would weigh {weighed.normalize():f} % together."})


class PanelScore(Classified):
    """What the Panel gave the DCC for one question of a part, from 0 to 3."""

    part = models.ForeignKey(SchemePart, on_delete=models.PROTECT, related_name="scores")
    question = models.CharField(max_length=300)
    score = models.PositiveSmallIntegerField(validators=[MaxValueValidator(3)])
    reason = models.TextField(max_length=2000)
    given_on = models.DateField("given on")
    meeting = meeting_field()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "panel score"
        ordering = ("-given_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["part", "question"], name="one_score_of_a_question",
                violation_error_message="This question has its score.",
            ),
            models.CheckConstraint(condition=Q(score__lte=3), name="a_panel_score_is_three_at_most"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.question}: {self.score} of 3"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("panel score", args=[self.pk])


class IncentiveMilestone(Classified):
    """A milestone of a programme by whose day the DCC earns an incentive; the Panel determines whether it was met."""

    reference = models.CharField(max_length=20, help_text="Such as 1A.")
    programme = models.CharField(max_length=160, help_text="Such as DCC Release 2.0.")
    criteria = models.TextField("when it is achieved", max_length=2000, blank=True)
    due_on = models.DateField("due on", null=True, blank=True)
    claimed_on = models.DateField("claimed for", null=True, blank=True, editable=False)
    evidence = models.TextField(max_length=4000, blank=True, editable=False)
    determined_on = models.DateField("determined on", null=True, blank=True, editable=False)
    reason = models.TextField(max_length=2000, blank=True, editable=False)
    meeting = meeting_field()
    source = models.CharField(max_length=200, blank=True, help_text="The published document that tells of it.")
    state = models.CharField(max_length=14, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "incentive milestone"
        ordering = ("due_on", "programme", "reference")
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "reference"], name="one_incentive_milestone_of_a_reference",
                violation_error_message="This milestone of the programme is entered already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.programme} {self.reference}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("incentive milestone", args=[self.pk])


class MilestoneView(Classified):
    """What a body that advises the Panel thinks of a milestone that the DCC claims."""

    milestone = models.ForeignKey(IncentiveMilestone, on_delete=models.CASCADE, related_name="views")
    body = models.CharField(max_length=20)
    achieved = models.BooleanField("recommends that it is achieved")
    reason = models.TextField(max_length=2000)
    meeting = meeting_field()
    given_on = models.DateField("given on")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "view of a milestone"
        verbose_name_plural = "views of milestones"
        ordering = ("milestone_id", "given_on", "id")
        constraints = (models.UniqueConstraint(fields=["milestone", "body"], name="one_view_of_a_body"),)

    def __str__(self) -> str:
        return f"{self.body} on {self.milestone}"

    def get_absolute_url(self) -> str:
        """The milestone's page."""
        return reverse("incentive milestone", args=[self.milestone_id])


class JointMilestone(Classified):
    """A milestone of the joint industry plan; its day moves by a change request alone."""

    classification = _white()
    programme = models.CharField(max_length=160)
    name = models.CharField(max_length=200)
    due_on = models.DateField("due on", null=True, blank=True)
    reached_on = models.DateField("reached on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "joint plan milestone"
        ordering = ("due_on", "programme", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["programme", "name"], name="one_joint_milestone_of_a_name",
                violation_error_message="This milestone of the programme is entered already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.programme}: {self.name}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("joint plan milestone", args=[self.pk])


class PlanChange(Classified):
    """A change request to the joint industry plan: which milestones it moves, and which it adds."""

    classification = _white()
    title = models.CharField(max_length=200)
    why = models.TextField(max_length=4000, blank=True)
    issued_on = models.DateField("issued on", null=True, blank=True, editable=False)
    closes_at = models.DateTimeField("consultation closes at")
    responses = models.PositiveIntegerField(null=True, blank=True, editable=False)
    outcome = models.TextField(max_length=2000, blank=True, editable=False)
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    decided_at = models.CharField("decided at", max_length=120, blank=True, editable=False)
    source = models.CharField(max_length=200, blank=True, help_text="The published document that tells of it.")
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "joint plan change"
        ordering = ("-issued_on", "-id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("joint plan change", args=[self.pk])


class PlanChangeLine(models.Model):
    """One milestone that a change request moves, or adds where it had no day before."""

    change = models.ForeignKey(PlanChange, on_delete=models.CASCADE, related_name="lines")
    milestone = models.ForeignKey(JointMilestone, on_delete=models.PROTECT, related_name="changes")
    was = models.DateField(null=True, blank=True)
    becomes = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("change_id", "becomes", "id")
        constraints = (models.UniqueConstraint(fields=["change", "milestone"], name="one_line_of_a_joint_milestone"),)

    def __str__(self) -> str:
        return f"{self.milestone} by {self.change}"
