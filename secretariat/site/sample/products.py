"""The sample's product lists: as many versions and models in February 2020 as published; the entries are invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from secretariat.site.sample.crew import Crew
from secretariat.site.sample.facts import facts_of

FEBRUARY = tuple(date(2020, 2, day) for day in (3, 6, 11, 14, 19, 24, 28))
JANUARY = tuple(date(2020, 1, day) for day in (8, 16, 28))
FIRST_NUMBER = {"CPL": 61, "DPL": 41, "PPCL": 4, "EPCL": 5}
MAKERS = ("Sample Meters", "Invented Metrology", "Example Communications", "Specimen Displays")
TYPES = ("ESME", "GSME", "Communications Hub", "PPMID", "ESME", "IHD", "GSME", "HCALCS")


def enter(crew: Crew) -> None:
    """Loads the versions of the lists, then the device models that the Central Products List gained."""
    counted = {row["measure"]: int(row["value"]) for row in facts_of("activity_counts", "2020-02")}
    crew.load("list-versions", "technical.analyst", ("list", "number", "published_on", "invented"), _versions(counted))
    columns = (
        "entry_id", "device_type", "technical_specification", "manufacturer", "model", "firmware", "cpl_version",
        "invented",
    )  # fmt: skip
    added = counted["SMETS2 device models added to the CPL"]
    crew.load("device-models", "technical.analyst", columns, _models(added, counted["CPL versions created"]))


def _versions(counted: dict[str, int]) -> Iterator[tuple[object, ...]]:
    days = {
        "CPL": (*JANUARY, *FEBRUARY[: counted["CPL versions created"]]),
        "DPL": (*JANUARY, *FEBRUARY[: counted["DPL versions published"]]),
        "PPCL": JANUARY[1 : 2 + counted["PPCL versions published"]],
        "EPCL": JANUARY[1 : 2 + counted["EPCL versions published"]],
    }
    for name, published in days.items():
        for place, day in enumerate(published):
            yield name, FIRST_NUMBER[name] + place, day, "yes"


def _models(added: int, versions: int) -> Iterator[tuple[object, ...]]:
    """SMETS2 models: six in January's versions, then February's, spread over its versions."""
    before = len(JANUARY)
    numbers = [FIRST_NUMBER["CPL"] + place % before for place in range(6)]
    numbers += [FIRST_NUMBER["CPL"] + before + place % versions for place in range(added)]
    for place, number in enumerate(numbers):
        maker = MAKERS[place % len(MAKERS)]
        kind = TYPES[place % len(TYPES)]
        yield (
            f"{9001 + place}", kind, f"SMETS2 v{4 + place % 2}.2", f"{maker} Limited", f"Sample {100 + place}",
            f"0{1 + place % 3}.{place:02d}", number, "yes",
        )  # fmt: skip
