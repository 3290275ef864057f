"""Procurements (SEC-33): tender documents, questions and answers, sealed bids, evaluators and their scores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance, closer
from secretariat.core.files import StoredFile
from secretariat.core.people import Person, Role
from secretariat.core.sealed import read_sealed
from secretariat.effort.procurement.scoring import WHOLE
from secretariat.effort.projects.models import Project
from secretariat.effort.who import operations_team
from secretariat.plain.dates import local_day

if TYPE_CHECKING:
    from datetime import datetime

    from secretariat.core.classification import Reader

PREPARING, APPROVED, ISSUED, OPENED = "preparing", "documents approved", "issued", "opened"
EVALUATED, AWARDED, CANCELLED = "evaluated", "awarded", "cancelled"
BIDS_ARE_OPEN = (OPENED, EVALUATED, AWARDED)
"""The states in which bids have been opened; before, nobody reads one."""
SCORED = (EVALUATED, AWARDED)
"""The states in which the scoring is concluded, so that who approves the award reads the bids."""


class ProcurementQuerySet(ClassifiedQuerySet):
    """Procurements: who is named to score bids reads what they were asked for, of whatever body they are."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and those of which the person is an evaluator."""
        named = Evaluator.objects.filter(person=cleared.person_id) if cleared.person_id else Evaluator.objects.none()
        mine = self.filter(classification__lte=Class.AMBER, pk__in=named.values("procurement"))
        return super().cleared_for(cleared) | mine


class Procurement(Classified):
    """One procurement, from the first tender document to the award."""

    title = models.CharField(max_length=160, unique=True)
    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="procurements")
    approver = models.CharField(
        "approved by", max_length=20, default="SECP", help_text="Code of the body that approves documents and award."
    )
    opens_at = models.DateTimeField(
        "bids are opened", null=True, blank=True, help_text="Such as 2020-03-27 12:00, London time; sealed until then."
    )
    issued_on = models.DateField(null=True, blank=True, editable=False)
    awarded_to = models.ForeignKey(
        "Bid", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    award_why = models.CharField("why this bid", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=20, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    objects: ClassVar[Any] = ProcurementQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The procurement's page."""
        return reverse("procurement", args=[self.pk])


class TenderDocument(models.Model):
    """One version of a tender document."""

    procurement = models.ForeignKey(Procurement, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=160)
    version = models.CharField(max_length=10)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["procurement", "title", "version"], name="one_tender_document_of_a_version",
                violation_error_message="This version of the document is there already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class Criterion(models.Model):
    """What bids are scored by, and how much it weighs."""

    procurement = models.ForeignKey(Procurement, on_delete=models.PROTECT, related_name="criteria")
    name = models.CharField(max_length=120)
    weight = models.PositiveSmallIntegerField(help_text="Per cent.")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["procurement", "name"], name="one_criterion_of_a_name",
                violation_error_message="This criterion is there already.",
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=WHOLE), name="a_criterion_weighs_something",
                violation_error_message="A criterion weighs from 1 to 100 per cent.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}, {self.weight} %"


class TenderQuestion(models.Model):
    """What a bidder asked; the answer goes to all, and never says who asked."""

    procurement = models.ForeignKey(Procurement, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.CharField(max_length=160)
    asked_on = models.DateField()
    question = models.TextField()
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    recorded = models.DateTimeField(editable=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("asked_on", "id")

    def __str__(self) -> str:
        return f"Question {self.pk}"


class Evaluator(models.Model):
    """Somebody who scores bids, and what was declared: nothing yet, no conflict, or which."""

    procurement = models.ForeignKey(Procurement, on_delete=models.PROTECT, related_name="evaluators")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="evaluates")
    declared_on = models.DateField(null=True, blank=True)
    conflict = models.CharField(max_length=300, blank=True, help_text="Empty when there is none.")

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["procurement", "person"], name="an_evaluator_is_named_once",
                violation_error_message="This person is an evaluator already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return str(self.person)

    @property
    def may_score(self) -> bool:
        """Whether the evaluator has declared to have no conflict."""
        return self.declared_on is not None and not self.conflict


class BidQuerySet(ClassifiedQuerySet):
    """Bids are sealed until they are opened, and then for those who score or decide: this is the one door."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The bids that a clearance opens, of procurements whose bids were opened; of others nobody reads any."""
        return super().cleared_for(cleared).filter(procurement__state__in=BIDS_ARE_OPEN)

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """Once opened: for the evaluators who declared to have no conflict, the project's lead and the operations
        team; once they are scored, also for the body that approves the award. Never for who declared a conflict.
        """
        found = super().visible_to(person, at)
        if not isinstance(person, Person) or not person.is_active:
            return found.filter(classification=Class.WHITE)
        whole = found if operations_team(person, None, at) else found.filter(
            Q(classification=Class.WHITE)
            | Q(procurement__project__lead=person)
            | Q(procurement__state__in=SCORED, procurement__approver__in=bodies_of(person, at))
        )  # fmt: skip
        scoring = Evaluator.objects.filter(person=person)
        free = scoring.filter(declared_on__isnull=False, conflict="").values("procurement")
        rows = whole | self.filter(
            classification__lte=Class.AMBER, procurement__state__in=BIDS_ARE_OPEN, procurement__in=free
        )
        return rows.exclude(procurement__in=scoring.exclude(conflict="").values("procurement"))


def bodies_of(person: Person, at: datetime) -> list[str]:
    """The codes of the bodies whose member a person is at an instant."""
    rows = person.capacities_on(local_day(at))
    return [row.audience for row in rows if row.role == Role.COMMITTEE_MEMBER and row.audience]


class Bid(Classified):
    """One bid; its file is sealed where it lies."""

    procurement = models.ForeignKey(Procurement, on_delete=models.PROTECT, related_name="bids")
    bidder = models.CharField(max_length=160)
    pence = models.PositiveBigIntegerField("price", help_text="Pence.")
    file_name = models.CharField(max_length=200)
    place = models.CharField(max_length=64, editable=False)
    received_at = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    objects: ClassVar[Any] = BidQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["procurement", "bidder"], name="one_bid_of_a_bidder",
                violation_error_message="This bidder has sent a bid already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.bidder

    def get_absolute_url(self) -> str:
        """The bid's page."""
        return reverse("bid", args=[self.pk])

    def read(self) -> bytes:
        """The bytes of its file. Raises Unsealable where they cannot be opened."""
        return read_sealed(self.place)


class Score(models.Model):
    """The points that an evaluator gave to a bid under a criterion, and why."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    evaluator = models.ForeignKey(Evaluator, on_delete=models.PROTECT, related_name="scores")
    points = models.PositiveSmallIntegerField(help_text="From 0 to 100.")
    why = models.CharField(max_length=300)
    recorded = models.DateTimeField(editable=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["bid", "criterion", "evaluator"], name="one_score_of_an_evaluator"),
            models.CheckConstraint(
                condition=Q(points__lte=WHOLE), name="at_most_a_hundred_points",
                violation_error_message="A criterion has at most 100 points.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.points} points"

    def clean(self) -> None:
        """Raises ValidationError where bid, criterion and evaluator are not of one procurement."""
        of = {self.bid.procurement_id, self.criterion.procurement_id, self.evaluator.procurement_id}
        if len(of) > 1:
            raise ValidationError("Bid, criterion and evaluator belong to one procurement.")


closer(Bid)
