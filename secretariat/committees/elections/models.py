"""Elections: calls for nominations, the seats contested in them by constituency, who is nominated, who wrote in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.ballots.models import Ballot, Electorate
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Appointment, Constituency, Seat
from secretariat.core.capacities import speaks_for
from secretariat.core.classification import Class, Classified, ClassifiedQuerySet
from secretariat.core.people import Person
from secretariat.plain.dates import local_day, long_date
from secretariat.register.parties import Party

if TYPE_CHECKING:
    from secretariat.core.classification import Reader

PLANNED, NOMINATING, CLOSED, PUBLISHED, CANCELLED = "planned", "nominating", "closed", "published", "cancelled"
"""How a call stands: seats named, nominations open, nominations closed, result published."""
CONTESTED, UNOPPOSED, VOTING, ELECTED, VACANT = "called", "unopposed", "voting", "elected", "vacant"
"""How the seats of one constituency stand."""
SETTLED = (UNOPPOSED, ELECTED, VACANT)
RECEIVED, ACCEPTED, INELIGIBLE, WITHDRAWN, APPOINTED, NOT_ELECTED = (
    "received", "accepted", "ineligible", "withdrawn", "appointed", "not elected",
)  # fmt: skip
STANDING = (ACCEPTED, APPOINTED, NOT_ELECTED)
"""A nomination in one of these was a candidacy when the nominations closed."""
WRITTEN, PASSED_ON, INVITED = "written in", "passed on", "invited"

NO_SEMICOLON = RegexValidator(r"\A[^;]+\Z", "A name has no semicolon: it stands between the names on a vote.")


class Call(Classified):
    """A call for nominations to vacant seats of one body (rules ELE-1, ELE-3, ELE-4)."""

    class Occasion(models.TextChoices):
        """Why it is held (rule ELE-1)."""

        ANNUAL = "annual", "Annual election"
        INTERIM = "interim", "Interim election, as somebody left mid-term"

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="calls", verbose_name="body")
    occasion = models.CharField(max_length=10, choices=Occasion.choices, default=Occasion.ANNUAL)
    opens_on = models.DateField("nominations open on")
    closes_at = models.DateTimeField("nominations close", help_text="A nomination at this very instant still counts.")
    frozen_on = models.DateField(
        "register frozen as at", help_text="Who nominates and votes is read off the register as at this day."
    )
    term_from = models.DateField("new terms begin on")
    electorate = models.CharField("who votes", max_length=20, choices=Electorate.choices, default=Electorate.GROUPS)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    result = models.JSONField(default=list, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("-closes_at", "-id")
        indexes = (models.Index(fields=["state", "closes_at"]), models.Index(fields=["committee", "closes_at"]))
        constraints = (
            models.CheckConstraint(
                condition=Q(frozen_on__lte=F("opens_on")),
                name="the_register_is_frozen_by_the_opening",
                violation_error_message="The register is frozen as at the day on which nominations open, or before.",
            ),
            models.CheckConstraint(
                condition=Q(term_from__gt=F("opens_on")),
                name="terms_begin_after_the_call",
                violation_error_message="New terms begin after nominations have opened.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee.code} election, terms from {long_date(self.term_from)}"

    def get_absolute_url(self) -> str:
        """The election's page."""
        return reverse("election", args=[self.pk])


class Contest(Classified):
    """The vacant seats of one constituency in a call: filled unopposed, put to a vote, or left vacant (rule ELE-3)."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="contests")
    constituency = models.CharField(max_length=20, choices=Constituency.choices)
    seats: models.ManyToManyField[Any, Any] = models.ManyToManyField(Seat, related_name="contests", blank=True)
    roll = models.JSONField(
        default=list, blank=True, editable=False, help_text="The Voting Groups or parties entitled, by number."
    )
    ballot = models.OneToOneField(
        Ballot, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="contest"
    )
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)

    class Meta:
        ordering = ("call_id", "constituency", "id")
        indexes = (models.Index(fields=["state"]),)
        constraints = (
            models.UniqueConstraint(
                fields=["call", "constituency"],
                name="a_constituency_is_contested_once_in_a_call",
                violation_error_message="The seats of this constituency are in the call already.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_constituency_display()}, {self.call}"

    def get_absolute_url(self) -> str:
        """The page of these seats."""
        return reverse("contest", args=[self.pk])


class OwnQuerySet(ClassifiedQuerySet):
    """Asks what a person wrote or is named in: their own is always theirs to read."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """What the class opens, what the person or the person's party wrote or is named in, and what was passed on."""
        allowed = super().visible_to(person, at)
        if not isinstance(person, Person) or not person.is_active:
            return allowed
        return self.filter(Q(written_by=person) | self._named(person, at) | Q(pk__in=allowed.values("pk")))

    def _named(self, person: Person, at: datetime) -> Q:
        if self.model is Nomination:
            return Q(candidate=person) | Q(party__in=speaks_for(person, at))
        chairs = Appointment.objects.on(local_day(at)).filter(person=person, seat__constituency=Constituency.CHAIR)
        return Q(committee__in=chairs.values("seat__committee"), state__in=(PASSED_ON, INVITED))


class Nomination(Classified):
    """A person put forward for the seats of a constituency, by a party or by themselves.

    Until it is accepted, its writer, its candidate and the secretariat read it.
    """

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="nominations", verbose_name="for")
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="nominations",
        verbose_name="nominated by", help_text="Empty for an interested person who stands by themselves.",
    )  # fmt: skip
    name = models.CharField("the candidate's name", max_length=100, validators=[NO_SEMICOLON])
    email = models.EmailField("the candidate's e-mail address")
    statement = models.TextField(max_length=4000, blank=True, help_text="What electors are told of the candidate.")
    consents = models.BooleanField("the candidate agrees to stand", default=False)
    candidate = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="candidacies"
    )
    written_by = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True, editable=False)
    renominated = models.BooleanField("re-nominated", default=False, editable=False)
    reason = models.CharField("why it is ineligible", max_length=300, blank=True, editable=False)
    appointment = models.OneToOneField(
        Appointment, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="nomination"
    )
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        ordering = ("contest_id", "name", "id")
        indexes = (models.Index(fields=["contest", "state"]), models.Index(fields=["received_at"]))

    def __str__(self) -> str:
        return f"{self.name} for {self.contest.get_constituency_display()} on {self.contest.call.committee.code}"

    def get_absolute_url(self) -> str:
        """The nomination's page."""
        return reverse("nomination", args=[self.pk])


class IneligibleVote(Classified):
    """A vote that came from who could not cast it: counted and said, never what it was (rule ELE-5)."""

    class Why(models.TextChoices):
        """Why it does not count."""

        NOT_ON_ROLL = "not on the roll", "not in the register on the day as at which it was frozen"
        OTHER_CATEGORY = "other category", "of another Party Category"
        SECOND = "second vote", "the Voting Group had voted already"
        LATE = "late", "after the close"
        SUSPENDED = "suspended", "the right to vote is suspended"
        STRANGER = "stranger", "from nobody who speaks for the elector"

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="ineligible_votes")
    name = models.CharField("who sent it", max_length=200)
    why = models.CharField("why it does not count", max_length=20, choices=Why.choices)
    received_at = models.DateTimeField()
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    class Meta:
        ordering = ("contest_id", "received_at", "id")
        indexes = (models.Index(fields=["contest", "why"]),)

    def __str__(self) -> str:
        return f"{self.name}: {self.get_why_display()}"

    def get_absolute_url(self) -> str:
        """The page of the seats."""
        return self.contest.get_absolute_url()


class Interest(Classified):
    """Somebody who writes in between elections that they would sit on a body (rule ELE-2)."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="interests", verbose_name="body")
    constituency = models.CharField(max_length=20, choices=Constituency.choices, blank=True)
    name = models.CharField(max_length=100)
    email = models.EmailField("e-mail address")
    words = models.TextField("what they wrote", max_length=4000, blank=True)
    written_by = models.ForeignKey(
        Person, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    received_at = models.DateTimeField(null=True, blank=True, editable=False)
    call = models.ForeignKey(
        Call, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="interests"
    )
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")
    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.AMBER)

    objects: ClassVar[Any] = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = "expression of interest"
        verbose_name_plural = "expressions of interest"
        ordering = ("-received_at", "-id")
        indexes = (models.Index(fields=["committee", "state"]),)

    def __str__(self) -> str:
        return f"{self.name} would sit on {self.committee.code}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("expression of interest", args=[self.pk])


def incumbent(contest: Contest, person: Person | None) -> bool:
    """Whether a person holds one of the seats when nominations open: being put forward again is marked (rule ELE-7)."""
    held = Appointment.objects.on(contest.call.opens_on).filter(seat__in=contest.seats.all(), alternate_for=None)
    return person is not None and bool(held.filter(person=person).exists())


def running(seat: Seat) -> models.QuerySet[Any]:
    """The contests for a seat that are neither settled nor of a cancelled call."""
    found = Contest.objects.filter(seats=seat, state__in=(CONTESTED, VOTING))
    rows: models.QuerySet[Any] = found.exclude(call__state=CANCELLED)
    return rows
