"""How measurement data lies on disc: the datasets, their columns and what is kept by month.

All numbers are signed, because not every engine reads unsigned ones as numbers; times are milliseconds
since 1970 in Universal Time, because whole numbers mean the same to every engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa

from secretariat.plain.months import Month

HOUR, DAY = 3_600_000, 86_400_000
"""Milliseconds."""
FOR_EVER = 253_402_300_800_000
"""The end of a row that has not ended: the year 10000."""
REGIONS = {"N": 1, "C": 2, "S": 3, "SMETS1": 4}
"""A region's number in the data; 0 where the device is in no inventory."""
HOT = 50
"""A device with so many alerts in a month has a row of its own in `hot_device_month`."""


def _columns(short: str, long: str) -> pa.Schema:
    fields = [(name, pa.int32()) for name in short.split()] + [(name, pa.int64()) for name in long.split()]
    return pa.schema(fields)


@dataclass(frozen=True)
class Dataset:
    """A set of rows under one name: its columns, whether it lies by month, and how each of its files is ordered."""

    name: str
    columns: pa.Schema
    order: str
    by_month: bool = True

    def empty(self) -> pa.Table:
        """No rows, with the columns of those that may come; by month, with the month too."""
        columns = self.columns.append(pa.field("month", pa.string())) if self.by_month else self.columns
        return columns.empty_table()


ALERTS = Dataset(
    "alerts",
    _columns("device_key alert_code model_id fw_id region recipient weight src_id", "received"),
    "alert_code, region, device_key, received",
)
"""One row a message received; `weight` is the number of alerts that a throttled one stands for."""
DEVICES = Dataset(
    "devices",
    _columns(
        "device_key device_type model_id fw_id region hub_key step", "eui64 from_at to_at installed_at removed_at"
    ),
    "device_key, from_at",
    by_month=False,
)
"""The inventory: a row a device and firmware, from and until when; `step` counts a device's rows from 1."""
REQUESTS = Dataset("requests", _columns("measure region taken_ms target_ms", "received"), "measure, region, received")
"""One row a service request answered: how long it took and how long it might."""
EXCEPTIONS = Dataset("exceptions", _columns("category region hub_key", "received"), "category, region, received")
"""One row an exception at the installation of a communications hub."""

CUBE_H = Dataset("cube_h", _columns("region alert_code hour", "n weight"), "alert_code, region, hour")
CUBE_D = Dataset(
    "cube_d", _columns("day region model_id fw_id alert_code", "n weight"), "alert_code, region, model_id, fw_id, day"
)
MODEL_MONTH = Dataset("model_month", _columns("model_id", "devices n weight"), "model_id")
HOT_DEVICE_MONTH = Dataset("hot_device_month", _columns("device_key top_code", "n first_at last_at"), "n, device_key")
INSTALLED = Dataset("installed", _columns("region device_type model_id fw_id", "installed"), "model_id, fw_id, region")
REQUESTS_MONTH = Dataset("requests_month", _columns("measure region", "n in_time"), "measure, region")
EXCEPTIONS_MONTH = Dataset("exceptions_month", _columns("category region", "n"), "category, region")

DATASETS: Mapping[str, Dataset] = {
    dataset.name: dataset
    for dataset in (
        ALERTS, DEVICES, REQUESTS, EXCEPTIONS, CUBE_H, CUBE_D, MODEL_MONTH, HOT_DEVICE_MONTH, INSTALLED,
        REQUESTS_MONTH, EXCEPTIONS_MONTH,
    )
}  # fmt: skip


def milliseconds(moment: datetime) -> int:
    """An instant as milliseconds since 1970. Raises ValueError for one without its offset."""
    if moment.tzinfo is None:
        raise ValueError("A time without its offset from Universal Time says no instant.")
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def moment(value: int) -> datetime:
    """Milliseconds since 1970 as an instant."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=value)


def start_of(day: date) -> int:
    """The first millisecond of a day in Universal Time."""
    return milliseconds(datetime(day.year, day.month, day.day, tzinfo=UTC))


def bounds(month: Month) -> tuple[int, int]:
    """The first millisecond of a month, and the first one after it, in Universal Time."""
    return start_of(month.first), start_of(month.last) + DAY
