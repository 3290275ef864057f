"""Contacts of a party: for what each is there, and who besides the secretariat may be told of it.

A contact's name and addresses are personal data. They stand in this table, and in a request that asks to change them,
and nowhere else: no event of the journal and no text of a contact's own holds them, so that they can be erased.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.core.capacities import speaks_for
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.people import Person, Role
from secretariat.plain.dates import local_day
from secretariat.register.contacts.licences import SUPPLIERS
from secretariat.register.parties import CategoryMembership, Party

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

PERSONAL = ("name", "email", "telephone", "person")


class Purpose(models.TextChoices):
    """What a contact is there for (rule PTY-32)."""

    MAIN = "main", "Main contact"
    FINANCE = "finance", "Finance and invoices"
    MODIFICATIONS = "modifications", "Modifications"
    SECURITY = "security", "Security"
    USER_ENTRY = "user entry", "User entry"
    OPERATIONAL = "operational", "Operational"
    NOTICES = "notices", "Notices"


class Hearer(models.TextChoices):
    """Who may be told of a contact when its party consents (rule PTY-31)."""

    DCC = "dcc", "The DCC"
    ALT_HAN = "alt han", "Alt HAN"
    SUPPLIERS = "suppliers", "Other suppliers (operational contacts)"


class ContactQuerySet(ClassifiedQuerySet):
    """Asks contacts as at a day."""

    def on(self, day: date) -> Self:
        """The contacts on a day: one that ended on the day is none any more."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def serving(self, purpose: str) -> Self:
        """Those that are there for a purpose."""
        return self.filter(pk__in=ContactPurpose.objects.filter(purpose=purpose).values("contact"))

    def consenting(self, hearer: str, day: date) -> Self:
        """Those of which somebody may be told on a day."""
        return self.filter(pk__in=Consent.objects.on(day).filter(hearer=hearer).values("contact"))

    def shared(self, day: date) -> Self:
        """The operational contacts of suppliers that agreed to be shared among suppliers."""
        suppliers = CategoryMembership.objects.on(day).filter(category__in=SUPPLIERS).values("party")
        found = self.on(day).serving(Purpose.OPERATIONAL).consenting(Hearer.SUPPLIERS, day)
        return found.filter(party__in=suppliers)


class Contact(Classified):
    """One contact of a party; the person is told when they can sign in."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="contact_rows",
        help_text="When they can sign in.",
    )  # fmt: skip
    confirmed_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    erased_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("party_id", "id")
        indexes = (models.Index(fields=["party", "ended_on"]), models.Index(fields=["confirmed_on"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(erased_on__isnull=True)
                | Q(name="", email="", telephone="", person__isnull=True, ended_on__isnull=False),
                name="nothing_is_left_of_an_erased_contact",
                violation_error_message="An erased contact has ended, and holds no personal data.",
            ),
        )

    def __str__(self) -> str:
        return f"Contact {self.pk} of {self.party.name}" if self.pk else f"A contact of {self.party.name}"

    def get_absolute_url(self) -> str:
        """The contact's page."""
        return reverse("contact", args=[self.pk])

    def clean(self) -> None:
        """Refuses a contact that nobody could reach."""
        if self.erased_on is None and not (self.name.strip() and self.email.strip()):
            raise ValidationError("A contact has a name and an e-mail address.")

    @property
    def purpose_keys(self) -> list[str]:
        """What it is there for, in the order of the purposes."""
        held = set(self.purposes.values_list("purpose", flat=True))
        return [purpose.value for purpose in Purpose if purpose.value in held]

    def hearers_on(self, day: date) -> list[str]:
        """Who may be told of it on a day."""
        given = set(self.consents.on(day).values_list("hearer", flat=True))
        return [hearer.value for hearer in Hearer if hearer.value in given]


class ContactPurpose(models.Model):
    """One thing that a contact is there for."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="purposes")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["contact", "purpose"], name="a_contact_serves_a_purpose_once"),)
        indexes = (models.Index(fields=["purpose", "contact"]),)

    def __str__(self) -> str:
        return self.get_purpose_display()


class ConsentQuerySet(models.QuerySet[Any]):
    """Asks consents as at a day."""

    def on(self, day: date) -> Self:
        """The consents in force: from the day on which one is given to the day before it is withdrawn."""
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day), given_on__lte=day)


class Consent(models.Model):
    """That somebody may be told of a contact, since a day (rule PTY-31)."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    hearer = models.CharField("who may be told", max_length=20, choices=Hearer.choices)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ("contact_id", "given_on")
        indexes = (models.Index(fields=["hearer", "contact"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["contact", "hearer"], condition=Q(withdrawn_on__isnull=True), name="one_open_consent_each"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="a_consent_is_withdrawn_after_it_is_given",
            ),
        )

    def __str__(self) -> str:
        return self.get_hearer_display()


class OperationalContactQuerySet(ContactQuerySet):
    """The operational contacts that suppliers share."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """Those that agreed to be shared, for suppliers' contacts and the secretariat; for others none."""
        if isinstance(person, Person) and person.is_active and reads_shared_contacts(person, None, at):
            return self.shared(local_day(at)).exclude(classification=Class.RED)
        return self.none()


class OperationalContact(Contact):
    """A contact as other suppliers see it."""

    objects: ClassVar[Any] = OperationalContactQuerySet.as_manager()

    class Meta:
        proxy = True

    def get_absolute_url(self) -> str:
        """Its page among the operational contacts."""
        return reverse("operational contact", args=[self.pk])


def reads_shared_contacts(person: Person | None, record: Any, at: datetime) -> bool:
    """A supplier's contact, or the secretariat."""
    if person is None:
        return False
    if person.acts_as(Role.SECRETARIAT, at):
        return True
    suppliers = CategoryMembership.objects.on(local_day(at)).filter(category__in=SUPPLIERS)
    return bool(suppliers.filter(party__in=speaks_for(person, at)).exists())


def partys_own(person: Person | None, record: Any, at: datetime) -> bool:
    """The party's own contact."""
    party = getattr(record, "party_id", None)
    return party is not None and party in speaks_for(person, at)
