"""Small facts for tests of the assurance room."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.assurance.models import Assessment, Kind
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party

LATER = datetime(2020, 3, 5, 12, tzinfo=LONDON)


def london(text: str) -> datetime:
    """An instant on the London clock; noon when only a day is given."""
    return datetime.fromisoformat(text if " " in text else f"{text} 12:00").replace(tzinfo=LONDON)


def person(role: str, team: str = "", **more: Any) -> Person:
    """A person with one capacity since 2013."""
    name = f"{role}.{team}.{more.get('audience', '')}.{more.get('organisation_id', '')}"
    made = Person.objects.create_user(f"{name}@example.org".replace(" ", "-"), name)
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2013, 9, 23), recorded=LATER, **more)
    return made


def security_person() -> Person:
    """The security team's person; made once."""
    found = Capacity.objects.filter(team=Team.SECURITY).select_related("person").first()
    return found.person if found else person(Role.SECRETARIAT, Team.SECURITY)


def party(name: str = "Alder Energy Limited") -> Party:
    """A party; made once."""
    key = name.lower().replace(" ", "-")
    made: Party = Party.objects.get_or_create(
        key=key, defaults={"name": name, "acceded_on": date(2015, 1, 1), "state": "party"}
    )[0]
    return made


def requested(on: str, kind: str = Kind.FUSA, *, initial: bool = False, of: str = "Alder Energy Limited") -> Assessment:
    """An assessment requested at noon on a day, by its own first step."""
    made = Assessment(party=party(of), kind=kind, initial=initial, opened_on=date.fromisoformat(on[:10]))
    ASSESSMENT.take("request", made, by=security_person(), at=london(on), recorded=LATER)
    return made


def take(name: str, assessment: Assessment, on: str, **facts: Any) -> Event:
    """One step at noon on a day."""
    return ASSESSMENT.take(name, assessment, by=security_person(), at=london(on), recorded=LATER, **facts)


TO_PREPARED = ("validate", "complete_fieldwork", "report", "respond", "prepare")


def prepared(on: str, opened: str = "2019-11-04", kind: str = Kind.FUSA, **more: Any) -> Assessment:
    """An assessment prepared for SSC review on a day; all that comes before is on the day of its request."""
    made = requested(opened, kind, **more)
    if made.is_self_assessed:
        take("prepare_self_assessment", made, on)
        return made
    take("book", made, opened, fieldwork_due=opened)
    for name in TO_PREPARED[:-1]:
        take(name, made, opened)
    take("prepare", made, on)
    return made
