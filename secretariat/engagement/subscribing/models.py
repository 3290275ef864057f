"""Who subscribes to the newsletter: an address, what it asked for, and whether it confirmed that it did."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person

ASKED, CONFIRMED, ENDED, LAPSED, ERASED = "asked", "confirmed", "ended", "lapsed", "erased"


class Topic(models.TextChoices):
    """What a reader can choose to be told of; the blocks of the newsletter belong to one each (rule HLP-7)."""

    GOVERNANCE = "governance", "Governance: the Panel, the Sub-Committees and consultations of others"
    CHANGE = "change", "Modifications: new proposals, consultations, decisions and releases"
    EVENTS = "events", "Events"
    PUBLICATIONS = "publications", "Publications and news"
    PARTIES = "parties", "Party statistics"
    DATES = "dates", "Key dates"


class Reading(models.TextChoices):
    """As what somebody reads the newsletter: some paragraphs are for some readers only."""

    ANY = "", "Not told"
    SUPPLIER = "supplier", "Energy supplier"
    NETWORK = "network", "Network operator"
    OTHER_USER = "other user", "Other User of the central service"
    MAKER = "manufacturer", "Manufacturer, or meter asset provider"
    CENTRAL = "central service", "Central service provider (DCC)"
    OTHER = "other", "Somebody else"


class Often(models.TextChoices):
    """How often somebody is written to."""

    EACH = "each", "Each newsletter"
    MONTHLY = "monthly", "The first of each month"


def every_topic() -> list[str]:
    """All topics: what somebody reads who leaves nothing out."""
    return [str(topic) for topic in Topic.values]


class Subscriber(Classified):
    """One address and what it asked for. Nobody is written to before the address has confirmed (double opt-in).

    A row of a person with an account and without an address only says that the person wants no newsletter.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECAS")
    address = models.EmailField("e-mail address", max_length=254, null=True, blank=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="newsletter_subscriber", editable=False
    )
    topics = models.JSONField("what to be told of", default=every_topic)
    reads_as = models.CharField("you read it as", max_length=20, choices=Reading.choices, blank=True)
    often = models.CharField("how often", max_length=10, choices=Often.choices, default=Often.EACH)
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    asked_times = models.PositiveSmallIntegerField(default=0, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["state", "asked_at"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["address"],
                condition=Q(address__isnull=False),
                name="an_address_subscribes_once",
                violation_error_message="This address is there already.",
            ),
        )

    def __str__(self) -> str:
        return f"Subscriber {self.pk}" if self.pk else "Subscriber"

    def get_absolute_url(self) -> str:
        """The subscriber's page, for the secretariat."""
        return reverse("newsletter subscriber", args=[self.pk])

    def clean(self) -> None:
        """One spelling of an address, and topics that there are. Raises ValidationError."""
        self.address = self.address.lower() if self.address else None
        if not self.topics or set(self.topics) - set(every_topic()):
            raise ValidationError({"topics": "Choose at least one of the topics."})

    @property
    def mailed_to(self) -> str:
        """The address that is written to, in lower case: that of the account, where there is one."""
        return (self.person.email if self.person else self.address or "").lower()

    @property
    def told_topics(self) -> str:
        """The topics in words, short: "everything", or those chosen."""
        if set(self.topics) == set(every_topic()):
            return "everything"
        names: list[Any] = [Topic(one).label for one in Topic.values if one in self.topics]
        return ", ".join(str(name).partition(":")[0] for name in names)
