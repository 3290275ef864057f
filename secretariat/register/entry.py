"""User entry: the DCC User Roles, who completed entry for which, and the tests on the way."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import Aggregate, F, Q
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.plain.dates import long_date
from secretariat.register.parties import Party

DESIGNATED: Final = date(2013, 9, 23)
"""The day on which the code was designated, with the first roles in it."""


class UserRoleQuerySet(ClassifiedQuerySet):
    """Asks roles as at a day."""

    def on(self, day: date) -> Self:
        """The roles that exist on a day."""
        return self.filter(Q(to_day__isnull=True) | Q(to_day__gte=day), from_day__lte=day)


class UserRole(Classified):
    """A DCC User Role (rule UEP-1), from a day until a day: a table, since roles are added and may end."""

    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()
    from_day = models.DateField("exists from", default=DESIGNATED)
    to_day = models.DateField("exists until", null=True, blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = UserRoleQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="a_role_ends_after_it_begins",
                violation_error_message="A role ends after the day from which it exists.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The role's page."""
        return reverse("user role", args=[self.pk])

    def exists_on(self, day: date) -> bool:
        """Whether the role exists on a day."""
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


class RoleNames(Aggregate):
    """The names of roles in one text, for lists."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, ', ')"
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """SQLite's name of the same function."""
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)


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
        constraints = (
            models.UniqueConstraint(
                fields=["party", "completed_on"],
                name="one_user_entry_on_a_day",
                violation_error_message="The party has completed user entry on this day already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name}, user entry of {long_date(self.completed_on)}"

    def get_absolute_url(self) -> str:
        """The entry's page."""
        return reverse("user entry", args=[self.pk])

    @property
    def role_names(self) -> str:
        """Its roles in their order, separated by commas."""
        return ", ".join(sorted_names(self.roles.all()))


class CompletedRole(models.Model):
    """One role of a user entry; a party completes a role once."""

    entry = models.ForeignKey(UserEntry, on_delete=models.CASCADE, related_name="completed")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="completed_roles")
    role = models.ForeignKey(UserRole, on_delete=models.PROTECT)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["party", "role"],
                name="a_party_completes_a_role_once",
                violation_error_message="The party has completed user entry in this role before.",
            ),
        )

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
    roles = models.ManyToManyField(UserRole, through="TestedRole", blank=True, related_name="test_notifications")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "party_id"

    class Meta:
        ordering = ("-notified_on", "-id")
        indexes = (models.Index(fields=["notified_on", "kind"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["party", "kind", "notified_on"],
                name="one_notification_on_a_day",
                violation_error_message="This is told of the party for this day already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.party.name}, {self.get_kind_display()}, {long_date(self.notified_on)}"

    def get_absolute_url(self) -> str:
        """The notification's page."""
        return reverse("test notification", args=[self.pk])


class TestedRole(Classified):
    """One role for which a party passed tests, as notified; it is counted, so it is read like its notification."""

    __test__ = False

    notification = models.ForeignKey(TestNotification, on_delete=models.CASCADE, related_name="tested")
    role = models.ForeignKey(UserRole, on_delete=models.PROTECT)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    audience = models.CharField(max_length=20, blank=True, default="SECP")

    owned_by: ClassVar[str] = "notification__party_id"

    class Meta:
        constraints = (models.UniqueConstraint(fields=["notification", "role"], name="a_role_is_notified_once"),)

    def __str__(self) -> str:
        return f"{self.notification.party.name}: {self.role.name}"

    def get_absolute_url(self) -> str:
        """The page of the notification."""
        return self.notification.get_absolute_url()


def sorted_names(roles: Any) -> list[str]:
    """The names of roles in their order."""
    return [role.name for role in sorted(roles, key=lambda role: role.position)]
