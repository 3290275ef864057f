"""Who reads a notice: the notifier, the security team, the chair of the SSC, and of the SMKI PMA for a key (SEC-15)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from secretariat.assurance.incidents.models import SecurityNotice
from secretariat.committees.seats.models import Appointment, Constituency
from secretariat.core.classification import Recipient
from secretariat.core.kinds import kind_of
from secretariat.core.people import Person, Role, Team, acting
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day


def chair_of(body: str, at: datetime) -> set[Person]:
    """Who chairs a body at an instant; nobody where the seat is vacant."""
    seats = {"seat__committee__code": body, "seat__constituency": Constituency.CHAIR}
    held = Appointment.objects.on(local_day(at)).filter(alternate_for=None, **seats)
    return set(Person.objects.filter(pk__in=held.values("person"), is_active=True))


def security_people(at: datetime) -> set[Person]:
    """The people of the secretariat's security team at an instant."""
    return set(acting(at, role=Role.SECRETARIAT, team=Team.SECURITY))


def readers_of(notice: SecurityNotice, at: datetime) -> set[Person]:
    """The people that a notice is for at an instant."""
    found = security_people(at) | chair_of(RULEBOOK.text("incident.told", at), at)
    if notice.keys_compromised:
        found |= chair_of(RULEBOOK.text("incident.told_of_keys", at), at)
    return found | ({notice.reported_by} if notice.reported_by is not None else set())


def name(notice: SecurityNotice, people: Iterable[Person]) -> list[int]:
    """Names readers of a notice and returns the numbers of those who were not named before."""
    known: dict[str, Any] = {"kind": kind_of(notice), "record_id": notice.pk}
    return sorted(one.pk for one in people if Recipient.objects.get_or_create(person=one, **known)[1])


def named(notice: SecurityNotice) -> list[Person]:
    """Who may read a notice, by name."""
    rows = Recipient.objects.filter(kind=kind_of(notice), record_id=notice.pk)
    return list(Person.objects.filter(pk__in=rows.values("person")))


def is_named(person: Person | None, notice: SecurityNotice) -> bool:
    """Whether a person is a reader of a notice."""
    rows = Recipient.objects.filter(kind=kind_of(SecurityNotice), record_id=notice.pk)
    return person is not None and rows.filter(person=person).exists()
