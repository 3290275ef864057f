"""The inventory of devices as a file: a row for each device and firmware, from when until when; checked, then numbered.

Every fault is told with its row. What a device was at an instant is what its row of that instant says, so rows of one
device may not overlap; gaps are allowed, and an alert in a gap is kept without a model.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import pyarrow as pa

from secretariat.oversight.alerts.extract import signed
from secretariat.oversight.readings.layout import DEVICES, FOR_EVER, REGIONS, start_of
from secretariat.plain import eui64
from secretariat.plain.dates import parse_day

TYPES: Final = ("Communications Hub", "ESME", "GSME", "PPMID", "HCALCS", "IHD", "SAPC")
"""The types of device; the number of each in the data is its place, from 1."""
ELECTRICITY_METER: Final = TYPES.index("ESME") + 1
HEAD: Final = ("device", "device_type", "entry_id", "region", "hub", "from_day", "to_day", "installed_on", "removed_on")
"""The columns: `entry_id` is the entry of the Central Products List; `to_day` and `removed_on` may be empty."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of an entry: of its model, whatever the firmware, and of the firmware, which is the entry itself."""

    model: int
    firmware: int
    device_type: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not taken: its number in the file (the head is row 1), the column, and a sentence."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, {self.column}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Held:
    """One row, read: a device with one firmware from a day until before another."""

    row: int
    device: str
    hub: str
    numbers: Numbers
    region: int
    first: date
    last: date | None
    installed: date
    removed: date | None


class _WrongError(ValueError):
    """A value that does not stand in a column."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def read(rows: Iterable[Mapping[str, str]], entries: Mapping[str, Numbers]) -> tuple[pa.Table, list[Fault]]:
    """The inventory's table, and the faults; the table is to be used only where there are none.

    `rows` hold the columns of HEAD as texts, `entries` the numbers of each entry of the Central Products List.
    """
    held, faults = [], []
    for number, told in enumerate(rows, start=2):
        try:
            held.append(_held(number, told, entries))
        except _WrongError as wrong:
            faults.append(Fault(number, wrong.column, str(wrong)))
    by_device: dict[str, list[Held]] = defaultdict(list)
    for one in sorted(held, key=lambda one: (one.device, one.first, one.row)):
        by_device[one.device].append(one)
    faults += [*_overlaps(by_device), *_hubs(held, by_device)]
    return _table(by_device), sorted(faults, key=lambda fault: (fault.row, fault.column))


def _held(number: int, told: Mapping[str, str], entries: Mapping[str, Numbers]) -> Held:
    device, hub = _identifier(told, "device"), _identifier(told, "hub")
    found = entries.get(told.get("entry_id", "").strip())
    if found is None:
        raise _WrongError("entry_id", "The Central Products List has no such entry.")
    if told.get("device_type") != found.device_type:
        raise _WrongError("device_type", f"The entry is of the type {found.device_type}.")
    region = REGIONS.get(told.get("region", ""))
    if region is None:
        raise _WrongError("region", f"A region is one of {', '.join(REGIONS)}.")
    first, last = _day(told, "from_day"), _last(told, "to_day")
    installed, removed = _day(told, "installed_on"), _last(told, "removed_on")
    if last is not None and last < first:
        raise _WrongError("to_day", "It ends before it begins.")
    if first < installed or (removed is not None and first > removed):
        raise _WrongError("from_day", "The device was not installed then.")
    return Held(number, device, hub, found, region, first, last, installed, removed)


def _identifier(told: Mapping[str, str], column: str) -> str:
    try:
        return eui64.parse(told.get(column, ""))
    except eui64.UnreadableIdentifierError as error:
        raise _WrongError(column, str(error)) from error


def _day(told: Mapping[str, str], column: str) -> date:
    try:
        return parse_day(told.get(column, ""))
    except ValueError as error:
        raise _WrongError(column, str(error)) from error


def _last(told: Mapping[str, str], column: str) -> date | None:
    return _day(told, column) if told.get(column, "").strip() else None


def _overlaps(by_device: Mapping[str, list[Held]]) -> Iterable[Fault]:
    for rows in by_device.values():
        for earlier, later in pairwise(rows):
            if earlier.last is None or earlier.last >= later.first:
                yield Fault(later.row, "from_day", f"Row {earlier.row} says what the device was on that day.")


def _hubs(held: Iterable[Held], by_device: Mapping[str, list[Held]]) -> Iterable[Fault]:
    for one in held:
        if one.hub not in by_device:
            yield Fault(one.row, "hub", "The inventory has no device with that identifier.")


def _table(by_device: Mapping[str, list[Held]]) -> pa.Table:
    """The rows with numbers in place of identifiers; devices are numbered in the order of their identifiers."""
    keys = {device: place for place, device in enumerate(by_device, start=1)}
    columns: dict[str, list[int]] = {name: [] for name in DEVICES.columns.names}
    for device, rows in by_device.items():
        for step, one in enumerate(rows, start=1):
            told = {
                "device_key": keys[device], "device_type": TYPES.index(one.numbers.device_type) + 1,
                "model_id": one.numbers.model, "fw_id": one.numbers.firmware, "region": one.region,
                "hub_key": keys.get(one.hub, 0), "step": step, "eui64": signed(device),
                "from_at": start_of(one.first), "to_at": _end(one.last), "installed_at": start_of(one.installed),
                "removed_at": _end(one.removed),
            }  # fmt: skip
            for name, value in told.items():
                columns[name].append(value)
    return pa.table(columns, schema=DEVICES.columns)


def _end(last: date | None) -> int:
    """The first instant after the last day, by Universal Time."""
    return FOR_EVER if last is None else start_of(date.fromordinal(last.toordinal() + 1))
