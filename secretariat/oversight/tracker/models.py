"""The centralised tracker: which devices send spurious alerts, whom it hurts, who mends it, by when, and if it helped.

One entry is a device model by an alert code. Its plan's dates move, and each move says why; what the measurements
showed before and after is kept with the address of the question that told it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Classified, Clearance
from secretariat.oversight.regions import Region
from secretariat.oversight.tracker.codes import Rate, against, normal, ratio
from secretariat.oversight.who import OPERATIONS_GROUP, OperatorReads
from secretariat.plain.dates import long_date
from secretariat.products.models import DeviceModel, DeviceType
from secretariat.register.parties import Party

REPORTED, EXAMINED, PLANNED, DEPLOYED, WATCHED, FIXED, SET_ASIDE = (
    "reported", "under investigation", "plan agreed", "in deployment", "being watched", "fixed", "set aside",
)  # fmt: skip
OPEN = (REPORTED, EXAMINED, PLANNED, DEPLOYED, WATCHED)
"""Where an entry stands that is not over."""


class Behaviour(models.TextChoices):
    """What the alert does that it should not."""

    REPEATS = "repeats", "Repeats without cause"
    STORM = "storm", "Comes in storms"
    FALSE = "false", "Tells of what did not happen"
    MISSING = "missing", "Does not come, or is lost"
    UNKNOWN = "unknown", "Not understood yet"


class Owner(models.TextChoices):
    """Whose it is to mend: a hub is the central service's, a meter its Responsible Supplier's."""

    CENTRAL = "central service", "Central service (DCC)"
    CSP = "CSP", "Communications Service Provider"
    DSP = "DSP", "Data Service Provider"
    S1SP = "S1SP", "SMETS1 Service Provider"
    SUPPLIER = "supplier", "Responsible Supplier"
    MAKER = "manufacturer", "Manufacturer"


class TrackerEntryQuerySet(OperatorReads):
    """Tracker entries, asked as at a day."""

    def open_on(self, day: date) -> Self:
        """Those reported by a day and not over by its end."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), reported_on__lte=day)


class TrackerEntry(Classified):
    """One device model by one alert code: its behaviour, its owner and how far the remedy is."""

    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    number = models.PositiveIntegerField(unique=True, editable=False)
    device_type = models.CharField(max_length=20, choices=DeviceType.choices)
    manufacturer = models.CharField(max_length=120, blank=True)
    model = models.CharField(max_length=60, blank=True, help_text="Leave empty for all models of the manufacturer.")
    firmware = models.CharField(max_length=120, blank=True, help_text="The versions that show it; empty: all.")
    models_listed = models.ManyToManyField(
        DeviceModel, blank=True, related_name="tracker_entries", verbose_name="entries of the Central Products List"
    )
    region = models.CharField(max_length=8, choices=Region.choices, blank=True, help_text="Empty: all regions.")
    alert_code = models.CharField(max_length=6, help_text="Such as 8F3E, AD1 or N53.")
    behaviour = models.CharField(max_length=10, choices=Behaviour.choices, default=Behaviour.UNKNOWN)
    description = models.TextField(max_length=2000, help_text="What is seen, and when.")
    cause = models.TextField("cause, as far as it is known", max_length=2000, blank=True)
    owner = models.CharField(max_length=16, choices=Owner.choices, blank=True)
    owner_party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="tracker_entries",
        verbose_name="the party that owns it", help_text="If the owner is a party to the code.",
    )  # fmt: skip
    reported_by = models.CharField(max_length=120, blank=True)
    reported_on = models.DateField(null=True, editable=False)
    closed_on = models.DateField("over since", null=True, blank=True, editable=False)
    reason = models.CharField("why it was set aside or taken up again", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    source = models.CharField(max_length=200, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "owner_party_id"
    objects: ClassVar[Any] = TrackerEntryQuerySet.as_manager()

    class Meta:
        verbose_name = "tracker entry"
        verbose_name_plural = "tracker entries"
        ordering = ("-number",)
        indexes = (models.Index(fields=["state"]), models.Index(fields=["alert_code"]))

    def __str__(self) -> str:
        return f"{self.reference}: {self.alert_code} of {self.device}"

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("tracker entry", args=[self.number])

    @property
    def reference(self) -> str:
        """Its number as papers and mail name it."""
        return f"TRK-{self.number:04}"

    @property
    def device(self) -> str:
        """The device model in words: maker, model or type, firmware."""
        said = " ".join(part for part in (self.manufacturer, self.model) if part)
        kind = f"{said} ({self.device_type})" if said else str(self.device_type)
        return f"{kind}, firmware {self.firmware}" if self.firmware else kind

    @property
    def owned(self) -> str:
        """The owner in words, with the party if it is one."""
        kind = Owner(self.owner).label if self.owner else "Nobody yet"
        return f"{kind}: {self.owner_party.name}" if self.owner_party else kind

    def clean(self) -> None:
        """The alert code in its one form. Raises ValidationError."""
        super().clean()
        try:
            self.alert_code = normal(self.alert_code)
        except ValueError as error:
            raise ValidationError({"alert_code": str(error)}) from error


class Weight(models.TextChoices):
    """How much an impact weighs."""

    LOW = "low", "A nuisance"
    MEDIUM = "medium", "Costs time or money"
    HIGH = "high", "Stops or endangers the service"


class Impact(models.Model):
    """Whom an entry hurts, how, and how much."""

    entry = models.ForeignKey(TrackerEntry, on_delete=models.CASCADE, related_name="impacts")
    on_whom = models.CharField("on whom", max_length=80, help_text="Such as Network Operators, the DSP, or consumers.")
    what = models.CharField(max_length=300)
    weight = models.CharField(max_length=8, choices=Weight.choices, default=Weight.MEDIUM)
    recorded = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("entry_id", "id")

    def __str__(self) -> str:
        return f"{self.on_whom}: {self.what}"


class Work(models.TextChoices):
    """The parts of a remedy, in their order."""

    DEVELOP = "develop", "Develop"
    TEST = "test", "Test"
    DEPLOY = "deploy", "Deploy"


class PlanDate(models.Model):
    """When one part of a remedy is to be done; without a day where its owner has yet to confirm one."""

    entry = models.ForeignKey(TrackerEntry, on_delete=models.CASCADE, related_name="plan")
    work = models.CharField(max_length=8, choices=Work.choices)
    due_on = models.DateField("due", null=True, blank=True, help_text="Empty while no day is confirmed.")
    done_on = models.DateField("done on", null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("entry_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "work"], name="one_date_of_each_work",
                violation_error_message="The plan has this part already: move its date.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_work_display()}: {self.told}"

    @property
    def told(self) -> str:
        """Its date in words."""
        if self.done_on:
            return f"done on {long_date(self.done_on)}"
        return long_date(self.due_on) if self.due_on else "to be confirmed"


class PlanMoveQuerySet(OperatorReads):
    """Moves are read where their entry is read."""

    def cleared_for(self, cleared: Clearance) -> Any:
        """The rows that a clearance opens, of the entries that it opens."""
        entries = TrackerEntry.objects.cleared_for(cleared)
        return super().cleared_for(cleared).filter(date__entry__in=entries.values("pk"))


class PlanMove(Classified):
    """One change of a date of a plan: from when to when, and why."""

    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    date = models.ForeignKey(PlanDate, on_delete=models.CASCADE, related_name="moves")
    old = models.DateField("from", null=True, blank=True)
    new = models.DateField("to", null=True, blank=True)
    reason = models.CharField(max_length=300)
    moved_on = models.DateField("moved on")
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "date__entry__owner_party_id"
    objects: ClassVar[Any] = PlanMoveQuerySet.as_manager()

    class Meta:
        verbose_name = "move of a plan's date"
        ordering = ("-moved_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(old__isnull=False) | Q(new__isnull=False), name="a_move_has_a_date",
                violation_error_message="Say from which day, or to which.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        old, new = (long_date(day) if day else "to be confirmed" for day in (self.old, self.new))
        return f"{self.date.get_work_display()}: {old} became {new}"

    def get_absolute_url(self) -> str:
        """The page of the entry that it belongs to."""
        return reverse("tracker entry", args=[self.date.entry.number])

    @property
    def days(self) -> int | None:
        """How many days later; below nought is earlier. None where a day was or became unconfirmed."""
        return (self.new - self.old).days if self.old and self.new else None


class BeforeAfter(models.Model):
    """What the measurements told of an entry before and after its remedy: numbers, and the question that gave them.

    The interval is the measurement's own; counts alone give none, since a few devices send most alerts.
    """

    entry = models.ForeignKey(TrackerEntry, on_delete=models.CASCADE, related_name="evidence")
    asked = models.CharField(
        "address of the question", max_length=500, blank=True, help_text="On this site, such as /firmware-changes/?…"
    )
    before_from = models.DateField("before: from")
    before_to = models.DateField("before: until")
    after_from = models.DateField("after: from")
    after_to = models.DateField("after: until")
    alerts_before = models.PositiveBigIntegerField("alerts before")
    devices_before = models.PositiveIntegerField("devices watched before")
    alerts_after = models.PositiveBigIntegerField("alerts after")
    devices_after = models.PositiveIntegerField("devices watched after")
    control = models.FloatField(
        "ratio of the devices not changed", null=True, blank=True, help_text="Their rate after over their rate before."
    )
    low = models.FloatField("lower end of the interval", null=True, blank=True)
    high = models.FloatField("upper end of the interval", null=True, blank=True)
    taken_on = models.DateField("measured on")
    recorded = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = "measurement before and after"
        verbose_name_plural = "measurements before and after"
        ordering = ("entry_id", "taken_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(before_from__lte=F("before_to"), before_to__lt=F("after_from"),
                            after_from__lte=F("after_to")),
                name="before_is_before_after",
                violation_error_message="The days before must end before those after begin.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True) | Q(low__lte=F("high")),
                name="an_interval_has_two_ends",
                violation_error_message="An interval has a lower and an upper end.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.entry.reference}, measured on {long_date(self.taken_on)}"

    def clean(self) -> None:
        """The question is one of this site's. Raises ValidationError."""
        super().clean()
        if self.asked and (not self.asked.startswith("/") or self.asked.startswith("//")):
            raise ValidationError({"asked": "Give the address of a page of this site, from its first stroke on."})

    @property
    def before(self) -> Rate:
        """The rate before."""
        return Rate(self.alerts_before, self.devices_before, (self.before_to - self.before_from).days + 1)

    @property
    def after(self) -> Rate:
        """The rate after."""
        return Rate(self.alerts_after, self.devices_after, (self.after_to - self.after_from).days + 1)

    @property
    def ratio(self) -> float | None:
        """What the remedy did: the rate after over the rate before, over the same of the devices not changed."""
        return against(ratio(self.before, self.after), self.control)

    @property
    def shows_a_fall(self) -> bool:
        """Whether fewer alerts came: by the interval where there is one, else by the ratio alone."""
        if self.high is not None:
            return self.high < 1
        return self.ratio is not None and self.ratio < 1
