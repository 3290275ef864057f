"""What stands beside an entry: what was submitted, the evidence kept for it, and its content over time."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.core.dated import Dated
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.products.models import DeviceModel
from secretariat.register.parties import Party


class EntryVersion(Dated):
    """What an entry said from a day until a day: the list's columns by name (PRD-14)."""

    entry = models.ForeignKey(DeviceModel, on_delete=models.PROTECT, related_name="versions")
    content = models.JSONField()
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("from_day", "id")
        indexes = (models.Index(fields=["entry", "from_day"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["entry"], condition=Q(to_day__isnull=True), name="an_entry_says_one_thing_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry.entry_id} from {self.from_day.isoformat()}"


class SubmissionQuerySet(ClassifiedQuerySet):
    """Submissions; the person who sent one reads it, up to Amber."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and the reader's own."""
        rows = super().cleared_for(cleared)
        if cleared.person_id is None:
            return rows
        return rows | self.filter(submitted_by_id=cleared.person_id, classification__lte=Class.AMBER)


class Submission(Classified):
    """What somebody sent in for the Central Products List: one device model typed, or a file of many (PRD-12)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    submitter = models.CharField("on behalf of", max_length=120, help_text="The organisation, by name.")
    submitted_by = models.ForeignKey(Person, editable=False, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(
        Party, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="product_submissions"
    )
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    received_on = models.DateField("received on", editable=False)
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "party"
    objects: ClassVar[Any] = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "product submission"
        ordering = ("-received_on", "-id")
        indexes = (models.Index(fields=["received_on"]),)

    def __str__(self) -> str:
        return f"Submission {self.pk} of {self.submitter}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("product submission", args=[self.pk])


class SubmissionRow(models.Model):
    """One row as it was typed, what the checks found, and the entry that it became once nothing stopped it."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField("row", help_text="As in the file, where the head is row 1.")
    typed = models.JSONField(default=dict)
    findings = models.JSONField(default=list, blank=True)
    stopped = models.BooleanField("to be corrected", default=False)
    entry = models.OneToOneField(DeviceModel, null=True, on_delete=models.PROTECT, related_name="row")

    class Meta:
        ordering = ("submission_id", "number")
        constraints = (
            models.UniqueConstraint(fields=["submission", "number"], name="one_row_of_a_number_in_a_submission"),
            models.CheckConstraint(
                condition=Q(stopped=False) | Q(entry__isnull=True), name="a_stopped_row_is_no_entry"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"row {self.number} of {self.submission}"


class EvidenceQuerySet(ClassifiedQuerySet):
    """Evidence, read only where its entry may be read; who submitted the entry reads it up to Amber."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and those of the reader's own entries."""
        rows = super().cleared_for(cleared)
        if cleared.person_id is not None:
            rows |= self.filter(entry__submitted_by_id=cleared.person_id, classification__lte=Class.AMBER)
        return rows


class Evidence(Classified):
    """A manufacturer's evidence for an entry, such as an extract of release notes: kept, not published (PRD-13)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    entry = models.ForeignKey(DeviceModel, on_delete=models.PROTECT, related_name="evidence")
    shows = models.CharField("what it shows", max_length=300)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField("received on")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    owned_by: ClassVar[str] = "entry__party"
    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "mapping evidence"
        ordering = ("received_on", "id")

    def __str__(self) -> str:
        return f"Evidence for CPL Entry ID {self.entry.entry_id}"

    def get_absolute_url(self) -> str:
        """Its entry's page."""
        return self.entry.get_absolute_url()
