"""What a person found of an obligation that the patterns pulled out of a clause."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Self

from django.db import models
from django.urls import reverse

from secretariat.core.classification import Classified
from secretariat.legaltext.checking.obligations import Duty
from secretariat.legaltext.models import Document

CONFIRMED, SET_ASIDE = "confirmed", "set aside"
"""What was found: it is an obligation, or it is none."""


class Obligation(Classified):
    """An obligation in the words of a clause, reviewed: other words, though of the same clause, are reviewed anew."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="obligations")
    uid = models.CharField("identity of the clause", max_length=60)
    number = models.CharField(max_length=60, blank=True)
    role = models.CharField("who", max_length=120)
    is_not = models.BooleanField("must not", default=False)
    action = models.TextField("must do")
    limit = models.CharField("by when", max_length=300, blank=True)
    words = models.TextField("in the words of the clause")
    digest = models.CharField(max_length=64, editable=False)
    state = models.CharField(
        max_length=10, default="", blank=True, editable=False,
        choices=((CONFIRMED, "Confirmed"), (SET_ASIDE, "Set aside")),
    )  # fmt: skip
    note = models.CharField(max_length=500, blank=True)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("document__position", "number", "id")
        indexes = (models.Index(fields=["role", "state"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["document", "uid", "digest"], name="one_review_of_an_obligation",
                violation_error_message="Somebody has reviewed this obligation already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.role}, {self.document.reference} {self.number}".strip()

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("obligation", args=[self.pk])

    @classmethod
    def of(cls, document: Document, duty: Duty, recorded: datetime) -> Self:
        """The obligation, not yet reviewed, that the patterns found; read by whoever may read its document."""
        return cls(
            document=document, uid=duty.uid, number=duty.number, role=duty.role[:120], is_not=duty.is_not,
            action=duty.action, limit=str(duty.limit or "")[:300], words=duty.words, digest=digest(duty.words),
            classification=document.classification, audience=document.audience, invented=document.invented,
            recorded=recorded,
        )  # fmt: skip


def digest(words: str) -> str:
    """By which the words of an obligation are known again."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()
