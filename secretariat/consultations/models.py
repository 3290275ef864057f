"""Consultations: what is asked of whom, from when until when, with its documents, extensions and clarifications."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.consultations.who import everybody
from secretariat.core.capacities import secretariat
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.files import StoredFile
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.plain.dates import local_day

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

DRAFT, ANNOUNCED, OPEN, CLOSED, CONCLUDED, LISTED = "draft", "announced", "open", "closed", "concluded", "listed"
RUN = (OPEN, CLOSED, CONCLUDED)
"""The states in which a consultation has been opened."""


class Kind(models.TextChoices):
    """What a consultation is about (rules NEW-8, NEW-9, CHG-6, HLP-6)."""

    REFINEMENT = "refinement", "Refinement Consultation"
    REPORT = "modification report", "Modification Report Consultation"
    BUDGET = "budget", "Draft Budget"
    DOCUMENTS = "documents", "Documents"
    INFORMATION = "request for information", "Request for information"
    OTHER = "other", "Other"


class ConsultationQuerySet(ClassifiedQuerySet):
    """Asks consultations as at an instant."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """What a person's class opens; one that is still being prepared is the secretariat's alone."""
        found = super().visible_to(person, at)
        if isinstance(person, Person) and person.is_active and secretariat(person, None, at):
            return found
        return found.filter(state__in=(ANNOUNCED, *RUN, LISTED))

    def taking_responses(self, at: datetime) -> Self:
        """Those open at an instant: the closing instant itself is in time."""
        return self.filter(state=OPEN, opens_at__lte=at, closes_at__gte=at)


class Consultation(Classified):
    """One consultation, of the code's own bodies or, merely listed, of somebody else's."""

    reference = models.CharField(max_length=20, unique=True, null=True, blank=True, editable=False)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    title = models.CharField(max_length=200)
    introduction = models.TextField(blank=True)
    body = models.CharField("by", max_length=120, help_text="Code of the committee, or the name of another body.")
    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, blank=True, editable=False)
    invited = models.JSONField(default=everybody, help_text="Whom it asks.")
    opens_at = models.DateTimeField("opens", null=True, blank=True)
    closes_at = models.DateTimeField("closes", null=True, blank=True)
    is_others = models.BooleanField("another body's, merely listed", default=False)
    address = models.URLField("where it is found", blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.TextField(blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = ConsultationQuerySet.as_manager()

    class Meta:
        ordering = ("-closes_at", "-id")
        indexes = (
            models.Index(fields=["state", "closes_at"]),
            models.Index(fields=["about_kind", "about_id"]),
            models.Index(fields=["kind", "closes_at"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="a_consultation_closes_after_it_opens",
                violation_error_message="A consultation closes after it opens.",
            ),
            models.CheckConstraint(
                condition=Q(is_others=False) | ~Q(address=""),
                name="what_others_ask_has_an_address",
                violation_error_message="Tell where the other body's consultation is found.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}" if self.reference else self.title

    def get_absolute_url(self) -> str:
        """The consultation's page."""
        return reverse("consultation", args=[self.reference])

    def clean(self) -> None:
        """Refuses an audience of nobody, or one that is not known."""
        unknown = sorted(set(self.invited) - set(everybody()))
        if unknown or not self.invited:
            raise ValidationError({"invited": "Tell who is asked: at least one kind of respondent."})

    def is_open(self, at: datetime) -> bool:
        """Whether responses are in time at an instant; the closing instant itself is (rule NEW-9: closes 5 pm)."""
        return self.state == OPEN and self.has_opened(at) and not self.is_over(at)

    def has_opened(self, at: datetime) -> bool:
        """Whether it has been opened by an instant."""
        return self.state in RUN and self.opens_at is not None and self.opens_at <= at

    def is_over(self, at: datetime) -> bool:
        """Whether the closing instant has passed."""
        return self.closes_at is not None and at > self.closes_at


class Question(models.Model):
    """One question of a consultation."""

    class Asks(models.TextChoices):
        """What is asked for."""

        TEXT = "text", "An answer in words"
        YES_NO = "yes or no", "Yes or no, with the reason"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField("question")
    asks = models.CharField("asks for", max_length=10, choices=Asks.choices, default=Asks.TEXT)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("consultation_id", "number")
        constraints = (models.UniqueConstraint(fields=["consultation", "number"], name="one_question_of_a_number"),)

    def __str__(self) -> str:
        return f"Question {self.number}"

    def get_absolute_url(self) -> str:
        """The page of its consultation."""
        return self.consultation.get_absolute_url()

    def clean(self) -> None:
        """Refuses a change once the consultation is open: those who responded answered what was asked."""
        if self.consultation.state not in (DRAFT, ANNOUNCED):
            raise ValidationError("The questions stand once a consultation is open.")


class ConsultationDocument(models.Model):
    """A document put to those who are asked."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["consultation", "file"],
                name="a_document_is_consulted_on_once",
                violation_error_message="This document is there already.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        return self.file.get_absolute_url()


class Extension(models.Model):
    """A later closing than the one first announced."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="extensions")
    closed_before = models.DateTimeField("would have closed")
    closes_at = models.DateTimeField("closes")
    why = models.CharField(max_length=300)
    recorded = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("closed_before")),
                name="an_extension_is_later",
                violation_error_message="An extension ends later than what it extends.",
            ),
        )

    def __str__(self) -> str:
        return f"Extension of {self.consultation}"


class ClarificationQuerySet(ClassifiedQuerySet):
    """Clarifications, answered ones for all who read the consultation."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """Those answered; those not yet for the secretariat and for who asked."""
        if not isinstance(person, Person) or not person.is_active:
            return super().visible_to(person, at).filter(state="answered")
        if secretariat(person, None, at):
            return super().visible_to(person, at)
        answered = Q(pk__in=super().visible_to(person, at).values("pk"), state="answered")
        return self.filter(answered | Q(asked_by=person))


class Clarification(Classified):
    """What somebody asked about a consultation; the answer is published to all, without who asked."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="clarifications")
    asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    question = models.TextField("what is unclear")
    answer = models.TextField(blank=True, editable=False)
    asked_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    objects: ClassVar[Any] = ClarificationQuerySet.as_manager()

    class Meta:
        ordering = ("asked_at", "id")
        indexes = (models.Index(fields=["consultation", "state"]),)

    def __str__(self) -> str:
        return f"Clarification {self.pk} of {self.consultation.reference}"

    def get_absolute_url(self) -> str:
        """The page of its consultation."""
        return self.consultation.get_absolute_url()


def about(record: models.Model) -> models.QuerySet[Any]:
    """The consultations about a record, newest closing first."""
    found: models.QuerySet[Any] = Consultation.objects.filter(about_kind=kind_of(record), about_id=record.pk)
    return found


def unanswered(record: models.Model, at: datetime | None = None) -> models.QuerySet[Any]:
    """The points raised in the consultations about a record that lack a disposition and an answer.

    With an instant, of those consultations that are over by then; without, of all that were opened.
    """
    over = about(record).filter(state__in=RUN)
    if at is not None:
        over = over.filter(closes_at__lt=at)
    return Point.objects.standing().filter(response__consultation__in=over.values("pk")).exclude(state=DISPOSED)


def closed_on(record: models.Model, kind: str) -> date | None:
    """The London day on which the last consultation of a kind about a record closed; None while none has."""
    closed = about(record).filter(kind=kind, state__in=(CLOSED, CONCLUDED)).order_by("-closes_at")
    found = closed.values_list("closes_at", flat=True).first()
    return local_day(found) if found else None


from secretariat.consultations.responses import DISPOSED, Answer, Point, Response  # noqa: E402

__all__ = [
    "Answer", "Clarification", "Consultation", "ConsultationDocument", "Extension", "Kind", "Point", "Question",
    "Response", "about", "closed_on", "unanswered",
]  # fmt: skip
