"""The records of guidance: an article, the draft that somebody writes, and every version that was published."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.files import StoredFile
from secretariat.core.people import Person

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

UNPUBLISHED, PUBLISHED, WITHDRAWN = "unpublished", "published", "withdrawn"
SEEN = (PUBLISHED, WITHDRAWN)
"""The states in which others than the secretariat see that there is an article."""


class Kind(models.TextChoices):
    """What an article is."""

    PAGE = "page", "Page"
    NOTE = "guidance note", "Guidance note"
    QUESTION = "question", "Frequently asked question"
    TERM = "term", "Glossary term"
    RATES = "rate card", "Rate card"
    VACANCY = "vacancy", "Vacancy"
    NEWS = "news", "News"
    BRIEFING = "briefing", "Recorded briefing"


SOURCED = (Kind.NOTE, Kind.QUESTION, Kind.TERM, Kind.RATES)
"""What says something about the code, and therefore from where it has it."""
PASSING = (Kind.NEWS, Kind.VACANCY)
"""What was true when it was published, and is not asked about again."""


class Written(models.Model):
    """What an article says: the same fields in its draft, in each version, and as it stands now."""

    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True, help_text="One sentence for lists and search.")
    body = models.TextField("text", blank=True, help_text="In Markdown; headings begin with ##.")
    sources = models.TextField(
        blank=True, help_text="One a line: a section of the code, a decision, or the reference of a record here."
    )
    short = models.CharField("abbreviation", max_length=20, blank=True, help_text="Of a glossary term.")
    recording = models.URLField("where the recording is", blank=True)
    closes_at = models.DateTimeField("applications close", null=True, blank=True)
    holds_from = models.DateField("in force from", null=True, blank=True)
    holds_until = models.DateField("in force until", null=True, blank=True, help_text="The last day.")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """What is in force ends after it begins. Raises ValidationError."""
        super().clean()
        if self.holds_from and self.holds_until and self.holds_until < self.holds_from:
            raise ValidationError({"holds_until": "Its last day in force is not before its first."})

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day; what names no days always is."""
        begun = self.holds_from is None or self.holds_from <= day
        return begun and (self.holds_until is None or day <= self.holds_until)

    def takes_applications(self, at: datetime) -> bool:
        """Whether an application made at an instant is in time: the closing instant itself is."""
        return self.closes_at is not None and at <= self.closes_at


WRITTEN = tuple(field.name for field in Written._meta.local_fields)
"""The names of what an article says."""


class ArticleQuerySet(ClassifiedQuerySet):
    """Asks articles as a reader."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """What a person's class opens; one that was never published is the secretariat's alone."""
        found = super().visible_to(person, at)
        if isinstance(person, Person) and person.is_active and secretariat(person, None, at):
            return found
        return found.filter(state__in=SEEN)

    def approved(self) -> Self:
        """Those that are published: what an answer may cite."""
        return self.filter(state=PUBLISHED)


class Article(Written, Classified):
    """One article at its lasting address; what it says is what its newest version says."""

    slug = models.SlugField(
        "address", max_length=80, unique=True, help_text="Small letters, digits and hyphens. It never changes."
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    topic = models.CharField(max_length=80, blank=True, help_text="Articles of one topic stand together.")
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="Who answers for it, and is asked to look again."
    )
    number = models.PositiveIntegerField("version", default=0, editable=False)
    published_on = models.DateField(null=True, blank=True, editable=False)
    review_on = models.DateField("to be looked at again", null=True, blank=True, editable=False)
    affirmed_on = models.DateField("found still true", null=True, blank=True, editable=False)
    reminded_on = models.DateField("owner reminded", null=True, blank=True, editable=False)
    handed_over = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False,
        help_text="Who wrote the draft that was handed over, and waits to be read by somebody else.",
    )  # fmt: skip
    reason = models.CharField("why withdrawn", max_length=300, blank=True, editable=False)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, editable=False)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "topic", "title")
        indexes = (models.Index(fields=["state", "kind"]), models.Index(fields=["state", "review_on"]))

    def __str__(self) -> str:
        return f"{self.title} ({self.short})" if self.short else self.title

    def get_absolute_url(self) -> str:
        """The article's page."""
        return reverse("article", args=[self.slug])

    @property
    def draft(self) -> Draft | None:
        """The draft that is being written; None where there is none."""
        return Draft.objects.filter(article=self, version__isnull=True, dropped_on__isnull=True).first()

    def is_passing(self) -> bool:
        """Whether it is of a kind that is not looked at again."""
        return self.kind in PASSING

    @property
    def citation(self) -> str:
        """How an answer cites it: the title, the version with its day, and where it has it from."""
        published = f", version {self.number}" + (f" of {self.published_on.isoformat()}" if self.published_on else "")
        sources = "; ".join(lines(self.sources))
        return f"{self.title}{published}" + (f" ({sources})" if sources else "")


class Draft(Written, Classified):
    """What somebody writes, to become the next version of an article."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="drafts", editable=False)
    writer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", editable=False)
    change = models.CharField("what is new", max_length=300, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    returned = models.CharField("why it came back", max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField("became version", null=True, blank=True, editable=False)
    dropped_on = models.DateField(null=True, blank=True, editable=False)
    recorded = models.DateTimeField(null=True, editable=False)
    invented = models.BooleanField(default=False, editable=False)
    classification = models.PositiveSmallIntegerField(
        "class", choices=Class.choices, default=Class.AMBER, editable=False
    )
    audience = models.CharField(max_length=20, blank=True, default="SECAS", editable=False)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(version__isnull=True, dropped_on__isnull=True),
                name="one_draft_of_an_article_is_open",
                violation_error_message="Somebody is writing a draft of this article already.",
            ),
        )

    def __str__(self) -> str:
        return f"Draft of {self.title}"

    def get_absolute_url(self) -> str:
        """The page of the draft."""
        return reverse("draft article", args=[self.article.slug])


class ArticleVersion(Written, Classified):
    """What an article said from a day on. It never changes: `sha256` is of what it says."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("version")
    change = models.CharField("what is new", max_length=300, blank=True)
    published_at = models.DateTimeField()
    recorded = models.DateTimeField()
    writer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    invented = models.BooleanField(default=False)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("article_id", "-number")
        constraints = (
            models.UniqueConstraint(fields=["article", "number"], name="one_version_of_an_article_by_number"),
            models.CheckConstraint(
                condition=Q(holds_until__isnull=True) | Q(holds_until__gte=F("holds_from")),
                name="an_article_holds_until_a_later_day",
                violation_error_message="Its last day in force is not before its first.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves a new version. Raises ValidationError for one that is there already."""
        if not self._state.adding:
            raise ValidationError("A published version never changes: publish another one.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The version's page, which never says anything else."""
        return reverse("article version", args=[self.article.slug, self.number])

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refuses. Raises ValidationError."""
        raise ValidationError("A published version is never deleted: withdraw the article.")

    def is_whole(self) -> bool:
        """Whether it still says what was published."""
        return self.sha256 == fingerprint(self)


class ArticleFile(Classified):
    """A picture or a file of an article; others read it once a version that names it is published."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    words = models.CharField("what it shows or is", max_length=200)
    recorded = models.DateTimeField()
    invented = models.BooleanField(default=False)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        ordering = ("article_id", "id")
        constraints = (models.UniqueConstraint(fields=["article", "file"], name="a_file_of_an_article_once"),)

    def __str__(self) -> str:
        return f"{self.words} ({self.article})"

    def get_absolute_url(self) -> str:
        """The file."""
        return self.file.get_absolute_url()

    @property
    def markdown(self) -> str:
        """What puts it into a text: pictures are shown, other files are linked to."""
        mark = "!" if self.file.suffix == ".png" else ""
        return f"{mark}[{self.words}]({self.get_absolute_url()})"


def fingerprint(said: Written) -> str:
    """The SHA-256 of what a draft or a version says."""
    told = {name: getattr(said, name) for name in WRITTEN}
    return hashlib.sha256(json.dumps(told, default=_plain, sort_keys=True).encode()).hexdigest()


def _plain(value: date | datetime) -> str:
    return str(int(value.timestamp())) if isinstance(value, datetime) else value.isoformat()


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
