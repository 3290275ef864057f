"""Papers of meetings: front matter, paragraphs and attachments each with its class; and what readers keep of them.

While a paper is written only the secretariat reads it; `issue_class` is what it is issued as (rules REF-4, INF-3).
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.meetings.agenda.models import AboutRecord, Act, AgendaItem
from secretariat.meetings.models import Meeting

DRAFT, READY, ISSUED, WITHDRAWN, SUPERSEDED = "draft", "ready", "issued", "withdrawn", "superseded"
BEING_WRITTEN = (DRAFT, READY)
SECRETARIAT_ONLY = "SECAS"
"""The audience of what is written and not yet issued."""


class MeetingPaper(Classified, AboutRecord):
    """One paper for one item of a meeting's agenda, with its front matter (rule REF-4)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers", editable=False)
    item = models.ForeignKey(AgendaItem, verbose_name="agenda item", on_delete=models.PROTECT, related_name="papers")
    number = models.PositiveSmallIntegerField(
        validators=[MaxValueValidator(99)], help_text="Its number within the meeting, printed with two digits."
    )
    title = models.CharField(max_length=200)
    act = models.CharField("action", max_length=10, choices=Act.choices, default=Act.NOTE)
    purpose = models.TextField(max_length=2000, blank=True)
    recommendation = models.TextField(max_length=2000, blank=True)
    team = models.CharField("author team", max_length=120)
    author = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_papers",
        help_text="Who is reminded before paper day.",
    )  # fmt: skip
    issue_class = models.PositiveSmallIntegerField("issued as", choices=Class.choices, default=Class.GREEN)
    late = models.BooleanField(default=False, editable=False, help_text="Issued after paper day.")
    issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    chased_on = models.DateField("author last reminded on", null=True, blank=True, editable=False)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by", editable=False
    )
    withdrawn_why = models.CharField("why it was withdrawn", max_length=300, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("meeting_id", "number", "id")
        indexes = (models.Index(fields=["meeting", "state"]), models.Index(fields=["state", "issued_at"]))
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "number"],
                condition=Q(replaces__isnull=True),
                name="one_paper_of_a_number",
                violation_error_message="The meeting has a paper of this number already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return reverse("meeting paper", args=[self.pk])

    def clean(self) -> None:
        """Refuses a paper that more may read than its item. Raises ValidationError."""
        super().clean()
        if self.item_id is not None and self.issue_class < self.item.classification:
            told = Class(self.item.classification).label
            raise ValidationError({"issue_class": f"The agenda item is {told}: its papers have no lower class."})

    @property
    def reference(self) -> str:
        """Its reference in the pack, such as SECP_78_1303_30 (rule REF-1)."""
        return f"{self.meeting.reference or self.meeting.committee.code}_{self.number:02}"

    @property
    def mark(self) -> str:
        """What a list says beside it: that it came after paper day."""
        return "Late" if self.late else ""


class PaperVersion(Classified):
    """The words of a paper at one time. What was issued is the last; earlier ones are the secretariat's."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    paper = models.ForeignKey(MeetingPaper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("paper_id", "number")
        constraints = (models.UniqueConstraint(fields=["paper", "number"], name="one_version_of_a_paper_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.paper}, version {self.number}"

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return self.paper.get_absolute_url()


class PaperParagraph(Classified):
    """One heading, paragraph or bullet of a paper, with its own class (rule INF-3)."""

    class Kind(models.TextChoices):
        HEADING = "heading", "Heading"
        PARAGRAPH = "paragraph", "Paragraph"
        BULLET = "bullet", "Bullet"

    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PARAGRAPH)
    text = models.TextField()

    class Meta:
        ordering = ("version_id", "position")
        constraints = (models.UniqueConstraint(fields=["version", "position"], name="one_paragraph_of_a_position"),)

    def __str__(self) -> str:
        return f"{self.version}, paragraph {self.position}"

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return self.version.get_absolute_url()


class PaperAttachment(Classified):
    """An appendix of a paper, with its own class: a White paper may carry an Amber one (rule INF-3)."""

    paper = models.ForeignKey(MeetingPaper, on_delete=models.CASCADE, related_name="attachments")
    label = models.CharField(max_length=20, help_text="Such as Appendix A.")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", editable=False)

    class Meta:
        ordering = ("paper_id", "label", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["paper", "label"],
                name="one_attachment_of_a_label",
                violation_error_message="The paper has an attachment of this label already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return self.paper.get_absolute_url()

    def clean(self) -> None:
        """Refuses an appendix that more may read than its paper. Raises ValidationError."""
        super().clean()
        if self.paper_id is not None and self.classification < self.paper.issue_class:
            told = Class(self.paper.issue_class).label
            raise ValidationError({"classification": f"The paper is {told}: its attachments have no lower class."})


class PrivateNote(Classified):
    """What a member notes on an agenda item, for themselves alone; the journal does not hold the words."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.RED)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="private_notes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="private_notes")
    text = models.TextField(max_length=10000, blank=True)
    recorded = models.DateTimeField()

    class Meta:
        ordering = ("item_id", "id")
        constraints = (models.UniqueConstraint(fields=["item", "person"], name="one_note_of_a_person_on_an_item"),)

    def __str__(self) -> str:
        return "A private note"

    def get_absolute_url(self) -> str:
        """The agenda on which it stands."""
        return reverse("meeting-agenda", args=[self.item.meeting_id])


class LastLook(Classified):
    """When a person last said that they had seen the papers of a meeting."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.RED)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="last_looks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="last_looks")
    at = models.DateTimeField()

    class Meta:
        ordering = ("meeting_id", "id")
        constraints = (models.UniqueConstraint(fields=["meeting", "person"], name="one_last_look_of_a_person"),)

    def __str__(self) -> str:
        return f"Last look at the papers of {self.meeting}"

    def get_absolute_url(self) -> str:
        """The agenda with the papers."""
        return reverse("meeting-agenda", args=[self.meeting_id])


class ReadReceipt(Classified):
    """That a member has read a paper: kept only for the bodies that decided so."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    paper = models.ForeignKey(MeetingPaper, on_delete=models.CASCADE, related_name="read_receipts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="read_receipts")
    at = models.DateTimeField()

    class Meta:
        ordering = ("paper_id", "at", "id")
        constraints = (models.UniqueConstraint(fields=["paper", "person"], name="one_receipt_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.person} has read {self.paper}"

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return self.paper.get_absolute_url()

    def clean(self) -> None:
        """Refuses a receipt where the body keeps none. Raises ValidationError."""
        super().clean()
        body: Any = self.paper.meeting.committee
        if not body.keeps_receipts:
            raise ValidationError(f"{body.short_name} has not decided to keep read receipts.")
