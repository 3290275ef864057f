"""The bodies that meet: the Panel, its sub-committees and groups, and the groups of others that are attended."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from secretariat.core.classification import Class, Classified, ClassifiedQuerySet

GOVERNANCE = "SEC Governance Meetings"
TRANSITIONAL = "Transitional meetings"
OTHER = "Other meetings"


class CommitteeQuerySet(ClassifiedQuerySet):
    """Asks the bodies as at a day."""

    def between(self, first: date, last: date) -> Self:
        """The bodies that existed on any day from `first` to `last`."""
        begun = Q(from_day__isnull=True) | Q(from_day__lte=last)
        return self.filter(begun, Q(to_day__isnull=True) | Q(to_day__gte=first))


class Committee(Classified):
    """A body that meets. Its code begins the references of its meetings (rule REF-1)."""

    code = models.CharField(
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"\A[A-Z]{2,12}\Z", "A body's code is two to twelve capital letters.")],
    )
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60, help_text="As printed in the table of meetings.")
    group = models.CharField("printed under", max_length=60, default=GOVERNANCE)
    position = models.PositiveSmallIntegerField(help_text="Place in the table of meetings.")
    reports_to = models.CharField(max_length=60, blank=True)
    meets = models.CharField(max_length=120, blank=True, help_text="How often.")
    output = models.CharField(max_length=200, blank=True, help_text="What of its meetings is made public.")
    minutes_class = models.PositiveSmallIntegerField("class of its minutes", choices=Class.choices, default=Class.WHITE)
    told_when_none = models.BooleanField(
        default=False, help_text="Whether a month without a meeting of it is told in the table of meetings."
    )
    purpose = models.TextField(blank=True, help_text="What it is for, in a paragraph.")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children", verbose_name="parent body"
    )
    keeps_receipts = models.BooleanField(
        "keeps read receipts", default=False, help_text="Whether the body decided that who has read a paper is kept."
    )
    from_day = models.DateField("from", null=True, blank=True)
    to_day = models.DateField("until", null=True, blank=True)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ("position", "code")
        indexes = (models.Index(fields=["group", "position"]),)
        constraints = (
            models.UniqueConstraint(
                Lower("short_name"),
                name="one_body_of_a_short_name",
                violation_error_message="There is a body of this short name already.",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(from_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="a_body_ends_after_it_begins",
                violation_error_message="A body does not end before it begins.",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The body's page."""
        return reverse("committee", args=[self.code])

    def clean(self) -> None:
        """A body does not report to itself, not even by way of others. Raises ValidationError."""
        super().clean()
        above = self.parent
        while above is not None and self.pk is not None:
            if above.pk == self.pk:
                raise ValidationError("A body does not stand above itself.")
            above = above.parent


# The parts of the room, so that Django finds their models from here.
from secretariat.committees.ballots import models as ballots  # noqa: E402, F401
from secretariat.committees.bodies import models as bodies  # noqa: E402, F401
from secretariat.committees.elections import models as elections  # noqa: E402, F401
from secretariat.committees.seats import models as seats  # noqa: E402, F401
