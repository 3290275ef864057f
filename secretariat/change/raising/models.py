"""What an outsider types before a problem is told: saved as they go, for whoever holds its link."""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse

from secretariat.change.assessments.models import Idea
from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person

SIGNER = Signer(salt="secretariat.change.raising")


class ProblemDraft(Classified):
    """A problem as far as it is typed. When it is sent it becomes an Idea, and stays as the way to its reply (NEW-3).

    The key of its link is reckoned from its number and the installation's own secret, and stored nowhere.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="CSC")
    title = models.CharField(max_length=250)
    problem = models.TextField("the problem", max_length=10000, blank=True)
    affected = models.TextField("who is affected", max_length=2000, blank=True)
    from_name = models.CharField("from whom", max_length=200, blank=True)
    from_email = models.EmailField("their e-mail address", blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField("begun at")
    idea = models.OneToOneField(Idea, null=True, blank=True, on_delete=models.PROTECT, related_name="draft")

    class Meta:
        ordering = ("-begun_at", "-id")
        indexes = (models.Index(fields=["begun_at"]),)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the idea that it became; until then the page where a problem is told."""
        return self.idea.get_absolute_url() if self.idea else reverse("raise-a-proposal")

    @property
    def key(self) -> str:
        """The key in its link."""
        return SIGNER.sign(str(self.pk))

    @property
    def text(self) -> str:
        """The problem and who is affected, as the idea tells them."""
        return f"{self.problem}\n\nWho is affected: {self.affected}" if self.affected else self.problem


def opened(key: str) -> ProblemDraft | None:
    """The draft behind a key; None when the key opens nothing."""
    try:
        number = SIGNER.unsign(key)
    except BadSignature:
        return None
    rows: Any = ProblemDraft.objects.filter(pk=number)
    found: ProblemDraft | None = rows.select_related("idea__proposal").first()
    return found
