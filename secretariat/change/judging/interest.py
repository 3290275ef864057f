"""Which Sub-Committees asked to be kept informed of a proposal, and what they said of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.change.judging.models import OfProposal


class SubCommittee(models.TextChoices):
    """The Sub-Committees whose view of proposals is asked for, by the codes of their meetings (NEW-2, GOV-21)."""

    TABASC = "TABASC", "TABASC"
    SSC = "SSC", "SSC"
    SMKI_PMA = "SECPMA", "SMKI PMA"
    OPSG = "OPSG", "OPSG"
    TAG = "TAG", "TAG"


class Interest(OfProposal):
    """One Sub-Committee's wish to be kept informed of one proposal, from a day until a day (GOV-21)."""

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="interests")
    body = models.CharField("Sub-Committee", max_length=12, choices=SubCommittee.choices)
    asked_on = models.DateField("asked on")
    until = models.DateField(null=True, blank=True, help_text="Empty: until further notice.")
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("proposal_id", "body", "-asked_on")
        indexes = (models.Index(fields=["body", "until"]), models.Index(fields=["asked_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "body"], condition=Q(until__isnull=True), name="one_interest_at_a_time",
                violation_error_message="This Sub-Committee is kept informed already.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("asked_on")), name="an_interest_ends_after_it_begins",
                violation_error_message="An interest does not end before it begins.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_body_display()} is kept informed of {self.proposal.reference}"

    def get_absolute_url(self) -> str:
        """The interest's page."""
        return reverse("interest", args=[self.pk])


class SubCommitteeView(OfProposal):
    """What a Sub-Committee said of a proposal at a meeting; its class is that of what it said."""

    proposal = models.ForeignKey("change.Proposal", on_delete=models.CASCADE, related_name="sub_committee_views")
    body = models.CharField("Sub-Committee", max_length=12, choices=SubCommittee.choices)
    said_on = models.DateField("said on")
    meeting = models.CharField("reference of the meeting", max_length=20, blank=True, help_text="As SSC_94_1202.")
    words = models.TextField("what it said", max_length=5000)

    owned_by: ClassVar[str] = ""

    class Meta:
        ordering = ("-said_on", "-id")
        indexes = (models.Index(fields=["proposal", "body", "said_on"]), models.Index(fields=["said_on"]))

    def __str__(self) -> str:
        return f"{self.get_body_display()} on {self.proposal.reference}, {self.said_on.isoformat()}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("sub-committee view", args=[self.pk])


def informed_on(proposal: Any, day: Any) -> models.QuerySet[Interest]:
    """The Sub-Committees that are kept informed of a proposal on a day."""
    begun: models.QuerySet[Interest] = Interest.objects.filter(proposal=proposal, asked_on__lte=day)
    return begun.filter(Q(until__isnull=True) | Q(until__gte=day))
