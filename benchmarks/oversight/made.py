"""Invented measurement data of a stated size, made once and kept for both benchmarks where a folder is named."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from secretariat.oversight.readings.ingest import Extract, take, take_inventory, take_others
from secretariat.oversight.readings.invented import PROFILES, Maker, Profile
from secretariat.oversight.readings.runner import DuckRunner
from secretariat.oversight.readings.store import Store


def profile(*, quick: bool) -> Profile:
    """The size: S when quick, else M, or the one that READINGS_PROFILE names."""
    return PROFILES[os.environ.get("READINGS_PROFILE", "S" if quick else "M")]


def folder() -> Path:
    """Where the data are made: the folder that READINGS_KEPT names is kept, else the scratch home."""
    made = Path(os.environ.get("READINGS_KEPT", settings.HOME / "bench"))
    made.mkdir(parents=True, exist_ok=True)
    return made


def raw(size: Profile) -> Path:
    """The folder with the inventory and each month's raw files, made where they are not there yet."""
    place = folder()
    if not (place / "made").exists():
        maker = Maker(size, DuckRunner(memory="4GB", spill=place / "spill"))
        maker.devices(place / "devices.parquet")
        maker.prepare(place / "devices.parquet")
        for month in size.span:
            maker.alerts(month, place / f"alerts-{month.iso}.parquet")
            maker.requests(month, place / f"requests-{month.iso}.parquet")
            maker.exceptions(month, place / f"exceptions-{month.iso}.parquet")
        (place / "made").touch()
    return place


def filled(size: Profile) -> Store:
    """A store with all of it taken in."""
    place = raw(size)
    store = Store(place / "store")
    if not store.manifest.taken:
        runner = DuckRunner(memory=settings.READINGS_MEMORY, spill=place / "spill")
        take_inventory(store, place / "devices.parquet", runner)
        for month in size.span:
            take(store, Extract(place / f"alerts-{month.iso}.parquet", month), runner)
            for dataset in ("requests", "exceptions"):
                take_others(store, dataset, month, place / f"{dataset}-{month.iso}.parquet", runner)
    return store


def cpu(work: Callable[[], object]) -> Callable[[], float]:
    """Work as a measurement: seconds of the processor, of all threads."""

    def measured() -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    return measured
