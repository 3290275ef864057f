"""The documents by which levels are reckoned, version by version."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from secretariat.core.classification import Classified
from secretariat.core.files import StoredFile


class MethodDocument(models.TextChoices):
    """The documents by which levels are reckoned."""

    PMM = "PMM", "Performance Measurement Methodology"
    PMEL = "PMEL", "Performance Measurement Exception List"
    LIST = "RLoSPPM", "Reported List of Service Provider Performance Measures"


class MethodVersion(Classified):
    """A version of a document by which levels are reckoned; a draft has no day from which it is in force."""

    document = models.CharField(max_length=10, choices=MethodDocument.choices)
    version = models.CharField(max_length=12)
    drafted_on = models.DateField("given to the Operations Group on", null=True, blank=True)
    from_day = models.DateField("in force from", null=True, blank=True)
    changes = models.TextField("what it changes", max_length=2000, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        verbose_name = "methodology version"
        ordering = ("document", "-from_day", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["document", "version"], name="one_version_of_a_methodology",
                violation_error_message="This version of the document is recorded already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document} {self.version}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("methodology version", args=[self.pk])
