"""The budget of three Regulatory Years (CHG-6): cycle, versions, lines; what was spent, and why it differed."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.effort.budget.categories import categories_on
from secretariat.effort.budget.years import RegulatoryYear, weights_of
from secretariat.effort.money import pounds
from secretariat.plain.dates import long_date
from secretariat.plain.months import Month

YEARS = 3
PANEL = "SECP"


class State(models.TextChoices):
    """Where a budget stands, in the order of its way (CHG-9)."""

    DRAFTING = "drafting", "Drafting"
    FINANCE_GROUP = "finance group", "Before the Panel Finance and Contracts Group"
    PANEL = "panel", "Before the Panel, to be consulted on"
    CONSULTATION = "consultation", "Consulted on"
    PANEL_APPROVED = "panel approved", "Approved by the Panel, published as Draft Budget"
    APPEALED = "appealed", "Appealed to the Authority"
    APPROVED = "approved", "Approved Budget"
    EFFECTIVE = "effective", "In effect"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


STANDS = (State.PANEL_APPROVED, State.APPEALED, State.APPROVED, State.EFFECTIVE, State.CLOSED)
"""The states in which the Panel has approved it, so that its numbers do not change any more."""


class BudgetCycle(Classified):
    """One budget: three Regulatory Years from 1 April of its first."""

    first_year = models.PositiveSmallIntegerField(
        "begins on 1 April of", unique=True, help_text="The calendar year in which its first Regulatory Year begins."
    )
    panel_approved_on = models.DateField(null=True, blank=True, editable=False)
    published_on = models.DateField("published as Draft Budget on", null=True, blank=True, editable=False)
    notice_ends_on = models.DateField("can be appealed until", null=True, blank=True, editable=False)
    approved_on = models.DateField(null=True, blank=True, editable=False)
    effective_on = models.DateField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, choices=State.choices, blank=True, editable=False)
    note = models.CharField(max_length=300, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=PANEL)

    class Meta:
        verbose_name = "budget"
        ordering = ("-first_year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(first_year__gte=2013, first_year__lte=2100), name="a_budget_is_of_the_codes_time",
                violation_error_message="The first year is a calendar year, such as 2020.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Budget {self.first_year} to {self.first_year + YEARS}"

    def get_absolute_url(self) -> str:
        """The budget's page."""
        return reverse("budget", args=[self.first_year])

    @property
    def years(self) -> tuple[RegulatoryYear, ...]:
        """Its three Regulatory Years."""
        return tuple(RegulatoryYear(self.first_year + place) for place in range(YEARS))

    @property
    def begins_on(self) -> date:
        """The 1 April on which it takes effect."""
        return self.years[0].first

    def newest(self) -> BudgetVersion | None:
        """Its newest version."""
        return self.versions.order_by("-pk").first()


class BudgetVersion(Classified):
    """One version of a budget; what it says never changes."""

    cycle = models.ForeignKey(BudgetCycle, on_delete=models.PROTECT, related_name="versions", verbose_name="budget")
    number = models.CharField(max_length=10, help_text="Such as 0.4, or 1.0.")
    made_on = models.DateField("dated")
    note = models.CharField("what changed", max_length=300, blank=True)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=PANEL)

    class Meta:
        verbose_name = "version of a budget"
        verbose_name_plural = "versions of budgets"
        ordering = ("-made_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["cycle", "number"], name="one_budget_version_of_a_number",
                violation_error_message="This budget has a version of this number already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.cycle}, version {self.number}"

    def get_absolute_url(self) -> str:
        """The version's page."""
        return reverse("budget version", args=[self.pk])


class BudgetLine(models.Model):
    """One line of a version: an amount for each of the three years, in pence."""

    version = models.ForeignKey(BudgetVersion, on_delete=models.CASCADE, related_name="lines")
    category = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    year_1 = models.PositiveBigIntegerField(help_text="Pence.")
    year_2 = models.PositiveBigIntegerField(help_text="Pence.")
    year_3 = models.PositiveBigIntegerField(help_text="Pence.")
    weights = models.CharField(
        "how it is spread over a year", max_length=80, blank=True, help_text="Twelve weights, April first; or evenly."
    )

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("version_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["version", "category", "name"], name="one_budget_line_of_a_name",
                violation_error_message="This version has this line already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.category}: {self.name}"

    def get_absolute_url(self) -> str:
        """The page of its version."""
        return reverse("budget version", args=[self.version_id])

    @property
    def amounts(self) -> tuple[int, int, int]:
        """The pence of its three years."""
        return self.year_1, self.year_2, self.year_3

    def clean(self) -> None:
        """Raises ValidationError for an unknown category or weights that are none."""
        clean_category(self.category, self.version.made_on)
        try:
            weights_of(self.weights)
        except ValueError as error:
            raise ValidationError({"weights": str(error)}) from error


def clean_category(category: str, day: date) -> None:
    """Raises ValidationError for a category that the rulebook does not name on a day."""
    known = categories_on(day)
    if category not in known:
        raise ValidationError({"category": f"“{category}” is not a category of cost. There are {', '.join(known)}."})


class SpendEntry(Classified):
    """What was spent on a day under a category; below nought for what came back."""

    reference = models.CharField(max_length=60, unique=True, help_text="As the accounts have it.")
    day = models.DateField("spent on")
    category = models.CharField(max_length=80)
    description = models.CharField(max_length=200)
    pence = models.BigIntegerField("amount", help_text="Pence; below nought for a credit.")
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=PANEL)

    class Meta:
        verbose_name = "spend"
        verbose_name_plural = "spend"
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=["day", "category"]),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(pence=0), name="spend_is_not_nought",
                violation_error_message="Nothing was spent: give an amount.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference}: {pounds(self.pence)}"

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("spend entry", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError for an unknown category, or a day of a closed month."""
        if None in (self.day, self.category):
            return
        clean_category(self.category, self.day)
        before = SpendEntry.objects.filter(pk=self.pk).values_list("day", flat=True) if self.pk else ()
        for day in {self.day, *before}:
            if BudgetMonth.objects.filter(month=day.replace(day=1), state=BudgetMonth.CLOSED).exists():
                raise ValidationError({"day": closed_month(day)})


def closed_month(day: date) -> str:
    """The sentence that refuses spend in a closed month."""
    return f"The accounts of {Month.of(day).label} are closed: reopen the month first, and say why."


class BudgetMonth(Classified):
    """The accounts of one month: open, or closed with every large variance explained."""

    OPEN: ClassVar[str] = "open"
    CLOSED: ClassVar[str] = "closed"

    month = models.DateField(unique=True, help_text="The first day of the month.")
    closed_on = models.DateField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=10, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default=PANEL)

    class Meta:
        verbose_name = "month of the budget"
        verbose_name_plural = "months of the budget"
        ordering = ("-month",)

    def __str__(self) -> str:
        return f"Accounts of {Month.of(self.month).label}"

    def get_absolute_url(self) -> str:
        """The month's page."""
        return reverse("budget month", args=[self.pk])

    def clean(self) -> None:
        """Raises ValidationError for another day than the first."""
        if self.month and self.month.day != 1:
            raise ValidationError({"month": f"Give the first day of the month, not {long_date(self.month)}."})


class VarianceExplanation(models.Model):
    """Why a category differed from its plan by the end of a month; the newest one stands."""

    month = models.ForeignKey(BudgetMonth, on_delete=models.PROTECT, related_name="explanations")
    category = models.CharField(max_length=80)
    variance = models.BigIntegerField(help_text="Pence, when it was written.")
    words = models.TextField("why")
    recorded = models.DateTimeField(editable=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("month_id", "id")

    def __str__(self) -> str:
        return f"{self.category}: {self.words}"
