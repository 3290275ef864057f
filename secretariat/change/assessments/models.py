"""What is asked for in the course of a proposal, by when, and what came of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.change.documents.models import Document, class_fits
from secretariat.core.calendar import calendar
from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.plain.workdays import OutsideCalendarError, Working

REQUESTED, RETURNED, WITHDRAWN = "requested", "returned", "withdrawn"
RECEIVED, REPLIED, RAISED, DROPPED = "received", "replied", "raised", "dropped"
ASKED, ANSWERED = "asked", "answered"


class AssessmentKind(models.TextChoices):
    """The two assessments of the DCC (NEW-6)."""

    PRELIMINARY = "preliminary", "Preliminary Assessment"
    IMPACT = "impact", "Impact Assessment"


def pounds(low: Decimal | None, high: Decimal | None, about: bool) -> str:
    """A cost as it is told: "about £120,000", "£1,000 to £2,000.50"; "not told" where there is none."""
    if low is None:
        return "not told"
    amounts = [low] if high is None or high == low else [low, high]
    told = " to ".join(f"£{one:,.0f}" if one == one.to_integral_value() else f"£{one:,.2f}" for one in amounts)
    return f"about {told}" if about else told


class Assessment(Classified):
    """One assessment of a proposal by the DCC: asked for, due, revised with agreement, returned (NEW-6)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    proposal = models.ForeignKey("change.Proposal", on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=12, choices=AssessmentKind.choices)
    urgent = models.BooleanField("urgent track", default=False)
    requested_on = models.DateField("requested on", null=True, blank=True, editable=False)
    counts_from = models.DateField("Working Day from which it counts", null=True, blank=True, editable=False)
    due_on = models.DateField("due on", null=True, blank=True, editable=False)
    first_due_on = models.DateField("due on at first", null=True, blank=True, editable=False)
    standard = models.BooleanField("due by the standard timescale", default=False, editable=False)
    asked_due_on = models.DateField("other day asked for", null=True, blank=True, editable=False)
    asked_why = models.CharField("why another day", max_length=300, blank=True, editable=False)
    returned_on = models.DateField("returned on", null=True, blank=True, editable=False)
    cost_low = models.DecimalField("cost, £", max_digits=14, decimal_places=2, null=True, blank=True, editable=False)
    cost_high = models.DecimalField("up to, £", max_digits=14, decimal_places=2, null=True, blank=True, editable=False)
    cost_about = models.BooleanField("told as about", default=False, editable=False)
    cost_note = models.CharField("of the cost", max_length=300, blank=True, editable=False)
    lead_time_months = models.PositiveSmallIntegerField("lead time, months", null=True, blank=True, editable=False)
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="assessments", editable=False
    )
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-requested_on", "-id")
        indexes = (
            models.Index(fields=["proposal", "kind"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["due_on", "kind"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "kind"],
                condition=Q(state="requested"),
                name="one_assessment_of_a_kind_is_awaited",
                violation_error_message="An assessment of this kind is awaited already.",
            ),
            models.CheckConstraint(
                condition=Q(cost_high__isnull=True) | Q(cost_low__isnull=False, cost_high__gte=F("cost_low")),
                name="a_cost_range_rises",
                violation_error_message="The upper end of a cost is not below its lower end.",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True)
                | Q(requested_on__isnull=False, returned_on__gte=F("requested_on")),
                name="an_assessment_returns_after_its_request",
                violation_error_message="Nothing is returned before it was asked for.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal.reference} DCC {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """The assessment's page."""
        return reverse("change assessment", args=[self.pk])

    def clean(self) -> None:
        """Its class fits its proposal's, and its document is the proposal's. Raises ValidationError."""
        super().clean()
        if self.proposal_id is not None:
            class_fits(self, self.proposal)
        if self.document is not None and self.document.proposal_id != self.proposal_id:
            raise ValidationError("The document belongs to another proposal.")

    def is_late(self, on: date) -> bool:
        """Whether it was returned after the day due, or is still out after it; the day due itself is in time."""
        if self.due_on is None or self.state == WITHDRAWN:
            return False
        return (self.returned_on or on) > self.due_on

    def days_late(self, on: date) -> int:
        """Working Days from the day due to the return, or to the day asked about; 0 when it is not late."""
        return working_days_late(self.due_on, self.returned_on or on) if self.is_late(on) else 0

    @property
    def cost(self) -> str:
        """The cost as the DCC told it; "about" is kept as about."""
        return pounds(self.cost_low, self.cost_high, self.cost_about)

    def working(self) -> Working | None:
        """The count that gave the first day due, where the standard timescale did and the calendar reaches it."""
        if not self.standard or self.counts_from is None or self.first_due_on is None:
            return None
        try:
            days = calendar()
            return days.working(self.counts_from, days.count(self.counts_from, self.first_due_on))
        except OutsideCalendarError:
            return None


def working_days_late(due_on: date | None, day: date) -> int:
    """Working Days after the day due, up to a day; calendar days where the calendar does not reach."""
    if due_on is None or day <= due_on:
        return 0
    try:
        return calendar().count(due_on, day)
    except OutsideCalendarError:
        return (day - due_on).days


class Revision(models.Model):
    """One agreed change of the day on which an assessment is due (NEW-6)."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="revisions")
    old_due_on = models.DateField("due before")
    new_due_on = models.DateField("due now")
    agreed_by = models.CharField("agreed by", max_length=100)
    agreed_on = models.DateField("agreed on")
    why = models.CharField(max_length=300)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("agreed_on", "id")

    def __str__(self) -> str:
        return f"{self.old_due_on.isoformat()} becomes {self.new_due_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """The assessment's page."""
        return self.assessment.get_absolute_url()

    @property
    def was_late_already(self) -> bool:
        """Whether the old day had passed when the new one was agreed."""
        return self.agreed_on > self.old_due_on


def awaited(proposal: Any) -> models.QuerySet[Assessment]:
    """The assessments of a proposal that are asked for and not yet returned."""
    found: models.QuerySet[Assessment] = Assessment.objects.filter(proposal=proposal, state=REQUESTED)
    return found


def returned(proposal: Any, kind: str) -> models.QuerySet[Assessment]:
    """The assessments of a kind that the DCC has returned on a proposal."""
    found: models.QuerySet[Assessment] = Assessment.objects.filter(proposal=proposal, kind=kind, state=RETURNED)
    return found


class Idea(Classified):
    """What somebody told us in a problem's words, before anything is raised: it gets a critical-friend reply (NEW-3).

    Whose it is, and how to write to them, is for the secretariat and for the party whose contact told it.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="CSC")
    title = models.CharField(max_length=250)
    text = models.TextField("the problem", max_length=20000)
    from_name = models.CharField("from whom", max_length=200)
    from_email = models.EmailField("their e-mail address", blank=True)
    party = models.ForeignKey("register.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="ideas")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="ideas", editable=False
    )
    submitted_at = models.DateTimeField("submitted at", null=True, blank=True, editable=False)
    counts_from = models.DateField("Working Day from which the reply counts", null=True, blank=True, editable=False)
    reply_due_on = models.DateField("reply due on", null=True, blank=True, editable=False)
    replied_on = models.DateField("replied on", null=True, blank=True, editable=False)
    proposal = models.ForeignKey(
        "change.Proposal", null=True, blank=True, on_delete=models.PROTECT, related_name="ideas", editable=False
    )
    dropped_why = models.CharField("why it was dropped", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-submitted_at", "-id")
        indexes = (models.Index(fields=["state", "reply_due_on"]), models.Index(fields=["submitted_at"]))

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The idea's page."""
        return reverse("idea", args=[self.pk])

    def is_late(self, on: date) -> bool:
        """Whether the reply was given after the day aimed at, or is still to come after it."""
        return self.reply_due_on is not None and (self.replied_on or on) > self.reply_due_on


class Reply(models.Model):
    """A critical-friend reply: what the secretariat says to somebody who thinks of raising a proposal (NEW-3)."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField(max_length=20000)
    due_on = models.DateField()
    given_on = models.DateField()
    recorded = models.DateTimeField()

    class Meta:
        verbose_name_plural = "replies"
        ordering = ("given_on", "id")

    def __str__(self) -> str:
        return f"Reply of {self.given_on.isoformat()} to {self.idea}"

    def get_absolute_url(self) -> str:
        """The idea's page."""
        return self.idea.get_absolute_url()


class InformationRequest(Classified):
    """A question about a proposal to one party, committee or person (NEW-2).

    What is asked of everybody is a consultation. The answer is for the secretariat and for the party that gives it.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="CSC")
    proposal = models.ForeignKey("change.Proposal", on_delete=models.PROTECT, related_name="information_requests")
    party = models.ForeignKey(
        "register.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="information_requests"
    )
    asked_of = models.CharField(
        "asked of", max_length=200, blank=True, help_text="A committee or a person, where it is no party."
    )
    question = models.TextField(max_length=10000)
    asked_on = models.DateField("asked on", null=True, blank=True, editable=False)
    due_on = models.DateField("answer due on", null=True, blank=True)
    answered_on = models.DateField("answered on", null=True, blank=True, editable=False)
    answer = models.TextField(max_length=20000, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-asked_on", "-id")
        indexes = (models.Index(fields=["proposal", "state"]), models.Index(fields=["state", "due_on"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(asked_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("asked_on")),
                name="an_answer_is_due_after_the_question",
                violation_error_message="No answer is due before the question.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal.reference}: asked of {self.asked_of}"

    def get_absolute_url(self) -> str:
        """The request's page."""
        return reverse("information request", args=[self.pk])

    def clean(self) -> None:
        """It says of whom it is asked, and its class fits its proposal's. Raises ValidationError."""
        super().clean()
        if self.party is not None and not self.asked_of:
            self.asked_of = self.party.name
        if not self.asked_of:
            raise ValidationError({"asked_of": "Say of whom it is asked."})
        if self.proposal_id is not None:
            class_fits(self, self.proposal)
