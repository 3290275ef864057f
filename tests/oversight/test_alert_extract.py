"""A file of messages becomes rows: nothing twice, nothing silently dropped; the dictionary's file is as checked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from secretariat.oversight.alerts import codes, duis, extract, load
from secretariat.oversight.alerts.models import Family
from secretariat.oversight.readings.ingest import Extract, take
from secretariat.oversight.readings.layout import milliseconds
from secretariat.oversight.readings.store import Store
from secretariat.plain.months import Month
from tests.oversight import alert_messages as made


def test_messages_become_rows_with_receipt_device_time_and_weight():
    found = extract.decoded(made.file_of(made.device_alert(count="12"), made.service_alert()), {made.SUPPLIER: 4})
    device, service = found.rows.to_pylist()
    (received, _) = duis.read(made.file_of(made.device_alert(), made.service_alert()))
    assert device == {
        "received": milliseconds(received.received), "eui64": int(made.DEVICE, 16), "alert_code": 0x8F66,
        "recipient": 4, "weight": 12, "told_at": milliseconds(received.told.device_time), "use_case": 0xCC,
    }  # fmt: skip
    assert (service["told_at"], service["use_case"], service["alert_code"]) == (None, None, codes.number("AD1"))
    assert found.sentence == "2 messages for 13 alerts; 0 not kept."


def test_a_message_that_comes_twice_is_kept_once_and_told():
    found = extract.decoded(made.file_of(made.device_alert(), made.device_alert()))
    assert found.rows.num_rows == 1
    assert "already" in str(found.faults[0])


def test_faults_of_messages_are_told_beside_the_rows():
    found = extract.decoded(made.file_of(made.device_alert("8F30"), made.service_alert()))
    assert (found.rows.num_rows, len(found.faults)) == (1, 1)


def test_an_alert_that_names_no_device_is_told():
    nameless = made.service_alert().replace("DeviceID", "Other").replace(made.identifier("90B3D51F30000002", 8), "x")
    (fault,) = extract.decoded(made.file_of(nameless)).faults
    assert fault.reason == "It names no device."


@pytest.mark.parametrize(("identifier", "number"), [("00" * 8, 0), ("FF" * 8, -1), ("7F" + "FF" * 7, 2**63 - 1)])
def test_identifiers_are_signed_numbers(identifier, number):
    assert extract.signed(identifier) == number


def test_the_dictionary_that_is_shipped_reads_and_means_each_code_once():
    with (Path(load.__file__).parent / "codes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({row["code"] for row in rows}) == len(rows) > 80
    assert all(codes.written(codes.number(row["code"])) == row["code"] for row in rows)
    assert {row["family"] for row in rows} <= set(Family.values)
    assert all(row["note"] for row in rows if row["mark"] != "sourced")


def test_rows_of_messages_are_taken_into_measurement_data(tmp_path):
    store, month = Store(tmp_path), Month(2020, 2)
    rows = extract.decoded(made.file_of(made.device_alert(count="12"), made.service_alert())).rows
    receipt = take(store, Extract(rows, month))
    assert receipt.rows == 2
    assert [finding.kind for finding in receipt.findings] == ["unknown device"]
