"""How a person settled a conflict between two drafts."""

from __future__ import annotations

from dataclasses import asdict

from django.db import models
from django.db.models import F, Q

from secretariat.core.people import Person
from secretariat.legaltext.drafting.conflicts import Conflict, Reading
from secretariat.legaltext.models import Document, Draft
from secretariat.legaltext.text import Clause


class Resolution(models.Model):
    """How one clause reads when both drafts of a conflict stand. Never changed: settled anew, the newest holds.

    `digest` names the conflict: it is another one as soon as either draft changes the clause again.
    """

    one = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    says = models.CharField("the conflict", max_length=600)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    uid = models.CharField("identity", max_length=60)
    clause = models.JSONField(null=True, blank=True)
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["digest"]),)
        constraints = (models.CheckConstraint(condition=~Q(one=F("other")), name="a_conflict_is_between_two_drafts"),)

    def __str__(self) -> str:
        return self.says

    @property
    def reading(self) -> Reading:
        """The settlement as a value."""
        clause = Clause(**self.clause) if self.clause is not None else None
        return Reading(self.digest, self.document.code, self.uid, clause)

    def settle(self, conflict: Conflict, clause: Clause | None) -> None:
        """Takes from a conflict what names it, and from a person how the clause reads (None: it is taken out)."""
        self.digest, self.kind, self.says = conflict.digest, str(conflict.kind), conflict.says[:600]
        self.clause = asdict(clause) if clause is not None else None
