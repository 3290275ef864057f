"""Who is invited to a meeting, where it is held, who was there from when until when, and conflicts of interest."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.seats.models import Seat
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.core.people import Person
from secretariat.meetings.agenda.models import AboutRecord
from secretariat.meetings.models import Meeting

INVITED, COMING, APOLOGIES, PRESENT, LEFT, WITHDRAWN = (
    "invited", "coming", "apologies", "present", "left", "invitation withdrawn",
)  # fmt: skip
DECLARED, WITHDREW, STAYS = "declared", "withdrew", "may stay"


class HowToJoin(Classified):
    """Base of where something is held and how to call in: for those invited alone, by name (rule INF-2)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.RED)
    place = models.CharField(max_length=200, blank=True)
    call = models.TextField("how to call in", max_length=1000, blank=True)

    class Meta:
        abstract = True


class Place(HowToJoin):
    """Where a meeting is held and how to call in."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="place")

    class Meta:
        ordering = ("meeting_id",)

    def __str__(self) -> str:
        return f"How to join {self.meeting}"

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return self.meeting.get_absolute_url()


class OwnQuerySet(ClassifiedQuerySet):
    """Rows about people: the person whom a row is about reads it besides those cleared for it."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and the person's own that are not Red."""
        own = Q(person_id=cleared.person_id, classification__lte=Class.AMBER) & Q(person_id__isnull=False)
        return super().cleared_for(cleared) | self.filter(own)


class Capacity(models.TextChoices):
    """As what somebody comes to a meeting (rules GOV-7, GOV-8)."""

    MEMBER = "member", "Member"
    ALTERNATE = "alternate", "Alternate"
    OBSERVER = "observer", "Observer"
    GUEST = "guest", "By invitation"
    SECRETARIAT = "secretariat", "Secretariat"


class Attendance(Classified):
    """One person at one meeting: invited as what, in which seat, and whether there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances")
    name = models.CharField(max_length=200, blank=True, help_text="Of who has no account here.")
    capacity = models.CharField("as", max_length=12, choices=Capacity.choices)
    seat = models.ForeignKey(
        Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="attendances",
        help_text="Of a member, or of the member for whom an alternate comes.",
    )  # fmt: skip
    chairs = models.BooleanField("takes the chair", default=False, editable=False)
    reason = models.CharField("why not", max_length=200, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "capacity", "id")
        indexes = (models.Index(fields=["meeting", "state"]), models.Index(fields=["person", "state"]))
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="a_person_is_invited_once",
                violation_error_message="This person is on the list of the meeting already.",
            ),
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(capacity=Capacity.MEMBER, seat__isnull=False),
                name="one_member_of_a_seat_at_a_meeting",
                violation_error_message="The member of this seat is on the list of the meeting already.",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""),
                name="who_attends_has_a_name",
                violation_error_message="Choose a person, or type a name.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.who} at {self.meeting}"

    def get_absolute_url(self) -> str:
        """The page of it."""
        return reverse("attendance", args=[self.pk])

    @property
    def who(self) -> str:
        """The person's name, or the name typed."""
        return str(self.person) if self.person is not None else self.name

    def clean(self) -> None:
        """Members and alternates come for a seat (rule GOV-7), observers perhaps for one. Raises ValidationError."""
        super().clean()
        if self.capacity in (Capacity.MEMBER, Capacity.ALTERNATE) and self.seat_id is None:
            raise ValidationError({"seat": "Say for which seat a member or an alternate comes."})
        if self.capacity in (Capacity.GUEST, Capacity.SECRETARIAT) and self.seat_id is not None:
            raise ValidationError({"seat": "Who comes by invitation or for the secretariat comes for no seat."})


class Presence(models.Model):
    """From when until when somebody was there; who comes back has another row."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="presences")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("attendance_id", "arrived_at")
        constraints = (
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("arrived_at")),
                name="nobody_leaves_before_arriving",
            ),
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(left_at__isnull=True), name="nobody_is_there_twice"
            ),
        )

    def __str__(self) -> str:
        return f"{self.attendance} from {self.arrived_at.isoformat()}"

    @staticmethod
    def at_an_instant(at: datetime) -> Q:
        """The condition, for attendances, that somebody was there at an instant."""
        still = Q(presences__left_at__isnull=True) | Q(presences__left_at__gt=at)
        return Q(presences__arrived_at__lte=at) & still


class Conflict(AboutRecord, Classified):
    """A conflict of interest that somebody at a meeting declares, on an item of its agenda or any record (GOV-3)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conflicts")
    item = models.ForeignKey(
        "meetings.AgendaItem", null=True, blank=True, on_delete=models.PROTECT, related_name="conflicts",
        verbose_name="item of the agenda",
    )  # fmt: skip
    interest = models.TextField("what the interest is", max_length=2000)
    outcome = models.CharField("what the body decided", max_length=200, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        ordering = ("meeting_id", "id")
        indexes = (models.Index(fields=["meeting", "state"]),)

    def __str__(self) -> str:
        return f"{self.person}: conflict at {self.meeting}"

    def get_absolute_url(self) -> str:
        """The page of it."""
        return reverse("conflict of interest", args=[self.pk])

    def clean(self) -> None:
        """The item is of the meeting's agenda. Raises ValidationError."""
        super().clean()
        if self.item is not None and self.item.meeting_id != self.meeting_id:
            raise ValidationError({"item": "This item is not on the agenda of the meeting."})
