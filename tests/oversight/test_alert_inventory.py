"""The inventory's file: dated rows are numbered and joined as at an alert's time; each fault is told with its row."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from secretariat.oversight.alerts.extract import signed
from secretariat.oversight.alerts.inventory import Numbers, read
from secretariat.oversight.readings.ingest import Extract, take, take_inventory
from secretariat.oversight.readings.layout import FOR_EVER, milliseconds
from secretariat.oversight.readings.questions import Desk
from secretariat.oversight.readings.runner import DuckRunner
from secretariat.oversight.readings.store import Store
from secretariat.plain.months import Month

HUB, METER = "00-DB-12-34-56-78-90-A1", "00-DB-12-34-56-78-90-A0"
ENTRIES = {
    "10": Numbers(10, 10, "Communications Hub"), "20": Numbers(20, 20, "ESME"), "21": Numbers(20, 21, "ESME"),
}  # fmt: skip


def row(device: str = METER, entry: str = "20", **more: str) -> dict[str, str]:
    told = {"device": device, "device_type": ENTRIES[entry].device_type, "entry_id": entry, "region": "N", "hub": HUB}
    return told | {"from_day": "2019-06-01", "to_day": "", "installed_on": "2019-06-01", "removed_on": ""} | more


HOME = [row(HUB, "10"), row(to_day="2020-02-14"), row(entry="21", from_day="2020-02-15")]


def test_devices_are_numbered_and_their_firmware_stepped():
    table, faults = read(HOME, ENTRIES)
    assert faults == []
    told = table.select(["device_key", "device_type", "model_id", "fw_id", "hub_key", "step"]).to_pylist()
    assert [tuple(one.values()) for one in told] == [(1, 2, 20, 20, 2, 1), (1, 2, 20, 21, 2, 2), (2, 1, 10, 10, 2, 1)]
    assert table.column("to_at").to_pylist()[0] == milliseconds(datetime(2020, 2, 15, tzinfo=UTC))
    assert table.column("to_at").to_pylist()[1] == FOR_EVER


def test_an_alert_gets_the_firmware_of_its_own_time(tmp_path):
    store, month = Store(tmp_path), Month(2020, 2)
    take_inventory(store, read(HOME, ENTRIES)[0])
    times = [datetime(2020, 2, 14, 23, 59, 59, tzinfo=UTC), datetime(2020, 2, 15, tzinfo=UTC)]
    alerts: dict[str, Any] = {
        "received": [milliseconds(at) for at in times], "eui64": [signed(METER.replace("-", ""))] * 2,
        "alert_code": [0x8F3E] * 2, "recipient": [0, 0], "weight": [1, 1],
    }  # fmt: skip
    take(store, Extract(pa.table(alerts), month))
    rows = Desk(store, DuckRunner()).runner.query("SELECT fw_id FROM alerts ORDER BY received").to_pylist()
    assert [one["fw_id"] for one in rows] == [20, 21]


@pytest.mark.parametrize(
    ("wrong", "column", "says"),
    [
        (row(device="12"), "device", "not an EUI-64"),
        (row(device="00-DB-12-34-56-78-90-A2", hub="00-DB-12-34-56-78-90-FF"), "hub", "no device with"),
        (row(device="00-DB-12-34-56-78-90-A2") | {"entry_id": "99"}, "entry_id", "no such entry"),
        (row(device="00-DB-12-34-56-78-90-A2", device_type="GSME"), "device_type", "type ESME"),
        (row(device="00-DB-12-34-56-78-90-A2", region="W"), "region", "one of N, C, S"),
        (row(device="00-DB-12-34-56-78-90-A2", to_day="2019-05-01"), "to_day", "before it begins"),
        (row(device="00-DB-12-34-56-78-90-A2", installed_on="2019-07-01"), "from_day", "not installed"),
        (row(device="00-DB-12-34-56-78-90-A2", from_day="soon"), "from_day", "soon"),
        (row(entry="21", from_day="2020-01-01"), "from_day", "Row 3 says"),
    ],
)
def test_each_fault_is_told_with_its_row_and_column(wrong, column, says):
    faults = [one for one in read([*HOME, wrong], ENTRIES)[1] if one.row == 5 or "Row" in one.reason]
    assert any(one.column == column and says in str(one) for one in faults), faults
