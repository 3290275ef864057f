"""Party Details besides the register's own row, a party's request to change them, and who is told of the change."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.people import Person
from secretariat.register.contacts.contact import Contact, Hearer
from secretariat.register.parties import Party

SUBMITTED, QUERIED, ANSWERED, ACCEPTED, REFUSED, WITHDRAWN = (
    "submitted", "queried", "answered", "accepted", "refused", "withdrawn",
)  # fmt: skip
UNDECIDED = (SUBMITTED, QUERIED, ANSWERED)

OF_THE_PARTY = {"name": "Legal name", "company_number": "Company number"}
OF_ITS_DETAILS = {
    "registered_address": "Registered address",
    "trading_names": "Trading names",
    "notices_address": "Address for notices",
}
OF_A_CONTACT = {
    "contact_name": "Contact’s name",
    "contact_email": "Contact’s e-mail address",
    "contact_telephone": "Contact’s telephone number",
    "contact_purposes": "What the contact is there for",
    "contact_consents": "Who may be told of the contact",
    "contact_ended": "The contact ends",
}
LABELS = OF_THE_PARTY | OF_ITS_DETAILS | OF_A_CONTACT
"""What a request can ask to change, in the order in which it is shown (rules PTY-30 to PTY-32)."""

TOLD_ABOUT_CHANGES = (Hearer.DCC, Hearer.ALT_HAN)
AUDIENCES = {Hearer.DCC: "DCC", Hearer.ALT_HAN: "ALTHAN"}
"""The code, on a capacity, of the people who read what one of them is told."""


class PartyDetails(Classified):
    """What else is known of a party (rule PTY-32); Amber, since a natural person's address is personal."""

    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="details")
    registered_address = models.TextField(blank=True)
    trading_names = models.TextField(blank=True, help_text="One a line.")
    notices_address = models.TextField("address for notices", blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        verbose_name_plural = "party details"
        ordering = ("party_id",)

    def __str__(self) -> str:
        return f"Party Details of {self.party.name}"

    def get_absolute_url(self) -> str:
        """The party's page."""
        return self.party.get_absolute_url()


class Check(models.TextChoices):
    """Against what the secretariat checked a request."""

    COMPANIES = "companies register", "The register of companies"
    LICENCES = "licence register", "The Authority’s register of licences"
    PARTY = "party", "The party’s own word"


class DetailsChange(Classified):
    """A request to change Party Details: what was, what is to be, and what became of it (rule PTY-30)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="details_changes")
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="details_changes"
    )
    asked = models.JSONField(default=dict, blank=True, help_text="What is to change: old and new by name.")
    from_day = models.DateField("takes effect on")
    tell_dcc = models.BooleanField("the DCC may be told", default=False)
    tell_alt_han = models.BooleanField("Alt HAN may be told", default=False)
    asked_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(null=True, blank=True)
    exchange = models.JSONField(default=list, blank=True, help_text="Questions and answers, oldest first.")
    checked = models.CharField("checked against", max_length=20, choices=Check.choices, blank=True)
    refusal = models.CharField("why it was refused", max_length=300, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-asked_on", "-id")
        indexes = (
            models.Index(fields=["state", "asked_on"]),
            models.Index(fields=["party", "state"]),
            models.Index(fields=["decided_on"]),
        )

    def __str__(self) -> str:
        return f"Change of details {self.pk or ''} of {self.party.name}".replace("  ", " ")

    def get_absolute_url(self) -> str:
        """The request's page."""
        return reverse("details change", args=[self.pk])

    @property
    def consented(self) -> tuple[Hearer, ...]:
        """Who may be told of the change, by the consents on the form (rule PTY-31)."""
        ticked = {Hearer.DCC: self.tell_dcc, Hearer.ALT_HAN: self.tell_alt_han}
        return tuple(hearer for hearer in TOLD_ABOUT_CHANGES if ticked[hearer])

    def lines(self, names: Any = LABELS) -> list[tuple[str, str, str]]:
        """What it changes, among some names: label, old and new, as words."""
        return [
            (LABELS[name], words(self.asked[name]["old"]), words(self.asked[name]["new"]))
            for name in LABELS
            if name in self.asked and name in names
        ]


def words(value: Any) -> str:
    """A value of a request as words: lists with semicolons, lines with commas."""
    if isinstance(value, list):
        return "; ".join(value)
    return ", ".join(line.strip() for line in str(value).splitlines() if line.strip())


class Disclosure(Classified):
    """That one of those consented to was told of a change: they read what changed on its page (rule PTY-31)."""

    change = models.ForeignKey(DetailsChange, on_delete=models.CASCADE, related_name="disclosures")
    hearer = models.CharField(
        "who was told", max_length=20, choices=[(one.value, one.label) for one in TOLD_ABOUT_CHANGES]
    )
    told_on = models.DateField()
    with_contact = models.BooleanField("tells of the contact", default=False)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    owned_by: ClassVar[str] = "change__party_id"

    class Meta:
        ordering = ("-told_on", "-id")
        indexes = (models.Index(fields=["hearer", "told_on"]),)
        constraints = (models.UniqueConstraint(fields=["change", "hearer"], name="each_is_told_of_a_change_once"),)

    def __str__(self) -> str:
        return f"{self.change.party.name}: changed details, told to {self.get_hearer_display()}"

    def get_absolute_url(self) -> str:
        """The page on which they read it."""
        return reverse("disclosure", args=[self.pk])

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """What it tells: label, old and new."""
        names = LABELS if self.with_contact else OF_THE_PARTY | OF_ITS_DETAILS
        return self.change.lines(names)
