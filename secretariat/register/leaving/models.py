"""How parties leave, step by step, and what happens when a supplier fails."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.plain.dates import long_date
from secretariat.register.parties import Party

NOTICE_GIVEN, SETTLED, DAY_FIXED, UNDER_WAY, LEFT, STAYED = (
    "notice given", "nothing outstanding", "day fixed", "under way", "left", "stayed",
)  # fmt: skip
OPEN = (NOTICE_GIVEN, SETTLED, DAY_FIXED, UNDER_WAY)


class Ground(models.TextChoices):
    """Why a party leaves (rules EXIT-1, EXIT-2, DEF-8)."""

    WITHDRAWAL = "withdrawal", "Its own wish"
    EXPULSION = "expulsion", "Expulsion by the Panel"
    DISSOLVED = "dissolved", "The company was dissolved"
    LICENCE = "licence revoked", "Its licence was revoked"
    CEASED = "ceased trading", "It ceased trading"


class Leaving(Classified):
    """One party on its way out: from its notice, or from what happened to it, to the day on which it is none."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="leavings")
    ground = models.CharField(max_length=20, choices=Ground.choices)
    notice_on = models.DateField("notice given on", null=True, blank=True)
    settled_on = models.DateField("nothing outstanding since", null=True, blank=True)
    day = models.DateField("leaves on", null=True, blank=True)
    meeting = models.CharField("Board meeting that fixed the day", max_length=40, blank=True)
    hubs_held = models.PositiveIntegerField("uninstalled communications hubs held", null=True, blank=True)
    hubs_returned = models.PositiveIntegerField("of these returned to the DCC", default=0)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-notice_on", "-id")
        indexes = (models.Index(fields=["state", "day"]), models.Index(fields=["party", "state"]))
        constraints = (
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(state__in=OPEN),
                name="a_party_leaves_once_at_a_time",
                violation_error_message="This party is leaving already.",
            ),
            models.CheckConstraint(
                condition=Q(hubs_held__isnull=True, hubs_returned=0) | Q(hubs_returned__lte=F("hubs_held")),
                name="no_more_hubs_return_than_were_held",
                violation_error_message="No more hubs are returned than were held: tell first how many were held.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name}: {self.get_ground_display().lower()}"

    def get_absolute_url(self) -> str:
        """The exit's page."""
        return reverse("exit", args=[self.pk])

    @property
    def hubs_missing(self) -> int | None:
        """Uninstalled hubs not yet returned (rule EXIT-4, Section F8.7); None while nobody said how many there are."""
        return None if self.hubs_held is None else self.hubs_held - self.hubs_returned


class LastResort(Classified):
    """A Supplier of Last Resort: who failed, whom the Authority appointed, and since when (rule EXIT-5)."""

    failing = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="failures")
    appointed = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="appointments")
    appointed_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    owned_by: ClassVar[str] = "failing_id"

    class Meta:
        verbose_name = "Supplier of Last Resort"
        verbose_name_plural = "Suppliers of Last Resort"
        ordering = ("-appointed_on", "-id")
        indexes = (models.Index(fields=["appointed_on"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["failing", "appointed"],
                name="one_appointment_of_a_supplier",
                violation_error_message="This appointment is in the register already.",
            ),
            models.CheckConstraint(
                condition=~Q(failing=F("appointed")),
                name="another_supplier_is_appointed",
                violation_error_message="A supplier does not take the place of itself.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.appointed.name} for {self.failing.name}, {long_date(self.appointed_on)}"

    def get_absolute_url(self) -> str:
        """The appointment's page."""
        return reverse("supplier of last resort", args=[self.pk])


class Side(models.TextChoices):
    """For whom an item of a checklist is."""

    FAILING = "failing", "The failing supplier"
    APPOINTED = "appointed", "The appointed supplier"
    SHARED = "shared", "Shared Resource Providers"


class CheckItem(Classified):
    """One item of an appointment's checklists, for one of its three readers (rule EXIT-5)."""

    event = models.ForeignKey(LastResort, on_delete=models.CASCADE, related_name="items")
    side = models.CharField(max_length=10, choices=Side.choices)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    state = models.CharField(max_length=20, default="", blank=True)
    done_on = models.DateField(null=True, blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    class Meta:
        ordering = ("event_id", "side", "position")
        constraints = (
            models.UniqueConstraint(fields=["event", "side", "position"], name="one_item_in_a_place_of_a_checklist"),
        )

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.text}"

    def get_absolute_url(self) -> str:
        """The item's page."""
        return reverse("checklist item", args=[self.pk])
