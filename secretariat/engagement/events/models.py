"""Events for parties and others: their sessions, who was invited, who registered, and the materials (rule HLP-8)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.consultations.who import everybody
from secretariat.core.capacities import secretariat, team
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.files import StoredFile
from secretariat.core.people import Person, Team
from secretariat.core.procedure import Who
from secretariat.core.sealed import SealedText
from secretariat.engagement.events.waiting import Asked, is_full
from secretariat.engagement.keys import new_mark
from secretariat.engagement.own import OwnQuerySet
from secretariat.register.parties import Party

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

PLANNED, OPEN, FULL, CLOSED, HELD, CANCELLED = "planned", "open", "full", "closed", "held", "cancelled"
ANNOUNCED = (OPEN, FULL, CLOSED)
"""The states in which an event is known and has yet to end."""

ASKED, PLACED, WAITING, WITHDRAWN, LAPSED = "asked", "has a place", "waiting", "withdrawn", "lapsed"
ATTENDED, ABSENT = "attended", "did not come"
IN_PLACE = (PLACED, ATTENDED, ABSENT)
"""The states of a registration that uses up a place."""

STANDING = (ASKED, PLACED, WAITING, ATTENDED, ABSENT)
"""The states of a registration that has not ended: one person has one of them at an event."""


class Kind(models.TextChoices):
    """What sort of event it is (rules HLP-8, HLP-13)."""

    ENGAGEMENT_DAY = "engagement day", "Engagement Day"
    INTRODUCTION = "introduction", "Introduction"
    SPOTLIGHT = "spotlight", "Spotlight"
    WEBINAR = "webinar", "Webinar"
    QUESTION_HOUR = "question hour", "Question Hour"
    FORUM = "forum", "Forum"
    WORKSHOP = "workshop", "Workshop"


class EngagementEventQuerySet(ClassifiedQuerySet):
    """Asks events."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """What a person's class opens; one that is still being planned is the secretariat's alone."""
        found = super().visible_to(person, at)
        if isinstance(person, Person) and person.is_active and secretariat(person, None, at):
            return found
        return found.exclude(state__in=("", PLANNED))


class EngagementEvent(Classified):
    """One event: from its plan until it is held or cancelled."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    title = models.CharField(max_length=200)
    summary = models.TextField("what it is about", blank=True)
    begins_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends")
    place = models.CharField(max_length=200, blank=True, help_text="A venue, or how it is joined from afar.")
    capacity = models.PositiveIntegerField(
        "places", null=True, blank=True, validators=[MinValueValidator(1)], help_text="Empty: there is no limit."
    )
    invited = models.JSONField("meant for", default=everybody)
    registers_until = models.DateTimeField(
        "registration until", null=True, blank=True, help_text="Empty: until it begins."
    )
    changes = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="How often it moved or was dropped."
    )
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = EngagementEventQuerySet.as_manager()

    class Meta:
        verbose_name = "engagement event"
        ordering = ("-begins_at", "-id")
        indexes = (models.Index(fields=["state", "begins_at"]), models.Index(fields=["begins_at"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="an_event_ends_after_it_begins",
                violation_error_message="An event ends after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(registers_until__isnull=True) | Q(registers_until__lte=F("begins_at")),
                name="nobody_registers_once_an_event_has_begun",
                violation_error_message="Registration ends when the event begins, at the latest.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The event's page."""
        return reverse("engagement event", args=[self.pk])

    def clean(self) -> None:
        """Refuses an event that is meant for nobody, or for somebody unknown."""
        if not self.invited or set(self.invited) - set(everybody()):
            raise ValidationError({"invited": "Tell whom it is meant for: at least one kind of guest."})

    @property
    def registration_ends(self) -> datetime:
        """The last instant at which somebody may register; that instant is in time."""
        return self.registers_until or self.begins_at

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return int(self.registrations.filter(state__in=IN_PLACE).count())

    @property
    def is_full(self) -> bool:
        """Whether no place is free."""
        return is_full(self.capacity, self.taken)


class EventSession(models.Model):
    """A part of an event; parallel ones are chosen between, and may have places of their own."""

    event = models.ForeignKey(EngagementEvent, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=200)
    room = models.CharField(max_length=100, blank=True)
    begins_at = models.DateTimeField("begins")
    ends_at = models.DateTimeField("ends")
    capacity = models.PositiveIntegerField(
        "places", null=True, blank=True, validators=[MinValueValidator(1)],
        help_text="Empty: whoever is at the event may come, and nobody chooses it.",
    )  # fmt: skip

    class Meta:
        verbose_name = "session of an event"
        verbose_name_plural = "sessions of events"
        ordering = ("begins_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="a_session_of_an_event_ends_after_it_begins",
                violation_error_message="A session ends after it begins.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of its event."""
        return self.event.get_absolute_url()

    def clean(self) -> None:
        """Refuses a session outside of its event's hours."""
        event = self.event
        if self.begins_at and self.ends_at and not event.begins_at <= self.begins_at < self.ends_at <= event.ends_at:
            raise ValidationError("A session lies within the hours of its event.")

    def overlaps(self, other: EventSession) -> bool:
        """Whether nobody can be at both."""
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at


class OrganisedQuerySet(OwnQuerySet):
    """Asks rows about guests: each guest's own, and the organisers' to read."""

    keepers: ClassVar[Who] = staticmethod(team(Team.PARTY_SUPPORT))


class Registration(Classified):
    """One person's place at an event, or the asking for it."""

    event = models.ForeignKey(EngagementEvent, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="event_registrations")
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="The party spoken for."
    )
    organisation = models.CharField(max_length=200, blank=True, help_text="As the badge shows it.")
    needs = SealedText("what we should know so that you can take part", blank=True)
    asked_at = models.DateTimeField(
        editable=False, help_text="When it was asked for and known to be asked by its person: the order of the line."
    )
    link_mark = models.CharField(
        max_length=64, default=new_mark, editable=False, help_text="Goes into the private link."
    )
    sessions: Any = models.ManyToManyField(EventSession, blank=True, related_name="registrations")
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    held: bool = False
    """Whether it was opened by its private link, so that whoever holds the link acts as its person."""
    objects: ClassVar[Any] = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        indexes = (models.Index(fields=["event", "state", "asked_at"]), models.Index(fields=["state", "asked_at"]))
        constraints = (
            models.UniqueConstraint(
                fields=["event", "person"], condition=Q(state__in=STANDING), name="one_registration_of_a_person",
                violation_error_message="This person is registered already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Registration {self.pk} for {self.event}" if self.pk else f"A registration for {self.event}"

    def get_absolute_url(self) -> str:
        """The registration's page."""
        return reverse("registration", args=[self.pk])

    @property
    def asked(self) -> Asked:
        """Its place in the order of asking."""
        return Asked(self.asked_at, self.pk)


class Invitation(Classified):
    """One person who was invited to an event, and why."""

    event = models.ForeignKey(EngagementEvent, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=200)
    recorded = models.DateTimeField()
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    objects: ClassVar[Any] = OrganisedQuerySet.as_manager()

    class Meta:
        ordering = ("event_id", "id")
        constraints = (models.UniqueConstraint(fields=["event", "person"], name="invited_to_an_event_once"),)

    def __str__(self) -> str:
        return f"Invitation to {self.event}"

    def get_absolute_url(self) -> str:
        """The event's page."""
        return self.event.get_absolute_url()


class Material(models.Model):
    """What was shown at an event, or its recording, given to those whom its file's class allows."""

    event = models.ForeignKey(EngagementEvent, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["event", "file"], name="a_material_of_an_event_once",
                violation_error_message="This material is there already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        return self.file.get_absolute_url()
