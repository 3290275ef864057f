"""SMETS1 devices on their way into the service: cohorts, combinations, migration, live-service criteria, monitoring."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.oversight.incidents.models import BODY, OfTheService
from secretariat.plain.dates import instant, long_date
from secretariat.products.models import DeviceModel
from secretariat.products.publishing.models import CombinationReport, ListRow

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

BEING_RATED, SUBMITTED, ENDORSED, APPROVED, LIVE, SETTLED, REFUSED = (
    "being rated", "submitted", "endorsed", "approved", "live", "settled", "refused"
)  # fmt: skip
"""Where an assessment of a combination against the live-service criteria stands, until its monitoring is over."""
ELIGIBLE = "EPCL"


class Cohort(Classified):
    """A step in which SMETS1 devices of certain makers can be migrated into the service."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    code = models.CharField(max_length=10, unique=True, help_text="Such as IOC.")
    name = models.CharField(max_length=120)
    makers = models.CharField("makers of its devices", max_length=300, blank=True)
    planned_on = models.DateField("planned for", null=True, blank=True)
    live_on = models.DateField("live since", null=True, blank=True)
    source = models.CharField("told in", max_length=300, blank=True)
    verified = models.BooleanField(
        "its makers are verified", default=False, help_text="Whether a document was seen that names them."
    )
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("id",)
        verbose_name = "SMETS1 cohort"

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("SMETS1 cohort", args=[self.code])


class Mode(models.TextChoices):
    """Whether the installations of a combination are served before they are migrated."""

    ACTIVE = "active", "Active"
    DORMANT = "dormant", "Dormant"
    MIXED = "mixed", "Mixed"


class Combination(Classified):
    """A combination of SMETS1 device models and a communications provider (F2.10A)."""

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="combinations")
    name = models.CharField(max_length=120, unique=True, help_text="As the DCC names it, such as Elster Active.")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    models_named = models.CharField(
        "device models", max_length=300, blank=True,
        help_text="The CPL Entry IDs of its device models as the list has them, such as 9001; 9005.",
    )  # fmt: skip
    provider = models.CharField("communications service provider", max_length=80, blank=True)
    operator = models.CharField(
        "operator", max_length=120, blank=True, help_text="Of the SMETS1 service: S1SP and, before migration, SMSO."
    )
    awaiting = models.PositiveIntegerField(
        "installations to migrate", null=True, blank=True, help_text="As the DCC tells it; empty where not known."
    )
    source = models.CharField("told in", max_length=300, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("cohort_id", "name")
        verbose_name = "device model combination"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("device model combination", args=[self.pk])

    @property
    def key(self) -> str:
        """What tells it from the other rows of a list of combinations; nothing where that is not known."""
        return f"{self.models_named} | {self.provider}" if self.models_named and self.provider else ""

    @property
    def entry_ids(self) -> list[str]:
        """The CPL Entry IDs of its device models."""
        return [part.strip() for part in self.models_named.split(";") if part.strip()]

    def device_models(self) -> models.QuerySet[Any]:
        """Its device models that the Central Products List has or had."""
        found: models.QuerySet[Any] = DeviceModel.objects.filter(entry_id__in=self.entry_ids)
        return found

    def listed(self) -> models.QuerySet[Any]:
        """The rows of the list of eligible combinations that hold it, oldest first."""
        rows = ListRow.objects.filter(list__code=ELIGIBLE, key=self.key) if self.key else ListRow.objects.none()
        found: models.QuerySet[Any] = rows.select_related("list").order_by("from_number")
        return found

    def clean(self) -> None:
        """Its device models are written as the lists write them, each once and in order. Raises ValidationError."""
        super().clean()
        self.models_named = "; ".join(sorted(set(re.split(r"[;,\s]+", self.models_named)) - {""}))


class Reason(models.TextChoices):
    """Why an installation was not migrated."""

    MASTER_KEYS = "master keys", "Master keys are missing"
    NO_WAN_BEFORE = "no wan before", "No WAN before migration"
    NO_WAN_DURING = "no wan during", "No WAN while migrating"
    ATTEMPTS = "attempts", "Five or more attempts failed"
    ESME_ONLY = "esme only", "Only the electricity meter could be migrated"
    OTHER = "other", "Another reason"


class MigrationQuerySet(models.QuerySet[Any]):
    """Asks the DCC's returns of migration."""

    def visible_to(self, person: Reader, at: datetime) -> MigrationQuerySet:
        """The returns of the combinations that a person may read at an instant."""
        return self.filter(combination__in=Combination.objects.visible_to(person, at))

    def current(self) -> MigrationQuerySet:
        """Those that no later return restates."""
        return self.filter(restated=False)


class MigrationReturn(models.Model):
    """How many installations of a combination were tried and migrated from a day until a day, as the DCC told it.

    A return of the same days supersedes the one before, which stays.
    """

    combination = models.ForeignKey(Combination, on_delete=models.PROTECT, related_name="returns")
    first_day = models.DateField("from")
    last_day = models.DateField("until")
    attempted = models.PositiveIntegerField("installations tried")
    migrated = models.PositiveIntegerField("installations migrated")
    revision = models.PositiveSmallIntegerField(default=1)
    restated = models.BooleanField("superseded by a later return", default=False)
    source = models.CharField("told in", max_length=300, blank=True)
    recorded = models.DateTimeField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = MigrationQuerySet.as_manager()

    class Meta:
        ordering = ("-last_day", "combination_id", "-revision")
        verbose_name = "migration return"
        indexes = (models.Index(fields=["last_day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["combination", "first_day", "last_day", "revision"], name="one_migration_return_a_revision"
            ),
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="a_migration_return_has_days"),
            models.CheckConstraint(
                condition=Q(migrated__lte=F("attempted")), name="what_is_migrated_was_tried",
                violation_error_message="No more are migrated than were tried.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.combination}, {long_date(self.first_day)} to {long_date(self.last_day)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("migration return", args=[self.pk])


class MigrationFailure(models.Model):
    """How many installations of a return were not migrated for one reason."""

    of = models.ForeignKey(MigrationReturn, on_delete=models.PROTECT, related_name="failures")
    reason = models.CharField(max_length=16, choices=Reason.choices)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ("of_id", "reason")
        constraints = (models.UniqueConstraint(fields=["of", "reason"], name="one_number_of_a_reason_of_a_return"),)

    def __str__(self) -> str:
        return f"{self.number} {self.get_reason_display()}"

    def get_absolute_url(self) -> str:
        """The page of the return that tells it."""
        return self.of.get_absolute_url()


class Criterion(Dated):
    """One of the live-service criteria, from a day until a day."""

    code = models.CharField(max_length=10, help_text="Such as LSC6.")
    name = models.CharField(max_length=200)
    says = models.CharField("what it asks", max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    source = models.CharField("told in", max_length=300, blank=True)
    verified = models.BooleanField(default=False, help_text="Whether a document was seen that names it.")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[models.Manager[Any]] = DatedQuerySet.as_manager()

    class Meta:
        ordering = ("position", "code", "from_day")
        verbose_name = "live service criterion"
        verbose_name_plural = "live service criteria"
        constraints = (models.UniqueConstraint(fields=["code", "from_day"], name="one_criterion_of_a_code_from_a_day"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("live service criterion", args=[self.pk])


class Light(models.TextChoices):
    """How a criterion is met."""

    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"


class LiveServiceAssessment(Classified):
    """Whether a combination may go live: its criteria rated, the recommendation to the Panel, and what came of it."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=BODY)
    combination = models.ForeignKey(Combination, on_delete=models.PROTECT, related_name="assessments")
    report = models.ForeignKey(
        CombinationReport, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="EPCL report", help_text="In which the DCC proposes it.",
    )  # fmt: skip
    opened_on = models.DateField("opened on", null=True, editable=False)
    recommendation = models.TextField("recommendation to the Panel", max_length=4000, blank=True, editable=False)
    endorsed_in = models.CharField("endorsed at", max_length=200, blank=True, editable=False)
    endorsed_kind = models.CharField(max_length=60, blank=True, editable=False)
    endorsed_id = models.BigIntegerField(null=True, blank=True, editable=False)
    decided_in = models.CharField("decided at", max_length=200, blank=True, editable=False)
    decided_kind = models.CharField(max_length=60, blank=True, editable=False)
    decided_id = models.BigIntegerField(null=True, blank=True, editable=False)
    refused_because = models.CharField("why it was refused", max_length=500, blank=True, editable=False)
    live_on = models.DateField("live since", null=True, blank=True, editable=False)
    settled_on = models.DateField("monitoring ended on", null=True, blank=True, editable=False)
    outcome = models.CharField("what monitoring found", max_length=1000, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfTheService.as_manager()

    class Meta:
        ordering = ("-opened_on", "-id")
        verbose_name = "live service assessment"

    def __str__(self) -> str:
        return f"Live-service criteria of {self.combination}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("live service assessment", args=[self.pk])


class Rating(models.Model):
    """How a criterion was rated, by whom and why; a later rating of the same criterion takes its place."""

    assessment = models.ForeignKey(LiveServiceAssessment, on_delete=models.PROTECT, related_name="ratings")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="ratings")
    light = models.CharField("rating", max_length=6, choices=Light.choices)
    reason = models.CharField(max_length=1000, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    rated_by = models.CharField("rated by", max_length=80)
    from_at = models.DateTimeField("rated at")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("assessment_id", "from_at", "id")

    def __str__(self) -> str:
        return f"{self.criterion.code} {self.get_light_display()} from {instant(self.from_at)}"

    def clean(self) -> None:
        """What is not Green says why. Raises ValidationError."""
        super().clean()
        if self.light != Light.GREEN and not self.reason.strip():
            raise ValidationError({"reason": f"Say why {self.criterion.code} is not Green."})


class Watch(models.Model):
    """What was seen of a combination on a day after it went live."""

    assessment = models.ForeignKey(LiveServiceAssessment, on_delete=models.PROTECT, related_name="watches")
    day = models.DateField()
    light = models.CharField("how it goes", max_length=6, choices=Light.choices)
    words = models.CharField("what was seen", max_length=1000)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("assessment_id", "day", "id")
        verbose_name = "day of monitoring"

    def __str__(self) -> str:
        return f"{long_date(self.day)}: {self.get_light_display()}"
