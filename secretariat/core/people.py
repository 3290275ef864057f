"""People and the capacities in which they act.

The same person may be a party's contact, hold a seat and work for the secretariat. A capacity is a
dated row: who may take a step, and what a person may read, are both read off the rows in force.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.plain.dates import local_day


class PersonManager(BaseUserManager["Person"]):
    """Makes people; the address is the sign-in name, compared without regard to case."""

    def create_user(self, email: str, name: str = "", password: str | None = None, **extra: Any) -> Person:
        """A new person. Raises ValueError when the address is missing."""
        if not email:
            raise ValueError("A person needs an e-mail address to sign in with.")
        person = self.model(email=self.normalize_email(email).lower(), name=name, **extra)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this address, whatever its case."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who can sign in, or on whose behalf something was recorded."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name_plural = "people"
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name or self.email

    def get_absolute_url(self) -> str:
        """The person's page."""
        return reverse("person", args=[self.pk])

    def capacities_on(self, day: date) -> list[Capacity]:
        """The capacities in force on a day; asked of the database once per person object and day."""
        known: dict[date, list[Capacity]] = self.__dict__.setdefault("_capacities", {})
        if day not in known:
            known[day] = list(Capacity.objects.filter(person=self).on(day))
        return known[day]

    def acts_as(self, role: str, at: datetime, team: str = "") -> bool:
        """Whether the person holds `role` (and is in `team`, when given) at an instant."""
        rows = self.capacities_on(local_day(at))
        return any(row.role == role and (not team or row.team == team) for row in rows)


class Role(models.TextChoices):
    """What a capacity is."""

    SECRETARIAT = "secretariat", "Secretariat"
    PARTY_CONTACT = "party contact", "Party contact"
    COMMITTEE_MEMBER = "committee member", "Committee member"
    DCC = "dcc", "Central service provider (DCC)"
    AUTHORITY = "authority", "The Authority"
    ASSESSOR = "assessor", "Assessor of Users"


class Team(models.TextChoices):
    """The teams of the secretariat; each owns sections of the monthly paper."""

    OPERATIONS = "operations", "Operations"
    CHANGE = "change", "Change"
    PARTY_SUPPORT = "party support", "Party support"
    COMMITTEES = "committees", "Committees"
    SECURITY = "security", "Security"
    TECHNICAL = "technical", "Technical"
    HELPDESK = "helpdesk", "Helpdesk"


class CapacityQuerySet(DatedQuerySet):
    """Asks capacities as at a day."""

    def on(self, day: date) -> Self:
        """Those in force on a day; one that was ended at an instant of its last day opens nothing more on that day."""
        return super().on(day).exclude(ended__isnull=False, to_day=day)


class Capacity(Dated):
    """One capacity of one person, from a day until a day."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="capacities")
    role = models.CharField(max_length=20, choices=Role.choices)
    team = models.CharField(max_length=20, choices=Team.choices, blank=True)
    audience = models.CharField(max_length=20, blank=True, help_text="Code of the body whose Amber papers it opens.")
    organisation_id = models.BigIntegerField(null=True, blank=True, help_text="The party spoken for.")
    leads = models.BooleanField(
        "invites colleagues", default=False, help_text="For a party's contact: invites and removes the party's others."
    )
    ended = models.DateTimeField(
        "ended at", null=True, blank=True, help_text="When it was ended at once, within its last day."
    )

    objects: ClassVar[models.Manager[Any]] = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "capacities"
        indexes = (models.Index(fields=["person", "from_day"]), models.Index(fields=["organisation_id", "from_day"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=models.F("from_day")), name="capacity_ends_after_start"
            ),
        )

    def __str__(self) -> str:
        word, where = self.get_role_display(), self.team or self.audience
        return f"{word} ({where})" if where and f"({where})" not in word else word


def acting(at: datetime, *asked: Q, **named: Any) -> models.QuerySet[Person]:
    """The active people who have a capacity such as is asked for at an instant."""
    rows = Capacity.objects.on(local_day(at)).filter(*asked, **named)
    return Person.objects.filter(pk__in=rows.values("person"), is_active=True)
