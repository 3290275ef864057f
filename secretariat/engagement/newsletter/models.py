"""The newsletter: its issues, the editors' paragraphs, what was accepted of the findings, and who was sent what."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.people import Person, Role
from secretariat.engagement.subscribing.models import Reading, Subscriber
from secretariat.plain.dates import long_date

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

DRAFT, APPROVED, SENT = "draft", "approved", "sent"
WORDS_KEPT = 300
ROLES = ((Role.PARTY_CONTACT.value, "Contacts of parties"), (Role.COMMITTEE_MEMBER.value, "Members of committees"))
"""The capacities in which people can be written to besides those who subscribe."""


class Block(models.TextChoices):
    """The parts of a newsletter, in their order (rule HLP-7)."""

    WELCOME = "welcome", "Welcome"
    GOVERNANCE = "governance", "Governance"
    PANEL = "panel", "The Panel"
    COMMITTEES = "committees", "Sub-Committees"
    OTHERS = "consultations", "Other consultations"
    PROPOSALS = "proposals", "New Draft Proposals"
    MOVED = "moved", "Proposals that moved on"
    REFINEMENT = "refinement", "Refinement Consultations"
    REPORT = "report", "Modification Report Consultations"
    DECISIONS = "decisions", "Decisions on modifications"
    RELEASES = "releases", "The next releases"
    EVENTS = "events", "Events"
    PUBLICATIONS = "publications", "Publications"
    NEWS = "news", "News"
    PARTIES = "parties", "Parties"
    DATES = "dates", "Key dates"
    CONTACT = "contact", "The Helpdesk"


class NewsletterQuerySet(ClassifiedQuerySet):
    """Newsletters; one that is still written is the secretariat's alone."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """What a person's class opens, of what was sent; the secretariat reads all."""
        found = super().visible_to(person, at)
        if isinstance(person, Person) and person.is_active and secretariat(person, None, at):
            return found
        return found.filter(state=SENT)


class Newsletter(Classified):
    """One issue of the newsletter, by its day. Sending it freezes what it says."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    title = models.CharField(max_length=120, help_text="It is the subject of the mail too.")
    day = models.DateField(unique=True, help_text="The day it is sent on.")
    since = models.DateField(
        "tells what came after", null=True, blank=True, help_text="Leave empty for the day of the issue before it."
    )
    to_roles = models.JSONField(
        "sent besides to", default=list, blank=True, help_text="Who is written to without having subscribed."
    )
    begun_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", editable=False)
    content = models.JSONField(default=dict, blank=True, editable=False)
    sent_at = models.DateTimeField("sent", null=True, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = NewsletterQuerySet.as_manager()

    class Meta:
        ordering = ("-day",)
        constraints = (
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lt=F("day")),
                name="a_newsletter_tells_of_days_before_it",
                violation_error_message="It tells what came after a day before its own.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its stable address."""
        return reverse("newsletter", args=[self.day.isoformat()])

    def clean(self) -> None:
        """Refuses roles that nobody is written to in. Raises ValidationError."""
        if set(self.to_roles) - {role for role, _ in ROLES}:
            raise ValidationError({"to_roles": "Choose among the roles that are offered."})

    @property
    def is_open(self) -> bool:
        """Whether it can still be written."""
        return self.state == DRAFT

    @property
    def after(self) -> date:
        """The day after which what happened is told of: as it says, else that of the issue before, else a month ago."""
        if self.since is not None:
            return self.since
        before = Newsletter.objects.filter(day__lt=self.day).exclude(state="").order_by("-day").first()
        return before.day if before else date.fromordinal(self.day.toordinal() - 31)


class OfEditors(Classified):
    """What belongs to the making of a newsletter: the secretariat's own."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    class Meta:
        abstract = True


class Passage(OfEditors):
    """A paragraph of the editors' in a block, with live fields; for all readers, or for some only."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="passages")
    block = models.CharField(max_length=20, choices=Block.choices)
    position = models.PositiveSmallIntegerField(default=1, help_text="Its place in the block.")
    heading = models.CharField(max_length=160, blank=True)
    text = models.TextField(help_text="Paragraphs are parted by an empty line; a line that begins with * is a bullet.")
    readers = models.JSONField("only for who reads it as", default=list, blank=True, help_text="Leave empty for all.")

    class Meta:
        ordering = ("newsletter_id", "position", "id")

    def __str__(self) -> str:
        return self.heading or f"{self.get_block_display()}, paragraph {self.position}"

    def get_absolute_url(self) -> str:
        """The page of its newsletter."""
        return self.newsletter.get_absolute_url()

    @property
    def own_address(self) -> str:
        """The page on which it is written."""
        return reverse("newsletter-passage", args=[self.newsletter.day.isoformat(), self.pk])

    def clean(self) -> None:
        """Written while the newsletter is open, for readers that there are. Raises ValidationError."""
        if not self.newsletter.is_open:
            raise ValidationError("The newsletter is approved or sent. Take it back to change what it says.")
        if set(self.readers) - set(Reading.values):
            raise ValidationError({"readers": "Choose among the readers that are offered."})


class AcceptedFinding(OfEditors):
    """A finding of the newsletter's check that the editors let stand, with the reason."""

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="accepted_findings")
    rule = models.CharField(max_length=60)
    words = models.CharField(max_length=WORDS_KEPT)
    reason = models.CharField(max_length=WORDS_KEPT)

    class Meta:
        ordering = ("newsletter_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["newsletter", "rule", "words"],
                name="a_finding_is_accepted_once",
                violation_error_message="This finding is accepted already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} accepted"

    def get_absolute_url(self) -> str:
        """The page of its newsletter."""
        return self.newsletter.get_absolute_url()


class Recipient(OfEditors):
    """Who was sent a newsletter, why, and which parts of it; or why somebody was left out.

    The address stands in the message alone; the key ties the two.
    """

    newsletter = models.ForeignKey(Newsletter, on_delete=models.PROTECT, related_name="recipients")
    subscriber = models.ForeignKey(
        Subscriber, null=True, blank=True, on_delete=models.PROTECT, related_name="newsletters"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="newsletters")
    why = models.CharField(max_length=300)
    topics = models.JSONField(default=list)
    reads_as = models.CharField(max_length=20, choices=Reading.choices, blank=True)
    left_out = models.CharField("why it was not sent", max_length=300, blank=True)

    class Meta:
        ordering = ("newsletter_id", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["newsletter", "subscriber"], condition=Q(subscriber__isnull=False), name="sent_to_once"
            ),
            models.UniqueConstraint(
                fields=["newsletter", "person"], condition=Q(person__isnull=False), name="sent_to_a_person_once"
            ),
            models.CheckConstraint(
                condition=Q(subscriber__isnull=False) | Q(person__isnull=False), name="sent_to_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subscriber or self.person}, {long_date(self.newsletter.day)}"

    def get_absolute_url(self) -> str:
        """The page that tells who was sent it."""
        return reverse("newsletter-readers", args=[self.newsletter.day.isoformat()])

    @property
    def key(self) -> str:
        """The key of its message."""
        return f"newsletter/{self.newsletter_id}/{self.pk}"
