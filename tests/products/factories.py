"""Small facts for tests of the products room."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import LONDON
from secretariat.products.models import (
    Certificate,
    DeviceModel,
    ListVersion,
    ProductList,
    Specification,
    SpecificationSpell,
)

NOW = datetime(2020, 3, 2, 12, tzinfo=LONDON)
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


def device(entry_id: str, added_in: ListVersion | None, **more: Any) -> DeviceModel:
    """A SMETS2 electricity meter unless told otherwise."""
    told = {
        "device_type": "ESME",
        "technical_specification": "SMETS2 v4.2",
        "manufacturer": "Larch Meters",
        "model": "0A1B",
        "firmware": "00010203",
        "state": "current",
    } | more
    made: DeviceModel = DeviceModel.objects.create(entry_id=entry_id, added_in=added_in, **told)
    return made


HASH = "AB" * 32
TYPED = {
    "device_type": "ESME", "technical_specification": "SMETS2 v4.2", "gbcs_version": "GBCS v2.0",
    "manufacturer": "Larch Meters", "manufacturer_identifier": "10AF", "model": "L1", "model_identifier": "0A1B",
    "hardware_version": "01", "firmware": "0102030F", "image_hash": HASH, "cpa_certificate": "C1",
    "zigbee_certificate": "Z1", "dlms_certificate": "D1", "predecessors": "N/A",
}  # fmt: skip
"""What is typed of a device model that nothing stops, once `assured` has been called."""


def assured() -> dict[str, Certificate]:
    """The specifications that are in force, one that is not, and the certificates that `TYPED` names."""
    ended = {"SMETS2 3.1": date(2019, 12, 31)}
    for label in ("SMETS2 4.2", "SMETS2 3.1", "SMETS1 ", "GBCS 2.0"):
        (name, _, number), last = label.partition(" "), ended.get(label)
        row = Specification.objects.create(name=name, version=number)
        SpecificationSpell.objects.create(specification=row, from_day=date(2016, 1, 1), to_day=last, recorded=NOW)
    rows = (("CPA", "C1", date(2022, 8, 30)), ("ZigBee", "Z1", None), ("DLMS", "D1", None))
    return {
        number: Certificate.objects.create(scheme=scheme, number=number, holder="Larch Meters", expires_on=ends)
        for scheme, number, ends in rows
    }
