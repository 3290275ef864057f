"""Licences, and the Party Category that they decide."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.plain.dates import long_date
from secretariat.register.parties import PLURALS, Category, Party

SUPPLIERS = (Category.LARGE_SUPPLIER, Category.SMALL_SUPPLIER)


class LicenceKind(models.TextChoices):
    """The licences of the Authority that decide a category (rule PTY-4)."""

    ELECTRICITY_SUPPLY = "electricity supply", "Electricity supply"
    GAS_SUPPLY = "gas supply", "Gas supply"
    DISTRIBUTION = "electricity distribution", "Electricity distribution"
    TRANSPORTER = "gas transporter", "Gas transporter"


CATEGORIES_OF: dict[str, tuple[Category, ...]] = {
    LicenceKind.ELECTRICITY_SUPPLY: SUPPLIERS,
    LicenceKind.GAS_SUPPLY: SUPPLIERS,
    LicenceKind.DISTRIBUTION: (Category.ELECTRICITY_NETWORK,),
    LicenceKind.TRANSPORTER: (Category.GAS_NETWORK,),
}
"""The categories that a licence allows; among suppliers the premises supplied decide (rule PTY-2)."""


class LicenceQuerySet(ClassifiedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Licences, asked as at a day and by who reads them."""


class Licence(Classified, Dated):
    """One licence of a party from a day until a day."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="licences")
    kind = models.CharField(max_length=30, choices=LicenceKind.choices)
    number = models.CharField(max_length=40)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = LicenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ("party_id", "from_day", "id")
        indexes = (models.Index(fields=["party", "from_day"]), models.Index(fields=["kind", "from_day"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="a_licence_ends_after_it_begins",
                violation_error_message="A licence ends on the day on which it begins, or later.",
            ),
            models.UniqueConstraint(
                "kind",
                Lower("number"),
                condition=Q(to_day__isnull=True),
                name="a_licence_is_held_once_at_a_time",
                violation_error_message="A licence of this kind and number is in force already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} licence {self.number} ({self.party.name})"

    def get_absolute_url(self) -> str:
        """The licence's page."""
        return reverse("licence", args=[self.pk])

    def clean(self) -> None:
        """Refuses a second spell of the same licence that overlaps the first."""
        if not (self.party_id and self.from_day):
            return
        same = Licence.objects.filter(party_id=self.party_id, kind=self.kind, number__iexact=self.number)
        other = same.exclude(pk=self.pk).overlapping(self.from_day, self.to_day).first()
        if other is not None:
            raise ValidationError(f"{other} is in force already, from {long_date(other.from_day)}.")


def category_by_licence(party: Party, day: date) -> frozenset[Category]:
    """The Party Categories that the licences of a party allow on a day (rules PTY-4, PTY-5).

    Without a licence it is an Other SEC Party; a supply licence allows both supplier categories, between which the
    premises supplied decide (rule PTY-2). Holders of licences of several kinds may be in any of their categories.
    """
    if party.is_dcc:
        return frozenset({Category.DCC})
    kinds = party.licences.on(day).values_list("kind", flat=True)
    found = frozenset(category for kind in kinds for category in CATEGORIES_OF[kind])
    return found or frozenset({Category.OTHER})


def category_remark(party: Party, day: date) -> str:
    """What is to be said of a party's category in the light of its licences, as a sentence; nothing when they agree."""
    category = party.category_on(day)
    if category is None or party.is_dcc:
        return ""
    if category != Category.OTHER and not party.licences.exists():
        return "No licence of it is recorded, so that its category cannot be checked (PTY-4)."
    return disagreement(party, category, day)


def disagreement(party: Party, category: str, day: date) -> str:
    """In which way a category does not follow from the licences in force on a day; nothing when it does (PTY-4)."""
    allowed = category_by_licence(party, day)
    if category in allowed:
        return ""
    words = " or ".join(PLURALS.get(one, one.label) for one in Category if one in allowed)
    return f"By its licences on {long_date(day)} it belongs to the {words} (PTY-4)."
