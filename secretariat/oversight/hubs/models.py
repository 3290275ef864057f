"""Communications Hubs month by month: what was ordered, delivered, installed and returned, and what went wrong.

Counts come from the central service's monthly returns. A restated count supersedes the earlier one and leaves it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.oversight.regions import Region
from secretariat.oversight.who import OPERATIONS_GROUP, OperatorReads
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month
from secretariat.register.leaving.models import LastResort
from secretariat.register.parties import Party

PROPOSED, ACCEPTED, DONE, DECLINED = "proposed", "accepted", "transferred", "declined"


class Flow(models.TextChoices):
    """What is counted of hubs in a month, in the order of their life."""

    ORDERED = "ordered", "Ordered"
    DELIVERED = "delivered", "Delivered"
    INSTALLED = "installed", "Installed"
    DECOMMISSIONED = "decommissioned", "Decommissioned"
    RETURNED = "returned", "Returned"


class MonthlyQuerySet(ClassifiedQuerySet):
    """Monthly counts; those that a restatement superseded are kept and no longer counted."""

    def current(self) -> Self:
        """The counts that nothing supersedes."""
        return self.filter(superseded_at__isnull=True)


class MonthlyCount(Classified):
    """Base of a count of one month and region, as the central service returned it."""

    month = models.DateField(help_text="The first day of the month.")
    region = models.CharField(max_length=8, choices=Region.choices)
    count = models.PositiveIntegerField()
    recorded = models.DateTimeField(editable=False)
    superseded_at = models.DateTimeField("superseded", null=True, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = MonthlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A month is told by its first day. Raises ValidationError."""
        super().clean()
        if self.month.day != 1:
            raise ValidationError({"month": "Tell the month by its first day."})

    @property
    def when(self) -> str:
        """The month and the region, in words."""
        return f"{Month.of(self.month).label}, {Region(self.region).label}"


class HubCount(MonthlyCount):
    """How many hubs went through one stage of their life in a month and region."""

    flow = models.CharField("what", max_length=14, choices=Flow.choices)

    class Meta:
        verbose_name = "hub count"
        ordering = ("-month", "region", "id")
        indexes = (models.Index(fields=["flow", "month"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["flow", "month", "region"], condition=Q(superseded_at__isnull=True), name="one_hub_count_holds",
                violation_error_message="This count is there already: restate it.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Hubs {self.get_flow_display().lower()}, {self.when}"

    def get_absolute_url(self) -> str:
        """The count's page."""
        return reverse("hub count", args=[self.pk])


class ExceptionCategory(Classified):
    """A kind of exception at the installation of a hub; the central service may name others, so these are rows."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    name = models.CharField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(default=1)
    named_in = models.CharField("named in", max_length=200, blank=True, help_text="The document that names it.")
    confirmed = models.BooleanField(default=False, help_text="Whether the central service uses this category.")

    class Meta:
        verbose_name = "exception category"
        verbose_name_plural = "exception categories"
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The category's page."""
        return reverse("exception category", args=[self.pk])


class HubException(MonthlyCount):
    """How many exceptions of a category, and of a cause where it is known, a month and region had."""

    category = models.ForeignKey(ExceptionCategory, on_delete=models.PROTECT, related_name="counts")
    cause = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = "hub exception"
        ordering = ("-month", "category_id", "region", "id")
        indexes = (models.Index(fields=["category", "month"]), models.Index(fields=["month", "region"]))
        constraints = (
            models.UniqueConstraint(
                fields=["category", "cause", "month", "region"], condition=Q(superseded_at__isnull=True),
                name="one_count_of_exceptions_holds",
                violation_error_message="This count is there already: restate it.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.category}, {self.when}"

    def get_absolute_url(self) -> str:
        """The count's page."""
        return reverse("hub exception", args=[self.pk])


class Intervention(Classified):
    """Something done on a day that should change a series of exceptions; the series says whether it did."""

    name = models.CharField(max_length=120)
    on_day = models.DateField("on")
    by = models.CharField("done by", max_length=80, help_text="Such as DSP, or CSP North.")
    category = models.ForeignKey(
        ExceptionCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="interventions",
        help_text="Leave empty when it is meant for all exceptions.",
    )  # fmt: skip
    region = models.CharField(max_length=8, choices=Region.choices, blank=True, help_text="Empty: all regions.")
    source = models.CharField(max_length=200, blank=True)
    said = models.CharField("what was said of it", max_length=300, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-on_day", "-id")

    def __str__(self) -> str:
        return f"{self.name}, {long_date(self.on_day)}"

    def get_absolute_url(self) -> str:
        """The intervention's page, with its test."""
        return reverse("hub intervention", args=[self.pk])


class TriageBatch(Classified):
    """Returned hubs that were examined together: how many, and in how many a fault was found."""

    region = models.CharField(max_length=8, choices=Region.choices, blank=True, help_text="Empty: all regions.")
    returned_by = models.CharField(max_length=120, blank=True, help_text="Whose returns they were, if known.")
    triaged_on = models.DateField("reported on")
    triaged = models.PositiveIntegerField("hubs examined")
    faulty = models.PositiveIntegerField("hubs with a fault")
    source = models.CharField(max_length=200, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "triage batch"
        verbose_name_plural = "triage batches"
        ordering = ("-triaged_on", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(faulty__lte=F("triaged")), name="no_more_faulty_than_triaged",
                violation_error_message="More hubs cannot have a fault than were examined.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.triaged:,} hubs examined, {long_date(self.triaged_on)}"

    def get_absolute_url(self) -> str:
        """The batch's page."""
        return reverse("triage batch", args=[self.pk])


class Standing(models.TextChoices):
    """How far a region's provider has come with what was asked of it."""

    NOT_BEGUN = "not begun", "Not begun"
    UNDER_WAY = "under way", "Under way"
    COMPLETE = "complete", "Complete"


class HubRequest(Classified):
    """What the Operations Group asked of the central service about hubs; each region's provider answers for itself."""

    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    title = models.CharField(max_length=160)
    asked_on = models.DateField("asked for on", null=True, blank=True)
    due_on = models.DateField("due", null=True, blank=True)
    category = models.ForeignKey(
        ExceptionCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="requests"
    )
    source = models.CharField(max_length=200, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "hub request"
        ordering = ("-asked_on", "-id")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The request's page."""
        return reverse("hub request", args=[self.pk])


class RegionStanding(models.Model):
    """How one region stands with a request: its lead by office, how far it is, and since when."""

    request = models.ForeignKey(HubRequest, on_delete=models.CASCADE, related_name="standings")
    region = models.CharField(max_length=8, choices=Region.choices)
    lead = models.CharField(max_length=80, blank=True, help_text="The office that leads, not a person's name.")
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.NOT_BEGUN)
    since = models.DateField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "region's standing"
        ordering = ("request_id", "region")
        constraints = (
            models.UniqueConstraint(
                fields=["request", "region"], name="a_region_stands_once_in_a_request",
                violation_error_message="This region stands in the request already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{Region(self.region).label}: {self.get_standing_display().lower()}"


class HubStock(Classified):
    """Hubs that a party holds and has not installed, as at a day."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="hub_stocks")
    region = models.CharField(max_length=8, choices=Region.choices)
    variant = models.CharField(max_length=60, blank=True, help_text="Such as Single Band or Dual Band.")
    held_by = models.CharField(
        "held by",
        max_length=120,
        blank=True,
        help_text="A third party that holds them for it; empty: the party itself.",
    )
    as_at = models.DateField("as at")
    hubs = models.PositiveIntegerField()
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "hub stock"
        ordering = ("-as_at", "party_id", "region", "variant")
        indexes = (models.Index(fields=["party", "as_at"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["party", "region", "variant", "held_by", "as_at"], name="one_stock_of_hubs_on_a_day",
                violation_error_message="This stock is told already for the day.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Hubs of {self.party.name}, {Region(self.region).label}, as at {long_date(self.as_at)}"

    def get_absolute_url(self) -> str:
        """The stock's page."""
        return reverse("hub stock", args=[self.pk])


class Destination(models.TextChoices):
    """Where the hubs of a failed supplier go: by Section F8.7 back, or on by agreement."""

    BACK = "central service", "Back to the central service"
    APPOINTED = "appointed", "To the Supplier of Last Resort"


class HubTransfer(Classified):
    """Hubs in the stock of a failed supplier that go back, or over to the Supplier of Last Resort."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=OPERATIONS_GROUP)
    appointment = models.ForeignKey(LastResort, on_delete=models.PROTECT, related_name="hub_transfers")
    region = models.CharField(max_length=8, choices=Region.choices)
    variant = models.CharField(max_length=60, blank=True, help_text="Such as Single Band or Dual Band.")
    goes_to = models.CharField("where to", max_length=16, choices=Destination.choices, default=Destination.BACK)
    hubs = models.PositiveIntegerField()
    proposed_on = models.DateField("proposed on", null=True, editable=False)
    answered_on = models.DateField("answered on", null=True, blank=True, editable=False)
    transferred_on = models.DateField("transferred on", null=True, blank=True, editable=False)
    reason = models.CharField("why it was declined", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "appointment__appointed_id"
    objects: ClassVar[Any] = OperatorReads.as_manager()

    class Meta:
        verbose_name = "hub transfer"
        ordering = ("-proposed_on", "-id")
        indexes = (models.Index(fields=["state"]),)

    def __str__(self) -> str:
        back = self.goes_to == Destination.BACK
        return f"{self.hubs:,} hubs of {self.appointment.failing.name} {'back' if back else 'handed on'}"

    def get_absolute_url(self) -> str:
        """The transfer's page."""
        return reverse("hub transfer", args=[self.pk])


def held(appointment: LastResort, region: str, variant: str, day: date) -> int | None:
    """What is left of the failed supplier's stock as last told by a day, whoever holds it for it.

    What was proposed since and not declined is taken off. None where nothing was ever told.
    """
    of = {"region": region, "variant": variant}
    told = HubStock.objects.filter(party=appointment.failing, as_at__lte=day, **of)
    last = told.order_by("-as_at").values_list("as_at", flat=True).first()
    if last is None:
        return None
    given = HubTransfer.objects.filter(appointment__failing=appointment.failing, proposed_on__gte=last, **of)
    gone = given.exclude(state=DECLINED).aggregate(hubs=Sum("hubs"))["hubs"] or 0
    return int(told.filter(as_at=last).aggregate(hubs=Sum("hubs"))["hubs"] - gone)
