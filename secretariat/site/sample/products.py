"""The sample's product lists: as many versions and models in February 2020 as published; the entries are invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.plain.dates import LONDON
from secretariat.products.entries import actions
from secretariat.products.entries.columns import COLUMNS
from secretariat.products.entries.models import Submission
from secretariat.products.entries.procedure import CPL_ENTRY
from secretariat.products.models import DeviceModel, Specification, SpecificationSpell
from secretariat.site.sample.crew import RECORDED, Crew, address, told
from secretariat.site.sample.facts import facts_of

FEBRUARY = tuple(date(2020, 2, day) for day in (3, 6, 11, 14, 19, 24, 28))
JANUARY = tuple(date(2020, 1, day) for day in (8, 16, 28))
LONG_AGO = date(2018, 3, 1)
FIRST_NUMBER = {"CPL": 61, "DPL": 41, "PPCL": 4, "EPCL": 5}
OLD_NUMBER = FIRST_NUMBER["CPL"] - 1
TYPES = ("ESME", "GSME", "Communications Hub", "PPMID", "ESME", "IHD", "GSME", "HCALCS")
INVENTED_SPELL = "Invented for the sample: the published days in force are not known here."
SPECIFICATIONS = (
    ("SMETS1", "", date(2013, 9, 23), None), ("SMETS2", "2.0", date(2016, 11, 1), date(2019, 10, 31)),
    ("SMETS2", "3.1", date(2018, 6, 1), None), ("SMETS2", "4.2", date(2019, 11, 7), None),
    ("CHTS", "1.4", date(2019, 11, 7), None), ("PPMIDTS", "1.0", date(2018, 6, 1), None),
    ("GBCS", "1.1", date(2016, 11, 1), date(2019, 10, 31)), ("GBCS", "2.0", date(2018, 6, 1), None),
    ("GBCS", "3.2", date(2019, 11, 7), None),
)  # fmt: skip


@dataclass(frozen=True)
class Maker:
    """An invented manufacturer: its name, its identifier, and how it writes firmware versions."""

    name: str
    identifier: str
    form: str = "hex"


MAKERS = (
    Maker("Sample Meters Limited", "10A1"),
    Maker("Invented Metrology Limited", "10A2"),
    Maker("Example Communications Limited", "10A3", "BCD"),
    Maker("Specimen Displays Limited", "10A4"),
)
EXPIRING, WITHDRAWN, LASTING = "CPA-S-101", "CPA-S-102", "CPA-S-103"
"""Invented certificates: one that ends on 28 February 2020, one withdrawn in 2019, one that lasts."""
CERTIFICATES = (
    ("CPA", EXPIRING, MAKERS[0].name, date(2014, 3, 1), date(2020, 2, 28), "", "", ""),
    ("CPA", WITHDRAWN, MAKERS[1].name, date(2015, 5, 1), date(2022, 8, 30), "", date(2019, 6, 14), "Withdrawn."),
    ("CPA", LASTING, "Makers of the sample", date(2016, 9, 1), date(2022, 8, 30), "", "", ""),
    ("CPA", "CPA-S-104", MAKERS[2].name, date(2019, 9, 1), "", date(2025, 9, 1), "", ""),
    ("ZigBee", "ZB-S-201", "Makers of the sample", date(2016, 9, 1), "", "", "", ""),
    ("DLMS", "DL-S-301", "Makers of the sample", date(2016, 9, 1), "", "", "", ""),
)  # fmt: skip


def enter(crew: Crew) -> None:
    """Loads the versions of the lists, certificates and entries, then tells how some came and one was put right."""
    counted = {row["measure"]: int(row["value"]) for row in facts_of("activity_counts", "2020-02")}
    crew.load("list-versions", "technical.analyst", ("list", "number", "published_on", "invented"), _versions(counted))
    _specifications(crew)
    heads = ("scheme", "number", "holder", "issued_on", "expires_on", "renewal_on", "withdrawn_on", "withdrawal",
             "invented")  # fmt: skip
    rows = ((*row, "yes") for row in CERTIFICATES)
    crew.load("certificates", "technical.analyst", heads, rows)
    columns = (*(column.name for column in COLUMNS), "cpl_version", "invented")
    added = counted["SMETS2 device models added to the CPL"]
    crew.load("device-models", "technical.analyst", columns, _models(added, counted["CPL versions created"]))
    _corrected(crew)
    _submitted(crew)


def _versions(counted: dict[str, int]) -> Iterator[tuple[object, ...]]:
    yield "CPL", OLD_NUMBER, LONG_AGO, "yes"
    days = {
        "CPL": (*JANUARY, *FEBRUARY[: counted["CPL versions created"]]),
        "DPL": (*JANUARY, *FEBRUARY[: counted["DPL versions published"]]),
        "PPCL": JANUARY[1 : 2 + counted["PPCL versions published"]],
        "EPCL": JANUARY[1 : 2 + counted["EPCL versions published"]],
    }
    for name, published in days.items():
        for place, day in enumerate(published):
            yield name, FIRST_NUMBER[name] + place, day, "yes"


def _specifications(crew: Crew) -> None:
    analyst = told(crew["technical.analyst"], RECORDED)
    for name, version, first, last in SPECIFICATIONS:
        row = Specification(name=name, version=version, note=INVENTED_SPELL, invented=True)
        journal.enter(row, **analyst)
        spell = SpecificationSpell(specification=row, from_day=first, to_day=last, recorded=RECORDED)
        journal.enter(spell, **analyst)


def _models(added: int, versions: int) -> Iterator[tuple[object, ...]]:
    """Old meters under two certificates, then six models in January's versions, and February's over its versions."""
    for place in range(6):
        yield _model(
            place, MAKERS[place % 2], ("ESME", "GSME")[place % 2], OLD_NUMBER, (EXPIRING, WITHDRAWN)[place % 2]
        )
    before = len(JANUARY)
    numbers = [FIRST_NUMBER["CPL"] + place % before for place in range(6)]
    numbers += [FIRST_NUMBER["CPL"] + before + place % versions for place in range(added)]
    for place, number in enumerate(numbers, start=6):
        yield _model(place, MAKERS[place % len(MAKERS)], TYPES[place % len(TYPES)], number, LASTING)


def _model(place: int, maker: Maker, kind: str, version: int, certificate: str) -> tuple[object, ...]:
    firmware = f"{1 + place % 3:02d}{place:02d}0{place % 10}00"
    specification = "SMETS2 v2.0" if version == OLD_NUMBER else f"SMETS2 v{('3.1', '4.2')[place % 2]}"
    told_of = {
        "entry_id": 8995 + place,
        "device_type": kind,
        "technical_specification": specification,
        "gbcs_version": "GBCS v1.1" if version == OLD_NUMBER else f"GBCS v{('2.0', '3.2')[place % 2]}",
        "manufacturer": maker.name,
        "manufacturer_identifier": maker.identifier,
        "model": f"Sample {100 + place}",
        "model_identifier": f"{4096 + place:04X}",
        "hardware_version": "01",
        "firmware": firmware,
        "firmware_form": maker.form,
        "image_hash": hashlib.sha256(f"sample image {place}".encode()).hexdigest(),
        "cpa_certificate": "" if kind in ("PPMID", "IHD") else certificate,
        "zigbee_certificate": "ZB-S-201",
        "dlms_certificate": "DL-S-301" if kind == "ESME" else "",
        "predecessors": "N/A",
    }
    return (*(told_of.get(column.name, "") for column in COLUMNS), version, "yes")


def _at(month: int, day: int) -> datetime:
    return datetime.combine(date(2020, month, day), time(10), tzinfo=LONDON)


def _corrected(crew: Crew) -> None:
    """An entry whose image hash had been mistyped: well-formed, so that no check could find it."""
    entry = DeviceModel.objects.get(entry_id="9007")
    typed = actions.typed_of(entry) | {"image_hash": hashlib.sha256(b"the right image").hexdigest()}
    analyst = told(crew["technical.analyst"], _at(2, 20))
    actions.correct(entry, typed, "The manufacturer reports that one image hash was mistyped.", **analyst)


def _submitted(crew: Crew) -> None:
    """A submission of four device models: one to be corrected, one with a question, two being checked."""
    analyst = crew["technical.analyst"]
    maker = MAKERS[0]
    rows = [(2 + place, _typed(place, maker)) for place in range(4)]
    rows[1][1]["image_hash"] = rows[1][1]["image_hash"][:-2]
    rows[1][1]["model_identifier"] = "2O01"
    submission = Submission(submitter=maker.name, invented=True)
    actions.submit(submission, rows, **told(_person(crew), _at(3, 2)))
    taken = [row.entry for row in submission.rows.filter(entry__isnull=False).select_related("entry") if row.entry]
    for entry in taken[:2]:
        CPL_ENTRY.take("check", entry, **told(analyst, _at(3, 3)))
    words = "Please confirm the hardware version: the ZigBee certificate shows another."
    CPL_ENTRY.take("query", taken[0], question=words, **told(analyst, _at(3, 4)))


def _person(crew: Crew) -> Person:
    """Somebody of a manufacturer, who signs in and acts in no capacity: anybody may submit (PRD-12)."""
    person = Person(email=address("device.maker"), name="Sample Device Maker", password=crew.password, invented=True)
    journal.enter(person, by=None, at=RECORDED, recorded=RECORDED)
    return person


def _typed(place: int, maker: Maker) -> dict[str, Any]:
    return {
        "origin": "SMETS2+",
        "device_type": "ESME",
        "technical_specification": "SMETS2 v4.2",
        "gbcs_version": "GBCS v3.2",
        "manufacturer": maker.name,
        "manufacturer_identifier": maker.identifier,
        "model": f"Sample {200 + place}",
        "model_identifier": f"20{place:02d}",
        "hardware_version": "01",
        "firmware": f"0200000{place}",
        "firmware_form": maker.form,
        "image_hash": hashlib.sha256(f"new image {place}".encode()).hexdigest(),
        "cpa_certificate": LASTING,
        "zigbee_certificate": "ZB-S-201",
        "dlms_certificate": "DL-S-301",
        "predecessors": "N/A",
    }
