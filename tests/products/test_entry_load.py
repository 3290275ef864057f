"""Entries that were listed before, from a file: ten thousand of them there and back, and a thousand faults found."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from secretariat.core.exports import csv_file
from secretariat.core.journal import Event
from secretariat.core.load import Loading, Prepared, load, preview
from secretariat.core.procedure import Refused
from secretariat.products.entries.columns import COLUMNS, as_row
from secretariat.products.entries.load import MODELS
from secretariat.products.entries.models import EntryVersion
from secretariat.products.models import DeviceModel
from tests.products.factories import LATER, NOW, TYPED, assured, person, version

pytestmark = pytest.mark.django_db
NAMES = tuple(column.name for column in COLUMNS)
HEADS = (*NAMES, "cpl_version", "accepted_on", "removed_on", "removal_ground", "invented")
OF_TABLES = ("cpa_expires_on", "cpa_renewal_on", "zigbee_firmware", "dlms_firmware")
"""Columns that the list prints of certificates, and that the load of an entry does not read."""


def line(place: int, **changes: Any) -> dict[str, Any]:
    """One entry of a file; the values are in their one form, so that they come back as they went in."""
    told: dict[str, Any] = {**TYPED, "predecessors": "", "entry_id": str(1000 + place), "origin": "SMETS2+"}
    told |= {"firmware": f"{place:08X}", "image_hash": f"{place:064X}"}
    told |= {"firmware_form": "hex", "cpl_version": 12, "invented": "no"}
    return told | changes


def file_of(lines: list[dict[str, Any]]) -> bytes:
    return csv_file(HEADS, ([one.get(head, "") for head in HEADS] for one in lines))


def asked(lines: list[dict[str, Any]]) -> Prepared:
    return preview(MODELS, "file.csv", file_of(lines), Loading(None, LATER, LATER))


def loaded(lines: list[dict[str, Any]]) -> Prepared:
    return load(MODELS, "file.csv", file_of(lines), Loading(person(), LATER, LATER))


FAULTS: tuple[tuple[str, str], ...] = (
    ("manufacturer_identifier", "10A"), ("model_identifier", "0A1O"), ("hardware_version", "0102030405"),
    ("firmware", "01.2.3.4"), ("image_hash", "AB" * 31), ("device_type", "TOASTER"), ("model", "x" * 61),
    ("firmware_form", "octal"), ("signer_valid_until", "30/02/2020"), ("cpa_certificate", "C404"),
    ("predecessors", "404"), ("cpl_version", "404"), ("removed_on", "2020-02-01"), ("manufacturer", ""),
    ("removal_ground", "old age"), ("entry_id", "9" * 21), ("accepted_on", "soon"),
)  # fmt: skip
"""A column, and what may not stand in it."""


def test_each_kind_of_fault_is_told_at_its_row_and_column() -> None:
    version("CPL", 12, "2020-02-03")
    assured()
    found = asked([line(place, **{name: wrong}) for place, (name, wrong) in enumerate(FAULTS)])
    assert [(one.row, one.column) for one in found.refused] == [(2 + at, name) for at, (name, _) in enumerate(FAULTS)]
    assert found.accepted == []


@pytest.mark.slow
def test_a_thousand_faults_among_ten_thousand_entries_are_each_told_at_their_row_and_column() -> None:
    version("CPL", 12, "2020-02-03")
    assured()
    draw, lines = random.Random(8), [line(place) for place in range(10_000)]
    expected = set()
    for place in draw.sample(range(10_000), 1_000):
        name, wrong = draw.choice([one for one in FAULTS if one[0] != "entry_id"])
        lines[place][name] = wrong
        expected.add((place + 2, name))
    found = asked(lines)
    assert {(one.row, one.column) for one in found.refused} == expected
    assert (len(found.refused), len(found.accepted)) == (1_000, 9_000)


@pytest.mark.slow
def test_ten_thousand_entries_come_back_as_they_went_in() -> None:
    version("CPL", 12, "2020-02-03")
    assured()
    lines = [line(place, predecessors=str(999 + place) if place else "") for place in range(10_000)]
    loaded(lines)
    rows = DeviceModel.objects.prefetch_related("certificates", "predecessors").order_by("pk")
    told = [{name: text for name, text in as_row(row).items() if name not in OF_TABLES} for row in rows]
    assert told == [{name: str(one.get(name, "")) for name in NAMES if name not in OF_TABLES} for one in lines]
    assert len(asked(lines).repeated) == 10_000


def test_an_old_entry_is_listed_from_its_day_to_its_removal_and_says_what_it_said() -> None:
    version("CPL", 12, "2020-02-03")
    assured()
    gone = {"removed_on": "2020-02-20", "removal_ground": "request"}
    loaded([line(0), line(1, accepted_on="2020-02-05", predecessors="1000", **gone)])
    first, second = DeviceModel.objects.order_by("entry_id")
    assert (first.state, first.accepted_on, second.state) == ("current", date(2020, 2, 3), "removed")
    assert [one.entry_id for one in second.predecessors.all()] == ["1000"]
    assert [DeviceModel.objects.listed_on(date(2020, 2, day)).count() for day in (4, 5, 19, 20)] == [1, 2, 2, 1]
    kept = EntryVersion.objects.get(entry=second)
    assert (kept.from_day, kept.to_day) == (date(2020, 2, 5), date(2020, 2, 19))
    assert kept.content["cpa_certificate"] == "C1"
    assert Event.objects.filter(name="devicemodel.load", imported=True).count() == 2


def test_an_entry_that_is_there_with_other_content_is_refused() -> None:
    version("CPL", 12, "2020-02-03")
    assured()
    loaded([line(0)])
    for changes in ({"image_hash": "CD" * 32}, {"zigbee_certificate": ""}, {"removed_on": NOW.date(),
                    "removal_ground": "request"}):  # fmt: skip
        with pytest.raises(Refused, match="already there with other content. Correct it on its page"):
            load(MODELS, "f.csv", file_of([line(0, **changes)]), Loading(None, LATER, LATER))
