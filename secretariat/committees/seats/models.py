"""Seats of the bodies, and who holds them: for a constituency, from a day until a day."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.models import Committee
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.core.people import Person
from secretariat.register.panel_action.models import suspended_groups
from secretariat.register.parties import VotingGroup

CHANGE_BOARD = "SECCB"


class Constituency(models.TextChoices):
    """For whom a seat is held: the five of the Change Board (rule CB-2), and those of other bodies (rule GOV-1)."""

    CONSUMER = "consumer", "Consumer"
    LARGE_SUPPLIERS = "large suppliers", "Large Suppliers"
    SMALL_SUPPLIERS = "small suppliers", "Small Suppliers"
    NETWORKS = "networks", "Networks"
    OTHER_PARTIES = "other sec parties", "Other SEC Parties"
    ELECTRICITY_NETWORK = "electricity network", "Electricity Network"
    GAS_NETWORK = "gas network", "Gas Network"
    DCC = "dcc", "DCC"
    CHAIR = "chair", "Chair"


class SeatQuerySet(ClassifiedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Asks seats and appointments as at a day, through the one door."""


class Seat(Dated, Classified):
    """One seat of a body. A seat that is held for one Voting Group follows the register's group (rule CB-2)."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    constituency = models.CharField(max_length=20, choices=Constituency.choices)
    voting_group = models.ForeignKey(
        VotingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="seats", verbose_name="Voting Group"
    )
    title = models.CharField(max_length=120)
    votes = models.BooleanField("has a vote", default=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = SeatQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("committee_id", "constituency", "title", "id")
        indexes = (models.Index(fields=["committee", "from_day"]), models.Index(fields=["constituency", "from_day"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="a_seat_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["committee", "voting_group"],
                condition=Q(to_day__isnull=True, voting_group__isnull=False),
                name="one_seat_of_a_body_for_a_voting_group",
                violation_error_message="This Voting Group has a seat on the body already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee.code}: {self.title}"

    def get_absolute_url(self) -> str:
        """The seat's page."""
        return reverse("seat", args=[self.pk])

    def member_on(self, day: date) -> Appointment | None:
        """Who holds the seat on a day; nobody when it is vacant (rule ELE-6)."""
        found: Appointment | None = (
            self.appointments.on(day).filter(alternate_for=None).select_related("person").first()
        )
        return found


class Appointment(Dated, Classified):
    """A person in a seat, from a day until a day; an alternate acts for the member named (rule GOV-7)."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    alternate_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="alternates", verbose_name="alternate for"
    )
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    objects: ClassVar[Any] = SeatQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("seat_id", "-from_day", "id")
        indexes = (models.Index(fields=["seat", "from_day"]), models.Index(fields=["person", "from_day"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="an_appointment_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(to_day__isnull=True, alternate_for__isnull=True),
                name="one_member_in_a_seat",
                violation_error_message="The seat is taken: end the present member's appointment first.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {'alternate in ' if self.alternate_for_id else ''}{self.seat}"

    def get_absolute_url(self) -> str:
        """The seat's page."""
        return self.seat.get_absolute_url()

    def clean(self) -> None:
        """One member at a time; an alternate stands in for the member of the same seat. Raises ValidationError."""
        super().clean()
        if not (self.from_day and self.seat_id):
            return
        if self.to_day is not None and self.to_day < self.from_day:
            raise ValidationError("An appointment does not end before it begins.")
        if self.alternate_for is not None:
            if self.alternate_for.seat_id != self.seat_id or self.alternate_for.alternate_for_id is not None:
                raise ValidationError("An alternate stands in for the member of the same seat.")
            return
        others = Appointment.objects.filter(seat_id=self.seat_id, alternate_for=None).exclude(pk=self.pk)
        if others.overlapping(self.from_day, self.to_day).exists():
            raise ValidationError("The seat is held by somebody else on some of these days.")


def suspended_seats(right: str, day: date) -> models.QuerySet[Any]:
    """The seats whose Voting Group may not use a right on a day (rule DEF-4)."""
    found: models.QuerySet[Any] = Seat.objects.filter(voting_group__in=suspended_groups(right, day).values("pk"))
    return found
