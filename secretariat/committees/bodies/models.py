"""What a body is for and may do: its terms of reference, its duties, what it delegates and what it recommends."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse

from secretariat.committees.models import Committee
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.core.files import StoredFile
from secretariat.core.people import Person
from secretariat.core.rulebook import MARKS
from secretariat.plain.references import parse_meeting

MADE, FOLLOWED, NOT_FOLLOWED = "made", "followed", "not followed"
"""Where a recommendation stands."""


def is_a_meeting(text: str) -> None:
    """Refuses what is no reference of a meeting, such as SECP_46_1407. Raises ValidationError."""
    try:
        parse_meeting(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def meeting_field() -> Any:
    """The reference of the meeting at which something was resolved."""
    return models.CharField(
        "at the meeting", max_length=40, blank=True, validators=[is_a_meeting], help_text="Such as SECP_46_1407."
    )


class DatedDoorQuerySet(ClassifiedQuerySet, DatedQuerySet):  # type: ignore[override]
    """Asks dated rows as at a day, through the one door."""


class TermsOfReference(Classified):
    """One version of a body's terms of reference, in force from a day until the next one is."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="terms")
    version = models.CharField(max_length=20, help_text="Such as 1.0.")
    from_day = models.DateField("from")
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    changed = models.TextField("what changed", max_length=2000, blank=True)
    meeting = meeting_field()
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        verbose_name = "terms of reference"
        verbose_name_plural = "versions of terms of reference"
        ordering = ("committee_id", "-from_day", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["committee", "version"], name="one_version_of_a_bodys_terms",
                violation_error_message="The body has terms of this version already.",
            ),
            models.UniqueConstraint(
                fields=["committee", "from_day"], name="one_version_of_a_bodys_terms_from_a_day",
                violation_error_message="Another version is in force from that day.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.committee.short_name} terms of reference {self.version}"

    def get_absolute_url(self) -> str:
        """Their page."""
        return reverse("terms of reference", args=[self.pk])


class Duty(Dated, Classified):
    """Something that is for one body to do, from a day; by one name it has one holder at a time."""

    what = models.CharField(max_length=120, help_text="Such as: Setting security assurance statuses.")
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="duties", verbose_name="body")
    source = models.CharField(max_length=200, help_text="What gives the duty to the body.")
    mark = models.CharField(
        "how sure we are", max_length=30, choices=tuple((mark, text) for mark, text in MARKS.items())
    )
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = DatedDoorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name_plural = "duties"
        ordering = (Lower("what"), "-from_day", "id")
        indexes = (models.Index(fields=["committee", "from_day"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="a_duty_ends_after_it_begins",
                violation_error_message="A duty does not end before it begins.",
            ),
            models.UniqueConstraint(
                Lower("what"), condition=Q(to_day__isnull=True), name="one_body_has_a_duty",
                violation_error_message="Another body has this duty: end that first.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.what} ({self.committee.short_name})"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("duty of a body", args=[self.pk])

    def clean(self) -> None:
        """One body has it at a time. Raises ValidationError."""
        super().clean()
        others = Duty.objects.filter(what__iexact=self.what).exclude(pk=self.pk)
        if self.from_day and others.overlapping(self.from_day, self.to_day).exists():
            raise ValidationError("Another body has this duty on some of these days.")


class Delegation(Dated, Classified):
    """Authority that a body gives to another or to a person, or lends for a period (Panel information)."""

    class How(models.TextChoices):
        """Whether it is given until further notice or lent for a period."""

        DELEGATED = "delegated", "Delegated"
        LENT = "lent", "Lent for a period"

    from_body = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="delegations")
    to_body = models.ForeignKey(
        Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="delegated_to_it"
    )
    to_person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="delegations")
    duty = models.CharField(
        max_length=120, blank=True, help_text="The duty that goes with it, in the words of the body's list of duties."
    )
    what = models.CharField("authority", max_length=300, help_text="What may be done in the body's place.")
    how = models.CharField(max_length=10, choices=How.choices, default=How.DELEGATED)
    meeting = meeting_field()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    objects: ClassVar[Any] = DatedDoorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "delegation of authority"
        verbose_name_plural = "delegations of authority"
        ordering = ("-from_day", "-id")
        indexes = (models.Index(fields=["from_body", "from_day"]), models.Index(fields=["to_body", "from_day"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="a_delegation_ends_after_it_begins",
                violation_error_message="A delegation does not end before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(to_body__isnull=True) ^ Q(to_person__isnull=True), name="a_delegation_is_to_one",
                violation_error_message="Authority is delegated to a body or to a person, one of them.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.from_body.short_name} to {self.holder}: {self.what}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("delegation of authority", args=[self.pk])

    @property
    def holder(self) -> Committee | Person | None:
        """To whom it is delegated."""
        return self.to_body or self.to_person

    def clean(self) -> None:
        """What a delegation needs. Raises ValidationError with the reasons."""
        super().clean()
        reasons = []
        if self.to_body_id is not None and self.to_body_id == self.from_body_id:
            reasons.append("A body does not delegate to itself.")
        if self.how == self.How.LENT and self.to_day is None:
            reasons.append("What is lent is lent until a day.")
        if self.to_person_id is not None and self.classification == Class.WHITE:
            reasons.append("What names a person is not White.")
        if self.duty and self.from_day and not _has(self.from_body_id, self.duty, self.from_day):
            reasons.append("The body does not have a duty of this name on that day.")
        if reasons:
            raise ValidationError(reasons)


def _has(committee: int | None, what: str, day: date) -> bool:
    """Whether a duty is the body's own on a day, or delegated to it."""
    own = Duty.objects.on(day).filter(what__iexact=what, committee=committee).exists()
    return own or Delegation.objects.on(day).filter(duty__iexact=what, to_body=committee).exists()


def who_holds(what: str, day: date) -> Committee | Person | None:
    """Who has a duty on a day, so that who set security statuses in 2017 depends on the date (rule GOV-20).

    It is the body whose own it is, unless delegated or lent on that day: then whoever has it from the newest of the
    delegations in force, and of two of one day the one entered later. None where nobody has it.
    """
    passed = Delegation.objects.on(day).filter(duty__iexact=what).select_related("to_body", "to_person")
    newest: Delegation | None = passed.order_by("-from_day", "-pk").first()
    own: Duty | None = Duty.objects.on(day).filter(what__iexact=what).select_related("committee").first()
    if own is None:
        return None
    return newest.holder if newest is not None else own.committee


class Recommendation(Classified):
    """What a body recommends to another (Panel information), and what came of it."""

    from_body = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="recommendations")
    to_body = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="recommended_to_it")
    what = models.CharField("it recommends", max_length=300)
    reasons = models.TextField(max_length=4000, blank=True)
    day = models.DateField("recommended on")
    meeting = meeting_field()
    answered_on = models.DateField(null=True, blank=True, editable=False)
    answer = models.CharField(max_length=300, blank=True, editable=False)
    answered_at = models.CharField("answered at the meeting", max_length=40, blank=True, editable=False)
    state = models.CharField(max_length=14, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)

    class Meta:
        ordering = ("-day", "-id")
        indexes = (models.Index(fields=["to_body", "state"]), models.Index(fields=["from_body", "day"]))
        constraints = (
            models.CheckConstraint(
                condition=~Q(from_body=F("to_body")), name="a_body_recommends_to_another",
                violation_error_message="A body recommends to another.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.from_body.short_name} to {self.to_body.short_name}: {self.what}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("recommendation", args=[self.pk])


def terms_on(committee: Committee, day: date) -> TermsOfReference | None:
    """A body's terms of reference on a day."""
    found: TermsOfReference | None = (
        TermsOfReference.objects.filter(committee=committee, from_day__lte=day).order_by("-from_day").first()
    )
    return found
