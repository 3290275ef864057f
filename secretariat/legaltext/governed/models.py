"""Documents that are governed beside the code: their reviews, their drafts for comment, and the comments (DOC-8)."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.bodies.models import meeting_field
from secretariat.core.classification import Classified, ClassifiedQuerySet, Clearance
from secretariat.core.people import Person
from secretariat.legaltext.models import OF_THE_CODE, Document, DocumentVersion, Draft
from secretariat.plain.dates import long_date

DUE, STILL_TRUE, TO_BE_CHANGED = "due", "still true", "to be changed"
"""Where a review stands."""
OPEN, CLOSED, APPROVED, DECLINED, PUBLISHED = "open", "closed", "approved", "declined", "published"
"""Where a draft for comment stands."""
MADE, TAKEN_UP, NOT_TAKEN_UP = "made", "taken up", "not taken up"
"""Where a comment stands."""


def governed() -> models.QuerySet[Document]:
    """The documents that are governed beside the code."""
    rows: models.QuerySet[Document] = Document.objects.exclude(kind__in=OF_THE_CODE)
    return rows


class OfADocument(ClassifiedQuerySet):
    """Rows that are read only where their document may be read."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens."""
        return super().cleared_for(cleared).filter(document__in=Document.objects.cleared_for(cleared))


class OfADraft(ClassifiedQuerySet):
    """Rows that are read only where their draft may be read."""

    path: ClassVar[str] = "draft"

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens."""
        drafts = Draft.objects.cleared_for(cleared)
        return super().cleared_for(cleared).filter(**{f"{self.path}__in": drafts})


class OfACirculation(OfADraft):
    """Rows that are read only where the draft that they are about may be read."""

    path: ClassVar[str] = "circulation__draft"


class Review(Classified):
    """Whether a document is still true: asked of the body that owns it, every so many months."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reviews")
    due_on = models.DateField("due on", help_text="When the body is to have answered.")
    answered_on = models.DateField("answered on", null=True, blank=True, editable=False)
    answer = models.CharField(max_length=300, blank=True, editable=False)
    meeting = models.CharField("at the meeting", max_length=40, blank=True, editable=False)
    state = models.CharField(max_length=14, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfADocument.as_manager()

    class Meta:
        verbose_name = "review of a document"
        verbose_name_plural = "reviews of documents"
        ordering = ("-due_on", "-id")
        indexes = (models.Index(fields=["document", "state"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["document"], condition=Q(state=DUE), name="one_open_review_of_a_document",
                violation_error_message="The body is asked about this document already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Is it still true? {self.document.title}, {long_date(self.due_on)}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("review of a document", args=[self.pk])


class Circulation(Classified):
    """A draft of a governed document that is open for comment, then approved by the body that owns it."""

    draft = models.ForeignKey(Draft, on_delete=models.PROTECT, related_name="circulations")
    closes_on = models.DateField(
        "comments by", null=True, blank=True, help_text="Empty: after the Working Days that are usual here."
    )
    asked = models.TextField("what is asked", max_length=2000, blank=True)
    opened_on = models.DateField("opened on", null=True, blank=True, editable=False)
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    meeting = meeting_field()
    version = models.ForeignKey(
        DocumentVersion, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfADraft.as_manager()

    class Meta:
        verbose_name = "draft for comment"
        verbose_name_plural = "drafts for comment"
        ordering = ("-opened_on", "-id")
        indexes = (models.Index(fields=["draft", "state"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["draft"], condition=Q(state__in=(OPEN, CLOSED, APPROVED)), name="a_draft_is_circulated_once",
                violation_error_message="This draft is out for comment, or approved, already.",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True) | Q(closes_on__gte=F("opened_on")),
                name="comments_close_after_they_open",
                violation_error_message="Comments do not close before they open.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Draft for comment: {self.draft.title} ({self.draft.document.title})"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("draft for comment", args=[self.pk])


class DraftComment(Classified):
    """What a reader says of a draft for comment, of one clause or of the whole, and what came of it."""

    circulation = models.ForeignKey(Circulation, on_delete=models.PROTECT, related_name="comments")
    number = models.CharField("clause", max_length=40, blank=True, help_text="Its number; empty for the whole.")
    text = models.TextField("comment", max_length=4000)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, editable=False, related_name="+")
    answer = models.CharField(max_length=1000, blank=True, editable=False)
    state = models.CharField(max_length=14, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OfACirculation.as_manager()

    class Meta:
        verbose_name = "comment on a draft"
        verbose_name_plural = "comments on drafts"
        ordering = ("circulation", "id")
        indexes = (models.Index(fields=["circulation", "state"]),)

    def __str__(self) -> str:
        return f"Comment on {self.number or 'the whole'}: {self.circulation.draft.title}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("comment on a draft", args=[self.pk])
