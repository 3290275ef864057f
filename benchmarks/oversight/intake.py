"""Taking measurement data in: alerts a second, bytes an alert, a new day against a rebuild, under a limit of memory."""

from __future__ import annotations

import shutil
import time
from functools import partial
from pathlib import Path

import duckdb
from django.conf import settings

from benchmarks.measure import show
from benchmarks.oversight.made import cpu, folder, profile, raw
from secretariat.oversight.readings.ingest import Extract, take, take_inventory
from secretariat.oversight.readings.invented import Profile
from secretariat.oversight.readings.layout import DAY, start_of
from secretariat.oversight.readings.runner import DuckRunner, quoted
from secretariat.oversight.readings.store import Store


def run(*, quick: bool) -> None:
    """Prints each measure with its goal."""
    size = profile(quick=quick)
    place = raw(size)
    target = folder() / "intake"
    shutil.rmtree(target, ignore_errors=True)
    store, runner = Store(target), DuckRunner(memory=settings.READINGS_MEMORY, spill=target / "spill")
    take_inventory(store, place / "devices.parquet", runner)
    begun, used = time.perf_counter(), cpu(partial(all_months, store, runner, size, place))()
    wall = time.perf_counter() - begun
    rows = sum(store.manifest.rows("alerts", month) for month in store.manifest.months("alerts"))
    copied = cpu(partial(copies, size, place, target))()
    bytes_ = sum(path.stat().st_size for path in store.files("alerts")) / rows
    day = one_day(size, place, target, runner, store)
    show(f"Taking in {rows:,} alerts, memory limited to {settings.READINGS_MEMORY}", ("measure", "ours", "goal"), [
        ("alerts a second, with every roll-up", f"{rows / wall:,.0f}", "1,500,000"),
        ("cost over the engine's own copy of the rows", f"{used / copied:.1f}", ""),
        ("bytes an alert", f"{bytes_:.1f}", "11"),
        ("a new day over a rebuild of all months", f"{day / used:.3f}", "0.1"),
    ])  # fmt: skip


def all_months(store: Store, runner: DuckRunner, size: Profile, place: Path) -> None:
    """Takes every month in."""
    for month in size.span:
        take(store, Extract(place / f"alerts-{month.iso}.parquet", month), runner)


def copies(size: Profile, place: Path, target: Path) -> None:
    """The engine's own copy of the same rows, sorted by nothing."""
    connection = duckdb.connect(config={"threads": 2})
    for month in size.span:
        source, copy = quoted(place / f"alerts-{month.iso}.parquet"), quoted(target / "copy.bin")
        connection.execute(f"COPY (FROM {source}) TO {copy} (FORMAT parquet, COMPRESSION zstd)")


def one_day(size: Profile, place: Path, target: Path, runner: DuckRunner, store: Store) -> float:
    """The cost of the last day of the last month, which comes day by day."""
    month = size.span[-1]
    with store.writing() as change:
        for dataset in ("alerts", "cube_h", "cube_d", "model_month", "hot_device_month", "installed"):
            change.drop(dataset, month.iso)
    source, spent = place / f"alerts-{month.iso}.parquet", 0.0
    for number in range(1, month.last.day + 1):
        day = month.first.replace(day=number)
        file = target / f"{day}.bin"
        within = f"received >= {start_of(day)} AND received < {start_of(day) + DAY}"
        duckdb.execute(f"COPY (FROM {quoted(source)} WHERE {within}) TO {quoted(file)} (FORMAT parquet)")
        spent = cpu(partial(take, store, Extract(file, month, day), runner))()
        file.unlink()
    return spent
