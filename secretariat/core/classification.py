"""Classification, and the one door to what a person may read.

White, Green, Amber and Red sit on the record itself (rules INF-1 to INF-5). Pages, exports, the API,
search, feeds, downloads and mail all ask `visible_to`, and nothing else decides.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from secretariat.core.kinds import kind_of
from secretariat.core.people import Person, Role
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Reader = Person | AnonymousUser | None


class Class(models.IntegerChoices):
    """The four classes of the Panel Information Policy, in rising order."""

    WHITE = 0, "White"
    GREEN = 1, "Green"
    AMBER = 2, "Amber"
    RED = 3, "Red"


STATEMENTS = {
    Class.WHITE: "Anyone may read this and pass it on, subject to copyright.",
    Class.GREEN: "For parties to the code and its governance bodies; not for publication.",
    Class.AMBER: "For the body it was written for and those who need to know in their organisations.",
    Class.RED: "For the named recipients only.",
}


@dataclass(frozen=True)
class Clearance:
    """What one person may read at one instant: a class for all bodies, and more for some."""

    rank: int = Class.WHITE
    audiences: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    person_id: int | None = None


PUBLIC = Clearance()


def clearance(person: Reader, at: datetime) -> Clearance:
    """The clearance that a person's capacities give at an instant; nobody's is the public's."""
    if not isinstance(person, Person) or not person.is_active:
        return PUBLIC
    rows = person.capacities_on(local_day(at))
    ranks = [Class[RULEBOOK.text(f"information.clearance.{Role(row.role).name.lower()}", at)] for row in rows]
    return Clearance(
        rank=max(ranks, default=Class.WHITE),
        audiences=frozenset(row.audience for row in rows if row.audience),
        organisations=frozenset(row.organisation_id for row in rows if row.organisation_id is not None),
        person_id=person.pk,
    )


class ClassifiedQuerySet(models.QuerySet[Any]):
    """A queryset with the one door."""

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """The rows that a person may read at an instant (rule INF-5)."""
        return self.cleared_for(clearance(person, at))

    def cleared_for(self, cleared: Clearance) -> Self:
        """The rows that a clearance opens."""
        allowed = Q(classification__lte=cleared.rank)
        if cleared.audiences:
            allowed |= Q(classification=Class.AMBER, audience__in=cleared.audiences)
        owner = getattr(self.model, "owned_by", "")
        if owner and cleared.organisations:
            allowed |= Q(classification__lte=Class.AMBER, **{f"{owner}__in": cleared.organisations})
        if cleared.person_id is not None:
            named = Recipient.objects.filter(kind=kind_of(self.model), person_id=cleared.person_id)
            allowed |= Q(classification=Class.RED, pk__in=named.values("record_id"))
        return self.filter(allowed)


CLOSER: dict[str, type[models.Model]] = {}
"""By kind: the models of which fewer people read a row than its class alone says."""


def closer(*found: type[models.Model]) -> None:
    """Makes models known whose `visible_to` opens fewer rows than the class does: what tells of such a row, as an
    event or a message does, is read by those who read the row, and by nobody else.
    """
    CLOSER.update({kind_of(model): model for model in found})


class TellingQuerySet(ClassifiedQuerySet):
    """Rows that tell of another record; `subject` is the field with its id, beside `kind`."""

    subject: ClassVar[str] = "record_id"

    def visible_to(self, person: Reader, at: datetime) -> Self:
        """The rows that a person may read; of a record that is read closer than its class says, as that is read."""
        return self.visible_of(CLOSER, person, at)

    def visible_of(self, kinds: Container[str], person: Reader, at: datetime) -> Self:
        """The rows that a person may read, where all tell of some kinds: what cannot be among them is not asked."""
        rows, theirs = super().visible_to(person, at), Q(pk__in=())
        asked = {kind: model for kind, model in CLOSER.items() if kind in kinds}
        if not asked:
            return rows
        for kind, model in asked.items():
            seen: Any = model._default_manager.all()
            seen = seen.visible_to(person, at)
            rows = rows.exclude(Q(kind=kind) & ~Q(**{f"{self.subject}__in": seen.values("pk")}))
            amber = seen.filter(classification=Class.AMBER)
            theirs |= Q(kind=kind, classification__lte=Class.AMBER, **{f"{self.subject}__in": amber.values("pk")})
        return rows | self.filter(theirs)


class Classified(models.Model):
    """Base of every record that can be read: its class, and the body whose Amber it is.

    `owned_by` names the path to the organisation that may always read its own rows up to Amber.
    """

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.GREEN)
    audience = models.CharField(max_length=20, blank=True, help_text="Code of the body whose Amber this is.")

    owned_by: ClassVar[str] = ""
    objects: ClassVar[Any] = ClassifiedQuerySet.as_manager()

    class Meta:
        abstract = True


class Recipient(models.Model):
    """A named reader of one Red record."""

    kind = models.CharField(max_length=60)
    record_id = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "record_id", "person"], name="one_recipient_row"),)

    def __str__(self) -> str:
        return f"{self.person} may read {self.kind} {self.record_id}"


def why_visible(record: Any, person: Reader, at: datetime) -> str:
    """The ground on which a person reads a record, as a sentence for its page."""
    own = clearance(person, at)
    if record.classification == Class.WHITE:
        return STATEMENTS[Class.WHITE]
    if record.classification <= own.rank:
        return f"You read this as a person cleared for {Class(own.rank).label}. {STATEMENTS[record.classification]}"
    if record.classification == Class.RED:
        return f"You read this as a named recipient. {STATEMENTS[Class.RED]}"
    if record.audience in own.audiences:
        return f"You read this as a member of {record.audience}. {STATEMENTS[record.classification]}"
    return f"You read this because it is your own organisation's. {STATEMENTS[record.classification]}"
