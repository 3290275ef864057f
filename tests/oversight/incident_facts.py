"""Small facts for tests of incidents and of SMETS1."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.core.journal import Event
from secretariat.core.load import Loading, LoadKind, Prepared, load, preview
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Procedure
from secretariat.oversight.incidents.models import AgedCategory, Incident, Side
from secretariat.oversight.incidents.procedure import INCIDENTS
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party

LATER = datetime(2020, 3, 5, 12, tzinfo=LONDON)


def london(text: str) -> datetime:
    """An instant on the London clock; noon when only a day is given."""
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(tzinfo=LONDON)


def person(role: str, team: str = "", **more: Any) -> Person:
    """The person with one capacity since 2013; made once."""
    name = f"{role}.{team}.{more.get('audience', '')}.{more.get('organisation_id', '')}".replace(" ", "-")
    found = Person.objects.filter(email__iexact=f"{name}@example.org").first()
    if found is not None:
        return found
    made = Person.objects.create_user(f"{name}@example.org", name)
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2013, 9, 23), recorded=LATER, **more)
    return made


def dcc() -> Person:
    """The DCC's person."""
    return person(Role.DCC, audience="DCC")


def analyst() -> Person:
    """The technical team's person."""
    return person(Role.SECRETARIAT, Team.TECHNICAL)


def member(body: str = "OPSG") -> Person:
    """A member of a body."""
    return person(Role.COMMITTEE_MEMBER, audience=body)


def party(name: str = "Alder Energy Limited") -> Party:
    """A party; made once."""
    key = name.lower().replace(" ", "-")
    made: Party = Party.objects.get_or_create(
        key=key, defaults={"name": name, "acceded_on": date(2015, 1, 1), "state": "party"}
    )[0]
    return made


def contact(of: Party) -> Person:
    """A party's contact."""
    return person(Role.PARTY_CONTACT, organisation_id=of.pk)


def cause(name: str = "Incorrect CH variant installed", **told: Any) -> AgedCategory:
    """A cause of aged incidents; made once."""
    made: AgedCategory = AgedCategory.objects.get_or_create(name=name, defaults=told)[0]
    return made


def logged(reference: str = "INC1", raised: str = "2020-02-03 09:00", **told: Any) -> Incident:
    """An incident logged by the DCC when it was raised."""
    made = Incident(**{"reference": reference, "title": "Words", "raised_at": london(raised), "category": 3, **told})
    if made.side == Side.USER and made.party is None:
        made.party = party()
    take(INCIDENTS, "log", made, raised)
    return made


def take(procedure: Procedure, name: str, record: Any, on: str, by: Person | None = None, **facts: Any) -> Event:
    """One step at an instant, by the DCC unless told otherwise."""
    return procedure.take(name, record, by=by or dcc(), at=london(on), recorded=LATER, **facts)


def loaded(kind: LoadKind, head: str, *rows: str) -> Prepared:
    """Loads rows of a file. Raises Refused."""
    return load(kind, "told.csv", "\n".join((head, *rows)).encode(), Loading(dcc(), LATER, LATER))


def previewed(kind: LoadKind, head: str, *rows: str) -> list[str]:
    """What a file is refused for, row by row."""
    found = preview(kind, "told.csv", "\n".join((head, *rows)).encode(), Loading(dcc(), LATER, LATER))
    return [str(one) for one in found.refused]
