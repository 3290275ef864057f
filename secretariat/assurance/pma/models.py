"""What the SMKI PMA watches and decides: certificates of the key infrastructure, recovery, and documents (SEC-40)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.bodies.models import meeting_field
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.plain.dates import instant, long_date

CURRENT, EXPIRING, REPLACED, EXPIRED, REVOKED = "current", "expiring", "replaced", "expired", "revoked"
"""Where a certificate stands."""
OPENED, ADVISED, DECIDED, CARRIED_OUT, CLOSED = "opened", "advised", "decided", "carried out", "closed"
"""Where a recovery stands."""
SUBMITTED, QUERIED, APPROVED, REFUSED, WITHDRAWN = "submitted", "queried", "approved", "refused", "withdrawn"
"""Where a document that is put to the body stands."""
BODY = "SECPMA"
"""The body whose Amber these records are."""
OPERATOR = "DCC"
"""Whose infrastructure it is, as the capacities of its people name it."""


class OfTheInfrastructure(ClassifiedQuerySet):
    """Rows that the operator of the infrastructure reads too, up to Amber."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and all but the Red ones for the operator."""
        rows = super().cleared_for(cleared)
        return rows | self.filter(classification__lte=Class.AMBER) if OPERATOR in cleared.audiences else rows


class CertificateKind(models.TextChoices):
    """What a certificate of the key infrastructure certifies."""

    ORGANISATION_ROOT = "organisation root", "Root of the Organisation Certification Authority"
    ORGANISATION_ISSUING = "organisation issuing", "Issuing Organisation Certification Authority"
    DEVICE_ROOT = "device root", "Root of the Device Certification Authority"
    DEVICE_ISSUING = "device issuing", "Issuing Device Certification Authority"
    RECOVERY = "recovery", "Recovery key"
    CONTINGENCY = "contingency", "Contingency key"
    OTHER = "other", "Other"


class KeyCertificate(Classified):
    """One certificate of the key infrastructure: valid from a day until a day (SEC-40)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=BODY)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=CertificateKind.choices)
    serial = models.CharField("serial number", max_length=40, unique=True, help_text="As the certificate has it.")
    valid_from = models.DateField("valid from")
    expires_on = models.DateField("expires on")
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="replaces"
    )
    ended_on = models.DateField("ended on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfTheInfrastructure.as_manager()

    class Meta:
        ordering = ("expires_on", "id")
        verbose_name = "infrastructure certificate"
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("valid_from")), name="a_key_certificate_expires_after_it_begins",
                violation_error_message="A certificate expires after the day from which it is valid.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}, expires {long_date(self.expires_on)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("infrastructure certificate", args=[self.pk])


class Cause(models.TextChoices):
    """Why recovery is asked for."""

    COMPROMISED = "compromised", "A private key is compromised, or may be"
    LOST = "lost", "A private key is lost"
    UNUSABLE = "unusable", "A private key cannot be used"


class Use(models.TextChoices):
    """What the SMKI PMA decides to use (SEC-40)."""

    RECOVERY = "recovery key", "The recovery key"
    CONTINGENCY = "contingency key", "The contingency key"
    NEITHER = "neither", "Neither: devices are not recovered"


class Recovery(Classified):
    """One case in which it is decided whether a recovery or a contingency key is used (SEC-40)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=BODY)
    title = models.CharField(max_length=200)
    cause = models.CharField(max_length=14, choices=Cause.choices)
    certificate = models.ForeignKey(
        KeyCertificate, null=True, blank=True, on_delete=models.PROTECT, related_name="recoveries"
    )
    text = models.TextField("what happened", max_length=4000)
    opened_at = models.DateTimeField("opened at", null=True, blank=True, editable=False)
    advice = models.CharField("advised", max_length=16, choices=Use.choices, blank=True, editable=False)
    advice_reasons = models.TextField(max_length=4000, blank=True, editable=False)
    use = models.CharField("decided", max_length=16, choices=Use.choices, blank=True, editable=False)
    reasons = models.TextField(max_length=4000, blank=True, editable=False)
    decided_at = models.DateTimeField("decided at", null=True, blank=True, editable=False)
    decided_by = models.CharField("decided by", max_length=20, blank=True, editable=False)
    carried_out_on = models.DateField("carried out on", null=True, blank=True, editable=False)
    closed_on = models.DateField("closed on", null=True, blank=True, editable=False)
    lessons = models.TextField(max_length=4000, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfTheInfrastructure.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        verbose_name = "recovery case"

    def __str__(self) -> str:
        when = f", {instant(self.opened_at)}" if self.opened_at else ""
        return f"{self.title}{when}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("recovery case", args=[self.pk])


class DocumentKind(models.TextChoices):
    """What is put to the SMKI PMA (SEC-40)."""

    POLICY = "certificate policy", "Certificate policy"
    COMPLIANCE = "compliance policy", "Compliance policy"
    RECOVERY = "recovery procedure", "Recovery procedure"
    TESTING = "testing document", "SMKI testing document"
    GUIDANCE = "guidance", "The body's own guidance"
    STANDARDS = "standards review", "Review of standards"


class PmaDocument(Classified):
    """One version of a document that the SMKI PMA approves (SEC-40)."""

    audience = models.CharField(max_length=20, blank=True, default=BODY)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    version = models.CharField(max_length=20, help_text="As printed, such as 1.2.")
    put_by = models.CharField("put by", max_length=100, blank=True, help_text="Who wrote it, such as the DCC.")
    changed = models.TextField("what changed", max_length=2000, blank=True)
    submitted_on = models.DateField("submitted on", null=True, blank=True, editable=False)
    query = models.TextField(max_length=2000, blank=True, editable=False)
    answer = models.TextField(max_length=2000, blank=True, editable=False)
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    meeting = meeting_field()
    reason = models.CharField(max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfTheInfrastructure.as_manager()

    class Meta:
        ordering = ("-submitted_on", "-id")
        verbose_name = "policy authority document"
        constraints = (
            models.UniqueConstraint(
                fields=["title", "version"], condition=~Q(state__in=(REFUSED, WITHDRAWN)),
                name="one_version_of_a_pma_document",
                violation_error_message="This version was put to the body already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("policy authority document", args=[self.pk])
