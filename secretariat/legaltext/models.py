"""The record of the code itself: its documents, their versions, and each clause as each version left it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.legaltext.numbers import OrderField, number_field
from secretariat.legaltext.text import KINDS, Clause, Edit

PENDING, APPROVED, DEAD = "pending", "approved", "dead"
"""Where a draft stands."""
WHOLE, PUBLICATION = "whole", "publication"
"""The two historic schemes of numbering the code (DOC-1, DOC-2)."""


class DocumentKind(models.TextChoices):
    """What a document is; the first three make up the code (sections 6.1 to 6.3 of the rules, DOC-8)."""

    SECTION = "section", "Section"
    SCHEDULE = "schedule", "Schedule"
    APPENDIX = "appendix", "Appendix"
    ARCHITECTURE = "architecture document", "Architecture document"
    DESIGN_NOTE = "design note", "Design note"
    POLICY = "policy", "Policy"
    TERMS = "terms", "Terms of reference"
    FRAMEWORK = "framework", "Framework"
    GUIDANCE = "guidance", "Guidance"


OF_THE_CODE = (DocumentKind.SECTION, DocumentKind.SCHEDULE, DocumentKind.APPENDIX)
A_CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Small letters, digits and hyphens, such as appendix-ab.")


def called(code: str) -> str:
    """How the document of a code is called where only its code is at hand: section-h is Section H."""
    kind, _, letter = code.partition("-")
    if kind in OF_THE_CODE and letter and "-" not in letter:
        return f"{DocumentKind(kind).label} {letter.upper()}"
    return code.replace("-", " ").capitalize()


class Document(Classified):
    """A document of the code, or another that is governed like it (sections 6.1 to 6.3 of the rules, DOC-8)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    code = models.CharField(max_length=60, unique=True, validators=[A_CODE], help_text="Such as appendix-ab.")
    kind = models.CharField(max_length=30, choices=DocumentKind.choices)
    letter = models.CharField("letter or number", max_length=4, blank=True, help_text="H, 5 or AB; none outside.")
    title = models.CharField(max_length=200)
    owner = models.CharField("owned by", max_length=20, blank=True, help_text="Code of the body that owns it.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the contents.")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("position", "code")
        constraints = (
            models.UniqueConstraint(
                fields=["kind", "letter"], condition=~Q(letter=""), name="one_document_of_a_letter",
                violation_error_message="Another document of this kind has this letter.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}" if self.letter else self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("document", args=[self.code])

    @property
    def reference(self) -> str:
        """As others refer to it: Section H, Schedule 5, Appendix AB; else its title."""
        return f"{DocumentKind(self.kind).label} {self.letter}" if self.letter else self.title

    @property
    def of_the_code(self) -> bool:
        """Whether it is part of the code, rather than governed beside it."""
        return self.kind in OF_THE_CODE


class DocumentVersion(Classified):
    """One version of a document: when it has effect, and when it was known; its rows are never changed.

    A variation for a time has a last day. `replaces` names a version that this one puts right, extends or cancels:
    the other counts no more from when this one is recorded, and counts as before in what was known until then.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = number_field()
    order = OrderField()
    effective_from = models.DateField("in effect from")
    to_day = models.DateField("in effect until", null=True, blank=True, help_text="Empty: until further notice.")
    notified_on = models.DateField("notified on", null=True, blank=True)
    posted_on = models.DateField("posted on", null=True, blank=True)
    recorded = models.DateTimeField(editable=False)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="replaced_by"
    )
    note = models.TextField(max_length=2000, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("document_id", "-effective_from", "-order", "-id")
        indexes = (models.Index(fields=["effective_from", "document"]), models.Index(fields=["recorded"]))
        constraints = (
            models.UniqueConstraint(
                fields=["document", "number"], name="one_version_of_a_number",
                violation_error_message="The document has a version of this number already.",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("effective_from")),
                name="a_version_ends_after_it_begins",
                violation_error_message="A version does not end before it takes effect.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document.reference} version {self.number}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("document version", args=[self.pk])


class CauseKind(models.TextChoices):
    """What makes a document's text change (DOC-3); the first version of all needs no other cause."""

    MODIFICATION = "modification", "Modification"
    DESIGNATION = "designation", "Designation"
    REDESIGNATION = "re-designation", "Re-designation"
    ACTIVATION = "activation", "Activation"
    AMENDMENT = "amendment", "Amendment"
    DIRECTION = "direction", "Direction"
    VARIATION = "variation", "Variation for a time"
    FIRST = "first", "First version"


class Cause(models.Model):
    """One cause of a version; a version may have several, a modification and a designation among them (DOC-3)."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.CASCADE, related_name="causes")
    kind = models.CharField(max_length=20, choices=CauseKind.choices)
    reference = models.CharField(max_length=200, blank=True, help_text="Such as MP042, or a letter's date.")
    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("version_id", "id")
        indexes = (models.Index(fields=["about_kind", "about_id"]),)

    def __str__(self) -> str:
        label = CauseKind(self.kind).label
        return f"{label} {self.reference}" if self.reference else label


class ClauseText(models.Model):
    """One clause as a version left it: a version has rows for the clauses that it changed, and for no others."""

    version = models.ForeignKey(DocumentVersion, on_delete=models.PROTECT, related_name="clauses")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    uid = models.CharField("identity", max_length=60)
    present = models.BooleanField(default=True, help_text="No where the version takes it out.")
    parent = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=tuple((kind, kind.capitalize()) for kind in KINDS))
    number = models.CharField(max_length=40, blank=True)
    heading = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)

    class Meta:
        ordering = ("version_id", "id")
        indexes = (models.Index(fields=["document", "uid"]),)
        constraints = (models.UniqueConstraint(fields=["version", "uid"], name="one_row_of_a_clause_in_a_version"),)

    def __str__(self) -> str:
        return f"{self.number or self.uid} in {self.version}"

    @classmethod
    def of(cls, version: DocumentVersion, edit: Edit) -> Self:
        """The row, not yet saved, that an edit leaves in a version. Raises ValueError for an edit of nothing."""
        clause = edit.after or edit.before
        if clause is None:
            raise ValueError("An edit is of a clause.")
        present = edit.after is not None
        return cls(version=version, document_id=version.document_id, present=present, **asdict(clause))

    @property
    def clause(self) -> Clause:
        """The clause as a value; where it was taken out, as it stood before."""
        return Clause(self.uid, self.parent, self.place, self.kind, self.number, self.heading, self.body)


class CodeVersion(Classified):
    """A version of the whole code: the document versions in force on the day it takes effect (DOC-1, DOC-2, DOC-6)."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    scheme = models.CharField(
        max_length=20,
        choices=((WHOLE, "Major and minor, one step for each change"), (PUBLICATION, "One step for each publication")),
    )
    number = number_field()
    order = OrderField()
    effective_from = models.DateField("in effect from")
    notified_on = models.DateField("notified on", null=True, blank=True)
    posted_on = models.DateField("posted on", null=True, blank=True)
    recorded = models.DateTimeField(editable=False)
    note = models.TextField(max_length=2000, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-order",)
        constraints = (
            models.UniqueConstraint(
                fields=["order"], name="one_code_version_of_a_number",
                violation_error_message="The code has a version of this number already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"Code version {self.number}"

    def get_absolute_url(self) -> str:
        """Its page, with the Document Log."""
        return reverse("code version", args=[self.pk])


class Draft(Classified):
    """Changes to a document's text, edit by edit, on a version that they were made for; about a proposal or none."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="drafts")
    baseline = models.ForeignKey(
        DocumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="drafts",
        help_text="The version whose text it changes; none for a document that has no version yet.",
    )  # fmt: skip
    title = models.CharField(max_length=200)
    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, blank=True, editable=False)
    state = models.CharField(
        max_length=10, editable=False, default="",
        choices=((PENDING, "Pending"), (APPROVED, "Approved"), (DEAD, "Dead")),
    )  # fmt: skip
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-recorded", "-id")
        indexes = (models.Index(fields=["about_kind", "about_id"]), models.Index(fields=["document", "state"]))

    def __str__(self) -> str:
        return f"{self.title} ({self.document.reference})"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("draft of legal text", args=[self.pk])


class DraftEdit(models.Model):
    """One step of a draft: a clause before and after, in the order in which the steps are applied."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="steps")
    uid = models.CharField("identity", max_length=60)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    order = models.PositiveIntegerField()
    why = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded = models.DateTimeField(editable=False)

    class Meta:
        ordering = ("draft_id", "order")
        constraints = (models.UniqueConstraint(fields=["draft", "order"], name="one_step_at_a_place_of_a_draft"),)

    def __str__(self) -> str:
        return f"{self.order}: {self.uid}"

    @property
    def edit(self) -> Edit:
        """The step as a value."""
        return Edit(_clause(self.before), _clause(self.after))

    @classmethod
    def of(cls, draft: Draft, edit: Edit, order: int, **told: Any) -> Self:
        """The row, not yet saved, for an edit; `told` gives why, by and recorded."""
        before, after = (asdict(clause) if clause else None for clause in (edit.before, edit.after))
        return cls(draft=draft, uid=edit.uid, before=before, after=after, order=order, **told)


def _clause(told: Mapping[str, str] | None) -> Clause | None:
    return None if told is None else Clause(**told)


# The parts of the room, so that Django finds their models from here.
from secretariat.legaltext.drafting import models as drafting  # noqa: E402, F401
from secretariat.legaltext.governed import models as governed  # noqa: E402, F401
from secretariat.legaltext.importing import models as importing  # noqa: E402, F401
from secretariat.legaltext.publishing import models as publishing  # noqa: E402, F401
from secretariat.legaltext.reading import models as reading  # noqa: E402, F401
