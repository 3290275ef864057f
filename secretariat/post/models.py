"""Records of the post room: what goes out, what comes in, and who follows which list."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, TellingQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.core.files import StoredFile
from secretariat.core.journal import Event
from secretariat.core.people import Person

if TYPE_CHECKING:
    from secretariat.core.classification import Reader


class Delivery(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", "Queued"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNCERTAIN = "uncertain", "Uncertain"
    FAILED = "failed", "Failed"
    WITHHELD = "withheld", "Withheld"
    GIVEN_UP = "given up", "Given up"


class Message(Classified):
    """One e-mail to one person. Its key says why it exists, so that the same reason never makes a second one.

    It goes to a person with an account, or to the address of somebody without one. A message is made in the state
    "queued"; from there only the steps of `procedure.MESSAGE` move it.
    """

    key = models.CharField(max_length=200, unique=True)
    event = models.ForeignKey(Event, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    notice = models.CharField(max_length=80)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="messages")
    address = models.CharField(max_length=320, blank=True, help_text="Of somebody without an account.")
    name = models.CharField(max_length=200, blank=True, help_text="Of somebody without an account.")
    sender = models.CharField("from", max_length=320, blank=True, help_text="Empty: this site's own address.")
    kind = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True, blank=True)
    carries = models.JSONField(default=list, blank=True, help_text="Kind and id of every record whose text it carries.")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    html = models.TextField(blank=True, help_text="The same as HTML, beside the text.")
    headers = models.JSONField(default=dict, blank=True)
    files = models.ManyToManyField(StoredFile, blank=True, related_name="messages")
    replies_to = models.ForeignKey(
        "IncomingMail", null=True, blank=True, on_delete=models.PROTECT, related_name="replied"
    )
    is_digest = models.BooleanField(default=False, help_text="Sent because of a subscription.")
    state = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    words = models.CharField("what was answered", max_length=300, blank=True)
    message_id = models.CharField("Message-ID", max_length=255, unique=True)
    recorded = models.DateTimeField()

    objects: ClassVar[Any] = TellingQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["state", "not_before", "id"]),
            models.Index(fields=["kind", "record_id"]),
            models.Index(fields=["recorded"]),
        )
        constraints = (
            models.UniqueConstraint(fields=["event", "notice", "person"], name="one_message_of_a_notice"),
            models.CheckConstraint(
                condition=~Q(state=Delivery.SENT) | Q(sent__isnull=False), name="a_sent_message_says_when"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, address="") | Q(person__isnull=True) & ~Q(address=""),
                name="a_message_has_one_recipient",
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def recipient(self) -> str:
        """The address that it goes to."""
        return self.address if self.person is None else str(self.person.email)

    def get_absolute_url(self) -> str:
        """The message's page."""
        return reverse("message", args=[self.pk])


class Bookmark(models.Model):
    """How far a reader of the journal has come. Not part of the record, so it leaves no event."""

    name = models.CharField(max_length=60, unique=True)
    event_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} up to event {self.event_id}"


class IncomingMail(Classified):
    """One e-mail that came in, as plain text; Amber for the administration until it is told otherwise."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")
    message_id = models.CharField("Message-ID", max_length=255, unique=True)
    in_reply_to = models.CharField("In-Reply-To", max_length=255, blank=True)
    references = models.TextField(blank=True)
    thread = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    answers = models.ForeignKey(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="replies")
    from_name = models.CharField(max_length=200, blank=True)
    from_address = models.CharField(max_length=320, blank=True)
    reply_to = models.CharField("Reply-To", max_length=320, blank=True)
    to = models.TextField(blank=True)
    cc = models.TextField(blank=True)
    mailbox = models.CharField(max_length=320, blank=True, help_text="Ours, in which it came.")
    subject = models.CharField(max_length=300, blank=True)
    sent = models.DateTimeField(null=True, blank=True)
    received = models.DateTimeField()
    recorded = models.DateTimeField()
    body = models.TextField(blank=True)
    automatic = models.BooleanField(default=False, help_text="Sent by a program: an auto-reply, a list, a bounce.")
    automatic_why = models.CharField(max_length=120, blank=True, help_text="What of it says so.")
    wants_no_answer = models.BooleanField(default=False, help_text="Its writer asks that no program answers.")
    files = models.ManyToManyField(StoredFile, blank=True, related_name="incoming_mail")
    refused = models.JSONField(default=list, blank=True, help_text="Name and reason of every part not kept.")
    state = models.CharField(max_length=12, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=60, blank=True)
    record_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "incoming mail"
        verbose_name_plural = "incoming mail"
        ordering = ("-received", "-id")
        indexes = (
            models.Index(fields=["state", "received"]),
            models.Index(fields=["kind", "record_id"]),
            models.Index(fields=["received"]),
            models.Index(fields=["in_reply_to"]),
        )

    def __str__(self) -> str:
        return self.subject or "(no subject)"

    def get_absolute_url(self) -> str:
        """The mail's page."""
        return reverse("mail", args=[self.pk])


class Arrival(Classified):
    """One e-mail byte for byte, kept before anything is read of it; the same bytes are kept once.

    Work to be done, not part of the record until its mail is: reading it makes the mail, which leaves the event.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    mailbox = models.CharField(max_length=320, blank=True)
    head_only = models.CharField(max_length=200, blank=True, help_text="Why only its head was fetched.")
    received = models.DateTimeField()
    recorded = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0, help_text="Readings begun.")
    content = models.CharField(max_length=64, blank=True, help_text="The hash of what it says, whatever its way here.")
    mail = models.ForeignKey(IncomingMail, null=True, blank=True, on_delete=models.PROTECT, related_name="arrivals")

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["mail", "id"]),)

    def __str__(self) -> str:
        return f"{self.size:,} bytes"

    def get_absolute_url(self) -> str:
        """Where its bytes are downloaded, once it is read; until then the list of mail."""
        if self.mail_id is None:
            return reverse("incoming mail")
        return reverse("mail-as-it-came", args=[self.mail_id, self.pk])


class Bounce(Classified):
    """One address to which a message could not be delivered, as a mail server reported it.

    Only a report that names a message of ours and its own address has `message`, and only such a one counts: anybody
    can write a letter that looks like a report.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")
    mail = models.ForeignKey(IncomingMail, on_delete=models.PROTECT, related_name="bounces")
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.PROTECT, related_name="bounces")
    address = models.CharField(max_length=320, db_index=True, help_text="In lower case.")
    permanent = models.BooleanField(default=False, help_text="There is no use in trying again.")
    code = models.CharField(max_length=20, blank=True)
    words = models.CharField("what was answered", max_length=300, blank=True)
    reported = models.DateTimeField()
    recorded = models.DateTimeField()
    state = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ("-reported", "-id")
        constraints = (models.UniqueConstraint(fields=["mail", "address"], name="one_bounce_of_an_address_in_a_mail"),)

    def __str__(self) -> str:
        return f"{self.address}: {self.code or ('failed' if self.permanent else 'delayed')}"

    def get_absolute_url(self) -> str:
        """The bounce's page."""
        return reverse("bounce", args=[self.pk])


class SubscriptionQuerySet(DatedQuerySet):
    """Subscriptions are their own person's, nobody else's."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """The person's own."""
        return self.filter(person=person) if isinstance(person, Person) else self.none()


class Subscription(Dated):
    """One person follows one list as it is filtered: the thing, not the revision."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="subscriptions")
    plural = models.CharField("list", max_length=60)
    query = models.CharField("filters", max_length=500, blank=True)
    name = models.CharField(max_length=200)
    digested = models.DateTimeField("last looked at")
    seen_event = models.BigIntegerField(default=0, help_text="The newest event that has been looked at.")

    objects: ClassVar[Any] = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "plural", "query"], condition=Q(to_day__isnull=True), name="followed_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=models.F("from_day")),
                name="subscription_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list as it is followed."""
        return f"{reverse(self.plural)}?{self.query}" if self.query else reverse(self.plural)


class FeedKey(models.Model):
    """A person's private key to feeds, for programs that cannot sign in; only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="feed_keys")
    sha256 = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made",)
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=Q(revoked__isnull=True), name="one_feed_key_in_use"),
        )

    def __str__(self) -> str:
        return f"Feed key of {self.made.date().isoformat()}"

    def get_absolute_url(self) -> str:
        """Where it is ended."""
        return reverse("subscriptions")
