"""The dates by which licences force parties to be Users (rule UEP-7)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.rulebook import RULEBOOK
from secretariat.register.entry import UserRole
from secretariat.register.parties import PLURALS

PREFIX = "mandate."


class Supply(models.TextChoices):
    """Whose premises a supplier supplies: non-domestic alone, when its confirmed measure is nought (rule PTY-3)."""

    DOMESTIC = "domestic", "Domestic"
    NON_DOMESTIC = "non-domestic", "Non-domestic only"


class Anchor(models.TextChoices):
    """From what a mandate's day is reckoned."""

    NONE = "", "a fixed day"
    ACCESSION = "accession", "the day of accession"
    LICENCE = "licence", "the first day of the licence of its category"


class Mandate(Classified):
    """A duty of a category to be Users by a day that the rulebook gives, or so many months after an anchor."""

    name = models.CharField(max_length=120, unique=True)
    category = models.CharField(
        "Party Category", max_length=20, choices=[(one.value, str(one.label)) for one in PLURALS]
    )
    supply = models.CharField(
        "of those who supply", max_length=20, choices=Supply.choices, blank=True,
        help_text="Leave empty where the mandate does not ask what a party supplies.",
    )  # fmt: skip
    rule = models.CharField(
        "key in the rulebook", max_length=80, help_text="Such as mandate.small_domestic; it gives a day or the months."
    )
    anchor = models.CharField(max_length=20, choices=Anchor.choices, blank=True, default=Anchor.NONE)
    anchored_from = models.DateField("for anchor days from", null=True, blank=True)
    anchored_until = models.DateField("for anchor days until", null=True, blank=True)
    roles = models.ManyToManyField(UserRole, related_name="+", help_text="Entry in any of these meets the mandate.")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(anchored_from__isnull=True)
                | Q(anchored_until__isnull=True)
                | Q(anchored_until__gte=F("anchored_from")),
                name="anchor_days_run_forwards",
                violation_error_message="The last anchor day is before the first.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The mandate's page."""
        return reverse("mandate", args=[self.pk])

    def clean(self) -> None:
        """Refuses a key that the rulebook does not have among its mandates."""
        if not self.rule.startswith(PREFIX) or self.rule not in RULEBOOK.entries:
            known = ", ".join(key for key in RULEBOOK.entries if key.startswith(PREFIX))
            raise ValidationError({"rule": f"The rulebook has no mandate of this key; it has {known}."})
