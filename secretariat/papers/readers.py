"""Who reads what is Red of a paper: people named one by one, of the body that receives it or of who writes it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models

from secretariat.core.classification import Class, Recipient
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.papers.models import Paper, Passage
from secretariat.plain.dates import local_day


def possible_readers(body: str, owner: str, at: datetime) -> models.QuerySet[Person]:
    """Who can be named: the members, on the day, of the body that receives the paper, and the team that writes it."""
    members = models.Q(role=Role.COMMITTEE_MEMBER, audience=body)
    writers = models.Q(role=Role.SECRETARIAT, team=owner)
    rows = Capacity.objects.on(local_day(at)).filter(members | writers)
    found: models.QuerySet[Person] = Person.objects.filter(pk__in=rows.values("person"), is_active=True)
    return found.order_by("name")


def of_teams(teams: Iterable[Team], at: datetime) -> list[int]:
    """The numbers of the people in some teams of the secretariat on the day."""
    rows = Capacity.objects.on(local_day(at)).filter(role=Role.SECRETARIAT, team__in=tuple(teams))
    return list(rows.values_list("person", flat=True))


def name(record: models.Model, people: Iterable[int]) -> None:
    """Names people, by number, to read a Red record; who is named already stays so."""
    rows = [Recipient(kind=kind_of(record), record_id=record.pk, person_id=pk) for pk in people]
    Recipient.objects.bulk_create(rows, ignore_conflicts=True)


def named(record: models.Model) -> set[int]:
    """The numbers of the people named to read a Red record."""
    rows = Recipient.objects.filter(kind=kind_of(record), record_id=record.pk)
    return set(rows.values_list("person_id", flat=True))


def unname(record: models.Model) -> None:
    """Nobody is named to read a record any more: it is no longer Red."""
    Recipient.objects.filter(kind=kind_of(record), record_id=record.pk).delete()


def red_passages(paper: Paper) -> list[Passage]:
    """The Red paragraphs that stand in a paper."""
    return list(paper.passages.filter(classification=Class.RED).exclude(state="removed"))


def named_to_every(passages: Iterable[Passage]) -> set[int]:
    """The numbers of the people named to each of some paragraphs; nobody where there is no paragraph."""
    every = [named(passage) for passage in passages]
    return set.intersection(*every) if every else set()
