"""Differences between parties on the service: the process, its rules of engagement, and each case of it."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.bodies.models import meeting_field
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.oversight.who import OPERATIONS_GROUP, OPERATOR
from secretariat.plain.dates import long_date

REQUESTED, TAKEN_ON, ANSWERED = "requested", "taken on", "answered"
SETTLED, REFERRED, DECLINED, WITHDRAWN = "settled", "referred", "declined", "withdrawn"
"""Where a difference stands."""
TOLD_TO_BOTH = (TAKEN_ON, ANSWERED, SETTLED, REFERRED)
"""Where the other party reads it too: it is told once the request is taken on."""


class EngagementRules(Classified):
    """A version of the rules of engagement by which parties settle a difference, in force from a day."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    version = models.CharField(max_length=20, unique=True)
    from_day = models.DateField("from")
    meeting = meeting_field()
    source = models.CharField(max_length=200, blank=True, help_text="The published document that tells of it.")
    text = models.TextField("what they ask", max_length=8000, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "rules of engagement"
        verbose_name_plural = "versions of the rules of engagement"
        ordering = ("-from_day", "-id")

    def __str__(self) -> str:
        return f"Rules of engagement {self.version}, from {long_date(self.from_day)}"

    def get_absolute_url(self) -> str:
        """Their page."""
        return reverse("rules of engagement", args=[self.pk])


class DifferenceQuerySet(ClassifiedQuerySet):
    """Differences: each side reads its own, the other side once the request was taken on."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and those of the other side: its contacts, or the DCC."""
        rows = super().cleared_for(cleared)
        told = {"state__in": TOLD_TO_BOTH, "classification__lte": Class.AMBER}
        if OPERATOR in cleared.audiences:
            rows = rows | self.filter(other__is_dcc=True, **told)
        return rows | self.filter(other__in=cleared.organisations, **told) if cleared.organisations else rows


class PartyDifference(Classified):
    """A request of one party that a difference with another be settled."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    party = models.ForeignKey("register.Party", on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(
        "register.Party", on_delete=models.PROTECT, related_name="+", verbose_name="the other party",
        help_text="With whom the difference is, such as the DCC.",
    )  # fmt: skip
    subject = models.CharField(max_length=200)
    text = models.TextField("the difference", max_length=8000)
    tried = models.TextField("what was tried", max_length=4000)
    wanted = models.TextField("what would settle it", max_length=4000)
    requested_on = models.DateField("requested on", null=True, blank=True, editable=False)
    rules = models.ForeignKey(
        EngagementRules, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    taken_on = models.DateField("taken on", null=True, blank=True, editable=False)
    position = models.TextField("the other party's view", max_length=8000, blank=True, editable=False)
    answered_on = models.DateField("answered on", null=True, blank=True, editable=False)
    meetings_held = models.PositiveSmallIntegerField("meetings held", default=0, editable=False)
    outcome = models.TextField(max_length=4000, blank=True, editable=False)
    referred_to = models.CharField("referred to", max_length=120, blank=True, editable=False)
    ended_on = models.DateField("ended on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "party difference"
        ordering = ("-requested_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(party=F("other")), name="a_difference_is_between_two_parties",
                violation_error_message="A difference is with another party.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("party difference", args=[self.pk])
