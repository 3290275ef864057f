"""What enquirers say of the answers that they got: asked rarely, and only of some."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.helpdesk.models import Enquiry

WORST, BEST = 1, 5


class Satisfaction(Classified):
    """One enquirer was asked how content they are with one answer; the marks are empty until they say it."""

    enquiry = models.OneToOneField(Enquiry, on_delete=models.PROTECT, related_name="satisfaction")
    asked = models.DateTimeField()
    marks = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(WORST), MaxValueValidator(BEST)]
    )
    words = models.TextField(blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    recorded = models.DateTimeField()
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        verbose_name_plural = "satisfaction"
        ordering = ("-asked", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(marks__isnull=True, answered__isnull=True) | Q(marks__isnull=False, answered__isnull=False),
                name="satisfaction_is_told_at_an_instant",
            ),
        )

    def __str__(self) -> str:
        return f"How content the enquirer of {self.enquiry.number} is"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("satisfaction", args=[self.pk])
