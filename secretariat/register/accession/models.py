"""Applications to become a party: what is asked, where each stands, and what the Panel decided about a bar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet, Clearance
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.plain.dates import long_date
from secretariat.register.parties import Category, Departure, Party

DRAFT, SUBMITTED, UNDER_REVIEW, MORE_INFORMATION = "draft", "submitted", "under review", "more information"
INVOICED, PAID, ISSUED, RETURNED = "fee invoiced", "fee paid", "agreement issued", "agreement returned"
WITH_BOARD, EXECUTED, ALLOCATED, WELCOMED = "with the Board", "executed", "identifiers allocated", "welcomed"
WITHDRAWN, REFUSED = "withdrawn", "refused"
OPEN = (SUBMITTED, UNDER_REVIEW, MORE_INFORMATION, INVOICED, PAID, ISSUED, RETURNED, WITH_BOARD)
"""Applications that were received and of which nothing is decided yet."""
TYPING = (DRAFT, MORE_INFORMATION)
"""While it stands here the applicant may change the answers."""


class Applicant(models.TextChoices):
    """Who may apply (rule PTY-5)."""

    COMPANY = "company", "A company"
    PERSON = "person", "A natural person"


class Held(models.TextChoices):
    """The licences that decide a Party Category (rule PTY-4)."""

    ELECTRICITY_SUPPLY = "electricity-supply", "Electricity supply"
    GAS_SUPPLY = "gas-supply", "Gas supply"
    DISTRIBUTION = "electricity-distribution", "Electricity distribution"
    TRANSPORTER = "gas-transporter", "Gas transporter"


SUPPLIERS = (Category.LARGE_SUPPLIER, Category.SMALL_SUPPLIER)
OF_LICENCE: dict[str, tuple[Category, ...]] = {
    Held.ELECTRICITY_SUPPLY: SUPPLIERS,
    Held.GAS_SUPPLY: SUPPLIERS,
    Held.DISTRIBUTION: (Category.ELECTRICITY_NETWORK,),
    Held.TRANSPORTER: (Category.GAS_NETWORK,),
}
"""The Party Categories that a licence leads to (rule PTY-4)."""
ASKED = tuple((category.value, category.label) for category in Category if category != Category.DCC)


class Ground(models.TextChoices):
    """Why an application is refused (rule PTY-23)."""

    PARTY = "party", "It is a party already"
    EXPELLED = "expelled", "It was expelled lately"
    INCOMPLETE = "incomplete", "The form or the fee is incomplete"


class Outcome(models.TextChoices):
    """How an application ended."""

    EXECUTED = "executed", "Executed"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn by the applicant"


class ApplicationQuerySet(ClassifiedQuerySet):
    """Applications; the person who applied reads the own one."""

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens, and those of which the person is the applicant, up to Amber."""
        rows = super().cleared_for(cleared)
        if cleared.person_id is None:
            return rows
        return rows | self.filter(applicant_id=cleared.person_id, classification__lte=Class.AMBER)

    def received_by(self, day: date) -> Self:
        """Those received on a day or before."""
        return self.filter(submitted_on__lte=day)

    def open_on(self, day: date) -> Self:
        """Those received by the end of a day and not ended on it or before."""
        return self.received_by(day).filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def to_accede_on(self, day: date) -> Self:
        """Those whose signed agreement was back at the end of a day, and that had not ended (rule PTY-25)."""
        return self.open_on(day).filter(returned_on__lte=day)


class Application(Classified):
    """One application to become a party (Section B1), from its draft until the party is welcomed or it ends."""

    applicant = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")
    key_hash = models.CharField(max_length=64, blank=True, help_text="Hash of the key in the applicant's link.")
    link_number = models.PositiveSmallIntegerField(default=1, help_text="How often the link was made.")
    typed = models.JSONField(default=dict, blank=True, help_text="What was typed last, half-typed answers included.")

    applicant_is = models.CharField("who applies", max_length=10, choices=Applicant.choices, default=Applicant.COMPANY)
    legal_name = models.CharField(max_length=200)
    company_number = models.CharField(max_length=20, blank=True)
    address = models.TextField("registered address", max_length=500, blank=True)
    trading_names = models.CharField(max_length=300, blank=True)
    licences_held = models.JSONField(default=list, blank=True)
    licences_wished = models.JSONField("licences applied for", default=list, blank=True)
    category = models.CharField("Party Category asked for", max_length=20, choices=ASKED, blank=True)
    premises = models.PositiveIntegerField("domestic premises supplied", null=True, blank=True)
    affiliates = models.TextField("affiliates that are parties", max_length=1000, blank=True)
    wants_share = models.BooleanField("wants a share in SECCo", default=False)
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.EmailField("contact's e-mail address", blank=True)
    contact_phone = models.CharField("contact's telephone", max_length=40, blank=True)

    started_on = models.DateField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    counts_from = models.DateField("Working Day from which the reply is counted", null=True, blank=True)
    invoice = models.CharField("invoice number", max_length=40, blank=True)
    invoiced_on = models.DateField(null=True, blank=True)
    fee = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    share = models.DecimalField("price of the share", max_digits=8, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    issued_on = models.DateField("agreement issued on", null=True, blank=True)
    agreement = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returned_on = models.DateField("agreement returned on", null=True, blank=True)
    board_day = models.DateField("Board of", null=True, blank=True)
    party = models.OneToOneField(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="application")
    signifier = models.CharField("Party Signifier", max_length=40, blank=True)
    identifier_range = models.CharField("EUI-64 range", max_length=80, blank=True)
    welcomed_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)

    state = models.CharField(max_length=30, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECCO")

    owned_by: ClassVar[str] = "party_id"
    held: bool = False
    """Whether it was opened by the applicant's link, so that whoever holds the link acts as the applicant."""
    objects: ClassVar[Any] = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-submitted_on", "-id")
        indexes = (
            models.Index(fields=["state", "submitted_on"]),
            models.Index(fields=["submitted_on", "closed_on"]),
            models.Index(fields=["outcome", "closed_on"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["key_hash"], condition=~Q(key_hash=""), name="one_application_behind_a_link"
            ),
            models.UniqueConstraint(
                Lower("invoice"),
                condition=~Q(invoice=""),
                name="an_invoice_number_is_given_once",
                violation_error_message="Another application has this invoice number.",
            ),
            models.UniqueConstraint(
                Lower("legal_name"),
                condition=Q(state__in=OPEN),
                name="one_open_application_of_a_name",
                violation_error_message="An application of this name is under way already.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="") | Q(closed_on__isnull=False) & ~Q(outcome=""),
                name="an_application_that_ended_has_an_outcome",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.reference}: {self.legal_name}"

    def get_absolute_url(self) -> str:
        """The application's page, for the secretariat."""
        return reverse("application", args=[self.pk])

    @property
    def reference(self) -> str:
        """What a letter or a bank transfer calls it."""
        return f"APP-{self.pk:04d}" if self.pk else "APP"

    @property
    def due(self) -> Decimal | None:
        """What the invoice asks for, in pounds: the fee and, where one is taken, the share; None before it."""
        return None if self.fee is None else self.fee + (self.share or Decimal(0))

    @property
    def categories(self) -> tuple[Category, ...]:
        """The Party Categories that may be asked for: those of the licences held (rule PTY-4).

        Who holds none joins as Other SEC Party, or in the category of a licence applied for.
        """
        licences = self.licences_held or self.licences_wished
        found = [category for licence in licences for category in OF_LICENCE.get(licence, ())]
        return tuple(dict.fromkeys(found if self.licences_held else [*found, Category.OTHER]))

    def as_party(self) -> Party:
        """The organisation as the register would hold it; not saved."""
        return Party(name=self.legal_name, company_number=self.company_number, invented=self.invented)


class Question(models.Model):
    """Something that was asked of an applicant during the review, with the answer."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(max_length=2000)
    asked_on = models.DateField()
    answer = models.TextField(max_length=4000, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("application_id", "id")

    def __str__(self) -> str:
        return f"Question of {long_date(self.asked_on)}"


class Refusal(Classified):
    """What parties and the Authority are told of an application that was refused (rule PTY-26)."""

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="refusal")
    organisation = models.CharField(max_length=200)
    ground = models.CharField(max_length=12, choices=Ground.choices)
    note = models.CharField(max_length=300, blank=True)
    day = models.DateField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    class Meta:
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=["day"]), models.Index(fields=["ground", "day"]))

    def __str__(self) -> str:
        return f"{self.organisation}, {long_date(self.day)}"

    def get_absolute_url(self) -> str:
        """The refusal's page."""
        return reverse("refusal", args=[self.pk])


class ShortenedBar(Classified):
    """The Panel's decision that an organisation it expelled may apply again sooner (rule PTY-20, Section B1)."""

    departure = models.OneToOneField(Departure, on_delete=models.PROTECT, related_name="shortened_bar")
    ends_on = models.DateField("may apply again from")
    meeting = models.CharField("meeting at which it was decided", max_length=40, help_text="Such as SECP_78_1303.")
    decided_on = models.DateField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    owned_by: ClassVar[str] = "departure__party_id"

    class Meta:
        ordering = ("-decided_on", "-id")
        indexes = (models.Index(fields=["decided_on"]),)

    def __str__(self) -> str:
        return f"{self.departure.party.name}: may apply again from {long_date(self.ends_on)}"

    def get_absolute_url(self) -> str:
        """The decision's page."""
        return reverse("shortened bar", args=[self.pk])
