"""Seats of the bodies, and who holds them: for a constituency, from a day until a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.models import Committee
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.core.people import Capacity, Person
from secretariat.register.parties import Category, VotingGroup

CHANGE_BOARD = "SECCB"


class Constituency(models.TextChoices):
    """For whom a seat is held (CB-2, GOV-1): a category, two pooled, a class that is none, another body, nobody."""

    CONSUMER = "consumer", "Consumer"
    LARGE_SUPPLIERS = "large suppliers", "Large Suppliers"
    SMALL_SUPPLIERS = "small suppliers", "Small Suppliers"
    NETWORKS = "networks", "Networks"
    OTHER_PARTIES = "other sec parties", "Other SEC Parties"
    ELECTRICITY_NETWORK = "electricity network", "Electricity Network"
    GAS_NETWORK = "gas network", "Gas Network"
    DCC = "dcc", "DCC"
    OTHER_USER = "other user", "Other User"
    MANUFACTURER = "manufacturer", "Device manufacturer"
    METER_ASSET_PROVIDER = "meter asset provider", "Meter Asset Provider"
    OTHER_BODY = "other body", "Another body"
    SPECIALIST = "specialist", "Specialist"
    APPOINTED = "appointed", "Appointed by the Chair"
    OBSERVER = "observer", "Observer"
    CHAIR = "chair", "Chair"


CATEGORIES: dict[str, tuple[Category, ...]] = {
    Constituency.LARGE_SUPPLIERS: (Category.LARGE_SUPPLIER,),
    Constituency.SMALL_SUPPLIERS: (Category.SMALL_SUPPLIER,),
    Constituency.NETWORKS: (Category.ELECTRICITY_NETWORK, Category.GAS_NETWORK),
    Constituency.ELECTRICITY_NETWORK: (Category.ELECTRICITY_NETWORK,),
    Constituency.GAS_NETWORK: (Category.GAS_NETWORK,),
    Constituency.OTHER_PARTIES: (Category.OTHER,),
    Constituency.DCC: (Category.DCC,),
}
"""The Party Categories of a constituency; the networks' is pooled of two. Of those not named here no register tells."""


class Filling(models.TextChoices):
    """How a seat is filled."""

    ELECTED = "elected", "By nomination and election in its constituency"
    NOMINATED = "nominated", "By the organisation that it is held for"
    APPOINTED = "appointed", "By appointment"
    BODY = "body", "From another body"


FILLED: dict[str, Filling] = {
    Constituency.CONSUMER: Filling.NOMINATED,
    Constituency.DCC: Filling.NOMINATED,
    Constituency.OBSERVER: Filling.NOMINATED,
    Constituency.CHAIR: Filling.APPOINTED,
    Constituency.SPECIALIST: Filling.APPOINTED,
    Constituency.APPOINTED: Filling.APPOINTED,
    Constituency.OTHER_BODY: Filling.BODY,
}
"""How a seat of a constituency is filled that is laid out from the rulebook; all others are elected."""


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
    filling = models.CharField("how it is filled", max_length=10, choices=Filling.choices, default=Filling.ELECTED)
    filled_by = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="seats_filled",
        help_text="The body whose member, or whose members, sit here.",
    )  # fmt: skip
    second_hat = models.BooleanField(
        "filled by all its members", default=False, help_text="All members of that body sit here in a second capacity."
    )
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

    def clean(self) -> None:
        """What a seat of its kind can be. Raises ValidationError with the reasons."""
        super().clean()
        if not (self.from_day and self.committee_id):
            return
        reasons = [sentence for holds, sentence in self._demands() if not holds]
        if reasons:
            raise ValidationError(reasons)

    def _demands(self) -> Iterator[tuple[bool, str]]:
        filled_by = self.filled_by
        yield (
            self.to_day is None or self.to_day >= self.from_day,
            "A seat does not end before it begins.",
        )
        yield (
            self.constituency != Constituency.OBSERVER or not self.votes,
            "An observer speaks and does not vote (GOV-8).",
        )
        yield (
            (self.filling == Filling.BODY) == (filled_by is not None),
            "A seat that is filled from another body names it, and no other seat does.",
        )
        if filled_by is not None:
            yield filled_by.pk != self.committee_id, "A body does not fill a seat of its own."
            chained = filled_by.seats.filter(second_hat=True).on(self.from_day).exists()
            yield not (self.second_hat and chained), "That body is itself filled by the members of another."
        yield filled_by is not None or not self.second_hat, "Name the body whose members all sit here."
        if self.pk:
            late = self.appointments.filter(Q(to_day__isnull=True) | Q(to_day__gt=self.to_day)) if self.to_day else None
            yield late is None or not late.exists(), "Somebody holds the seat after that day: end that first."

    def member_on(self, day: date) -> Appointment | None:
        """Who holds the seat on a day; nobody when it is vacant (rule ELE-6)."""
        found: Appointment | None = (
            self.appointments.on(day).filter(alternate_for=None).select_related("person").first()
        )
        return found


IN_OFFICE, RESIGNED, ENDED = "in office", "resigned", "ended"
"""Where an appointment stands; whether somebody sits on a day is told by its days alone."""


class How(models.TextChoices):
    """How somebody came into a seat."""

    UNOPPOSED = "unopposed", "Nominated unopposed"
    ELECTED = "elected", "Elected"
    NOMINATED = "nominated", "Named by the organisation"
    APPOINTED = "appointed", "Appointed"
    ALTERNATE = "alternate", "Named as an alternate"


class Appointment(Dated, Classified):
    """A person in a seat, from a day until a day; an alternate acts for the member named (rule GOV-7)."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="appointments")
    alternate_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="alternates", verbose_name="alternate for"
    )
    how = models.CharField("how they came into it", max_length=10, choices=How.choices, default=How.APPOINTED)
    employer = models.CharField(max_length=200, blank=True, help_text="For whom the person works.")
    notice_on = models.DateField(
        "notice of", null=True, blank=True, help_text="When notice of the alternate, or of a resignation, was given."
    )
    terms = models.PositiveSmallIntegerField(default=1, editable=False, help_text="How many terms, one after another.")
    why_ended = models.CharField("why it ended", max_length=200, blank=True, editable=False)
    opens: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        Capacity, related_name="opened_by", blank=True, editable=False,
        help_text="The capacities that the appointment gives.",
    )  # fmt: skip
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
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
        """The appointment's page."""
        return reverse("appointment", args=[self.pk])

    def clean(self) -> None:
        """One member at a time; an alternate stands in for the member of the same seat. Raises ValidationError."""
        super().clean()
        if not (self.from_day and self.seat_id):
            return
        if self.seat.second_hat:
            raise ValidationError(f"All members of {self.seat.filled_by} sit here; nobody is appointed besides.")
        if self.to_day is not None and self.to_day < self.from_day:
            raise ValidationError("An appointment does not end before it begins.")
        if self.alternate_for is not None:
            if self.alternate_for.seat_id != self.seat_id or self.alternate_for.alternate_for_id is not None:
                raise ValidationError("An alternate stands in for the member of the same seat.")
            ends = self.alternate_for.to_day
            too_long = None not in (self.to_day, ends) and self.to_day > ends  # type: ignore[operator]
            if self.alternate_for.from_day > self.from_day or too_long:
                raise ValidationError("An alternate stands in while the member holds the seat, and no longer.")
            return
        others = Appointment.objects.filter(seat_id=self.seat_id, alternate_for=None).exclude(pk=self.pk)
        if others.overlapping(self.from_day, self.to_day).exists():
            raise ValidationError("The seat is held by somebody else on some of these days.")


class EmployerChange(Classified):
    """A member who went to work for another (rule GOV-13), and whether the seat is kept."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="employer_changes")
    day = models.DateField()
    left = models.CharField("worked for", max_length=200, blank=True)
    joined = models.CharField("works for", max_length=200)
    recorded = models.DateTimeField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    class Meta:
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=["day"]),)
        constraints = (models.UniqueConstraint(fields=["appointment", "day"], name="one_change_of_employer_on_a_day"),)

    def __str__(self) -> str:
        return f"{self.appointment.person} works for {self.joined}"

    def get_absolute_url(self) -> str:
        """The appointment's page."""
        return self.appointment.get_absolute_url()


def members_on(body: Committee, day: date) -> models.QuerySet[Any]:
    """The appointments of a body's members on a day: of its own seats, and of a body whose members fill one of them.

    Alternates are not among them: ask `appointment.alternates.on(day)`.
    """
    seats = Seat.objects.filter(committee=body).on(day)
    second_hats = seats.filter(second_hat=True).values("filled_by")
    own = Q(seat__in=seats.values("pk"))
    lent = Q(seat__committee__in=second_hats, seat__in=Seat.objects.on(day).values("pk"))
    found: models.QuerySet[Any] = Appointment.objects.on(day).filter(own | lent, alternate_for=None)
    return found.select_related("person", "seat__committee")


def vacant_on(day: date) -> models.QuerySet[Any]:
    """The seats that nobody holds on a day (rule ELE-6); one filled by all members of another body is not asked."""
    held = Appointment.objects.on(day).filter(alternate_for=None)
    found: models.QuerySet[Any] = Seat.objects.on(day).filter(second_hat=False).exclude(pk__in=held.values("seat"))
    return found
