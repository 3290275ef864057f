"""Organisations that are party to the code: categories, voting groups, default, leaving, user entry."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.plain.dates import long_date


class Category(models.TextChoices):
    """The five Party Categories that vote (rule PTY-1), and the DCC, which is in none of them."""

    LARGE_SUPPLIER = "large-supplier", "Large Supplier"
    SMALL_SUPPLIER = "small-supplier", "Small Supplier"
    ELECTRICITY_NETWORK = "electricity-network", "Electricity Network"
    GAS_NETWORK = "gas-network", "Gas Network"
    OTHER = "other-sec-party", "Other SEC Party"
    DCC = "dcc", "DCC"


PLURALS = {
    Category.LARGE_SUPPLIER: "Large Suppliers",
    Category.SMALL_SUPPLIER: "Small Suppliers",
    Category.ELECTRICITY_NETWORK: "Electricity Networks",
    Category.GAS_NETWORK: "Gas Networks",
    Category.OTHER: "Other SEC Parties",
}
"""The voting categories in their published order, with the label of each in the plural."""

PARTY, LEFT = "party", "left"
NOTICE_SERVED, IN_DEFAULT, CURED, EXPELLED = "notice served", "in default", "cured", "expelled"


class PartyQuerySet(ClassifiedQuerySet):
    """Asks the register as at a day."""

    def on(self, day: date) -> Self:
        """The parties at the end of a day: one that left on the day is none any more."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), acceded_on__lte=day)

    def same_organisation(self, party: Party) -> Self:
        """Every other row of the same organisation: by company number, or by name in any case."""
        same = Q(name__iexact=party.name)
        if party.company_number:
            same |= Q(company_number__iexact=party.company_number)
        return self.filter(same).exclude(pk=party.pk)


class Party(Classified):
    """An organisation from its accession until it leaves. One that accedes again after leaving is a new row."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField("legal name", max_length=200)
    company_number = models.CharField(max_length=20, blank=True)
    signifier = models.CharField("Party Signifier", max_length=40, blank=True)
    is_dcc = models.BooleanField("is the DCC", default=False)
    acceded_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    owned_by: ClassVar[str] = "pk"
    objects: ClassVar[Any] = PartyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "parties"
        ordering = ("name", "id")
        indexes = (
            models.Index(fields=["acceded_on"]),
            models.Index(fields=["left_on"]),
            models.Index(fields=["state", "name"]),
        )
        constraints = (
            models.UniqueConstraint(
                Lower("name"), condition=Q(left_on__isnull=True), name="one_party_of_a_name_at_a_time"
            ),
            models.UniqueConstraint(
                Lower("company_number"),
                condition=Q(left_on__isnull=True) & ~Q(company_number=""),
                name="one_party_of_a_company_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["is_dcc"], condition=Q(is_dcc=True, left_on__isnull=True), name="one_dcc_at_a_time"
            ),
            models.UniqueConstraint(
                Lower("signifier"), condition=~Q(signifier=""), name="a_party_signifier_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gt=F("acceded_on")), name="a_party_leaves_after_acceding"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The party's page."""
        return reverse("party", args=[self.key])

    def category_on(self, day: date) -> Category | None:
        """Its Party Category on a day; none when it is no party then."""
        found = self.categories.on(day).values_list("category", flat=True).first()
        return Category(found) if found else None

    def group_on(self, day: date) -> VotingGroup | None:
        """Its Voting Group on a day; none when it is no party then."""
        row = self.groups.on(day).select_related("group").first()
        return row.group if row else None


def _dated_once(row: Any, siblings: models.QuerySet[Any], what: str) -> None:
    """Raises ValidationError when a dated row ends before it begins or overlaps another of its kind."""
    if row.to_day is not None and row.to_day < row.from_day:
        raise ValidationError(f"{what} ends on {long_date(row.to_day)}, before it begins.")
    other = siblings.exclude(pk=row.pk).overlapping(row.from_day, row.to_day).first()  # type: ignore[attr-defined]
    if other is not None:
        until = f"until {long_date(other.to_day)}" if other.to_day else "until further notice"
        raise ValidationError(f"{what} overlaps {other} from {long_date(other.from_day)} {until}.")


def _ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name=name)


class CategoryMembership(Dated):
    """The Party Category of a party from a day until a day (rule PTY-6)."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="categories")
    category = models.CharField(max_length=20, choices=Category.choices)

    class Meta:
        ordering = ("party_id", "from_day")
        indexes = (models.Index(fields=["party", "from_day"]), models.Index(fields=["category", "from_day"]))
        constraints = (
            _ends_after_start("a_category_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(to_day__isnull=True), name="one_category_until_further_notice"
            ),
        )

    def __str__(self) -> str:
        return self.get_category_display()

    def clean(self) -> None:
        """Refuses overlapping rows, and the DCC's class for anybody else."""
        if (self.category == Category.DCC) != self.party.is_dcc:
            raise ValidationError("The class DCC is the DCC's alone, and its only one.")
        _dated_once(self, CategoryMembership.objects.filter(party=self.party), "This category")


class VotingGroup(Classified):
    """Affiliates within one Party Category (rule PTY-10); the DCC is a group of one in a class of its own."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=20, choices=Category.choices)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("name", "id")
        indexes = (models.Index(fields=["category", "name"]),)
        constraints = (models.UniqueConstraint(Lower("name"), "category", name="one_group_of_a_name_in_a_category"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The group's page."""
        return reverse("voting group", args=[self.key])


class GroupMembership(Dated):
    """The Voting Group of a party from a day until a day."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="groups")
    group = models.ForeignKey(VotingGroup, on_delete=models.PROTECT, related_name="members")

    class Meta:
        ordering = ("party_id", "from_day")
        indexes = (models.Index(fields=["party", "from_day"]), models.Index(fields=["group", "from_day"]))
        constraints = (
            _ends_after_start("a_membership_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=["party"], condition=Q(to_day__isnull=True), name="one_group_until_further_notice"
            ),
        )

    def __str__(self) -> str:
        return self.group.name

    def clean(self) -> None:
        """Refuses overlapping rows, and a group of another category than the party's (rule PTY-10)."""
        _dated_once(self, GroupMembership.objects.filter(party=self.party), "This membership")
        rows = CategoryMembership.objects.filter(party=self.party).overlapping(self.from_day, self.to_day)
        if any(row.category != self.group.category for row in rows):
            raise ValidationError(f"{self.group} is a group of another Party Category than {self.party} has then.")
        first = min((row.from_day for row in rows), default=None)
        if first is None or first > self.from_day:
            raise ValidationError(f"{self.party} has no Party Category on {long_date(self.from_day)}.")


class Departure(Classified):
    """How a party left (rules EXIT-1, EXIT-2)."""

    class How(models.TextChoices):
        WITHDRAWN = "withdrawn", "Withdrawn"
        EXPELLED = "expelled", "Expelled"

    party = models.OneToOneField(Party, on_delete=models.CASCADE, related_name="departure")
    day = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    reason = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("day", "id")
        indexes = (models.Index(fields=["how", "day"]),)

    def __str__(self) -> str:
        return f"{self.party.name}: {self.reason}"

    def get_absolute_url(self) -> str:
        """The page of the party that left."""
        return self.party.get_absolute_url()


class Limb(models.TextChoices):
    """The limbs of Section M8.1 (rule DEF-1)."""

    A = "a", "(a) breach of the User privacy obligations"
    B = "b", "(b) breach of an enforcement notice of the Information Commissioner"
    C = "c", "(c) unpaid Charges"
    D = "d", "(d) Credit Support not provided"
    E = "e", "(e) another sum due under the code unpaid"
    F = "f", "(f) misrepresentation in the application"
    G = "g", "(g) another material breach, not remedied"
    H = "h", "(h) insolvency"


WITH_NOTICE = (Limb.C, Limb.D, Limb.E, Limb.G)
"""The limbs under which a party may put things right after a notice; the rulebook says in how many Working Days."""


class DefaultQuerySet(ClassifiedQuerySet):
    """Asks defaults as at a day."""

    def in_default_on(self, day: date) -> Self:
        """The cases in which a party is in default at the end of a day: one that ended on the day is none any more."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), entered_on__lte=day)


class DefaultCase(Classified):
    """An Event of Default of one party under one limb, from the notice to its end (rule DEF-2)."""

    class Outcome(models.TextChoices):
        IN_TIME = "cured in time", "Put right before it was a default"
        CURED = "cured", "Cured"
        EXPELLED = "expelled", "The party was expelled"

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="defaults")
    limb = models.CharField("limb of M8.1", max_length=1, choices=Limb.choices)
    notice_on = models.DateField("notice served on", null=True, blank=True)
    entered_on = models.DateField("in default since", null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    state = models.CharField(max_length=20, default="", blank=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "party_id"
    objects: ClassVar[Any] = DefaultQuerySet.as_manager()

    class Meta:
        ordering = ("-entered_on", "-id")
        indexes = (
            models.Index(fields=["entered_on", "ended_on"]),
            models.Index(fields=["outcome", "ended_on"]),
            models.Index(fields=["party", "state"]),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(entered_on__isnull=False, ended_on__isnull=True),
                name="a_party_is_in_default_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["party", "limb"], condition=Q(ended_on__isnull=True), name="one_open_case_of_a_limb"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(entered_on__isnull=True) | Q(ended_on__gte=F("entered_on")),
                name="a_default_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="an_ended_default_says_how",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name}, limb ({self.limb}) of M8.1"

    def get_absolute_url(self) -> str:
        """The case's page."""
        return reverse("default case", args=[self.pk])


class UserRole(models.Model):
    """A DCC User Role (rule UEP-1): a table, since roles have been added."""

    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(unique=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


class UserEntry(Classified):
    """The completion of the User Entry Process by a party, with the roles it completed it for (rule UEP-4)."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="user_entries")
    roles = models.ManyToManyField(UserRole, through="CompletedRole", related_name="entries")
    completed_on = models.DateField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        verbose_name_plural = "user entries"
        ordering = ("-completed_on", "-id")
        indexes = (models.Index(fields=["completed_on"]),)
        constraints = (models.UniqueConstraint(fields=["party", "completed_on"], name="one_user_entry_on_a_day"),)

    def __str__(self) -> str:
        return f"{self.party.name}, user entry of {long_date(self.completed_on)}"

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("user entry", args=[self.pk])

    @property
    def role_names(self) -> str:
        """Its roles in their order, separated by commas."""
        return ", ".join(sorted_names(role for role in self.roles.all()))


class CompletedRole(models.Model):
    """One role of a user entry; a party completes a role once."""

    entry = models.ForeignKey(UserEntry, on_delete=models.CASCADE, related_name="completed")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="completed_roles")
    role = models.ForeignKey(UserRole, on_delete=models.PROTECT)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["party", "role"], name="a_party_completes_a_role_once"),)

    def __str__(self) -> str:
        return f"{self.party.name}: {self.role.name}"


class TestNotification(Classified):
    """The DCC's word that a party passed tests (rules UEP-3, UEP-8)."""

    class Kind(models.TextChoices):
        SREPT = "srept", "SMKI and Repository Entry Process Tests (SREPT)"
        UEPT = "uept", "User Entry Process Tests (UEPT)"
        SMETS1 = "smets1", "SMETS1 Eligibility Testing"

    __test__ = False  # a record, whatever its name makes of it

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="test_notifications")
    kind = models.CharField("tests", max_length=10, choices=Kind.choices)
    notified_on = models.DateField()
    roles = models.ManyToManyField(UserRole, blank=True, related_name="test_notifications")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-notified_on", "-id")
        indexes = (models.Index(fields=["notified_on", "kind"]),)
        constraints = (
            models.UniqueConstraint(fields=["party", "kind", "notified_on"], name="one_notification_on_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.party.name}, {self.get_kind_display()}, {long_date(self.notified_on)}"

    def get_absolute_url(self) -> str:
        """The notification's page."""
        return reverse("test notification", args=[self.pk])


def sorted_names(roles: Any) -> list[str]:
    """The names of roles in their order."""
    return [role.name for role in sorted(roles, key=lambda role: role.position)]
