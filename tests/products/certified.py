"""Certificates with the entries that they carry, and the days on which tests stand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from secretariat.core.people import Person
from secretariat.plain.dates import LONDON
from secretariat.products.models import CURRENT, Certificate, DeviceModel
from tests.products.factories import device, version

JANUARY, FEBRUARY = datetime(2020, 1, 15, 12, tzinfo=LONDON), datetime(2020, 2, 10, 12, tzinfo=LONDON)
END = date(2020, 2, 28)


def carried(number: str = "CPA-1", entries: int = 2, **dates: Any) -> Certificate:
    """A certificate that carries entries of the list."""
    made: Certificate = Certificate.objects.create(scheme="CPA", number=number, holder="Larch Meters", **dates)
    first = version("CPL", 1, "2019-03-01")
    for place in range(entries):
        entry = device(
            f"{9001 + place}", first, state=CURRENT, firmware=f"0001020{place}", accepted_on=date(2019, 3, 1)
        )
        entry.certificates.add(made)
    return made


def when(at: datetime, by: Person | None) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": at}


def states() -> list[str]:
    return list(DeviceModel.objects.order_by("entry_id").values_list("state", flat=True))
