"""What an assessor found at a User: Red, for the people named to each case, and sealed where it is kept (SEC-12).

None of these records is numbered in a row: an address that counted would tell how much was found elsewhere. What was
found, answered and handed in is sealed text, which neither a copy of the database nor a search tells. The journal says
who did what and when, and never what was written.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse

from secretariat.assurance.models import Assessment
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.dated import Dated, DatedQuerySet
from secretariat.core.journal import START, Event
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person
from secretariat.core.sealed import SealedText, read_sealed

IDS = 2**53 - 1
"""Up to which identifiers are drawn: every program that reads JSON keeps such a number whole."""
TRIES = 20

OBLIGATION = RegexValidator(
    r"\AG[3-6](\.\d{1,3})?(\([a-z]\))?\Z", "Name an obligation of Sections G3 to G6, such as G3.5 or G5.14(b)."
)
"""What a User's security is assessed against (SEC-1)."""


class Severity(models.TextChoices):
    """How grave an observation is. No document read names the assessor's own scale."""

    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class State(models.TextChoices):
    """Where an observation stands, from the assessor's draft to the action seen to be done (SEC-7)."""

    DRAFT = "draft", "Draft of the assessor"
    SHARED = "shared", "Waiting for the management response"
    ANSWERED = "answered", "Action agreed, to be done"
    COMPLETED = "completed", "Said to be done, to be verified"
    VERIFIED = "verified", "Verified"
    WITHDRAWN = "withdrawn", "Withdrawn"


ENDED = (State.VERIFIED, State.WITHDRAWN)
WITH_THE_PARTY = (State.SHARED, State.ANSWERED)
"""The states in which something is due from the party."""


class ReaderQuerySet(DatedQuerySet, ClassifiedQuerySet):  # type: ignore[override]
    """Named readers, for those who may know of them."""

    def standing(self) -> Self:
        """Those named until further notice: who is no longer named stops reading at once, not at the day's end."""
        return self.filter(to_day__isnull=True)


class Reader(Dated, Classified):
    """A person named to read what was found in one case, from a day until a day. That somebody is named is Amber."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = ReaderQuerySet.as_manager()  # type: ignore[assignment]
    owned_by: ClassVar[str] = "assessment__party_id"

    class Meta:
        ordering = ("assessment_id", "from_day", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "person"],
                condition=Q(to_day__isnull=True),
                name="a_reader_is_named_once",
                violation_error_message="This person is named already.",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")), name="a_reader_ends_after_being_named"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} reads what was found in {self.assessment}"

    def get_absolute_url(self) -> str:
        """The page of a case's named readers."""
        return reverse("assessment-readers", args=[self.assessment_id])


def drawn(seed: str) -> int:
    """An identifier that counts nothing. Its seed is the journal's newest hash: a record is built alike every time."""
    return 1 + int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") % IDS


class Red(Classified):
    """Base of what only named people read: of no lower class, and under an identifier that counts nothing."""

    id = models.BigIntegerField(primary_key=True, blank=True, editable=False)
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.RED)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="%(class)ss")
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Refuses any lower class."""
        super().clean()
        if self.classification != Class.RED:
            raise ValidationError({"classification": "What an assessor found is Red."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves it; a new one is given an identifier, another one where the first is taken."""
        if self.pk:
            super().save(*args, **kwargs)
            return
        head = Event.objects.order_by("-id").values_list("hash", flat=True).first() or START
        for attempt in range(TRIES):
            self.pk = drawn(f"{kind_of(self)} {head} {attempt}")
            with suppress(IntegrityError), transaction.atomic():
                super().save(*args, **{**kwargs, "force_insert": True})
                return
        self.pk = None
        raise IntegrityError("No identifier is free, or the record breaks a constraint of the database.")


class Observation(Red):
    """One actual or potential non-compliance, or rise in risk, that an assessment found (SEC-6)."""

    number = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    obligation = models.CharField(max_length=12, validators=[OBLIGATION], help_text="Such as G3.5.")
    severity = models.CharField(max_length=10, choices=Severity.choices)
    text = SealedText("what was found", max_length=4000)
    seen = SealedText("the evidence for it", max_length=4000, blank=True)
    action = SealedText("what the party will do", max_length=4000, blank=True, editable=False)
    owner = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False,
        verbose_name="who sees to it",
    )  # fmt: skip
    due = models.DateField(null=True, blank=True, editable=False)
    working = models.CharField("how the day is reckoned", max_length=600, blank=True, editable=False)
    asked_for = models.DateField("later day asked for", null=True, blank=True, editable=False)
    shared_on = models.DateField(null=True, blank=True, editable=False)
    answered_on = models.DateField(null=True, blank=True, editable=False)
    completed_on = models.DateField("said to be done on", null=True, blank=True, editable=False)
    ended_on = models.DateField("verified or withdrawn on", null=True, blank=True, editable=False)
    chased_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=12, choices=State.choices, default="", blank=True, editable=False)

    class Meta:
        ordering = ("assessment_id", "number", "id")
        indexes = (models.Index(fields=["state", "due"]), models.Index(fields=["shared_on"]))
        constraints = (
            models.UniqueConstraint(
                fields=["assessment", "number"],
                name="one_observation_of_a_number",
                violation_error_message="The case has an observation with this number already.",
            ),
        )

    def __str__(self) -> str:
        return f"Observation {self.number}" if self.number else "Draft observation"

    def get_absolute_url(self) -> str:
        """The observation's page."""
        return reverse("observation", args=[self.pk])

    def is_overdue(self, day: date) -> bool:
        """Whether the party's response or action is late on a day."""
        return self.state in WITH_THE_PARTY and self.due is not None and self.due < day


class Remark(Red):
    """What somebody wrote in taking a step on an observation; never changed afterwards."""

    observation = models.ForeignKey(Observation, on_delete=models.PROTECT, related_name="remarks")
    step = models.CharField(max_length=30)
    text = SealedText(max_length=4000)
    day = models.DateField("day named", null=True, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("written_at", "id")

    def __str__(self) -> str:
        return f"Remark on {self.observation}"

    def get_absolute_url(self) -> str:
        """The page of its observation."""
        return self.observation.get_absolute_url()


class Purpose(models.TextChoices):
    """What a sealed file is for."""

    REPORT = "report", "Assessment report"
    FOUND = "found", "Evidence of what was found"
    DONE = "done", "Evidence that the action is done"
    RESPONSE = "response", "Management response or plan"
    LIST = "list", "List of observations as it was sent"


class Evidence(Red):
    """A file of a case, encrypted at rest; every opening is journalled."""

    observation = models.ForeignKey(
        Observation, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    name = SealedText("name of the file")
    place = models.CharField(max_length=32, unique=True, editable=False)
    size = models.PositiveBigIntegerField(help_text="bytes", editable=False)
    kept_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ("kept_at", "id")

    def __str__(self) -> str:
        return str(self.get_purpose_display())

    def get_absolute_url(self) -> str:
        """The page of the file, from which it is opened."""
        return reverse("evidence file", args=[self.pk])

    def read(self) -> bytes:
        """Its bytes. Raises Unsealable."""
        return read_sealed(self.place)


RED = (Observation, Remark, Evidence)
"""Every kind of record that the named readers of a case read."""
