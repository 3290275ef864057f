"""The sample's versions whose content is kept: two of the Central list, two of the Deployed one, and combinations.

The report for February 2020 says that no version of the two lists of combinations came; so does the DCC here. All else
is invented.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from secretariat.core import journal
from secretariat.plain.dates import LONDON
from secretariat.products.entries import actions
from secretariat.products.entries.columns import COLUMNS
from secretariat.products.models import DeviceModel, ProductList
from secretariat.products.publishing.models import CombinationReport, MonthlyReturn, PreparedVersion, TestingRequest
from secretariat.products.publishing.preparing import prepare
from secretariat.products.publishing.procedure import DETERMINING, PREPARING, REPORTING
from secretariat.site.sample.crew import Crew, told
from secretariat.site.sample.facts import table
from secretariat.site.sample.products import OLD_NUMBER

TECHNICAL, DCC = "technical.analyst", "dcc.representative"
MAKER = ("Specimen First Meters Limited", "10B1")
FIRST_METERS = {"8901": "ESME", "8902": "GSME", "8903": "Communications Hub", "8904": "PPMID", "8905": "ESME"}
"""SMETS1 device models, of which the combinations are made."""
NORTH, SOUTH = "Sample Provider North", "Sample Provider South"
MONTH_WITHOUT = date(2020, 2, 1)


def enter(crew: Crew) -> None:
    """Publishes the versions of early March, and enters what the DCC tells besides."""
    columns = (*(column.name for column in COLUMNS), "cpl_version", "invented")
    crew.load("device-models", TECHNICAL, columns, (_first_meter(*one) for one in FIRST_METERS.items()))
    first = _published(crew, "CPL", _at(2, 15), note="The first version that is published from here.")
    PREPARING.take("load", first, **told(crew[DCC], _at(3, 9)))
    _corrected(crew)
    _published(crew, "CPL", _at(5, 8), note="The image hash of one entry is put right.")
    deployed = [*FIRST_METERS, *(str(number) for number in range(9001, 9013))]
    _published(crew, "DPL", _at(2, 16), _deployed(deployed))
    _published(crew, "DPL", _at(4, 16), _deployed([*deployed[1:], "9013", "9014"]))
    _combinations(crew)
    _returns(crew)
    _request(crew)


def _at(day: int, hour: int) -> datetime:
    return datetime.combine(date(2020, 3, day), time(hour), tzinfo=LONDON)


def _published(crew: Crew, code: str, at: datetime, file: bytes | None = None, note: str = "") -> PreparedVersion:
    of = ProductList.objects.get(code=code)
    given, by = (f"{code.lower()}.csv", file) if file else None, DCC if file else TECHNICAL
    prepared = prepare(of, given, note, invented=True, **told(crew[by], at))
    PREPARING.take("publish", prepared, **told(crew[TECHNICAL], at))
    return prepared


def _first_meter(entry_id: str, kind: str) -> tuple[object, ...]:
    row: dict[str, object] = {
        "entry_id": entry_id,
        "origin": "SMETS1",
        "device_type": kind,
        "technical_specification": "SMETS1",
        "manufacturer": MAKER[0],
        "manufacturer_identifier": MAKER[1],
        "model": f"Sample First {entry_id}",
        "model_identifier": entry_id,
        "hardware_version": "01",
        "firmware": f"0100{entry_id}",
        "firmware_form": "hex",
        "image_hash": hashlib.sha256(f"sample first image {entry_id}".encode()).hexdigest(),
    }
    return (*(row.get(column.name, "") for column in COLUMNS), OLD_NUMBER, "yes")


def _corrected(crew: Crew) -> None:
    entry = DeviceModel.objects.get(entry_id="9011")
    typed = actions.typed_of(entry) | {"image_hash": hashlib.sha256(b"another right image").hexdigest()}
    actions.correct(
        entry, typed, "The manufacturer reports a mistyped image hash.", **told(crew[TECHNICAL], _at(4, 11))
    )


def _deployed(entries: list[str]) -> bytes:
    return table(("entry_id",), ((one,) for one in entries))


def _combinations(crew: Crew) -> None:
    """Two reports of the DCC, one of them decided, and versions of both lists of combinations."""
    decided = CombinationReport(number=4, received_on=date(2020, 1, 20), proposes="Two combinations.", invented=True)
    waiting = CombinationReport(number=5, received_on=date(2020, 3, 3), proposes="One combination.", invented=True)
    REPORTING.take("receive", decided, **told(crew[DCC], _at(2, 9)))
    for step, where in (("endorse", "The Operations Group in February"), ("approve", "The Panel in February")):
        REPORTING.take(step, decided, decision=where, **told(crew[TECHNICAL], _at(2, 10)))
    REPORTING.take("receive", waiting, **told(crew[DCC], _at(3, 9)))
    heads = ("device_models", "provider", "first_added", "report")
    _published(crew, "EPCL", _at(3, 11), table(heads, _eligible()))
    pending = ("device_models", "provider", "first_added", "intended")
    rows: list[tuple[Any, ...]] = [("8905; 8903", SOUTH, date(2020, 3, 2), "testing")]
    _published(crew, "PPCL", _at(3, 12), table(pending, rows))


def _eligible() -> Iterator[tuple[object, ...]]:
    yield "8901; 8903", NORTH, date(2020, 3, 3), 4
    yield "8901; 8902; 8903; 8904", NORTH, date(2020, 3, 3), 4


def _returns(crew: Crew) -> None:
    """What the report for February says of the two lists: no version came."""
    by = told(crew[DCC], _at(4, 9))
    for code in ("PPCL", "EPCL"):
        of = ProductList.objects.get(code=code)
        journal.enter(MonthlyReturn(list=of, month=MONTH_WITHOUT, recorded=by["recorded"], invented=True), **by)


def _request(crew: Crew) -> None:
    asked = TestingRequest(models_named="8902; 8903; 8905", provider=SOUTH, why="A meter is exchanged.", invented=True)
    asked.asked_by = crew["large.supplier"]
    DETERMINING.take("ask", asked, **told(crew["large.supplier"], _at(4, 14)))
