"""Claims of expenses (GOV-14): who claims what, with receipts; for the claimant and for those who pay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance, closer
from secretariat.core.people import Person
from secretariat.core.sealed import read_sealed
from secretariat.effort.expenses.policy import MILEAGE, SORTS, Limits, by_the_mile
from secretariat.effort.money import pounds
from secretariat.effort.who import operations_team

if TYPE_CHECKING:
    from datetime import datetime

    from secretariat.core.classification import Reader

DRAFT, SUBMITTED, CHECKED, APPROVED = "draft", "submitted", "checked", "approved"
PAID, REFUSED, WITHDRAWN = "paid", "refused", "withdrawn"


class PersonalQuerySet(ClassifiedQuerySet):
    """What concerns one person's money: read by that person and by the operations team, up to Amber."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and the person's own."""
        rows = super().cleared_for(cleared)
        if cleared.person_id is None:
            return rows
        own = {f"{self.model.claim_path}claimant": cleared.person_id, "classification__lte": Class.AMBER}
        return rows | self.filter(**own)

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """The person's own; all that the class opens for the operations team alone."""
        found = super().visible_to(person, at)
        if isinstance(person, Person) and person.is_active and operations_team(person, None, at):
            return found
        own = person.pk if isinstance(person, Person) and person.is_active else None
        return found.filter(Q(**{f"{self.model.claim_path}claimant": own}) | Q(classification=Class.WHITE))


class ExpenseClaim(Classified):
    """One claim: what one person spent for the code's business."""

    claimant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="expense_claims", editable=False)
    purpose = models.CharField(max_length=200, help_text="The meeting or the work that it was for.")
    body = models.CharField("for the body", max_length=20, blank=True, help_text="Its code, such as SECP.")
    beyond_why = models.CharField(
        "why more than the policy pays", max_length=300, blank=True, help_text="Needed where an item is above a limit."
    )
    submitted_on = models.DateField(null=True, blank=True, editable=False)
    paid_on = models.DateField(null=True, blank=True, editable=False)
    payment = models.CharField("reference of the payment", max_length=60, blank=True, editable=False)
    state = models.CharField(max_length=12, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    claim_path: ClassVar[str] = ""
    objects: ClassVar[Any] = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = "expenses claim"
        ordering = ("-id",)
        indexes = (models.Index(fields=["state"]),)

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        """The claim's page."""
        return reverse("expenses claim", args=[self.pk])

    @property
    def reference(self) -> str:
        """Its number, as the payment names it."""
        return f"EXP-{self.pk:06d}" if self.pk else "A new claim"

    @property
    def pence(self) -> int:
        """The sum of its items."""
        return int(self.items.aggregate(found=Sum("pence"))["found"] or 0)


class ExpenseItem(Classified):
    """One item of a claim; a receipt is sealed where it lies, since it tells of a person."""

    claim = models.ForeignKey(ExpenseClaim, on_delete=models.PROTECT, related_name="items")
    sort = models.CharField("what", max_length=20, choices=list(SORTS.items()))
    day = models.DateField("spent on")
    description = models.CharField(max_length=200)
    pence = models.PositiveIntegerField("amount", help_text="Pence.")
    tenths = models.PositiveIntegerField("tenths of a mile", null=True, blank=True)
    receipt_name = models.CharField(max_length=200, blank=True, editable=False)
    receipt_place = models.CharField(max_length=64, blank=True, editable=False)
    recorded = models.DateTimeField(editable=False)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    claim_path: ClassVar[str] = "claim__"
    objects: ClassVar[Any] = PersonalQuerySet.as_manager()

    class Meta:
        verbose_name = "item of a claim"
        verbose_name_plural = "items of claims"
        ordering = ("claim_id", "day", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(pence__gt=0), name="an_item_costs_something",
                violation_error_message="Give an amount above nought.",
            ),
            models.CheckConstraint(
                condition=Q(tenths__isnull=False, sort=MILEAGE) | (Q(tenths__isnull=True) & ~Q(sort=MILEAGE)),
                name="only_miles_are_driven",
                violation_error_message="Give the miles of one's own car, and of nothing else.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_sort_display()}, {pounds(self.pence)}"

    def get_absolute_url(self) -> str:
        """The page of its claim."""
        return reverse("expenses claim", args=[self.claim_id])

    def clean(self) -> None:
        """Raises ValidationError where miles and amount do not agree."""
        if self.sort == MILEAGE and self.tenths is not None:
            owed = by_the_mile(self.tenths, Limits.on(self.day).mile)
            if self.pence != owed:
                raise ValidationError({"pence": f"{self.tenths / 10:.1f} miles are paid with {pounds(owed)}."})

    def receipt(self) -> bytes:
        """The bytes of its receipt. Raises Unsealable where they cannot be opened."""
        return read_sealed(self.receipt_place)


closer(ExpenseClaim, ExpenseItem)
