"""What becomes of the models whose certificate ends: the remediation, the plans asked for, and the notice (PRD-21)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.products.models import Certificate, DeviceModel
from secretariat.register.parties import Party

OPENED, PLANS_ASKED, REMOVAL_SET, NOTIFIED, CLOSED = (
    "opened", "plans asked for", "removal set", "parties notified", "closed",
)  # fmt: skip
OPEN = (OPENED, PLANS_ASKED, REMOVAL_SET, NOTIFIED)
"""Where a remediation stands that is not over."""
ASKED, CHASED, ANSWERED, DECLINED = "asked", "chased", "answered", "declined"
UNANSWERED = (ASKED, CHASED)
"""Where a request stands to which nobody has answered."""
BODY = "SSC"
"""The body whose Amber a remediation is."""


class Cause(models.TextChoices):
    """Why the models of a certificate need remediation (PRD-20)."""

    END = "end", "The certificate comes to its end"
    WITHDRAWAL = "withdrawal", "The certificate was withdrawn"


class Outcome(models.TextChoices):
    """How a remediation ended."""

    REMOVED = "removed", "The entries were removed"
    RENEWED = "renewed", "The certificate was renewed"


class Remediation(Classified):
    """What is done about the models that one certificate carries, from opening to removal (PRD-21, PRD-22)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(
        max_length=20, blank=True, default=BODY, help_text="Code of the body whose Amber it is."
    )
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="remediations")
    cause = models.CharField(max_length=10, choices=Cause.choices, editable=False)
    ends_on = models.DateField(
        "certificate ends on", null=True, blank=True, editable=False, help_text="As known when it was opened."
    )
    entries = models.ManyToManyField(DeviceModel, editable=False, related_name="remediations")
    note = models.TextField(max_length=2000, blank=True, help_text="Which devices it is about, and what is at stake.")
    opened_on = models.DateField("opened on", null=True, editable=False)
    removal_on = models.DateField("to be removed on", null=True, blank=True, editable=False)
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    decided_in = models.CharField("decided in", max_length=120, blank=True, editable=False)
    reasons = models.TextField("reasons of the decision", max_length=2000, blank=True, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, editable=False)
    closed_on = models.DateField("closed on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-opened_on", "-id")
        indexes = (models.Index(fields=["state", "removal_on"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(state__in=OPEN), name="one_open_remediation_of_a_certificate",
                violation_error_message="A remediation of this certificate is open already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Remediation of {self.certificate}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("remediation", args=[self.pk])

    def told_of(self, day: date) -> bool:
        """Whether all parties were told that its entries leave the list on a day."""
        return self.notices.filter(removal_on=day).exists()


class PlanRequest(Classified):
    """A supplier asked for its remediation plan, and what it answered (PRD-22)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(
        max_length=20, blank=True, default=BODY, help_text="Code of the body whose Amber it is."
    )
    remediation = models.ForeignKey(Remediation, on_delete=models.PROTECT, related_name="requests")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="plan_requests")
    asked_on = models.DateField("asked on", null=True, editable=False)
    reply_by = models.DateField("to be answered by", null=True, editable=False)
    chased_on = models.DateField("last chased on", null=True, blank=True, editable=False)
    chasers = models.PositiveSmallIntegerField("chasers sent", default=0, editable=False)
    answered_on = models.DateField("answered on", null=True, blank=True, editable=False)
    plan = models.TextField(max_length=5000, blank=True, editable=False)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    devices = models.PositiveIntegerField("devices affected", null=True, blank=True, editable=False)
    completes_on = models.DateField("to be completed by", null=True, blank=True, editable=False)
    refusal = models.TextField("why there is no plan", max_length=2000, blank=True, editable=False)
    returned = models.TextField("why the plan was sent back", max_length=2000, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party"

    class Meta:
        verbose_name = "plan request"
        ordering = ("remediation_id", "party__name")
        indexes = (models.Index(fields=["state", "reply_by"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["remediation", "party"], name="a_party_is_asked_once_for_its_plan",
                violation_error_message="This party is asked for its plan already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Plan of {self.party} for {self.remediation.certificate}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("plan request", args=[self.pk])


class ProgressReport(models.Model):
    """How far a supplier has come with its plan; read where its request is read."""

    request = models.ForeignKey(PlanRequest, on_delete=models.PROTECT, related_name="progress")
    reported_on = models.DateField("reported on")
    remaining = models.PositiveIntegerField("devices still to be upgraded or replaced")
    note = models.CharField(max_length=500, blank=True)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("reported_on", "id")

    def __str__(self) -> str:
        return f"{self.request.party} on {self.reported_on.isoformat()}"


class RemovalNotice(Classified):
    """What all parties are told: which entries leave the list, on which day and why (PRD-21, PRD-24)."""

    remediation = models.ForeignKey(Remediation, on_delete=models.PROTECT, related_name="notices")
    removal_on = models.DateField("to be removed on", editable=False)
    sent_on = models.DateField("sent on", editable=False)
    text = models.TextField(max_length=5000)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "removal notice"
        ordering = ("-sent_on", "-id")

    def __str__(self) -> str:
        return f"Removal of the models of {self.remediation.certificate}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("removal notice", args=[self.pk])
