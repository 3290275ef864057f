"""Faults of registration data that keep installations from working: examples, owners, and what was done."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.oversight.registration_data.points import check
from secretariat.oversight.who import OPERATIONS_GROUP, OperatorReads

RAISED, EXAMINED, OWNED, MENDED, CLOSED = "raised", "being examined", "with its owner", "mended", "closed"
"""Where a fault stands."""


class Fault(models.TextChoices):
    """What is wrong."""

    ADDRESS = "address", "Incomplete or no address"
    SUPPLIER = "supplier", "Wrong supplier registered"
    POINT = "point", "Metering point not registered, or twice"
    NETWORK = "network", "Wrong network registered"
    STATUS = "status", "Wrong status of the supply"
    OTHER = "other", "Other"


class DataIssue(Classified):
    """One kind of fault in registration data, with the examples that show it. Amber: examples name premises."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    title = models.CharField(max_length=200)
    fault = models.CharField("what is wrong", max_length=10, choices=Fault.choices)
    text = models.TextField("what was seen", max_length=4000)
    affects = models.CharField("what it keeps from working", max_length=300, blank=True)
    raised_on = models.DateField("raised on", null=True, blank=True, editable=False)
    cause = models.TextField(max_length=4000, blank=True, editable=False)
    owner = models.CharField(max_length=160, blank=True, editable=False)
    due_on = models.DateField("to be mended by", null=True, blank=True, editable=False)
    mended_on = models.DateField("mended on", null=True, blank=True, editable=False)
    outcome = models.TextField(max_length=4000, blank=True, editable=False)
    source = models.CharField(max_length=200, blank=True, help_text="The published document that tells of it.")
    state = models.CharField(max_length=16, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "registration data issue"
        ordering = ("-raised_on", "-id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("registration data issue", args=[self.pk])


class Example(Classified):
    """One metering point that shows a fault, as a party told it; that party reads its own."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    issue = models.ForeignKey(DataIssue, on_delete=models.PROTECT, related_name="examples")
    party = models.ForeignKey(
        "register.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="told by"
    )
    point = models.CharField(
        "metering point", max_length=13, validators=[check], help_text="An MPAN of 13 digits or an MPRN of 6 to 10."
    )
    note = models.CharField(max_length=300, blank=True)
    told_on = models.DateField("told on")
    mended_on = models.DateField("mended on", null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "example of a data issue"
        verbose_name_plural = "examples of data issues"
        ordering = ("issue_id", "told_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["issue", "point"], name="one_example_of_a_point",
                violation_error_message="This metering point is among the examples already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.point}, {self.issue}"

    def get_absolute_url(self) -> str:
        """The issue's page."""
        return reverse("registration data issue", args=[self.issue_id])
