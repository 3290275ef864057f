"""A version of the code that is being put together: what goes into it, and the files that its publication made."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Classified, ClassifiedQuerySet, Clearance
from secretariat.core.files import StoredFile
from secretariat.legaltext.models import CauseKind, CodeVersion, Document, DocumentVersion, Draft
from secretariat.legaltext.numbers import number_field
from secretariat.plain.dates import long_date

PLANNED, CHECKED, PUBLISHED, CANCELLED = "planned", "checked", "published", "cancelled"
"""Where a planned version stands."""
OPEN = (PLANNED, CHECKED)
GATHERED, TAKEN_OUT = "gathered", "taken out"
"""Whether something is still in a planned version."""


class PlannedVersion(Classified):
    """A version of the whole code that is planned: its number, its day, its cause, and what goes into it (DOC-4)."""

    number = number_field()
    effective_from = models.DateField("in effect from")
    cause = models.CharField(
        max_length=200, help_text="What brings it about, such as the June 2022 Release or a letter of designation."
    )
    notified_on = models.DateField("notified on", null=True, blank=True, help_text="When it was announced.")
    note = models.TextField(max_length=2000, blank=True, help_text="What readers are told about it.")
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    digest = models.CharField("hash of what was checked", max_length=64, blank=True, editable=False)
    published_as = models.OneToOneField(
        CodeVersion, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="planned"
    )
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "planned code version"
        ordering = ("-effective_from", "-id")
        indexes = (models.Index(fields=["state", "effective_from"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["number"], condition=~Q(state=CANCELLED), name="one_planned_version_of_a_number",
                violation_error_message="A version of this number is planned or published already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Planned code version {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("planned code version", args=[self.pk])

    @property
    def gathered(self) -> models.QuerySet[PlannedItem]:
        """What it brings, in the order in which it is applied."""
        return PlannedItem.objects.filter(planned=self, state=GATHERED).order_by("order", "pk")


class ItemKind(models.TextChoices):
    """In which way a document changes by a publication (DOC-3)."""

    TEXT = "text", "Approved legal text"
    VARIATION = "variation", "Approved legal text for a time"
    EXTENSION = "extension", "A variation lasts until another day"
    CANCELLATION = "cancellation", "A variation ends"
    NUMBER = "number", "A version whose text is not kept here"


OF_A_DRAFT = (ItemKind.TEXT, ItemKind.VARIATION)
OF_A_VARIATION = (ItemKind.EXTENSION, ItemKind.CANCELLATION)


class WithItsDraft(ClassifiedQuerySet):
    """Items, read only where their plan and their draft may be read."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens."""
        drafts = Q(draft__isnull=True) | Q(draft__in=Draft.objects.cleared_for(cleared))
        documents = Document.objects.cleared_for(cleared)
        plans = Q(planned__isnull=True) | Q(planned__in=PlannedVersion.objects.cleared_for(cleared))
        return super().cleared_for(cleared).filter(drafts, plans, document__in=documents)


class PlannedItem(Classified):
    """One thing that a planned version brings: a draft, a variation by direction or the end of one (DOC-3).

    A document that is governed beside the code is published by itself, in no version of the code.
    """

    planned = models.ForeignKey(
        PlannedVersion, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="items"
    )
    order = models.PositiveIntegerField(default=0, help_text="Applied from the lowest to the highest.")
    kind = models.CharField(max_length=12, choices=ItemKind.choices, default=ItemKind.TEXT)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    draft = models.ForeignKey(Draft, null=True, blank=True, on_delete=models.PROTECT, related_name="planned")
    varied = models.ForeignKey(
        DocumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name="variation", help_text="The variation that is extended or ended.",
    )  # fmt: skip
    number = models.CharField("version of the document", max_length=17, help_text="Such as 9.0.")
    to_day = models.DateField("until", null=True, blank=True, help_text="Of a variation: its last day.")
    cause_kind = models.CharField("cause", max_length=20, choices=CauseKind.choices, default=CauseKind.MODIFICATION)
    reference = models.CharField(max_length=200, blank=True, help_text="Such as MP042, or a letter's date.")
    version = models.ForeignKey(
        DocumentVersion, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = WithItsDraft.as_manager()

    class Meta:
        ordering = ("planned_id", "order", "id")
        verbose_name = "planned change"
        indexes = (models.Index(fields=["planned", "order"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["draft"], condition=Q(state=GATHERED), name="a_draft_is_gathered_once",
                violation_error_message="The draft is in a version already; take it out there first.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_DRAFT) ^ Q(draft__isnull=True), name="legal_text_is_of_a_draft",
                violation_error_message="Legal text comes of a draft, and nothing else does.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_VARIATION) ^ Q(varied__isnull=True), name="what_ends_is_a_variation",
                violation_error_message="Say which variation is extended or ended, and only then.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=(ItemKind.VARIATION, ItemKind.EXTENSION)) ^ Q(to_day__isnull=True),
                name="a_variation_has_a_last_day",
                violation_error_message="A variation, or an extension, has a last day, and nothing else has one.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document.reference} version {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("planned change", args=[self.pk])

    def clean(self) -> None:
        """What belongs together is of one document. Raises ValidationError."""
        super().clean()
        other = self.draft or self.varied
        if other is not None and self.document_id is not None and other.document_id != self.document_id:
            raise ValidationError("The draft, or the variation, is of another document.")
        if self.varied is not None and self.varied.to_day is None:
            raise ValidationError(f"{self.varied} is no variation for a time.")
        first = self.planned.effective_from if self.planned is not None else None
        if first and self.to_day and self.to_day < first:
            raise ValidationError(f"It cannot last until {long_date(self.to_day)}: the version is later.")


class PublishedFile(models.Model):
    """A file that the publication of a version made, under its name in the archive; read as its file is read."""

    code_version = models.ForeignKey(CodeVersion, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("code_version_id", "name")
        constraints = (
            models.UniqueConstraint(fields=["code_version", "name"], name="one_file_of_a_name_in_a_version"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is downloaded."""
        return self.file.get_absolute_url()
