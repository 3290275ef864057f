"""How many domestic premises a supplier supplies, and whether that makes it large or small (rules PTY-2, PTY-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import long_date
from secretariat.register.contacts.licences import SUPPLIERS
from secretariat.register.parties import Category, GroupMembership, Party

TOLD, CONFIRMED, REFUSED = "told", "confirmed", "refused"

RULES = (
    "party.large_supplier_threshold",
    "party.supply_told_by",
    "party.supply_measured_on",
    "party.supply_counts_affiliates",
)
"""The keys of the rulebook that say what makes a supplier large, who measures it, and when."""


class SupplyMeasure(Classified):
    """The domestic premises that a party supplied on a day, as told and then confirmed."""

    class Teller(models.TextChoices):
        PARTY = "party", "The party itself"
        GROUP = "group", "Its parent company"
        AUTHORITY = "authority", "The Authority"

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="supply_measures")
    premises = models.PositiveIntegerField("domestic premises supplied")
    measured_on = models.DateField()
    told_by = models.CharField(max_length=10, choices=Teller.choices, default=Teller.PARTY)
    confirmed_on = models.DateField(null=True, blank=True)
    proposes = models.CharField(
        "category that it proposes", max_length=20, blank=True,
        choices=[(one.value, one.label) for one in SUPPLIERS],
    )  # fmt: skip
    refusal = models.CharField("why it was refused", max_length=300, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-measured_on", "-id")
        indexes = (
            models.Index(fields=["party", "measured_on"]),
            models.Index(fields=["state", "measured_on"]),
            models.Index(fields=["proposes"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["party", "measured_on"],
                condition=Q(state__in=(TOLD, CONFIRMED)),
                name="one_measure_of_supply_on_a_day",
                violation_error_message="What this party supplied on that day is told already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name}, premises supplied on {long_date(self.measured_on)}"

    def get_absolute_url(self) -> str:
        """The measure's page."""
        return reverse("supply measure", args=[self.pk])


def by_premises(premises: int, day: date) -> Category:
    """The supplier category of so many domestic premises: Large from the threshold on (rule PTY-2).

    A supplier of non-domestic premises alone supplies none of these, and is Small (rule PTY-3).
    """
    large = premises >= RULEBOOK.number("party.large_supplier_threshold", day)
    return Category.LARGE_SUPPLIER if large else Category.SMALL_SUPPLIER


def affiliates(party: Party, day: date) -> list[Party]:
    """The suppliers of a party's family on a day, itself among them (rules PTY-10, PTY-11).

    A family has a Voting Group in each category it is in, and the groups of a family have one name.
    """
    group = party.group_on(day)
    if group is None:
        return [party]
    rows = GroupMembership.objects.on(day).filter(group__name__iexact=group.name, group__category__in=SUPPLIERS)
    return [row.party for row in rows.select_related("party").order_by("party__name")] or [party]


@dataclass(frozen=True)
class Supplied:
    """What a family supplies: the premises of the last confirmed measure of each, and of whom there is none."""

    total: int
    measures: tuple[SupplyMeasure, ...]
    missing: tuple[Party, ...]


def supplied(party: Party, day: date, also: SupplyMeasure | None = None) -> Supplied:
    """The domestic premises that a party and, where the rulebook counts them, its affiliates supply as at a day.

    `also` is a measure that counts as confirmed, though it is not saved as such yet.
    """
    family = affiliates(party, day) if RULEBOOK.switch("party.supply_counts_affiliates", day) else [party]
    latest: dict[int, SupplyMeasure] = {}
    confirmed: Any = SupplyMeasure.objects.filter(party__in=family, state=CONFIRMED, measured_on__lte=day)
    rows = [*confirmed.select_related("party"), *([also] if also and also.measured_on <= day else [])]
    for row in sorted(rows, key=lambda one: (one.measured_on, one.pk or 0)):
        latest[row.party_id] = row
    missing = tuple(one for one in family if one.pk not in latest)
    return Supplied(sum(row.premises for row in latest.values()), tuple(latest.values()), missing)


def proposed_category(party: Party, day: date, also: SupplyMeasure | None = None) -> Category | None:
    """The category to which the confirmed measures move a supplier; none when it stays, or nothing is known.

    Where an affiliate's supply is not known the known part can make a party large, but never small.
    """
    category = party.category_on(day)
    if category not in SUPPLIERS:
        return None
    known = supplied(party, day, also)
    reached = by_premises(known.total, day)
    if not known.measures or (known.missing and reached == Category.SMALL_SUPPLIER):
        return None
    return reached if reached != category else None
