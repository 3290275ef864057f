"""Enquiries to the helpdesk, by e-mail, telephone and online form (rules HLP-1, HLP-3 and HLP-4)."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.schemes import Heading
from secretariat.plain.dates import local_day, long_date

CATEGORIES = "enquiry categories"
"""The subject of the schemes whose headings are categories of enquiries."""
NUMBER = r"ENQ-[0-9]{6}"
OPEN, ANSWERED = "open", "answered"


class Channel(models.TextChoices):
    """How an enquiry came in."""

    EMAIL = "email", "E-mail"
    TELEPHONE = "telephone", "Telephone"
    FORM = "form", "Online form"


class Enquiry(Classified):
    """One enquiry. An answered one stays answered: a reply to the answer is a new one that follows it."""

    number = models.CharField(
        max_length=10, unique=True, validators=[RegexValidator(rf"^{NUMBER}$", "Number it as ENQ-000123.")]
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    category = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="enquiries")
    received = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    mailbox = models.CharField(max_length=80, blank=True, help_text="The mailbox that it was sent to.")
    subject = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True, help_text="As the enquirer named it.")
    party = models.ForeignKey(
        "register.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    state = models.CharField(max_length=10, blank=True, default="")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ("-received", "-id")
        indexes = (
            models.Index(fields=["channel", "received", "category"]),
            models.Index(fields=["received"]),
            models.Index(fields=["category", "received"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(answered__isnull=True) | Q(answered__gte=F("received")),
                name="enquiry_answered_after_received",
                violation_error_message="An enquiry is not answered before it is received.",
            ),
            models.CheckConstraint(
                condition=Q(answered__isnull=True, state__in=("", OPEN)) | Q(answered__isnull=False, state=ANSWERED),
                name="enquiry_answered_when_its_state_says",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The enquiry's page."""
        return reverse("enquiry", args=[self.number])

    def clean(self) -> None:
        """Raises ValidationError for a category not in force on the London day of receipt."""
        if None in (self.category_id, self.received):
            return
        day = local_day(self.received)
        if not categories(day).filter(pk=self.category_id).exists():
            raise ValidationError({"category": f"This category is not in force on {long_date(day)}."})


def categories(day: date) -> models.QuerySet[Heading]:
    """The categories of enquiries in force on a day."""
    until = Q(scheme__to_day__isnull=True) | Q(scheme__to_day__gte=day)
    return Heading.objects.filter(until, scheme__subject=CATEGORIES, scheme__from_day__lte=day)
