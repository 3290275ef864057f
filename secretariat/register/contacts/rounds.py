"""The yearly round in which every party confirms its details (rule PTY-30)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.classification import Class, Classified
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.workdays import Calendar
from secretariat.register.parties import Party

OPEN, CLOSED = "open", "closed"
ASKED, CONFIRMED, LAPSED = "asked", "confirmed", "lapsed"


class ConfirmationRound(Classified):
    """One year's round."""

    year = models.PositiveSmallIntegerField(
        unique=True, error_messages={"unique": "The round of this year was opened already."}
    )
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    class Meta:
        ordering = ("-year",)
        indexes = (models.Index(fields=["state"]),)

    def __str__(self) -> str:
        return f"Confirmation of Party Details {self.year}"

    def get_absolute_url(self) -> str:
        """The round's page."""
        return reverse("confirmation round", args=[self.pk])


class Confirmation(Classified):
    """One party's part in a round: when it was asked, by when it answers, and whether it did."""

    round = models.ForeignKey(ConfirmationRound, on_delete=models.PROTECT, related_name="confirmations")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="confirmations")
    asked_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField("reminders sent", default=0)
    confirmed_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-round_id", "party_id")
        indexes = (
            models.Index(fields=["state", "due_on"]),
            models.Index(fields=["party", "state"]),
            models.Index(fields=["asked_on"]),
        )
        constraints = (
            models.UniqueConstraint(fields=["round", "party"], name="a_party_is_asked_once_in_a_round"),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.party.name}: Party Details {self.round.year}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("confirmation", args=[self.pk])


def answer_due(asked: date) -> date:
    """The last day, until 17:00, on which a party asked on a day confirms."""
    return calendar().add(asked, RULEBOOK.number("party.confirmation_wd", asked))


def next_reminder(confirmation: Confirmation, working_days: Calendar) -> date | None:
    """The day of the next reminder: one every so many Working Days before the last day; none when there is no more."""
    if confirmation.asked_on is None or confirmation.due_on is None:
        return None
    apart = RULEBOOK.number("party.confirmation_reminder_wd", confirmation.asked_on)
    day = working_days.add(confirmation.asked_on, apart * (confirmation.reminders + 1))
    return day if day < confirmation.due_on else None
