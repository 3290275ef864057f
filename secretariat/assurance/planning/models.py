"""Planning: assessors and their time, the bookings of fieldwork, and providers whose systems several Users share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.assurance.models import ASSESSOR, AUDIENCE, PRIVACY_ASSESSOR, CaseQuerySet
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.core.dated import Dated
from secretariat.plain.dates import long_date

ASKED, BOOKED, HELD, CANCELLED = "asked", "booked", "held", "cancelled"
OPEN = (ASKED, BOOKED)
BODIES = ((ASSESSOR, "User CIO"), (PRIVACY_ASSESSOR, "Independent Privacy Auditor"))


class AssessorQuerySet(ClassifiedQuerySet):
    """Assessors are read by their own body too."""

    def cleared_for(self, cleared: Clearance) -> Any:
        """The rows that a clearance opens, and those of the assessing bodies that it names."""
        rows = super().cleared_for(cleared)
        return rows | self.filter(body__in=cleared.audiences, classification__lte=Class.AMBER)


class Assessor(Classified):
    """One who does one fieldwork at a time: an assessor, or a team that works together. Amber: names of people."""

    name = models.CharField(max_length=120, unique=True)
    body = models.CharField("assessing body", max_length=20, choices=BODIES, default=ASSESSOR)
    note = models.CharField(max_length=200, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)

    objects: ClassVar[Any] = AssessorQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The assessor's page."""
        return reverse("assessor", args=[self.pk])


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
        name=name,
        violation_error_message="It ends before it begins.",
    )


class AssessorCapacity(Dated):
    """How many days a week an assessor gives to fieldwork, from a day until a day."""

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="capacities")
    days_a_week = models.PositiveSmallIntegerField(
        "days of fieldwork a week", default=5, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )

    class Meta:
        verbose_name_plural = "assessor capacities"
        ordering = ("assessor_id", "from_day")
        constraints = (_ends_after_start("assessor_capacity_ends_after_start"),)

    def __str__(self) -> str:
        return f"{self.days_a_week} days a week from {long_date(self.from_day)}"

    def clean(self) -> None:
        """Refuses a capacity beside another one of the same days."""
        others = AssessorCapacity.objects.filter(assessor=self.assessor).exclude(pk=self.pk)
        clash = others.overlapping(self.from_day, self.to_day).first()
        if clash is not None:
            raise ValidationError(f"On some of these days another capacity holds: {clash}.")


class Absence(Dated):
    """Days on which an assessor does no fieldwork."""

    assessor = models.ForeignKey(Assessor, on_delete=models.CASCADE, related_name="absences")
    reason = models.CharField(max_length=120, default="absent")

    class Meta:
        ordering = ("assessor_id", "from_day")
        constraints = (
            _ends_after_start("absence_ends_after_start"),
            models.CheckConstraint(
                condition=Q(to_day__isnull=False),
                name="an_absence_ends",
                violation_error_message="Say until when: who does not come back has a capacity that ends.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason}, from {long_date(self.from_day)}"


class Booking(Classified):
    """The fieldwork of one assessment: asked for by the party, placed with an assessor, held or cancelled (SEC-5)."""

    assessment = models.ForeignKey("assurance.Assessment", on_delete=models.PROTECT, related_name="bookings")
    assessor = models.ForeignKey(
        Assessor, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="bookings"
    )
    days = models.PositiveSmallIntegerField("Working Days of fieldwork", default=5)
    asked_on = models.DateField("asked for on")
    wanted_from = models.DateField("wanted from", null=True, blank=True)
    first_day = models.DateField("first day", null=True, blank=True, editable=False)
    last_day = models.DateField("last day", null=True, blank=True, editable=False)
    pre_meeting_on = models.DateField("meeting beforehand on", null=True, blank=True, editable=False)
    note = models.CharField("what the assessor should know", max_length=200, blank=True)
    state = models.CharField(max_length=20, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)

    owned_by: ClassVar[str] = "assessment__party_id"
    case: ClassVar[str] = "assessment__"
    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("-first_day", "-id")
        indexes = (models.Index(fields=["state", "first_day"]), models.Index(fields=["assessor", "first_day"]))
        constraints = (
            models.UniqueConstraint(
                fields=["assessment"],
                condition=Q(state__in=OPEN),
                name="one_open_booking_of_an_assessment",
                violation_error_message="This assessment has an open booking already: move that one.",
            ),
            models.CheckConstraint(
                condition=~Q(state=BOOKED) | Q(assessor__isnull=False, first_day__isnull=False, last_day__isnull=False),
                name="a_booking_has_its_days",
            ),
        )

    def __str__(self) -> str:
        when = f", {long_date(self.first_day)}" if self.first_day else ""
        return f"Fieldwork of {self.assessment.kind} of {self.assessment.party}{when}"

    def get_absolute_url(self) -> str:
        """The booking's page."""
        return reverse("booking", args=[self.pk])


class BookedDay(Classified):
    """One day of fieldwork of one booking: the database itself refuses a second one of the same assessor and day."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="booked_days")
    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="booked_days")
    day = models.DateField()
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)

    owned_by: ClassVar[str] = "booking__assessment__party_id"
    case: ClassVar[str] = "booking__assessment__"
    objects: ClassVar[Any] = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("day", "id")
        indexes = (models.Index(fields=["day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["assessor", "day"],
                name="one_fieldwork_of_an_assessor_a_day",
                violation_error_message="The assessor has other fieldwork on this day.",
            ),
        )

    def __str__(self) -> str:
        return f"{long_date(self.day)}: {self.booking}"

    def get_absolute_url(self) -> str:
        """The page of its booking."""
        return reverse("booking", args=[self.booking_id])


class SharedProvider(Classified):
    """A Shared Resource Provider: one security system that several Users use, assessed once for all (SEC-14)."""

    name = models.CharField(max_length=200, unique=True)
    shares = models.CharField("what is shared", max_length=300)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The provider's page."""
        return reverse("shared resource provider", args=[self.pk])


class Reliance(Dated):
    """A User relies on a shared provider from a day until a day: what the User's own assessment leaves out."""

    party = models.ForeignKey("register.Party", on_delete=models.CASCADE, related_name="reliances")
    provider = models.ForeignKey(SharedProvider, on_delete=models.PROTECT, related_name="users")
    left_out = models.CharField("left out of its assessments", max_length=300, blank=True)

    class Meta:
        ordering = ("provider_id", "from_day", "id")
        indexes = (models.Index(fields=["party", "from_day"]),)
        constraints = (
            _ends_after_start("a_reliance_ends_after_start"),
            models.UniqueConstraint(
                fields=["party", "provider"],
                condition=Q(to_day__isnull=True),
                name="one_reliance_until_further_notice",
                violation_error_message="The party relies on this provider already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name} on {self.provider}"


class SystemsReport(Classified):
    """The number of smart metering systems of a User, as it reported it as at a day (SEC-14)."""

    party = models.ForeignKey("register.Party", on_delete=models.CASCADE, related_name="systems_reports")
    as_at = models.DateField("as at")
    systems = models.PositiveIntegerField("smart metering systems")
    reported_on = models.DateField("reported on")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=AUDIENCE)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-as_at", "-id")
        indexes = (models.Index(fields=["party", "as_at"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["party", "as_at"],
                name="one_systems_report_of_a_day",
                violation_error_message="The number of this day is reported already.",
            ),
            models.CheckConstraint(
                condition=Q(reported_on__gte=F("as_at")),
                name="systems_are_reported_afterwards",
                violation_error_message="A number is reported on its day or later.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name}, smart metering systems as at {long_date(self.as_at)}"

    def get_absolute_url(self) -> str:
        """The report's page."""
        return reverse("systems report", args=[self.pk])
