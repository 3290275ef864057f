"""Small facts for tests of the products room."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import LONDON
from secretariat.products.models import DeviceModel, ListVersion, ProductList

LATER = datetime(2020, 3, 5, 12, tzinfo=LONDON)


def person(role: str = Role.SECRETARIAT, team: str = Team.TECHNICAL) -> Person:
    """A person with one capacity since 2013."""
    made = Person.objects.create_user(f"{role}.{team}@example.org".replace(" ", "-"), f"{role} {team}")
    Capacity.objects.create(person=made, role=role, team=team, from_day=date(2013, 9, 23), recorded=LATER)
    return made


def version(code: str, number: int, day: str) -> ListVersion:
    """A version of one of the four lists."""
    of = ProductList.objects.get(code=code)
    made: ListVersion = ListVersion.objects.create(list=of, number=number, published_on=date.fromisoformat(day))
    return made


def device(entry_id: str, added_in: ListVersion, **more: Any) -> DeviceModel:
    """A SMETS2 electricity meter unless told otherwise."""
    told = {
        "device_type": "ESME",
        "technical_specification": "SMETS2 v4.2",
        "manufacturer": "Larch Meters",
        "model": "0A1B",
        "firmware": "00010203",
    } | more
    made: DeviceModel = DeviceModel.objects.create(entry_id=entry_id, added_in=added_in, **told)
    return made
