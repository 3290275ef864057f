"""Enquiries to the helpdesk, by e-mail, telephone and online form (rules HLP-1, HLP-3 and HLP-4), and what was said."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.core.files import StoredFile
from secretariat.core.people import Person, Team
from secretariat.core.schemes import Heading
from secretariat.plain.dates import local_day, long_date
from secretariat.post.models import IncomingMail
from secretariat.post.models import Message as SentMail

CATEGORIES = "enquiry categories"
"""The subject of the schemes whose headings are categories of enquiries."""
NUMBER = r"ENQ-[0-9]{6}"
OPEN, ANSWERED = "open", "answered"
ASKED, REFERRED, MERGED = "asked", "referred", "merged"
WORKING = (OPEN, ASKED, REFERRED)
"""The states in which something is still to be done: with us, with the enquirer, with a third person."""


class Channel(models.TextChoices):
    """How an enquiry came in."""

    EMAIL = "email", "E-mail"
    TELEPHONE = "telephone", "Telephone"
    FORM = "form", "Online form"


class Enquiry(Classified):
    """One enquiry. A reply to the answer is a new one that follows it; an answered one is reopened by a person only.

    `received` is when it came in, which is when it counts. The service clock runs in Working Hours: `spent` minutes ran
    before `running_since`, which is empty while the enquiry waits on somebody else, as `due` then is.
    """

    number = models.CharField(
        max_length=10, unique=True, validators=[RegexValidator(rf"^{NUMBER}$", "Number it as ENQ-000123.")]
    )
    channel = models.CharField(max_length=10, choices=Channel.choices)
    category = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="enquiries")
    received = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    mailbox = models.CharField(max_length=80, blank=True, help_text="The mailbox that it was sent to.")
    subject = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True, help_text="As the enquirer named it.")
    party = models.ForeignKey(
        "register.Party", null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries"
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="enquiries",
        help_text="Who asked.",
    )
    enquirer = models.CharField("name", max_length=200, blank=True, help_text="Who asked, as they gave their name.")
    address = models.CharField("e-mail address", max_length=320, blank=True, help_text="Where the answer goes.")
    telephone = models.CharField(max_length=40, blank=True)
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    split_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_off")
    team = models.CharField(max_length=20, choices=Team.choices, default=Team.HELPDESK)
    assignee = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiries_in_hand"
    )
    snoozed_until = models.DateTimeField(null=True, blank=True)
    spent = models.PositiveIntegerField(default=0, help_text="Minutes of Working Hours before it last ran.")
    running_since = models.DateTimeField(null=True, blank=True)
    due = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, blank=True, default="")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        verbose_name_plural = "enquiries"
        ordering = ("-received", "-id")
        indexes = (
            models.Index(fields=["channel", "received", "category"]),
            models.Index(fields=["received"]),
            models.Index(fields=["category", "received"]),
            models.Index(fields=["state", "due"]),
            models.Index(fields=["address"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(answered__isnull=True) | Q(answered__gte=F("received")),
                name="enquiry_answered_after_received",
                violation_error_message="An enquiry is not answered before it is received.",
            ),
            models.CheckConstraint(
                condition=Q(answered__isnull=True, state__in=("", *WORKING, MERGED))
                | Q(answered__isnull=False, state=ANSWERED),
                name="enquiry_answered_when_its_state_says",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=False, state=MERGED) | Q(merged_into__isnull=True) & ~Q(state=MERGED),
                name="enquiry_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(running_since__isnull=True, due__isnull=True)
                | Q(running_since__isnull=False, due__isnull=False, state__in=(OPEN, REFERRED)),
                name="enquiry_clock_runs_while_open",
            ),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The enquiry's page."""
        return reverse("enquiry", args=[self.number])

    def clean(self) -> None:
        """Raises ValidationError for a category not in force on the London day of receipt."""
        if None in (self.category_id, self.received):
            return
        day = local_day(self.received)
        if not categories(day).filter(pk=self.category_id).exists():
            raise ValidationError({"category": f"This category is not in force on {long_date(day)}."})


def categories(day: date) -> models.QuerySet[Heading]:
    """The categories of enquiries in force on a day."""
    until = Q(scheme__to_day__isnull=True) | Q(scheme__to_day__gte=day)
    return Heading.objects.filter(until, scheme__subject=CATEGORIES, scheme__from_day__lte=day)


class Sort(models.TextChoices):
    """What a message is: who spoke, and to whom."""

    IN = "in", "E-mail in"
    OUT = "out", "E-mail out"
    CALL = "call", "Telephone call"
    SAID = "said", "Answer on the telephone"
    FORM = "form", "Online form"
    NOTE = "note", "Internal note"


class MessageQuerySet(ClassifiedQuerySet):
    """A party reads what passed between it and the helpdesk, and never an internal note or what a third person said."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens; those of the own organisation without what is internal."""
        without = Clearance(cleared.rank, cleared.audiences, frozenset(), cleared.person_id)
        return super().cleared_for(cleared).exclude(internal=True) | super().cleared_for(without)


class Message(Classified):
    """One thing that was said about an enquiry: a mail in or out, a call, a form, a note. Never changed, only added."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="messages")
    sort = models.CharField(max_length=4, choices=Sort.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiry_messages")
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=320, blank=True)
    to = models.TextField(blank=True, help_text="Addresses, with commas between.")
    cc = models.TextField("copy to", blank=True, help_text="Addresses, with commas between.")
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    internal = models.BooleanField(default=False, help_text="A note, or what passes with a third person.")
    automatic = models.BooleanField(default=False, help_text="Sent by a program: it moves nothing.")
    mail = models.OneToOneField(
        IncomingMail, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiry_message"
    )
    sent_as = models.OneToOneField(
        SentMail, null=True, blank=True, on_delete=models.PROTECT, related_name="enquiry_message"
    )
    message_id = models.CharField("Message-ID", max_length=255, blank=True, db_index=True)
    in_reply_to = models.CharField("In-Reply-To", max_length=255, blank=True)
    files = models.ManyToManyField(StoredFile, blank=True, related_name="enquiry_messages")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    recorded = models.DateTimeField()
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")

    owned_by: ClassVar[str] = "enquiry__party_id"
    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=["enquiry", "at"]),)
        constraints = (
            models.CheckConstraint(condition=~Q(sort=Sort.NOTE) | Q(internal=True), name="an_enquiry_note_is_internal"),
        )

    def __str__(self) -> str:
        return f"{Sort(self.sort).label} on {self.enquiry.number}"

    def get_absolute_url(self) -> str:
        """The page of its enquiry."""
        return self.enquiry.get_absolute_url()


class Link(models.Model):
    """A record of any kind that an enquiry is about, and why a person said so."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="links")
    about_kind = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    recorded = models.DateTimeField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("recorded", "id")
        indexes = (models.Index(fields=["about_kind", "about_id"]),)
        constraints = (
            models.UniqueConstraint(fields=["enquiry", "about_kind", "about_id"], name="linked_to_an_enquiry_once"),
        )

    def __str__(self) -> str:
        return f"{self.about_kind} {self.about_id}"


from secretariat.helpdesk.desk import models as desk  # noqa: E402, F401
from secretariat.helpdesk.public import models as public  # noqa: E402, F401
