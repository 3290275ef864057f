"""A file of the gateway's messages as rows that measurement data takes in, and what of it is not kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa

from secretariat.oversight.alerts.duis import Fault, Received, read
from secretariat.oversight.readings.layout import milliseconds

COLUMNS = pa.schema([
    ("received", pa.int64()), ("eui64", pa.int64()), ("alert_code", pa.int32()), ("recipient", pa.int32()),
    ("weight", pa.int32()), ("told_at", pa.int64()), ("use_case", pa.int32()),
])  # fmt: skip
"""Receipt and the device's own time in milliseconds since 1970; a time not told is empty, as is a use case."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The rows of a file, and a fault for each message that is not among them."""

    rows: pa.Table
    faults: tuple[Fault, ...]

    @property
    def sentence(self) -> str:
        """The counts, in words."""
        alerts = sum(self.rows.column("weight").to_pylist())
        return f"{self.rows.num_rows:,} messages for {alerts:,} alerts; {len(self.faults):,} not kept."


def decoded(file: BinaryIO | bytes, recipients: Mapping[str, int] | None = None) -> Decoded:
    """Reads a file of messages. `recipients` numbers those who receive, by identifier; others are under 0.

    A message that comes twice is kept once and told as a fault. Raises duis.UnsafeFileError.
    """
    return sorted_out(read(file), recipients or {})


def sorted_out(found: Iterable[Received | Fault], recipients: Mapping[str, int]) -> Decoded:
    """The rows and faults of messages read."""
    columns: dict[str, list[int | None]] = {name: [] for name in COLUMNS.names}
    faults: list[Fault] = []
    seen: set[str] = set()
    for place, one in enumerate(found, start=1):
        if isinstance(one, Fault):
            faults.append(one)
        elif one.response_id and one.response_id in seen:
            faults.append(Fault(place, one.response_id, "The file holds this message already."))
        elif not one.device:
            faults.append(Fault(place, one.response_id, "It names no device."))
        else:
            seen.add(one.response_id)
            for name, value in zip(COLUMNS.names, _row(one, recipients), strict=True):
                columns[name].append(value)
    return Decoded(pa.table(columns, schema=COLUMNS), tuple(faults))


def _row(one: Received, recipients: Mapping[str, int]) -> tuple[int | None, ...]:
    told = one.told
    return (
        milliseconds(one.received),
        signed(one.device),
        one.code,
        recipients.get(one.recipient, 0),
        one.weight,
        milliseconds(told.device_time) if told and told.device_time else None,
        told.use_case if told else None,
    )


def signed(identifier: str) -> int:
    """An identifier of 16 hex digits as the signed number that columns hold."""
    return int.from_bytes(bytes.fromhex(identifier), "big", signed=True)
