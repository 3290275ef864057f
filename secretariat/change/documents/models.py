"""The documents of a proposal, each in its versions (NEW-11)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.change.documents.naming import VERSION, DocumentKind, version_order
from secretariat.change.naming.models import forebears
from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile


def class_fits(record: Any, proposal: Any) -> None:
    """What belongs to a proposal is for nobody who may not read the proposal (INF-5). Raises ValidationError."""
    if proposal is None:
        return
    told = Class(proposal.classification).label
    if record.classification < proposal.classification:
        raise ValidationError(f"{proposal.reference} is {told}: nothing that belongs to it has a lower class.")
    if record.classification == proposal.classification == Class.AMBER and record.audience != proposal.audience:
        raise ValidationError(f"{proposal.reference} is Amber of {proposal.audience or 'no body'}: say the same here.")


class Document(Classified):
    """One version of one document of a proposal; it keeps the name that it had when it was written."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    proposal = models.ForeignKey("change.Proposal", on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=30, choices=DocumentKind.choices)
    detail = models.CharField(max_length=100, blank=True, help_text="Which of several of a kind, such as 3 February.")
    version = models.CharField(
        max_length=8,
        default="0.1",
        validators=[RegexValidator(rf"\A(?:{VERSION.pattern})\Z", "Write it as 0.1, 1.0 or Final.")],
        help_text="0.1, 1.0 or Final.",
    )
    order = models.PositiveIntegerField(default=0, editable=False)
    name = models.CharField(max_length=250, editable=False)
    dated_on = models.DateField("dated")
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    received_name = models.CharField("name of the file as received", max_length=250, blank=True, editable=False)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("proposal_id", "kind", "detail", "order", "id")
        indexes = (models.Index(fields=["proposal", "dated_on"]), models.Index(fields=["kind", "dated_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["proposal", "kind", "detail", "version"],
                name="one_document_of_a_version",
                violation_error_message="The proposal has this document in this version; give the next version.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The document's page."""
        return reverse("proposal document", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the place of its version among the others."""
        self.order = sum(part * weight for part, weight in zip(version_order(self.version), (1000, 1), strict=True))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Its class fits its proposal's. Raises ValidationError."""
        super().clean()
        if self.proposal_id is not None:
            class_fits(self, self.proposal)


def documents_of(proposal: Any) -> models.QuerySet[Document]:
    """A proposal's own documents, and those that it inherits from what it was split off (MOD-3)."""
    whose = Q(proposal=proposal)
    for forebear, until in forebears(proposal):
        whose |= Q(proposal=forebear, dated_on__lte=until)
    found: models.QuerySet[Document] = Document.objects.filter(whose)
    return found.order_by("kind", "detail", "order", "pk")


def latest_of(proposal: Any, kind: str) -> Document | None:
    """The newest version of the proposal's document of a kind; None when there is none."""
    return documents_of(proposal).filter(kind=kind).order_by("-order", "-dated_on", "-pk").first()
