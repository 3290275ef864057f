"""What was decided on proposals: by the Change Board's ballot, on referral, and by letter of the Authority."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.change.models import Body, Proposal, Stage
from secretariat.change.models import Path as Route
from secretariat.committees.ballots.models import Ballot
from secretariat.core.calendar import calendar
from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import instant, local_day, long_date
from secretariat.register.parties import Party

MADE, NOTIFIED, REFERRED, STANDS, OVERTURNED = "made", "notified", "referred", "stands", "overturned"
WAITS, UPHELD = "referred", "upheld"
"""A referral waits to be heard, or was decided; `OVERTURNED` is its other end."""


class Outcome(models.TextChoices):
    """What a body decided (rules CB-1, DEC-2, DEC-3)."""

    APPROVE = "approve", "Approved"
    REJECT = "reject", "Rejected"
    RECOMMEND_APPROVAL = "recommend approve", "Approval recommended"
    RECOMMEND_REJECTION = "recommend reject", "Rejection recommended"
    SEND_BACK = "send back", "Sent back"


class Letter(Classified):
    """A letter of the Authority, which may decide on several proposals at once (rule DEC-3)."""

    class Says(models.TextChoices):
        """What it says."""

        APPROVE = "approve", "Approves"
        REJECT = "reject", "Rejects"
        SEND_BACK = "send back", "Sends back"

    reference = models.CharField(max_length=80, blank=True, help_text="As the letter has it.")
    dated_on = models.DateField("dated")
    received_on = models.DateField()
    says = models.CharField(max_length=10, choices=Says.choices)
    missing = models.TextField("what is missing", blank=True, help_text="Why it cannot decide, when it sends back.")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("-dated_on", "-id")
        indexes = (models.Index(fields=["says", "dated_on"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(received_on__gte=F("dated_on")),
                name="a_letter_is_received_after_it_is_dated",
                violation_error_message="A letter is not received before its date.",
            ),
            models.CheckConstraint(
                condition=~Q(says="send back") | ~Q(missing=""),
                name="a_send_back_says_what_is_missing",
                violation_error_message="A letter that sends a report back says what is missing (DEC-2).",
            ),
        )

    def __str__(self) -> str:
        return f"Letter of the Authority of {long_date(self.dated_on)}"

    def get_absolute_url(self) -> str:
        """The letter's page."""
        return reverse("letter", args=[self.pk])


@dataclass(frozen=True)
class Window:
    """Until when, and to whom, a decision can be referred; `working` is the count of Working Days in words."""

    to: Body
    closes_at: datetime
    working: str
    implemented_on: date
    implementation_working: str

    def sentence(self) -> str:
        """The deadline in words."""
        return f"It can be referred to the {self.to.label} until {instant(self.closes_at)}."


class Decision(Classified):
    """One decision or recommendation on one proposal or several, or on one solution of a proposal."""

    proposals = models.ManyToManyField(Proposal, related_name="decisions")
    solution = models.ForeignKey(
        "change.Solution", null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    ballot = models.ForeignKey(Ballot, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    body = models.CharField("decided by", max_length=20, choices=Body.choices)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    decided_at = models.DateTimeField()
    notified_on = models.DateField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    conditional_on = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="conditions",
        help_text="The proposal without whose approval this decision has no effect.",
    )  # fmt: skip
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("-decided_at", "-id")
        indexes = (models.Index(fields=["state", "notified_on"]), models.Index(fields=["body", "decided_at"]))
        constraints = (
            models.UniqueConstraint(
                fields=["ballot"],
                name="a_ballot_decides_once",
                violation_error_message="A decision was taken from this ballot already.",
            ),
        )

    def __str__(self) -> str:
        named = ", ".join(self.references()) if self.pk else ""
        return f"{named} {self.get_outcome_display().lower()} by the {self.get_body_display()}".strip()

    def get_absolute_url(self) -> str:
        """The decision's page."""
        return reverse("decision", args=[self.pk])

    def clean(self) -> None:
        """Nobody is told of a decision before it is made. Raises ValidationError."""
        super().clean()
        if self.notified_on is not None and self.notified_on < local_day(self.decided_at):
            raise ValidationError("A decision is not notified before it is made.")

    def references(self) -> list[str]:
        """The labels of the proposals decided on."""
        return [proposal.reference for proposal in self.proposals.all()]

    @property
    def can_be_referred(self) -> bool:
        """Whether it is of the kind that parties may refer: the Change Board's own, under Self-Governance (DEC-1)."""
        own = self.body == Body.CHANGE_BOARD and self.outcome in (Outcome.APPROVE, Outcome.REJECT)
        return own and self.proposals.filter(path=Route.SELF_GOVERNANCE).exists()

    def heard(self) -> Referral | None:
        """The last referral that was decided."""
        found: Referral | None = (
            self.referrals.filter(state__in=(UPHELD, OVERTURNED)).order_by("decided_on", "pk").last()
        )
        return found

    def window(self) -> Window | None:
        """The period in force in which it can be referred, with its working (rules DEC-1, OLD-6).

        None while nobody was told of it, for a decision that is not referred at all, and after the Authority's word.
        """
        heard = self.heard()
        if self.notified_on is None or not self.can_be_referred or (heard and heard.to_body == Body.AUTHORITY):
            return None
        if heard is None or heard.decided_on is None:
            return _window(Body.PANEL, self.notified_on, "referral.window_wd")
        return _window(Body.AUTHORITY, heard.decided_on, "referral.second_window_wd")


def _window(to: Body, start: date, key: str) -> Window:
    days, more = calendar(), RULEBOOK.number("referral.implementation_wd", start)
    counted = days.working(start, RULEBOOK.number(key, start))
    after = days.working(counted.result, more)
    return Window(to, days.closing(counted.result), counted.sentence(), after.result, after.sentence())


class Referral(Classified):
    """One party's referral of a decision to the Panel, or of the Panel's word on it to the Authority (rule DEC-1)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="referrals")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="referrals")
    to_body = models.CharField("referred to", max_length=20, choices=Body.choices, default=Body.PANEL)
    grounds = models.TextField(help_text="Why the decision should be looked at again.")
    received_at = models.DateTimeField()
    decided_on = models.DateField(null=True, blank=True)
    reasons = models.TextField(blank=True)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    owned_by = "party_id"

    class Meta:
        ordering = ("-received_at", "-id")
        indexes = (models.Index(fields=["state", "received_at"]), models.Index(fields=["decision", "state"]))
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "party", "to_body"],
                name="a_party_refers_a_decision_once",
                violation_error_message="This party has referred the decision already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name} refers a decision to the {self.get_to_body_display()}"

    def get_absolute_url(self) -> str:
        """The referral's page."""
        return reverse("referral", args=[self.pk])


def waits(proposal: Proposal, at: datetime) -> str:
    """Why a proposal that was approved is not implemented yet, as a sentence; "" when nothing of a decision stands
    in the way: a period for referral that runs, a referral not heard, a condition not met.
    """
    for decision in proposal.decisions.filter(outcome=Outcome.APPROVE):
        if decision.state == REFERRED:
            return "The approval was referred, and implementation waits until the referral is decided."
        period = decision.window()
        if period is not None and at <= period.closes_at:
            return f"{period.sentence()} Implementation waits until then."
        if not condition_holds(decision):
            return f"It is approved on condition that {decision.conditional_on} is approved as well."
    return ""


def condition_holds(decision: Decision) -> bool:
    """Whether what a decision is conditional on is approved."""
    other = decision.conditional_on
    return other is None or other.state in (Stage.APPROVED, Stage.IMPLEMENTED)
