"""Actions that a body placed: on whom, by when, what they came from, and the evidence that closed them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from secretariat.committees.models import Committee
from secretariat.core.capacities import speaks_for
from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.core.people import Person, Role, Team
from secretariat.meetings.attending.models import OwnQuerySet
from secretariat.meetings.models import Meeting
from secretariat.plain.dates import local_day, long_date
from secretariat.register.parties import Party

OPEN, DONE, CLOSED, DROPPED = "open", "done", "closed", "dropped"
UNSETTLED = (OPEN, DONE)
"""The states in which an action comes back to its body: what is done waits for its evidence to be seen."""
ONE_OWNER = (
    Q(person__isnull=False, team="", organisation__isnull=True)
    | Q(person__isnull=True, organisation__isnull=True) & ~Q(team="")
    | Q(person__isnull=True, team="", organisation__isnull=False)
)


class Action(Classified):
    """What a body asked somebody to do, by a day; its owner is one person, one team or one organisation.

    Its reference counts within the body and class in which it was placed, so that no number tells of an action of a
    higher class.
    """

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="actions", verbose_name="body")
    reference = models.CharField(max_length=24, unique=True, blank=True, editable=False)
    what = models.TextField("what is to be done", max_length=2000)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="actions", verbose_name="owner: a person"
    )
    team = models.CharField("or a team of the secretariat", max_length=20, choices=Team.choices, blank=True)
    organisation = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="actions",
        verbose_name="or an organisation",
    )  # fmt: skip
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="actions", verbose_name="placed at"
    )
    item = models.ForeignKey(
        "meetings.AgendaItem", null=True, blank=True, on_delete=models.PROTECT, related_name="actions",
        verbose_name="on the agenda item",
    )  # fmt: skip
    due = models.DateField(null=True, blank=True)
    working = models.CharField("how the day is reckoned", max_length=600, blank=True, editable=False)
    answer = models.TextField("what was done", max_length=2000, blank=True, editable=False)
    evidence = models.CharField(max_length=500, blank=True, editable=False)
    evidence_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    done_on = models.DateField("said to be done on", null=True, blank=True, editable=False)
    chased_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_on = models.DateField("closed or dropped on", null=True, blank=True, editable=False)
    state = models.CharField(max_length=12, default="", blank=True, editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = OwnQuerySet.as_manager()
    owned_by: ClassVar[str] = "organisation"

    class Meta:
        ordering = ("due", "committee_id", "id")
        indexes = (
            models.Index(fields=["committee", "state", "due"]),
            models.Index(fields=["person", "state"]),
            models.Index(fields=["state", "due"]),
        )
        constraints = (
            models.CheckConstraint(
                condition=ONE_OWNER,
                name="an_action_has_one_owner",
                violation_error_message="An action has one owner: a person, a team or an organisation.",
            ),
        )

    def __str__(self) -> str:
        return self.reference or "New action"

    def get_absolute_url(self) -> str:
        """The action's page."""
        return reverse("action", args=[self.reference])

    @property
    def in_short(self) -> str:
        """What is to be done by when, for a list of what waits on somebody."""
        return f"{self.what} · Due {long_date(self.due)}" if self.due else self.what

    def clean(self) -> None:
        """Numbers a new one; its meeting is its body's, its item its meeting's, its class not lower than the item's."""
        super().clean()
        if not hasattr(self, "committee"):
            return
        self.audience = self.committee.code
        self.reference = self.reference or next_reference(self.committee, self.classification)
        if self.meeting is not None and self.meeting.committee_id != self.committee_id:
            raise ValidationError({"meeting": "The action is placed at a meeting of its own body."})
        if self.item is not None and self.item.meeting_id != self.meeting_id:
            raise ValidationError({"item": "The agenda item is of another meeting."})
        if self.item is not None and self.classification < self.item.classification:
            least = Class(self.item.classification).label
            raise ValidationError({"classification": f"Its agenda item is {least}; the action is not lower."})

    @property
    def owner(self) -> str:
        """Who is to do it, as it is printed."""
        return str(self.person or self.organisation or f"Secretariat: {self.get_team_display()}")

    def is_overdue(self, day: date) -> bool:
        """Whether it is still to be done after its day."""
        return self.state == OPEN and self.due is not None and self.due < day


def next_reference(body: Committee, classification: int) -> str:
    """The reference of the next action of a body and class, such as SSC-A4: the fourth that was placed as Amber."""
    prefix = f"{body.code}-{Class(classification).label[0]}"
    return f"{prefix}{Action.objects.filter(committee=body, reference__startswith=prefix).count() + 1}"


def owned_by_person(person: Person, at: datetime) -> Q:
    """The actions that a person is to do: the person's own, and those of the teams and organisations acted for."""
    rows = person.capacities_on(local_day(at))
    teams = {row.team for row in rows if row.role == Role.SECRETARIAT and row.team}
    return Q(person=person) | Q(team__in=teams) | Q(organisation__in=speaks_for(person, at))


def open_for(body: Committee) -> models.QuerySet[Any]:
    """The actions that a body still has to see, the earliest due first: they are carried to its next agenda.

    What of them a person may read is asked of `visible_to`, as of everything.
    """
    found: models.QuerySet[Any] = Action.objects.filter(committee=body, state__in=UNSETTLED)
    return found.select_related("person", "organisation", "meeting").order_by(
        models.F("due").asc(nulls_last=True), "reference"
    )
