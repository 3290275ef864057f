"""Ballots: about any record, of the seats of a body or of the Voting Groups of a category; named or secret."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from secretariat.committees.ballots.count import ABSTAIN, AND, MOST_VOTES, NO_DECISION, TIE, TWO_LEVEL, chosen
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Appointment, Seat
from secretariat.core.capacities import speaks_for
from secretariat.core.classification import Classified
from secretariat.core.people import Person
from secretariat.plain.dates import local_day
from secretariat.plain.tallies import Vote as Said
from secretariat.register.panel_action.models import Right, suspended_groups, suspended_parties
from secretariat.register.parties import Category, Party, VotingGroup

PREPARED, OPEN, CLOSED, CANCELLED = "prepared", "open", "closed", "cancelled"
VOTED, CONFLICTED, PRESENT = "voted", "conflict declared", "present"
"""How an elector stands who has done something; who has not is in no state."""
APPROVE_OR_REJECT = tuple(each.value for each in Said)


class Electorate(models.TextChoices):
    """Who is asked (rules CB-2, ELE-5)."""

    SEATS = "seats", "The seats of the body"
    GROUPS = "voting groups", "One vote for each Voting Group"
    PARTIES = "parties", "One vote for each party"


class Method(models.TextChoices):
    """How the votes are counted."""

    TWO_LEVEL = TWO_LEVEL, "By constituency, then by board (CB-3)"
    MOST_VOTES = MOST_VOTES, "Most votes"


class TieRule(models.TextChoices):
    """What a tie of a ballot by most votes leads to (rule ELE-3)."""

    CHAIR = "chair", "The body's Chair decides"
    LOTS = "lots", "Lots are drawn"
    AGAIN = "again", "The ballot is held again"


class Ballot(Classified):
    """One question put to electors, with the instants between which they answer it.

    Electors are frozen at the opening: one for each seat with a member, or for each Voting Group or party then in the
    register. Who acts for an elector, and whether the elector is suspended, is asked at the instant.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="ballots")
    question = models.CharField(max_length=250)
    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_id = models.BigIntegerField(null=True, blank=True, editable=False)
    electorate = models.CharField(max_length=20, choices=Electorate.choices, default=Electorate.SEATS)
    category = models.CharField(
        "Party Category", max_length=20, choices=Category.choices, blank=True,
        help_text="For a ballot of Voting Groups or parties; empty asks those of all categories.",
    )  # fmt: skip
    method = models.CharField(max_length=20, choices=Method.choices, default=Method.TWO_LEVEL)
    options = models.JSONField(default=list, blank=True, help_text="What can be chosen.")
    objectives = models.JSONField(default=dict, blank=True, help_text="The objectives to be judged, by letter.")
    reasons_required = models.BooleanField(default=True, help_text="Each voter gives reasons (CB-5).")
    places = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1)],
        help_text="How many are elected by it; an elector has a vote for each (ELE-5).",
    )  # fmt: skip
    roll = models.JSONField(
        default=list, blank=True, editable=False,
        help_text="The Voting Groups or parties that are asked, by number, where they were frozen before the opening.",
    )  # fmt: skip
    secret = models.BooleanField(default=False)
    quorum = models.BooleanField("needs a quorum", default=True)
    tie_rule = models.CharField(max_length=10, choices=TieRule.choices, default=TieRule.CHAIR)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField(help_text="A vote at this very instant still counts.")
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    outcome = models.CharField(max_length=500, blank=True, editable=False)
    tally = models.JSONField(null=True, blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    class Meta:
        ordering = ("-closes_at", "-id")
        indexes = (
            models.Index(fields=["state", "closes_at"]),
            models.Index(fields=["about_kind", "about_id"]),
            models.Index(fields=["committee", "closes_at"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="a_ballot_closes_after_it_opens",
                violation_error_message="A ballot closes after it opens.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.committee.code} ballot: {self.question}"

    def get_absolute_url(self) -> str:
        """The ballot's page."""
        return reverse("ballot", args=[self.pk])

    def clean(self) -> None:
        """The options fit the way of counting. Raises ValidationError."""
        super().clean()
        if self.method == Method.TWO_LEVEL:
            self.options = list(APPROVE_OR_REJECT)
            if self.electorate != Electorate.SEATS or self.secret:
                raise ValidationError("The count by constituency is of the named votes of a body's seats (CB-3, CB-5).")
        if not isinstance(self.options, list) or len({*self.options} - {ABSTAIN}) < 2:
            raise ValidationError("A ballot needs two options or more; where one stands for one seat, none is held.")
        if len(set(self.options)) < len(self.options) or {TIE, NO_DECISION} & {*self.options}:
            raise ValidationError("Each option is named once, and none is called a tie or no decision.")
        if any(AND in str(option) for option in self.options):
            raise ValidationError("No option has a semicolon: it stands between the options of one vote.")
        if self.method == Method.TWO_LEVEL and self.places != 1:
            raise ValidationError("The count by constituency answers one question, and fills no places.")

    @property
    def suspended_right(self) -> Right:
        """The right whose suspension keeps a Voting Group from this ballot (rule DEF-4)."""
        return Right.SEAT if self.electorate == Electorate.SEATS else Right.VOTE

    @property
    def elected(self) -> list[str]:
        """The options that have a place by it; none before it is decided."""
        return chosen(self.outcome) if self.is_decided else []

    @property
    def is_decided(self) -> bool:
        """Whether it is closed with an outcome that is neither a tie nor without a quorum."""
        return self.state == CLOSED and self.outcome not in (TIE, NO_DECISION, "")


class Elector(Classified):
    """One vote in one ballot: that of a seat, of a Voting Group or of a party."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="electors")
    name = models.CharField(max_length=200)
    constituency = models.CharField(max_length=40, blank=True)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="electors")
    voting_group = models.ForeignKey(VotingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    has_vote = models.BooleanField(default=True)
    state = models.CharField(max_length=20, default="", blank=True, editable=False)
    voted_at = models.DateTimeField(null=True, blank=True)
    conflict = models.CharField("conflict declared", max_length=300, blank=True)

    class Meta:
        ordering = ("ballot_id", "constituency", "name", "id")
        indexes = (models.Index(fields=["ballot", "state"]), models.Index(fields=["voting_group"]))
        constraints = (
            models.UniqueConstraint(fields=["ballot", "seat"], name="one_vote_of_a_seat"),
            models.UniqueConstraint(fields=["ballot", "voting_group"], name="one_vote_of_a_voting_group"),
            models.UniqueConstraint(fields=["ballot", "party"], name="one_vote_of_a_party"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The ballot's page."""
        return self.ballot.get_absolute_url()


class Vote(models.Model):
    """What an elector last said in a named ballot, with reasons (rule CB-5)."""

    elector = models.OneToOneField(Elector, on_delete=models.PROTECT, related_name="vote")
    choice = models.CharField(max_length=500)
    reason = models.TextField(blank=True)
    objectives = models.JSONField(default=dict, blank=True)
    receipt_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("elector_id",)

    def __str__(self) -> str:
        return f"{self.elector}: {self.choice}"


def by_lot() -> int:
    """A number drawn by lot: unlike a running one it tells nothing of when a paper was put in."""
    return secrets.randbits(62)


class Paper(models.Model):
    """One secret vote: what was chosen and the hash of its receipt, and nothing of who or when."""

    id = models.BigIntegerField(primary_key=True, default=by_lot, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="papers")
    choice = models.CharField(max_length=500)
    receipt_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("receipt_hash",)
        constraints = (models.UniqueConstraint(fields=["ballot", "receipt_hash"], name="one_paper_of_a_receipt"),)

    def __str__(self) -> str:
        return f"{self.receipt_hash[:12]}: {self.choice}"


def capacity_in(elector: Elector, person: Person | None, at: datetime) -> str:
    """In what capacity a person votes for an elector at an instant: member, alternate or contact; "" when in none."""
    if person is None:
        return ""
    day = local_day(at)
    if elector.seat_id is not None:
        held: Appointment | None = Appointment.objects.filter(seat=elector.seat_id, person=person).on(day).first()
        return "" if held is None else "alternate" if held.alternate_for_id else "member"
    return "contact" if speaks_for(person, at) & _parties_of(elector, at) else ""


def _parties_of(elector: Elector, at: datetime) -> frozenset[int]:
    if elector.voting_group is None:
        return frozenset({elector.party_id} if elector.party_id else ())
    return frozenset(elector.voting_group.members.on(local_day(at)).values_list("party_id", flat=True))


def electors_of(person: Person, at: datetime) -> list[Elector]:
    """The electors of the open ballots for which a person may vote now, whether or not they have."""
    seats = Appointment.objects.filter(person=person).on(local_day(at)).values("seat")
    mine = Q(seat__in=seats)
    if parties := speaks_for(person, at):
        groups = VotingGroup.objects.filter(members__party__in=parties)
        mine |= Q(party__in=parties) | Q(voting_group__in=groups.values("pk"))
    rows: Any = Elector.objects.filter(
        mine, ballot__state=OPEN, ballot__opens_at__lte=at, ballot__closes_at__gte=at, has_vote=True
    )
    found = rows.select_related("ballot__committee", "voting_group", "seat").order_by("ballot__closes_at", "pk")
    return [elector for elector in found.distinct() if capacity_in(elector, person, at)]


def suspended_electors(ballot: Ballot, day: date) -> frozenset[int]:
    """The electors that may neither vote nor be counted for the quorum on a day (rule DEF-4)."""
    right = ballot.suspended_right
    parties = list(suspended_parties(right, day).values_list("pk", flat=True))
    if not parties:
        return frozenset()
    groups = list(suspended_groups(right, day).values_list("pk", flat=True))
    bitten = Q(voting_group__in=groups) | Q(seat__voting_group__in=groups) | Q(party__in=parties)
    return frozenset(ballot.electors.filter(bitten).values_list("pk", flat=True))


def about(record: models.Model) -> models.QuerySet[Any]:
    """The ballots about a record."""
    found: models.QuerySet[Any] = Ballot.objects.filter(about_kind=record._meta.label_lower, about_id=record.pk)
    return found
