"""The User Entry Process, role by role: where each party stands, and the grid of what it still needs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated
from secretariat.register.entry import UserEntry, UserRole
from secretariat.register.parties import Party

NOT_STARTED, IN_PROGRESS, SUBMITTED, QUERIED, COMPLETE, LIVE, SUSPENDED, ENDED = (
    "not started", "in progress", "evidence submitted", "evidence queried", "complete", "live", "suspended", "ended",
)  # fmt: skip
ENTERING = (NOT_STARTED, IN_PROGRESS, SUBMITTED, QUERIED)
"""Where a party stands that is not a User in the role yet."""
ENTERED = (COMPLETE, LIVE, SUSPENDED)
STANDINGS = (*ENTERING, *ENTERED, ENDED)

OPEN, CONFIRMED, WITHDRAWN, NOT_NEEDED = "open", "confirmed", "withdrawn", "not needed"


class Dispute(models.TextChoices):
    """How far a dispute on whether entry is complete has come (rule UEP-6)."""

    NONE = "", "none"
    PANEL = "panel", "before the Panel"
    PANEL_FOUND = "panel found", "decided by the Panel"
    AUTHORITY = "authority", "before the Authority"
    AUTHORITY_FOUND = "authority found", "decided by the Authority"


class Finding(models.TextChoices):
    """What the Panel or the Authority found in a dispute."""

    COMPLETE = "complete", "The entry is complete"
    INCOMPLETE = "incomplete", "The entry is not complete"


class RoleEntry(Classified):
    """One party's way into one User Role (rules UEP-1, UEP-5)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="role_entries")
    role = models.ForeignKey(UserRole, on_delete=models.PROTECT, related_name="role_entries")
    begun_on = models.DateField(null=True, blank=True)
    evidence = models.CharField("reference of the evidence form", max_length=120, blank=True)
    note = models.TextField("what the party said with the form", blank=True)
    submitted_on = models.DateField("evidence submitted on", null=True, blank=True)
    query = models.TextField(blank=True)
    queried_on = models.DateField(null=True, blank=True)
    dispute = models.CharField(max_length=20, choices=Dispute.choices, default=Dispute.NONE, blank=True)
    finding = models.CharField(max_length=20, choices=Finding.choices, blank=True)
    completed_on = models.DateField(null=True, blank=True)
    completion = models.ForeignKey(
        UserEntry, null=True, blank=True, on_delete=models.PROTECT, related_name="role_entries"
    )
    live_on = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        verbose_name_plural = "role entries"
        ordering = ("party__name", "role__position", "id")
        indexes = (models.Index(fields=["state", "role"]), models.Index(fields=["party", "state"]))
        constraints = (
            models.UniqueConstraint(
                fields=["party", "role"],
                condition=~Q(state=ENDED),
                name="a_party_enters_a_role_once_at_a_time",
                violation_error_message="The party has an entry for this role already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name}: {self.role.name}"

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("role entry", args=[self.pk])


class RoleSpell(Dated):
    """Where a role entry stood, from a day until a day.

    A standing passed through within a day ends on the day before it began: it is in force on no day, and stays told.
    """

    entry = models.ForeignKey(RoleEntry, on_delete=models.CASCADE, related_name="spells")
    standing = models.CharField(max_length=20)

    class Meta:
        ordering = ("entry_id", "from_day", "id")
        indexes = (models.Index(fields=["standing", "from_day", "to_day"]), models.Index(fields=["entry", "from_day"]))
        constraints = (
            models.UniqueConstraint(
                fields=["entry"], condition=Q(to_day__isnull=True), name="a_role_entry_stands_somewhere_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.standing} from {self.from_day.isoformat()}"

    def clean(self) -> None:
        """Refuses a spell that ends more than a day before it begins."""
        if self.to_day is not None and self.to_day < self.from_day - timedelta(days=1):
            raise ValidationError("A standing ends after it begins.")


class Kind(models.TextChoices):
    """The lines of the grid (rule UEP-3)."""

    DETAILS = "party details", "Party with current Party Details"
    USER_ID = "user id", "User ID in its own range, accepted by the DCC"
    SREPT = "srept", "SMKI and Repository Entry Process Tests (SREPT)"
    UEPT = "uept", "User Entry Process Tests (UEPT)"
    SMKI = "smki", "SMKI subscriber and DCC Gateway connection"
    SECURITY = "security", "Initial Full User Security Assessment"
    PRIVACY = "privacy", "Full Privacy Assessment"
    CREDIT = "credit", "Credit Support that the DCC requires"
    SMETS1 = "smets1", "SMETS1 Eligibility Testing"


BASE = tuple(kind for kind in Kind if kind != Kind.SMETS1)
"""What entry is complete with; SMETS1 eligibility is a line of its own (rule UEP-3)."""
PER_ROLE = (Kind.USER_ID, Kind.UEPT, Kind.PRIVACY)
"""Confirmed for each role; every other line is confirmed for the party, and so for all its roles at once."""
DISPENSABLE = (Kind.CREDIT, Kind.SMETS1)
"""What the DCC may say is not needed."""


class Confirmer(models.TextChoices):
    """The bodies that confirm a line of the grid (rule UEP-3)."""

    SECAS = "SECAS", "SECAS"
    DCC = "DCC", "DCC"
    SSC = "SSC", "Security Sub-Committee"
    PANEL = "SECP", "Panel"


AUDIENCES: dict[str, str] = {
    Confirmer.SECAS: "SECP",
    Confirmer.DCC: "DCC",
    Confirmer.SSC: "SSC",
    Confirmer.PANEL: "SECP",
}
"""Whose Amber a line is: that of the body that confirms it."""


class Requirement(Classified):
    """One line of the grid for one role entry: who confirms it, on what evidence, and since when."""

    entry = models.ForeignKey(RoleEntry, on_delete=models.CASCADE, related_name="requirements")
    kind = models.CharField("requirement", max_length=20, choices=Kind.choices)
    confirmer = models.CharField("confirmed by", max_length=10, choices=Confirmer.choices)
    day = models.DateField("confirmed on", null=True, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "entry__party_id"

    class Meta:
        ordering = ("entry_id", "id")
        indexes = (models.Index(fields=["confirmer", "state"]), models.Index(fields=["kind", "state"]))
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "kind"],
                name="a_requirement_stands_once_in_a_grid",
                violation_error_message="This requirement is in the grid already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.entry}"

    def get_absolute_url(self) -> str:
        """The requirement's page."""
        return reverse("entry requirement", args=[self.pk])

    @property
    def is_met(self) -> bool:
        """Whether it no longer stands in the way."""
        return self.state in (CONFIRMED, NOT_NEEDED)


def lacking(entry: RoleEntry) -> list[Any]:
    """The base requirements of an entry that are not met yet, in the order of the grid."""
    rows = {row.kind: row for row in entry.requirements.all()}
    return [kind for kind in BASE if kind not in rows or not rows[kind].is_met]
