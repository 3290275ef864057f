"""Papers, their paragraphs and attachments, and what was issued."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.core.kinds import load
from secretariat.core.sealed import SealedText, SealedValues
from secretariat.papers.report import REPORTS, Report
from secretariat.plain.months import Month


class Paper(Classified):
    """One month's paper. While it is written only the secretariat reads it; `issue_class` is what it is issued as."""

    key = models.SlugField(max_length=60, unique=True)
    report_name = models.CharField(max_length=40)
    first_day = models.DateField(help_text="First day of the month by which it is named.")
    version = models.PositiveSmallIntegerField(default=1)
    restates = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="restated_by")
    number = models.PositiveSmallIntegerField(help_text="Number of the paper in the meeting's pack.")
    meeting_kind = models.CharField(max_length=60)
    meeting_id = models.BigIntegerField()
    issue_class = models.PositiveSmallIntegerField(choices=Class.choices, default=Class.WHITE)
    state = models.CharField(max_length=20, default="", blank=True)
    author = models.CharField(max_length=120)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("-first_day", "report_name", "-version")
        constraints = (
            models.UniqueConstraint(fields=["report_name", "first_day", "version"], name="one_paper_of_a_month"),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return reverse("paper", args=[self.key])

    @property
    def report(self) -> Report:
        """The definition it follows."""
        return REPORTS[self.report_name]

    @property
    def month(self) -> Month:
        """The month by which it is named."""
        return Month.of(self.first_day)

    @property
    def reported(self) -> Month:
        """The month that it reports on."""
        return self.month.plus(-self.report.lag)

    @property
    def title(self) -> str:
        """Its title, with its version when it was restated."""
        version = f" (version {self.version})" if self.version > 1 else ""
        return f"{REPORTS[self.report_name].title}: {self.month.label}{version}"

    @property
    def meeting(self) -> Any:
        """The meeting that receives it: any record with `day`, `reference` and `previous`."""
        return load(self.meeting_kind, self.meeting_id)

    @property
    def reference(self) -> str:
        """Its reference in the meeting's pack, such as SECP_78_1303_30 (rule REF-1)."""
        return f"{self.meeting.reference}_{self.number:02}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being written."""
        return self.state == "draft"


class Passage(Classified):
    """One paragraph or bullet of the narrative, with live fields in double square brackets.

    `seen` holds each field with the words it printed when the owner last wrote or affirmed the passage. Its words are
    sealed whatever its class: one that is raised to Red today must not stand in yesterday's backup.
    """

    class Kind(models.TextChoices):
        PARAGRAPH = "paragraph", "Paragraph"
        BULLET = "bullet", "Bullet"
        SUB_BULLET = "sub-bullet", "Bullet below a bullet"

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="passages")
    part = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PARAGRAPH)
    text = SealedText()
    state = models.CharField(max_length=12, default="", blank=True)
    revision = models.PositiveIntegerField(default=1)
    seen = SealedValues(default=dict, blank=True)
    earlier = SealedValues(default=list, blank=True, editable=False, help_text="What it said before, oldest first.")
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        ordering = ("paper_id", "part", "position", "id")
        indexes = (models.Index(fields=["paper", "part", "position"]),)

    def __str__(self) -> str:
        return f"{self.paper.title}, {self.part}, paragraph {self.position}"

    def get_absolute_url(self) -> str:
        """Where it is edited."""
        return f"{reverse('paper-part', args=[self.paper.key, self.part])}#passage-{self.pk}"

    def clean(self) -> None:
        """Refuses a section that the report does not have."""
        try:
            self.paper.report.part(self.part)
        except KeyError as error:
            raise ValidationError({"part": str(error.args[0])}) from error


class Attachment(Classified):
    """An appendix, with its own class; `not_supplied` says why there is none this month."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="attachments")
    label = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT)
    not_supplied = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("paper_id", "label")
        constraints = (
            models.UniqueConstraint(fields=["paper", "label"], name="one_appendix_of_a_label"),
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(not_supplied=""), name="an_appendix_is_supplied_or_not"
            ),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.title}"

    def get_absolute_url(self) -> str:
        """The paper it belongs to."""
        return self.paper.get_absolute_url()


class AcceptedFinding(Classified):
    """What the paper checker found and the secretariat lets stand, with the reason."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="accepted_findings")
    rule = models.SlugField(max_length=60)
    words = SealedText(max_length=500, blank=True)
    message = SealedText()
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ("paper_id", "id")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="an_acceptance_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.rule} in {self.paper.title}"

    def get_absolute_url(self) -> str:
        """The page on which the paper's findings stand."""
        return reverse("paper-findings", args=[self.paper.key])


class Issue(Classified):
    """What was issued: the frozen paper, the frozen figures, and the files made of them, by content hash."""

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="issue")
    at = models.DateTimeField()
    recorded = models.DateTimeField()
    content = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    figures = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    html = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.paper.title}, as issued"

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return self.paper.get_absolute_url()

    @property
    def files(self) -> tuple[StoredFile, ...]:
        """Everything that was kept of it."""
        return (self.html, self.pdf, self.docx, self.figures, self.content)


class PaperEdition(Classified):
    """An issued paper as the readers of a class above its own read it, where it says more to them (rule INF-3)."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="editions")
    content = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    html = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("issue_id", "classification")
        constraints = (models.UniqueConstraint(fields=["issue", "classification"], name="one_edition_of_an_issue"),)

    def __str__(self) -> str:
        return f"{self.issue.paper.title} ({Class(self.classification).label})"

    def get_absolute_url(self) -> str:
        """Where it is read; a Red one is opened file by file, and each opening is journalled."""
        if self.classification == Class.RED:
            return self.pdf.get_absolute_url()
        word = Class(self.classification).label.lower()
        return f"{reverse('paper-read', args=[self.issue.paper.key])}?edition={word}"
