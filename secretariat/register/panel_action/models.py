"""What the Panel does while a party is in default, what that suspends, and the confidential case file."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.core.files import StoredFile
from secretariat.register.defaults import DefaultCase
from secretariat.register.parties import GroupMembership, Party, VotingGroup

RESOLVED, APPROVED, IN_FORCE, DONE, LIFTED, RESCINDED = (
    "resolved", "approved", "in force", "done", "lifted", "rescinded",
)  # fmt: skip


class Power(models.TextChoices):
    """What the Panel may do while a default lasts (rule DEF-3, Section M8.4)."""

    WATCH = "watch", "Keep a watching brief"
    TELL_AUTHORITY = "tell authority", "Tell the Authority"
    TELL_PARTY = "tell party", "Tell the party in default"
    TELL_ALL = "tell all", "Tell all parties"
    PLAN = "plan", "Require a remedial plan"
    SUSPEND = "suspend", "Suspend a right or a service"
    EXPEL = "expel", "Expel the party"


class Right(models.TextChoices):
    """What can be suspended: rights (rule DEF-4, Section M8.5) and services of the DCC (rule DEF-5, Section M8.6)."""

    VOTE = "vote", "to vote in elections to the Panel"
    RAISE = "raise", "to raise modifications"
    SEAT = "seat", "to influence the appointment to the Change Board"
    AGENT_SERVICES = "agent services", "services as Registered Supplier Agent or Other User"
    LICENCE_SERVICES = "licence services", "services in the roles of a licence"
    ELECTIVE_SERVICES = "elective services", "elective services"
    GATEWAY = "gateway", "the gateway connection"
    HUBS = "hubs", "ordering communications hubs"


SERVICES = (Right.AGENT_SERVICES, Right.LICENCE_SERVICES, Right.ELECTIVE_SERVICES, Right.GATEWAY, Right.HUBS)
"""What the DCC suspends when the Panel instructs it."""


class PanelAction(Classified):
    """One thing that the Panel resolved in a default case; a case may have several."""

    case = models.ForeignKey(DefaultCase, on_delete=models.PROTECT, related_name="panel_actions")
    power = models.CharField(max_length=20, choices=Power.choices)
    right = models.CharField("what is suspended", max_length=20, choices=Right.choices, blank=True)
    meeting = models.CharField("meeting at which it was resolved", max_length=40, help_text="Such as SECP_78_1303.")
    detail = models.CharField(max_length=300, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    due_on = models.DateField("remedial plan due on", null=True, blank=True)
    approved_on = models.DateField("approved by the Authority on", null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "case__party_id"

    class Meta:
        ordering = ("-resolved_on", "-id")
        indexes = (models.Index(fields=["power", "resolved_on"]), models.Index(fields=["case", "state"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(power=Power.SUSPEND) & ~Q(right="") | ~Q(power=Power.SUSPEND) & Q(right=""),
                name="a_suspension_names_what_it_suspends",
                violation_error_message="A suspension names the right or service, and nothing else does.",
            ),
            models.UniqueConstraint(
                fields=["case", "right"],
                condition=Q(power=Power.SUSPEND, state__in=("resolved", "approved", "in force")),
                name="a_right_is_suspended_once_in_a_case",
                violation_error_message="This is suspended in the case already.",
            ),
        )

    def __str__(self) -> str:
        what = f": {self.get_right_display()}" if self.right else ""
        return f"{self.get_power_display()}{what} ({self.case.party.name})"

    def get_absolute_url(self) -> str:
        """The action's page."""
        return reverse("panel action", args=[self.pk])


class SuspensionQuerySet(DatedQuerySet):
    """Asks suspensions as at a day."""

    def biting(self, right: str, day: date) -> Self:
        """Those of a right that bite on a day: a suspension lasts no longer than its default (rule DEF-3)."""
        over = Q(action__case__ended_on__isnull=False, action__case__ended_on__lte=day)
        return self.on(day).filter(action__right=right).exclude(over)


class Suspension(Dated):
    """A right or service of a party that is suspended from a day until a day."""

    action = models.OneToOneField(PanelAction, on_delete=models.CASCADE, related_name="suspension")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="suspensions")

    objects: ClassVar[Any] = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ("party_id", "from_day")
        indexes = (models.Index(fields=["party", "from_day"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="a_suspension_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return str(Right(self.action.right).label)


def suspended_parties(right: str, day: date) -> models.QuerySet[Any]:
    """The parties whose right or service is suspended on a day."""
    found: models.QuerySet[Any] = Party.objects.filter(pk__in=Suspension.objects.biting(right, day).values("party"))
    return found


def suspended_groups(right: str, day: date) -> models.QuerySet[Any]:
    """The Voting Groups that may not use a right on a day: the suspension of one party bites its group (rule DEF-4).

    Such a group does not vote and is not counted for a quorum.
    """
    parties = list(suspended_parties(right, day).values_list("pk", flat=True))
    members = GroupMembership.objects.on(day).filter(party__in=parties)
    found: models.QuerySet[Any] = VotingGroup.objects.filter(pk__in=members.values("group"))
    return found


class CaseNote(Classified):
    """One entry of a case's confidential file: Red, for the readers it names."""

    case = models.ForeignKey(DefaultCase, on_delete=models.PROTECT, related_name="file_notes")
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    written_on = models.DateField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.RED)

    class Meta:
        ordering = ("-written_on", "-id")
        indexes = (models.Index(fields=["case", "written_on"]),)

    def __str__(self) -> str:
        return f"{self.case}: {self.title}"

    def get_absolute_url(self) -> str:
        """The note's page."""
        return reverse("case note", args=[self.pk])

    def clean(self) -> None:
        """Refuses a note that is not Red: what is in a case's file is for those it names."""
        if self.classification != Class.RED:
            raise ValidationError({"classification": "What is in a case's file is Red."})
