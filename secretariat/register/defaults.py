"""Events of Default: a case is of one party under one limb of Section M8.1."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.register.parties import Party

NOTICE_SERVED, IN_DEFAULT, CURED, EXPELLED = "notice served", "in default", "cured", "expelled"


class Limb(models.TextChoices):
    """The limbs of Section M8.1 (rule DEF-1)."""

    A = "a", "(a) breach of the User privacy obligations"
    B = "b", "(b) breach of an enforcement notice of the Information Commissioner"
    C = "c", "(c) unpaid Charges"
    D = "d", "(d) Credit Support not provided"
    E = "e", "(e) another sum due under the code unpaid"
    F = "f", "(f) misrepresentation in the application"
    G = "g", "(g) another material breach, not remedied"
    H = "h", "(h) insolvency"


WITH_NOTICE = (Limb.C, Limb.D, Limb.E, Limb.G)
"""The limbs under which a party may put things right after a notice; the rulebook says in how many Working Days."""


MUST_CITE = {Limb.C: "J2.1", Limb.D: "J3.14", Limb.E: "M8", Limb.G: "M8"}
"""What the notice under a limb must cite (rules DEF-1, CHG-3, CHG-4): the DCC's own notice, or Section M8."""


class DefaultQuerySet(ClassifiedQuerySet):
    """Asks defaults as at a day."""

    def in_default_on(self, day: date) -> Self:
        """The cases in which a party is in default at the end of a day: one that ended on the day is none any more."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), entered_on__lte=day)


class DefaultCase(Classified):
    """An Event of Default of one party under one limb, from the notice to its end (rule DEF-2)."""

    class Outcome(models.TextChoices):
        IN_TIME = "cured in time", "Put right before it was a default"
        CURED = "cured", "Cured"
        EXPELLED = "expelled", "The party was expelled"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="defaults")
    limb = models.CharField("limb of M8.1", max_length=1, choices=Limb.choices)
    notice_on = models.DateField("notice served on", null=True, blank=True)
    cites = models.CharField("what the notice cites", max_length=300, blank=True)
    entered_on = models.DateField("in default since", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = DefaultQuerySet.as_manager()

    class Meta:
        ordering = ("-entered_on", "-id")
        indexes = (
            models.Index(fields=["entered_on", "ended_on"]),
            models.Index(fields=["outcome", "ended_on"]),
            models.Index(fields=["party", "state"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(entered_on__isnull=False, ended_on__isnull=True),
                name="a_party_is_in_default_once_at_a_time",
                violation_error_message="The party is in default already, in another case.",
            ),
            models.UniqueConstraint(
                fields=["party", "limb"],
                condition=Q(ended_on__isnull=True),
                name="one_open_case_of_a_limb",
                violation_error_message="The party has an open case under this limb already.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(entered_on__isnull=True) | Q(ended_on__gte=F("entered_on")),
                name="a_default_ends_after_it_began",
                violation_error_message="A default does not end before it began.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="an_ended_default_says_how",
                violation_error_message="A default that ended has an outcome, and no other has one.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name}, limb ({self.limb}) of M8.1"

    def get_absolute_url(self) -> str:
        """The case's page."""
        return reverse("default case", args=[self.pk])
