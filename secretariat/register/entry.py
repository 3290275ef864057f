"""User entry: the DCC User Roles, who completed entry for which, and the tests on the way."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Aggregate
from django.urls import reverse

from secretariat.core.classification import Class, Classified
from secretariat.plain.dates import long_date
from secretariat.register.parties import Party


class UserRole(models.Model):
    """A DCC User Role (rule UEP-1): a table, since roles have been added."""

    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.name


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
