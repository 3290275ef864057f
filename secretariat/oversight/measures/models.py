"""How the central service is measured: dated definitions, the DCC's monthly returns, and what it committed to."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.core.files import StoredFile
from secretariat.core.rulebook import MARKS
from secretariat.oversight.measures.composition import Rule
from secretariat.oversight.measures.levels import Level, Status, level_of, printed, rounded
from secretariat.oversight.measures.methods import MethodVersion
from secretariat.oversight.measures.terms import Basis, Family, Period, Provider
from secretariat.oversight.regions import Region
from secretariat.oversight.who import OperatorReads
from secretariat.plain.months import Month

if TYPE_CHECKING:
    from datetime import datetime

    from secretariat.core.classification import Reader

RECEIVED, QUERIED, NOTED = "received", "queried", "noted"
"""Where a return stands."""
OPEN, KEPT, MISSED, WITHDRAWN = "open", "kept", "missed", "withdrawn"
"""Where a commitment stands."""
PERCENT = (MinValueValidator(0), MaxValueValidator(100))
_PART = re.compile(r"(?P<code>[A-Z]+[0-9][0-9.]*)(?: (?P<region>N|C|S|SMETS1))?")


class Measure(Classified):
    """A performance measure: what is measured, whatever its target on a day."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    code = models.CharField(
        max_length=12, unique=True, help_text="Such as CPM1 or PM4.3.",
        validators=[RegexValidator(r"\A[A-Z]+[0-9][0-9.]*\Z", "Capital letters, then a number: CPM1, PM4.3.")],
    )  # fmt: skip
    name = models.CharField(max_length=160)
    family = models.CharField(max_length=10, choices=Family.choices)
    basis = models.CharField(max_length=15, choices=Basis.choices, default=Basis.EVENTS)
    period = models.CharField(max_length=10, choices=Period.choices, default=Period.MONTH)
    lag = models.PositiveSmallIntegerField(
        "periods behind", default=0, help_text="How many periods what is measured lies before the period reported."
    )
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "performance measure"
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("performance measure", args=[self.code])


class DefinitionQuerySet(DatedQuerySet):
    """Definitions are read as their measures are."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """The definitions of the measures that a person may read."""
        return self.filter(measure__in=Measure.objects.visible_to(person, at))


class MeasureDefinition(Dated):
    """What a measure meant from a day on: its target and minimum, of what it is composed and by which rule."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="definitions")
    version = models.CharField(max_length=12)
    target = models.DecimalField("target, %", max_digits=6, decimal_places=3, null=True, blank=True, validators=PERCENT)
    minimum = models.DecimalField(
        "minimum, %", max_digits=6, decimal_places=3, null=True, blank=True, validators=PERCENT
    )
    composition = models.CharField(
        "composed of", max_length=300, blank=True, help_text="Measures and regions, such as DSP1.1; PM2 N; PM2 C; PM2 S"
    )
    rule = models.CharField("combined by", max_length=10, choices=Rule.choices, blank=True)
    meaning = models.TextField("what is measured", max_length=2000, blank=True)
    source = models.CharField(max_length=300, help_text="Where these numbers are taken from.")
    mark = models.CharField("how sure", max_length=30, choices=[(mark, mark) for mark in MARKS])
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = "measure definition"
        ordering = ("measure_id", "from_day")
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "version"], name="one_definition_of_a_version",
                violation_error_message="This measure has a definition of this version already.",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True) | Q(minimum__isnull=True) | Q(minimum__lte=F("target")),
                name="a_minimum_is_not_above_its_target",
                violation_error_message="The minimum is not above the target.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.measure.code} version {self.version}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("measure definition", args=[self.pk])

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The measures that it is composed of, each with its region; none where it is measured itself."""
        found = (_PART.fullmatch(part.strip()) for part in self.composition.split(";") if part.strip())
        return tuple((match["code"], match["region"] or "") for match in found if match)

    @property
    def doubt(self) -> str:
        """How sure we are of its numbers, as a sentence."""
        return MARKS[self.mark]

    def clean(self) -> None:
        """A composition names known measures and comes with its rule; two definitions never hold on one day."""
        super().clean()
        parts = [part.strip() for part in self.composition.split(";") if part.strip()]
        if wrong := [part for part in parts if not _PART.fullmatch(part)]:
            raise ValidationError({"composition": f"“{wrong[0]}” names no measure and region, such as PM2 N."})
        known = set(Measure.objects.values_list("code", flat=True))
        if unknown := sorted({code for code, _ in self.parts} - known):
            raise ValidationError({"composition": f"There is no measure {', '.join(unknown)}."})
        if bool(parts) != bool(self.rule):
            raise ValidationError("A composed measure has a rule by which it is combined, and no other has one.")
        self._check_days()

    def _check_days(self) -> None:
        if not self.measure_id or self.from_day is None:
            return
        if self.to_day is not None and self.to_day < self.from_day:
            raise ValidationError({"to_day": "It ends after it begins."})
        others = MeasureDefinition.objects.filter(measure=self.measure_id).exclude(pk=self.pk)
        if (other := others.overlapping(self.from_day, self.to_day).first()) is not None:
            raise ValidationError(f"{other} holds on some of these days. End it first.")


def no_notes() -> list[Any]:
    """What is to note of a return that was not read yet."""
    return []


class PerformanceReturn(Classified):
    """What the DCC reported of one month in one file. A later one may restate some of it, and never overwrites it."""

    month = models.DateField(help_text="Its first day.")
    received_on = models.DateField("received on", null=True, editable=False)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    restates = models.CharField(
        "why it restates", max_length=500, blank=True, help_text="Why levels reported before are reported again."
    )
    methodology = models.ForeignKey(
        MethodVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="PMM version"
    )
    exceptions = models.ForeignKey(
        MethodVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="PMEL version"
    )
    notes = models.JSONField(default=no_notes, editable=False)
    question = models.TextField(max_length=2000, blank=True, editable=False)
    answer = models.TextField(max_length=2000, blank=True, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "performance return"
        ordering = ("-month", "-id")
        indexes = (models.Index(fields=["month", "state"]),)

    def __str__(self) -> str:
        restated = ", restated" if self.restates else ""
        return f"Performance return for {Month.of(self.month).label}{restated}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("performance return", args=[self.pk])


class ServiceLevelQuerySet(OperatorReads):
    """Asks reported levels."""

    def current(self) -> Self:
        """Those that no later return restated."""
        return self.filter(superseded_in__isnull=True)


class ServiceLevel(Classified):
    """One reported level: of a measure, in a region or in all, for a period.

    Where events are told the level is reckoned of them; `stated` is what the DCC printed. Of a composed measure
    `derived` is what its components give by `rule`. `level` and `derived` keep six decimals; `exact` compares.
    """

    performance_return = models.ForeignKey(PerformanceReturn, on_delete=models.PROTECT, related_name="levels")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="levels")
    definition = models.ForeignKey(MeasureDefinition, on_delete=models.PROTECT, related_name="levels")
    month = models.DateField("reported for", help_text="The first day of the month.")
    period_start = models.DateField()
    period_end = models.DateField()
    region = models.CharField(max_length=6, choices=Region.choices, blank=True)
    provider = models.CharField(max_length=5, choices=Provider.choices, blank=True)
    numerator = models.BigIntegerField("within", null=True, blank=True)
    denominator = models.BigIntegerField("events", null=True, blank=True)
    exclusions = models.BigIntegerField("excluded", null=True, blank=True)
    stated = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    level = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    derived = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    rule = models.CharField("derived by", max_length=10, choices=Rule.choices, blank=True)
    status = models.CharField(max_length=15, choices=Status.choices)
    narrative = models.TextField("why it is below target", max_length=4000, blank=True)
    plan = models.TextField("plan", max_length=4000, blank=True)
    plan_date = models.DateField("to be met by", null=True, blank=True)
    superseded_in = models.ForeignKey(
        PerformanceReturn, null=True, blank=True, on_delete=models.PROTECT, related_name="restated"
    )
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = ServiceLevelQuerySet.as_manager()

    class Meta:
        verbose_name = "service level"
        ordering = ("-month", "measure_id", "region")
        indexes = (models.Index(fields=["month", "status"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "region", "month"], condition=Q(superseded_in__isnull=True),
                name="one_current_level_of_a_measure_a_month",
                violation_error_message="This level was reported already; say why it is restated.",
            ),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True) | Q(numerator__gte=0, numerator__lte=F("denominator")),
                name="a_level_is_a_share",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}, {Month.of(self.month).label}: {printed(self.exact)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("service level", args=[self.pk])

    @property
    def name(self) -> str:
        """The measure and its region, "PM2 N"."""
        return f"{self.measure.code} {self.region}".strip()

    @property
    def exact(self) -> Level:
        """The level, unrounded: of its events, or as it was stated."""
        if self.status == Status.NOT_APPLICABLE:
            return None
        if self.numerator is not None and self.denominator is not None:
            return level_of(self.numerator, self.denominator)
        return Fraction(self.stated) if self.stated is not None else None

    @property
    def lacks(self) -> tuple[str, ...]:
        """What must still be told of it: why it is below its target, and below its minimum a plan with a day."""
        below = self.status == Status.BELOW_MINIMUM
        told = (
            ("why it is below its target", self.status == Status.BELOW_TARGET and not self.narrative),
            ("why it is below its minimum", below and not self.narrative),
            ("a plan", below and not self.plan),
            ("the day by which the plan meets it", below and self.plan_date is None),
        )
        return tuple(words for words, lacking in told if lacking)

    @property
    def disagrees(self) -> Decimal | None:
        """What its components give, where that prints otherwise than what was reported."""
        if self.derived is None or rounded(Fraction(self.derived)) == rounded(self.exact):
            return None
        return rounded(Fraction(self.derived))


class Commitment(Classified):
    """A level that the DCC promised to reach by a day; the day may move, and says why."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="commitments")
    region = models.CharField(max_length=6, choices=Region.choices, blank=True)
    what = models.CharField("what was promised", max_length=300)
    level = models.DecimalField(
        "level, %", max_digits=6, decimal_places=3, null=True, blank=True, validators=PERCENT,
        help_text="Leave empty for the measure's target.",
    )  # fmt: skip
    owner = models.CharField(max_length=120)
    made_in = models.CharField("made in", max_length=200, blank=True, help_text="The meeting or paper.")
    made_on = models.DateField("made on")
    first_due = models.DateField("first promised for", editable=False, null=True)
    due_on = models.DateField("due on")
    moved = models.PositiveSmallIntegerField("times moved", default=0, editable=False)
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "performance commitment"
        ordering = ("due_on", "id")
        indexes = (models.Index(fields=["state", "due_on"]),)

    def __str__(self) -> str:
        where = f"{self.measure.code} {self.region}".strip()
        return f"{where}: {self.what}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("performance commitment", args=[self.pk])


class TestTraffic(Classified):
    """The test commands by which a round trip was measured in a month: so many on each day, in one region."""

    __test__ = False

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="test_traffic")
    region = models.CharField(max_length=6, choices=Region.choices)
    month = models.DateField(help_text="Its first day.")
    hubs = models.PositiveIntegerField("commissioned hubs")
    daily = models.JSONField("commands a day", default=list)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "test traffic"
        ordering = ("-month", "measure_id", "region")
        constraints = (
            models.UniqueConstraint(
                fields=["measure", "region", "month"], name="one_sample_of_a_measure_a_month",
                violation_error_message="The test traffic of this measure, region and month is recorded already.",
            ),
        )  # fmt: skip

    def clean(self) -> None:
        """One number is told for each day of the month. Raises ValidationError."""
        super().clean()
        typed: date | None = self.month
        if typed is not None and len(self.daily) != (days := len(Month.of(typed).days())):
            told = f"{len(self.daily)} numbers are told for {days} days"
            raise ValidationError(f"{Month.of(typed).label}: {told}. Tell 0 for a day without commands.")

    def __str__(self) -> str:
        return f"Test traffic of {self.measure.code} {self.region}, {Month.of(self.month).label}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("test traffic", args=[self.pk])


def definitions_on(day: date) -> dict[str, MeasureDefinition]:
    """The definitions in force on a day, by the code of the measure. One query."""
    rows = MeasureDefinition.objects.on(day).select_related("measure")
    return {row.measure.code: row for row in rows}
