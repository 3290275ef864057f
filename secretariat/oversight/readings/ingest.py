"""Taking in alerts: as a file of commas, as Parquet, or as rows already decoded; checked, joined, sorted, rolled up.

An extract is taken whole or not at all. Each alert gets the device's model, firmware and region as they
were when it was received; an alert of a device that is in no inventory is kept under nought and told.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from secretariat.oversight.readings.checks import Finding, as_rows, strangers, wrong_rows
from secretariat.oversight.readings.layout import DAY, DEVICES, REGIONS, bounds, start_of
from secretariat.oversight.readings.rollups import put, read, roll_up_installed, roll_up_month, roll_up_part
from secretariat.oversight.readings.runner import DuckRunner, quoted
from secretariat.oversight.readings.store import ALWAYS, Change, Store
from secretariat.plain.months import Month

ENRICHED = """SELECT r.received, coalesce(d.device_key, 0) AS device_key, r.alert_code,
    coalesce(d.model_id, 0) AS model_id, coalesce(d.fw_id, 0) AS fw_id, coalesce(d.region, 0) AS region,
    r.recipient, greatest(r.weight, 1) AS weight, {number} AS src_id
    FROM extract r LEFT JOIN inventory d
        ON d.eui64 = r.eui64 AND r.received >= d.from_at AND r.received < d.to_at"""


@dataclass(frozen=True)
class Extract:
    """What came: a file or rows, of which month or day, and the clock of times that name no offset.

    Rows, and Parquet files, have the columns received, eui64, alert_code, recipient and weight as whole numbers; a
    file of commas has received_at, device, alert_code and may have recipient and throttled_count.
    """

    source: Path | pa.Table
    month: Month
    day: date | None = None
    clock: str = "UTC"
    restates: bool = False

    @property
    def part(self) -> str:
        """The name of the part that it becomes."""
        return f"day-{self.day:%d}" if self.day else "month"

    @property
    def bounds(self) -> tuple[int, int]:
        """The first millisecond that its alerts may bear, and the first one after."""
        return (start_of(self.day), start_of(self.day) + DAY) if self.day else bounds(self.month)

    @property
    def sha256(self) -> str:
        """The hash of what came."""
        if isinstance(self.source, Path):
            with self.source.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        hashed = hashlib.sha256()
        for batch in self.source.to_batches():
            hashed.update(batch.serialize())
        return hashed.hexdigest()


@dataclass(frozen=True)
class Receipt:
    """What was taken in: how many rows, and what is to be told of them."""

    rows: int
    sha256: str
    findings: Sequence[Finding] = field(default_factory=tuple)


class NotTaken(Exception):
    """Nothing of an extract was taken in; the findings say why."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(" ".join(str(finding) for finding in findings))
        self.findings = findings


def take(store: Store, extract: Extract, runner: DuckRunner | None = None) -> Receipt:
    """Takes an extract of alerts in, with its roll-ups. Raises NotTaken with every fault found: nothing changed."""
    runner = runner or DuckRunner(spill=store.root / "spill")
    sha256 = extract.sha256
    with store.writing() as change:
        refuse_again(change, extract, sha256)
        findings = _rows(runner, change, extract)
        if faults := [finding for finding in findings if finding.refuses]:
            raise NotTaken(*faults)
        _land(store, extract, sha256)
        month = extract.month.iso
        if extract.part == "month":
            for dataset in ("alerts", "cube_h", "cube_d"):
                change.drop(dataset, month)
        select = ENRICHED.format(number=change.number)
        put(runner, change, "alerts", month, extract.part, select, change.manifest.paths("devices"))
        roll_up_part(runner, change, "alerts", month, extract.part)
        roll_up_month(runner, change, month)
        change.taken[sha256] = f"alerts {month} {extract.part}"
        part = change.manifest.of("alerts", month)[extract.part]
        findings = [*findings, *strangers(runner, store.root / part.path)]
    return Receipt(part.rows, sha256, findings)


def refuse_again(change: Change, extract: Extract, sha256: str) -> None:
    """Raises NotTaken for a file that was taken before, and for days already there that are not restated."""
    if earlier := change.taken.get(sha256):
        raise NotTaken(Finding("duplicate file", 1, f"The same file was taken in before, as {earlier}."))
    held = change.manifest.of("alerts", extract.month.iso)
    if extract.day and "month" in held:
        raise NotTaken(Finding("closed month", 1, f"{extract.month} is there as a whole: restate the month instead."))
    if not extract.restates and (held if not extract.day else extract.part in held):
        what = extract.day.isoformat() if extract.day else str(extract.month)
        raise NotTaken(Finding("restated", 1, f"{what} is there already: say that the extract restates it."))


def _rows(runner: DuckRunner, change: Change, extract: Extract) -> Sequence[Finding]:
    devices = change.manifest.paths("devices")
    if devices:
        runner.connection.execute(f"CREATE OR REPLACE TEMP VIEW inventory AS FROM {read(change, devices)}")
    else:
        runner.connection.register("no_devices", DEVICES.empty())
        runner.connection.execute("CREATE OR REPLACE TEMP VIEW inventory AS FROM no_devices")
    unread = as_rows(runner, extract.source, extract.clock, extract.month)
    return (*unread, *wrong_rows(runner, *extract.bounds))


def _land(store: Store, extract: Extract, sha256: str) -> None:
    if isinstance(extract.source, Path):
        landing = store.root / "landing"
        landing.mkdir(exist_ok=True)
        shutil.copyfile(extract.source, landing / f"{sha256}{extract.source.suffix}")


def close_month(store: Store, month: Month) -> None:
    """Makes one sorted file of a month that came day by day; its numbers stay."""
    runner = DuckRunner(spill=store.root / "spill")
    with store.writing() as change:
        parts = change.manifest.of("alerts", month.iso)
        select = f"FROM {read(change, [part.path for part in parts.values()])}"
        sources = sorted({source for part in parts.values() for source in part.built_from})
        for dataset in ("alerts", "cube_h", "cube_d"):
            change.drop(dataset, month.iso)
        put(runner, change, "alerts", month.iso, "month", select, sources)
        roll_up_part(runner, change, "alerts", month.iso, "month")
        roll_up_month(runner, change, month.iso)


def take_inventory(store: Store, rows: pa.Table | Path, runner: DuckRunner | None = None) -> int:
    """Replaces the inventory of devices and what was counted from it; how many rows. Raises NotTaken with its faults.

    Alerts keep the model that they were given when they came in; restate a month to join it again.
    """
    runner = runner or DuckRunner(spill=store.root / "spill")
    given = rows if isinstance(rows, pa.Table) else None
    with store.writing() as change:
        if given is not None:
            runner.connection.register("given", given)
        source = "given" if given is not None else f"read_parquet({quoted(rows)})"
        if faults := _wrong_devices(runner, source):
            raise NotTaken(*faults)
        put(runner, change, "devices", ALWAYS, "all", f"FROM {source}", ())
        for month in change.manifest.months("alerts"):
            roll_up_installed(runner, change, month)
    return store.manifest.rows("devices")


def _wrong_devices(runner: DuckRunner, source: str) -> list[Finding]:
    known = ", ".join(str(number) for number in REGIONS.values())
    overlap = f"""SELECT count(*) FROM (SELECT from_at < lag(to_at) OVER (PARTITION BY eui64 ORDER BY from_at) AS wrong
        FROM {source}) WHERE wrong"""
    found = (
        ("unknown region", f"SELECT count(*) FROM {source} WHERE region NOT IN ({known})", "Regions are {0}."),
        ("row ends before it begins", f"SELECT count(*) FROM {source} WHERE to_at <= from_at", "Give its dates again."),
        ("rows of a device overlap", overlap, "A device has one firmware at a time."),
    )
    counted = ((kind, runner.number(text), told.format(", ".join(REGIONS))) for kind, text, told in found)
    return [Finding(kind, count, told) for kind, count, told in counted if count]


def take_others(
    store: Store, dataset: str, month: Month, rows: pa.Table | Path, runner: DuckRunner | None = None
) -> int:
    """Replaces a month of answered requests or of exceptions, with its roll-up; how many rows."""
    runner = runner or DuckRunner(spill=store.root / "spill")
    with store.writing() as change:
        if isinstance(rows, pa.Table):
            runner.connection.register("given", rows)
        source = "given" if isinstance(rows, pa.Table) else f"read_parquet({quoted(rows)})"
        put(runner, change, dataset, month.iso, "month", f"FROM {source}", ())
        roll_up_part(runner, change, dataset, month.iso, "month")
    return store.manifest.rows(dataset, month.iso)
