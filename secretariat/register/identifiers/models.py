"""Who holds which identifiers: parties, and organisations that are no parties but have some all the same."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated
from secretariat.core.files import StoredFile
from secretariat.plain.eui64 import Range, UnreadableIdentifierError, parse, written
from secretariat.register.entry import UserRole
from secretariat.register.parties import Party


class Participant(Classified):
    """An organisation that is no party but holds identifiers or acts for those that are."""

    class Kind(models.TextChoices):
        RDP = "rdp", "Registration Data Provider"
        SRP = "srp", "Shared Resource Provider"

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    company_number = models.CharField(max_length=20, blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=["kind", "name"]),)
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                "kind",
                name="one_participant_of_a_name_and_kind",
                violation_error_message="An organisation of this name and kind is in the register already.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The organisation's page."""
        return reverse("participant", args=[self.key])


def _one_holder(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(party__isnull=True, participant__isnull=False) | Q(party__isnull=False, participant__isnull=True),
        name=name,
        violation_error_message="An identifier is held by a party or by another organisation, not by both or neither.",
    )


class Allocation(Classified):
    """What one organisation was allocated: its number, its signifier, its range (rules PTY-40, PTY-44)."""

    party = models.OneToOneField(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="allocation")
    participant = models.OneToOneField(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="allocation"
    )
    number = models.PositiveIntegerField("organisation number", unique=True)
    signifier = models.CharField(max_length=40)
    first = models.CharField("first identifier", max_length=16)
    last = models.CharField("last identifier", max_length=16)
    allocated_on = models.DateField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=["first", "last"]), models.Index(fields=["allocated_on"]))
        constraints = (
            _one_holder("an_allocation_has_one_holder"),
            models.UniqueConstraint(
                Lower("signifier"),
                name="a_signifier_is_allocated_once",
                violation_error_message="Another organisation has this signifier (PTY-44).",
            ),
            models.CheckConstraint(
                condition=Q(first__lte=F("last")),
                name="a_range_runs_upwards",
                violation_error_message="A range runs from its first identifier upwards.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.signifier} ({self.holder})"

    def get_absolute_url(self) -> str:
        """The allocation's page."""
        return reverse("allocation", args=[self.pk])

    @property
    def holder(self) -> Party | Participant:
        """Whose it is."""
        found = self.party or self.participant
        assert found is not None
        return found

    @property
    def range(self) -> Range:
        """Its identifiers."""
        return Range(self.first, self.last)

    def clean(self) -> None:
        """Refuses what is no identifier, and a range that meets another's."""
        try:
            self.first, self.last = parse(self.first), parse(self.last)
        except UnreadableIdentifierError as error:
            raise ValidationError(str(error)) from error
        met = Allocation.objects.exclude(pk=self.pk).filter(first__lte=self.last, last__gte=self.first).first()
        if met is not None:
            raise ValidationError(f"The range meets that of {met.holder}: {met.range}.")


class UserId(Dated):
    """An identifier that its holder uses, in which roles, from a day until a day (rules PTY-41, PTY-43)."""

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="user_ids")
    identifier = models.CharField("EUI-64", max_length=23)
    roles = models.ManyToManyField(UserRole, blank=True, related_name="+")
    accepted_on = models.DateField("accepted by the DCC on", null=True, blank=True)

    class Meta:
        verbose_name = "user ID"
        ordering = ("identifier", "from_day")
        constraints = (
            models.UniqueConstraint(
                fields=["identifier"],
                condition=Q(to_day__isnull=True),
                name="an_identifier_is_used_once_at_a_time",
                violation_error_message="This identifier is in use already.",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="a_user_id_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return written(self.identifier)

    def get_absolute_url(self) -> str:
        """The page of the allocation that it belongs to."""
        return self.allocation.get_absolute_url()

    def clean(self) -> None:
        """Refuses what is no identifier, and one outside its holder's range (rule PTY-41)."""
        try:
            self.identifier = parse(self.identifier)
        except UnreadableIdentifierError as error:
            raise ValidationError({"identifier": str(error)}) from error
        if self.identifier not in self.allocation.range:
            raise ValidationError(
                {"identifier": f"{self} is outside the range of {self.allocation.holder}: {self.allocation.range}."}
            )


class FormerName(Classified):
    """A name that a party had until a day; past names stay in the ID Allocation list (rule PTY-33)."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=200)
    until = models.DateField()
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("party_id", "-until")
        constraints = (
            models.UniqueConstraint(
                fields=["party", "until"],
                name="a_name_ends_once_on_a_day",
                violation_error_message="The party gave up a name on this day already.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The party's page."""
        return self.party.get_absolute_url()


class IdList(Classified):
    """One issue of the ID Allocation list: its file and the signature over it (rule PTY-40)."""

    number = models.PositiveIntegerField(unique=True)
    issued_on = models.DateField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    signature = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    class Meta:
        verbose_name = "ID Allocation list"
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"ID Allocation list {self.number}"

    def get_absolute_url(self) -> str:
        """The list's page."""
        return reverse("identifier list", args=[self.pk])
