"""The DCC's files: every row is read against the Central list, and every fault is told at its row and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pytest

from secretariat.core.load import Loading, LoadKind, Refusal, preview
from secretariat.products.publishing.reading import Model, Reading, Upload, write_nothing
from secretariat.products.publishing.shapes import SHAPES
from tests.products.factories import LATER

IDENTITY = ("ESME", "10AF", "0A1B", "01", "00010203")
KNOWN = (
    Model("9001", "SMETS1", "current", None, IDENTITY),
    Model("9002", "SMETS1", "removed", date(2020, 2, 3), ("GSME", "10AF", "0A1C", "01", "00010204")),
    Model("9003", "SMETS2+", "current", None, ("ESME", "10AF", "0A1D", "01", "00010205")),
)
DEPLOYED = "entry_id,device_type,manufacturer_identifier,model_identifier,hardware_version,firmware"
ELIGIBLE = "device_models,provider,first_added,report"


def read(
    code: str, head: str, *rows: str, known: Iterable[Model] = KNOWN, before: Mapping[str, Any] | None = None
) -> Upload:
    """What is found in a file, without a database: models and reports are told."""
    loading = Loading(None, LATER, LATER)
    reading = Reading(code, loading, before or {})
    vars(reading).update(entries={one.entry_id: one for one in known}, reports={23: "refused", 22: "approved"})
    kind = LoadKind("list", "List", SHAPES[code].taken, reading.prepare, write_nothing)
    reading.found.refused = preview(kind, "list.csv", "\n".join((head, *rows)).encode(), loading).refused
    return reading.found


def places(found: list[Refusal]) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in found]


def test_a_deployed_model_is_named_by_its_entry_or_by_what_tells_it_apart() -> None:
    for row in ("9001,,,,,", ",ESME,10 AF,0x0A1B,01,00:01:02:03"):
        found = read("DPL", DEPLOYED, row)
        assert found.refused == []
        assert found.rows["9001"] == {
            "entry_id": "9001", "device_type": "ESME", "manufacturer_identifier": "10AF", "model_identifier": "0A1B",
            "hardware_version": "01", "firmware": "00010203",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("9999,,,,,", "entry_id", "There is no entry 9999"),
        (",ESME,10AF,0A1B,01,00010299", "entry_id", "no entry of this device model"),
        (",ESME,10AF,,01,", "entry_id", "so is model_identifier, firmware"),
        ("9001,GSME,,,,", "device_type", "not what the CPL says of entry 9001: ESME"),
        (",ESME,10AG,0A1B,01,00010203", "manufacturer_identifier", "no hexadecimal digit"),
    ],
)
def test_a_wrong_row_of_the_deployed_list_says_what_to_do(row: str, column: str, sentence: str) -> None:
    (refusal,) = read("DPL", DEPLOYED, row).refused
    assert (refusal.row, refusal.column) == (2, column)
    assert sentence in refusal.reason


def test_a_removed_model_may_still_be_deployed_but_is_told() -> None:
    found = read("DPL", DEPLOYED, "9002,,,,,")
    assert found.refused == []
    assert found.told[0].reason == "Entry 9002 was removed from the Central Products List on Mon 3 Feb 2020."


def test_the_same_row_twice_is_refused_at_the_second() -> None:
    found = read("DPL", DEPLOYED, "9001,,,,,", ",ESME,10AF,0A1B,01,00010203")
    assert places(found.refused) == [(3, "entry_id")]
    assert "in row 2 too" in found.refused[0].reason


def test_a_combination_is_its_models_and_its_provider_in_whatever_order() -> None:
    found = read("EPCL", ELIGIBLE, "9001,CSP North,2020-02-03,22")
    assert found.rows == {
        "9001 | CSP North": {
            "device_models": "9001", "provider": "CSP North", "first_added": "2020-02-03", "report": "22",
        }
    }  # fmt: skip
    assert (found.refused, found.told) == ([], [])
    twice = read("PPCL", "device_models,provider,first_added", "9003 9001,C,2020-02-03", "9001;9003,C,2020-02-03")
    assert places(twice.refused) == [(3, "device_models")]


@pytest.mark.parametrize(
    ("row", "column", "sentence"),
    [
        ("9001 9999,C,2020-02-03,22", "device_models", "There is no entry 9999"),
        ("9002,C,2020-02-03,22", "device_models", "Entry 9002 was removed"),
        ("9001,C,2020-03-06,22", "first_added", "still to come"),
        ("9001,C,2020-02-03,23", "report", "EPCL Report 23 was refused"),
        ("9001,B,2020-02-04,22", "first_added", "The version before says 2020-01-31"),
    ],
)
def test_a_wrong_combination_says_what_to_do(row: str, column: str, sentence: str) -> None:
    before = {"9001 | B": {"first_added": "2020-01-31"}}
    (refusal,) = read("EPCL", ELIGIBLE, row, before=before).refused
    assert (refusal.row, refusal.column) == (2, column)
    assert sentence in refusal.reason


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("9003,C,2020-02-03,22", "Entry 9003 is no SMETS1 device model"),
        ("9001,C,2020-02-03,21", "EPCL Report 21 is not recorded here as approved"),
        ("9001,C,2020-02-03,", "no report of the DCC is named"),
    ],
)
def test_what_is_doubtful_of_a_combination_is_told_and_stops_nothing(row: str, sentence: str) -> None:
    found = read("EPCL", ELIGIBLE, row)
    assert found.refused == []
    assert [sentence in one.reason for one in found.told] == [True]


def test_a_pending_combination_may_name_what_is_not_listed_yet() -> None:
    found = read("PPCL", "device_models,provider,first_added", "9999 9002,C,2020-02-03")
    assert found.refused == []
    assert len(found.told) == 2


def test_a_thousand_faults_in_ten_thousand_rows_are_each_told_at_their_row_and_column() -> None:
    known = [
        Model(str(n), "SMETS1", "current", None, ("ESME", "10AF", f"{n:04X}", "01", "00010203")) for n in range(10_000)
    ]
    wrong = {"entry_id": "x{n},,,,,", "device_type": "{n},GSME,,,,", "firmware": "{n},,,,,0001020",
             "hardware_version": "{n},,,,02,"}  # fmt: skip
    columns = list(wrong)
    rows, wanted = [], []
    for n in range(10_000):
        column = columns[n // 10 % 4] if n % 10 == 0 else ""
        rows.append(wrong[column].format(n=n) if column else f"{n},,,,,")
        wanted += [(n + 2, column)] if column else []
    found = read("DPL", DEPLOYED, *rows, known=known)
    assert places(found.refused) == wanted
    assert len(wanted) == 1_000
