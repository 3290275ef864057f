"""The records of alerts: what each code means, as dated reference data, and the inventories of devices taken in."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.core.files import StoredFile
from secretariat.core.rulebook import MARKS
from secretariat.oversight.alerts.codes import UnknownCodeError, is_device_code, number, written
from secretariat.oversight.who import OPERATIONS_GROUP, OperatorReads
from secretariat.plain.dates import long_date


class Family(models.TextChoices):
    """What an alert is about."""

    SECURITY = "security", "Security and access"
    TAMPER = "tamper", "Tamper"
    SUPPLY = "supply", "Supply and outage"
    VOLTAGE = "voltage", "Voltage, current and power quality"
    FIRMWARE = "firmware", "Firmware"
    COMMANDS = "commands", "Commands and delivery"
    DEVICE = "device", "The device itself"
    NETWORK = "network", "Devices of the home and their hub"
    ENROLMENT = "enrolment", "Enrolment and credentials"
    OTHER = "other", "Other"


def a_code(text: str) -> None:
    """Refuses what is no alert code, or not in its usual form."""
    try:
        usual = written(number(text))
    except UnknownCodeError as error:
        raise ValidationError(str(error)) from error
    if usual != text:
        raise ValidationError(f"Write it as {usual}.")


class AlertCodeQuerySet(ClassifiedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Codes, asked as at a day and through the one door."""


class AlertCode(Classified, Dated):
    """What a code means from a day until a day, who said so, and how sure we are of it."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    code = models.CharField(max_length=6, validators=[a_code], help_text="Such as 8F3E, N24 or AD1.")
    name = models.CharField("meaning", max_length=200)
    family = models.CharField(max_length=10, choices=Family.choices)
    goes_to = models.CharField(
        "goes to", max_length=120, blank=True, help_text="Who receives it, such as Supplier or Network Operator."
    )
    source = models.CharField(max_length=300, help_text="The document and version that says so.")
    mark = models.CharField(
        "how sure", max_length=30, choices=tuple((mark, mark.capitalize()) for mark in MARKS), default="sourced"
    )
    note = models.CharField(max_length=300, blank=True)

    objects: ClassVar[Any] = AlertCodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "alert code"
        ordering = ("code", "from_day")
        indexes = (models.Index(fields=["code", "from_day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["code", "from_day"], name="a_code_means_one_thing_from_a_day",
                violation_error_message="This code has a meaning from that day already.",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(to_day__isnull=True), name="a_code_means_one_thing_until_further_notice",
                violation_error_message="This code has a meaning until further notice; end that one first.",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="a_meaning_ends_after_it_begins",
                violation_error_message="A meaning ends on or after the day from which it holds.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("alert code", args=[self.pk])

    @property
    def made_by(self) -> str:
        """Who makes such an alert."""
        return "Device" if is_device_code(number(self.code)) else "Central service"

    @property
    def doubt(self) -> str:
        """How sure we are, as a sentence."""
        return MARKS[self.mark]

    def clean(self) -> None:
        """Refuses days on which the code means something else already."""
        first: date | None = self.from_day
        if first is None:
            return
        others = AlertCode.objects.filter(code=self.code).exclude(pk=self.pk).overlapping(first, self.to_day)
        if other := others.first():
            raise ValidationError(f"On some of these days the code means: {other.name}. End that meaning first.")


class DeviceInventory(Classified):
    """One file of the devices of the estate that was taken in; the rows themselves lie in measurement data."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    as_of = models.DateField("as of", unique=True, help_text="The day up to which the file tells of devices.")
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    rows = models.PositiveBigIntegerField(default=0, editable=False)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "device inventory"
        ordering = ("-as_of", "-id")

    def __str__(self) -> str:
        return f"Devices as of {long_date(self.as_of)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("device inventory", args=[self.pk])
