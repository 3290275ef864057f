"""A text that came in as a file: what was understood of it, and what has become of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse

from secretariat.core.classification import Classified
from secretariat.core.files import StoredFile
from secretariat.legaltext.models import Document, DocumentVersion, Draft


class TextImport(Classified):
    """One file with a text for a document, read once; nothing of it counts until a person accepts it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="imports")
    baseline = models.ForeignKey(
        DocumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="The version that it is laid beside; none for a document that has no version yet.",
    )  # fmt: skip
    file = models.ForeignKey(StoredFile, editable=False, on_delete=models.PROTECT, related_name="+")
    with_changes = models.BooleanField(
        "with its tracked changes accepted", default=True, help_text="Otherwise as it was before they were made."
    )
    understood = models.JSONField(editable=False, help_text="The clauses and what was noted, as they were read.")
    new_ones = models.JSONField("said to be new", default=list, blank=True, editable=False)
    draft = models.ForeignKey(
        Draft, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="imports"
    )
    version = models.ForeignKey(
        DocumentVersion, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="imports"
    )
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "text brought in"
        verbose_name_plural = "texts brought in"
        ordering = ("-recorded", "-id")

    def __str__(self) -> str:
        return f"{self.file.name} for {self.document.reference}"

    def get_absolute_url(self) -> str:
        """Its page, with what was understood."""
        return reverse("text brought in", args=[self.pk])

    @property
    def became(self) -> Any | None:
        """The draft or the version that it was accepted as; None while it waits."""
        return self.draft or self.version
