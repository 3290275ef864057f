"""Notices of security incidents and vulnerabilities, and the advisories that are made of them (SEC-15)."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.plain.dates import instant, long_date

REPORTED, ACKNOWLEDGED, ASSESSED, SHARED, CLOSED = "reported", "acknowledged", "assessed", "shared", "closed"
"""Where a notice stands."""


class NoticeKind(models.TextChoices):
    """What a User notifies (SEC-15)."""

    INCIDENT = "incident", "Security incident"
    VULNERABILITY = "vulnerability", "Vulnerability"


class Severity(models.TextChoices):
    """How grave it is found to be; a setting of this administration, since no scale was seen."""

    CRITICAL = "critical", "Critical"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class Advisory(Classified):
    """What Users are told of an incident or a vulnerability, with nothing by which its notifier could be known."""

    title = models.CharField(max_length=200)
    text = models.TextField(max_length=8000)
    severity = models.CharField(max_length=10, choices=Severity.choices)
    issued_on = models.DateField("issued on")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-issued_on", "-id")
        verbose_name = "security advisory"
        verbose_name_plural = "security advisories"

    def __str__(self) -> str:
        return f"{self.title}, {long_date(self.issued_on)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("security advisory", args=[self.pk])


class SecurityNotice(Classified):
    """One notice by a User of an incident or a vulnerability: Red, for the people it names and nobody else."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.RED)
    party = models.ForeignKey("register.Party", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=NoticeKind.choices)
    clause = models.CharField("notified under", max_length=20)
    title = models.CharField(max_length=200)
    text = models.TextField("what happened", max_length=8000)
    found_at = models.DateTimeField("found at", help_text="When the User became aware of it: as 2020-02-17 14:30.")
    keys_compromised = models.BooleanField(
        "a key is compromised", default=False, help_text="Then the chair of the SMKI PMA reads this too."
    )
    reported_at = models.DateTimeField("reported at", null=True, blank=True, editable=False)
    reported_by = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    acknowledged_at = models.DateTimeField("acknowledged at", null=True, blank=True, editable=False)
    assessed_on = models.DateField("assessed on", null=True, blank=True, editable=False)
    severity = models.CharField(max_length=10, choices=Severity.choices, blank=True, editable=False)
    assessment = models.TextField(max_length=4000, blank=True, editable=False)
    advisory = models.OneToOneField(
        Advisory, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    reminded_on = models.DateField("reminded on", null=True, blank=True, editable=False)
    closed_on = models.DateField("closed on", null=True, blank=True, editable=False)
    outcome = models.TextField(max_length=2000, blank=True, editable=False)
    state = models.CharField(max_length=14, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = ""

    class Meta:
        ordering = ("-reported_at", "-id")
        verbose_name = "security notice"
        indexes = (models.Index(fields=["state"]),)

    def __str__(self) -> str:
        when = f", {instant(self.reported_at)}" if self.reported_at else ""
        return f"{self.get_kind_display()}: {self.title}{when}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("security notice", args=[self.pk])

    def clean(self) -> None:
        """A notice is never read by others than the people it names. Raises ValidationError."""
        if self.classification != Class.RED:
            raise ValidationError({"classification": "A notice of an incident or a vulnerability is Red."})
