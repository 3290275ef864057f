"""Sessions of Working Groups: when they meet, what they consider, and their notes (NEW-7)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from secretariat.change.documents.models import class_fits
from secretariat.core.classification import Class, Classified
from secretariat.meetings.attending.models import HowToJoin

PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"


class Session(Classified):
    """One session of a Working Group, for the proposals that it considers."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    group = models.CharField("Working Group", max_length=120, default="SEC Monthly Working Group")
    number = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="In the group's own count, if it counts."
    )
    day = models.DateField()
    begins = models.TimeField(null=True, blank=True)
    proposals: models.ManyToManyField[Any, Any] = models.ManyToManyField(
        "change.Proposal", related_name="working_group_sessions", blank=True
    )
    cancelled_why = models.CharField("why it was cancelled", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=["state", "day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["group", "day"],
                name="one_session_of_a_group_on_a_day",
                violation_error_message="This Working Group has a session on that day already.",
            ),
        )

    def __str__(self) -> str:
        number = f" {self.number}" if self.number else ""
        return f"{self.group}{number}, {self.day.isoformat()}"

    def get_absolute_url(self) -> str:
        """The session's page."""
        return reverse("working group session", args=[self.pk])


class Joining(HowToJoin):
    """Where a session is held and how to call in."""

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="joining")

    class Meta:
        ordering = ("session_id",)

    def __str__(self) -> str:
        return f"How to join {self.session}"

    def get_absolute_url(self) -> str:
        """The session's page."""
        return self.session.get_absolute_url()


class Note(Classified):
    """What a session discussed of one proposal, or of no proposal in particular, and what came out of it."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="notes")
    proposal = models.ForeignKey(
        "change.Proposal", null=True, blank=True, on_delete=models.PROTECT, related_name="session_notes"
    )
    discussed = models.TextField("what was discussed", max_length=20000)
    outcome = models.TextField(max_length=5000, blank=True)
    recorded = models.DateTimeField(null=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("session_id", "id")
        indexes = (models.Index(fields=["proposal", "session"]),)

    def __str__(self) -> str:
        about = f" on {self.proposal.reference}" if self.proposal else ""
        return f"Note{about} of {self.session}"

    def get_absolute_url(self) -> str:
        """The note's page."""
        return reverse("session note", args=[self.pk])

    def clean(self) -> None:
        """Its class fits its proposal's. Raises ValidationError."""
        super().clean()
        class_fits(self, self.proposal)
