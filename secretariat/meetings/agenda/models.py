"""Agendas: what a body considers at a meeting, what it considers at every meeting, and what it is asked to consider.

Numbers are reckoned within a class, and an item above White carries its class's letter (A2): so the numbers and the
order of what the public reads do not depend on what it may not read (rule INF-5).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.committees.models import Committee
from secretariat.core.classification import Class, Classified
from secretariat.core.kinds import load
from secretariat.core.people import Person
from secretariat.meetings.models import Meeting

LISTED, WITHDRAWN = "listed", "withdrawn"
ASKED, ACCEPTED, DECLINED = "asked", "accepted", "declined"


class Act(models.TextChoices):
    """What a body is asked to do with an item or a paper (rule GOV-12)."""

    NOTE = "note", "To note"
    AGREE = "agree", "To agree"
    APPROVE = "approve", "To approve"
    DISCUSS = "discuss", "To discuss"


class AboutRecord(models.Model):
    """Base of what can be about any record, told by its kind and id."""

    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def about(self) -> Any | None:
        """The record it is about, if it is about one that there still is."""
        return load(self.about_kind, self.about_id) if self.about_kind and self.about_id is not None else None


class StandingItem(Classified):
    """What a body has on the agenda of each of its meetings, or of every third."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    committee = models.ForeignKey(Committee, verbose_name="body", on_delete=models.PROTECT, related_name="standing")
    position = models.PositiveSmallIntegerField(help_text="Its place on the agenda.")
    title = models.CharField(max_length=200)
    act = models.CharField("action", max_length=10, choices=Act.choices, default=Act.NOTE)
    minutes = models.PositiveSmallIntegerField("minutes allotted", null=True, blank=True)
    presenter = models.CharField("presented by", max_length=120, blank=True)
    every = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)], help_text="1 for every meeting, 3 for every third by its number."
    )
    from_day = models.DateField("from")
    to_day = models.DateField("until", null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("committee_id", "position", "id")
        indexes = (models.Index(fields=["committee", "from_day"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=models.F("from_day")),
                name="a_standing_item_ends_after_it_begins",
                violation_error_message="A standing item does not end before it begins.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("standing item", args=[self.pk])

    def is_due_at(self, meeting: Meeting) -> bool:
        """Whether it comes up at a meeting: in force on its day, and its turn by the meeting's number."""
        if meeting.day < self.from_day or (self.to_day and meeting.day > self.to_day):
            return False
        return self.every == 1 or (meeting.number is not None and meeting.number % self.every == 0)


class Request(Classified, AboutRecord):
    """What somebody entitled to asks a body to consider; it is accepted or not, with the reason."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)
    committee = models.ForeignKey(Committee, verbose_name="body", on_delete=models.PROTECT, related_name="requests")
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="requests",
        help_text="Leave empty for the next that has time.",
    )  # fmt: skip
    title = models.CharField(max_length=200)
    act = models.CharField("action", max_length=10, choices=Act.choices, default=Act.DISCUSS)
    why = models.TextField("why the body should consider it", max_length=2000)
    minutes = models.PositiveSmallIntegerField("minutes asked for", null=True, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agenda_requests", editable=False)
    organisation_id = models.BigIntegerField(null=True, blank=True, editable=False, help_text="The party asked for.")
    answer = models.CharField("reason of the answer", max_length=500, blank=True, editable=False)
    recorded = models.DateTimeField(editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "organisation_id"

    class Meta:
        ordering = ("-recorded", "-id")
        indexes = (models.Index(fields=["committee", "state"]),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("agenda request", args=[self.pk])


class AgendaItem(Classified, AboutRecord):
    """One item of the agenda of a meeting."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField(
        editable=False, validators=[MinValueValidator(1)], help_text="Its number among the items of its class."
    )
    position = models.PositiveSmallIntegerField(help_text="Its place on the agenda; items are read in this order.")
    title = models.CharField(max_length=200)
    act = models.CharField("action", max_length=10, choices=Act.choices, default=Act.NOTE)
    minutes = models.PositiveSmallIntegerField("minutes allotted", null=True, blank=True)
    presenter = models.CharField("presented by", max_length=120, blank=True)
    standing = models.ForeignKey(
        StandingItem, null=True, blank=True, on_delete=models.PROTECT, related_name="items", editable=False
    )
    request = models.ForeignKey(
        Request, null=True, blank=True, on_delete=models.PROTECT, related_name="items", editable=False
    )
    withdrawn_why = models.CharField("why it was taken off", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("meeting_id", "position", "id")
        indexes = (models.Index(fields=["about_kind", "about_id"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "classification", "number"],
                name="one_agenda_item_of_a_number_and_class",
                violation_error_message="The agenda has an item of this number and class already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}. {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves with the body of its meeting as the readers of what is Amber."""
        self.audience = self.meeting.committee.code
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("agenda item", args=[self.pk])

    @property
    def label(self) -> str:
        """Its number as the agenda prints it: 4, or A2 for the second Amber item."""
        letter = "" if self.classification == Class.WHITE else Class(self.classification).label[0]
        return f"{letter}{self.number}"
