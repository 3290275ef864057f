"""Parties: their categories and Voting Groups over time, and how they left."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated
from secretariat.plain.dates import long_date


class Category(models.TextChoices):
    """The five Party Categories that vote (rule PTY-1), and the DCC, which is in none of them."""

    LARGE_SUPPLIER = "large-supplier", "Large Supplier"
    SMALL_SUPPLIER = "small-supplier", "Small Supplier"
    ELECTRICITY_NETWORK = "electricity-network", "Electricity Network"
    GAS_NETWORK = "gas-network", "Gas Network"
    OTHER = "other-sec-party", "Other SEC Party"
    DCC = "dcc", "DCC"


PLURALS = {
    Category.LARGE_SUPPLIER: "Large Suppliers",
    Category.SMALL_SUPPLIER: "Small Suppliers",
    Category.ELECTRICITY_NETWORK: "Electricity Networks",
    Category.GAS_NETWORK: "Gas Networks",
    Category.OTHER: "Other SEC Parties",
}
"""The voting categories in their published order, with the label of each in the plural."""

PARTY, LEFT = "party", "left"


class PartyQuerySet(ClassifiedQuerySet):
    """Asks the register as at a day."""

    def on(self, day: date) -> Self:
        """The parties at the end of a day: one that left on the day is none any more."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), acceded_on__lte=day)

    def same_organisation(self, party: Party) -> Self:
        """Every other row of the same organisation: by company number, or by name in any case."""
        same = Q(name__iexact=party.name)
        if party.company_number:
            same |= Q(company_number__iexact=party.company_number)
        return self.filter(same).exclude(pk=party.pk)


class Party(Classified):
    """An organisation from its accession until it leaves. One that accedes again after leaving is a new row."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField("legal name", max_length=200)
    company_number = models.CharField(max_length=20, blank=True)
    signifier = models.CharField("Party Signifier", max_length=40, blank=True)
    is_dcc = models.BooleanField("is the DCC", default=False)
    acceded_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    owned_by: ClassVar[str] = "pk"
    objects: ClassVar[Any] = PartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "parties"
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=["acceded_on"]),
            models.Index(fields=["left_on"]),
            models.Index(fields=["state", "name"]),
        )
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(left_on__isnull=True),
                name="one_party_of_a_name_at_a_time",
                violation_error_message="A party of this name is in the register already.",
            ),
            models.UniqueConstraint(
                Lower("company_number"),
                condition=Q(left_on__isnull=True) & ~Q(company_number=""),
                name="one_party_of_a_company_at_a_time",
                violation_error_message="A party with this company number is in the register already.",
            ),
            models.UniqueConstraint(
                fields=["is_dcc"],
                condition=Q(is_dcc=True, left_on__isnull=True),
                name="one_dcc_at_a_time",
                violation_error_message="The DCC is in the register already.",
            ),
            models.UniqueConstraint(
                Lower("signifier"),
                condition=~Q(signifier=""),
                name="a_party_signifier_is_given_once",
                violation_error_message="Another party has this Party Signifier.",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gt=F("acceded_on")),
                name="a_party_leaves_after_acceding",
                violation_error_message="A party leaves after the day on which it acceded.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The party's page."""
        return reverse("party", args=[self.key])

    def category_on(self, day: date) -> Category | None:
        """Its Party Category on a day; none when it is no party then."""
        found = self.categories.on(day).values_list("category", flat=True).first()
        return Category(found) if found else None

    def group_on(self, day: date) -> VotingGroup | None:
        """Its Voting Group on a day; none when it is no party then."""
        row = self.groups.on(day).select_related("group").first()
        return row.group if row else None


def _dated_once(row: Any, siblings: models.QuerySet[Any], what: str) -> None:
    """Raises ValidationError when a dated row ends before it begins or overlaps another of its kind."""
    if row.to_day is not None and row.to_day < row.from_day:
        raise ValidationError(f"{what} ends on {long_date(row.to_day)}, before it begins.")
    other = siblings.exclude(pk=row.pk).overlapping(row.from_day, row.to_day).first()  # type: ignore[attr-defined]
    if other is not None:
        until = f"until {long_date(other.to_day)}" if other.to_day else "until further notice"
        raise ValidationError(f"{what} overlaps {other} from {long_date(other.from_day)} {until}.")


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name=name)


class CategoryMembership(Dated):
    """The Party Category of a party from a day until a day (rule PTY-6)."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="categories")
    category = models.CharField(max_length=20, choices=Category.choices)

    class Meta:
        ordering = ("party_id", "from_day")
        indexes = (models.Index(fields=["party", "from_day"]), models.Index(fields=["category", "from_day"]))
        constraints = (
            _ends_after_start("a_category_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(to_day__isnull=True), name="one_category_until_further_notice"
            ),
        )

    def __str__(self) -> str:
        return self.get_category_display()

    def clean(self) -> None:
        """Refuses overlapping rows, and the DCC's class for anybody else."""
        if (self.category == Category.DCC) != self.party.is_dcc:
            raise ValidationError("The class DCC is the DCC's alone, and its only one.")
        _dated_once(self, CategoryMembership.objects.filter(party=self.party), "This category")


class VotingGroup(Classified):
    """Affiliates within one Party Category (rule PTY-10); the DCC is a group of one in a class of its own."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=20, choices=Category.choices)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=["category", "name"]),)
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                "category",
                name="one_group_of_a_name_in_a_category",
                violation_error_message="A Voting Group of this name is in the category already.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The group's page."""
        return reverse("voting group", args=[self.key])


class GroupMembership(Dated):
    """The Voting Group of a party from a day until a day."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="groups")
    group = models.ForeignKey(VotingGroup, on_delete=models.PROTECT, related_name="members")

    class Meta:
        ordering = ("party_id", "from_day")
        indexes = (models.Index(fields=["party", "from_day"]), models.Index(fields=["group", "from_day"]))
        constraints = (
            _ends_after_start("a_membership_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(to_day__isnull=True), name="one_group_until_further_notice"
            ),
        )

    def __str__(self) -> str:
        return self.group.name

    def clean(self) -> None:
        """Refuses overlapping rows, and a group of another category than the party's (rule PTY-10)."""
        _dated_once(self, GroupMembership.objects.filter(party=self.party), "This membership")
        rows = CategoryMembership.objects.filter(party=self.party).overlapping(self.from_day, self.to_day)
        if any(row.category != self.group.category for row in rows):
            raise ValidationError(f"{self.group} is a group of another Party Category than {self.party} has then.")
        first = min((row.from_day for row in rows), default=None)
        if first is None or first > self.from_day:
            raise ValidationError(f"{self.party} has no Party Category on {long_date(self.from_day)}.")


class Departure(Classified):
    """How a party left (rules EXIT-1, EXIT-2)."""

    class How(models.TextChoices):
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPELLED = "expelled", "Expelled"

    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="departure")
    day = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    reason = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("day", "id")
        indexes = (models.Index(fields=["how", "day"]),)

    def __str__(self) -> str:
        return f"{self.party.name}: {self.reason}"

    def get_absolute_url(self) -> str:
        """The page of the party that left."""
        return self.party.get_absolute_url()
