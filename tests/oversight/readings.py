"""A small invented store of measurement data, made once for the tests that only ask it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from secretariat.oversight.readings.ingest import Extract, take, take_inventory, take_others
from secretariat.oversight.readings.invented import Maker, Profile, Truth, truth
from secretariat.oversight.readings.layout import HOUR, bounds
from secretariat.oversight.readings.questions import QUESTIONS
from secretariat.oversight.readings.runner import DuckRunner, Runner
from secretariat.oversight.readings.store import Store


def filled(root: Path, profile: Profile) -> Store:
    """A store of a profile; the raw files it was made from lie beside it."""
    runner = DuckRunner(spill=root / "spill")
    maker = Maker(profile, runner)
    maker.devices(root / "devices.parquet")
    maker.prepare(root / "devices.parquet")
    store = Store(root / "store")
    take_inventory(store, root / "devices.parquet", runner)
    for month in profile.span:
        maker.alerts(month, root / f"{month.iso}.parquet")
        take(store, Extract(root / f"{month.iso}.parquet", month), runner)
        for dataset, make in (("requests", maker.requests), ("exceptions", maker.exceptions)):
            make(month, root / "others.parquet")
            take_others(store, dataset, month, root / "others.parquet", runner)
    return store


def whole(columns: dict[str, list[int]]) -> pa.Table:
    """A table of whole numbers."""
    return pa.table({name: pa.array(values, pa.int32()) for name, values in columns.items()})


def prepared(runner: Runner, profile: Profile) -> Truth:
    """Tells an engine of a set to remove, all planted pairs, and of maintenance in the last month; what was planted."""
    planted = truth(profile)
    models, codes = zip(*planted.hot, strict=True)
    removed = {"model_id": list(models), "fw_id": [-1] * len(models), "alert_code": list(codes)}
    runner.register("removed", whole(removed))
    begins = bounds(profile.span[-1])[0] // HOUR + 100
    windows = {"window_id": [1, 2], "region": [1, 2], "from_hour": [begins] * 2, "to_hour": [begins + 6] * 2}
    runner.register("maintenance", whole(windows))
    return planted


def asked(profile: Profile) -> dict[str, dict[str, int | str]]:
    """What each question is asked of a profile; the thresholds that go with its size."""
    first, last = profile.span[0].iso, profile.span[-1].iso
    usual: dict[str, int | str] = {"first": first, "last": last}
    month: dict[str, int | str] = {"month": last}
    middle = (bounds(profile.span[0])[0] + bounds(profile.span[-1])[1]) // 2
    own = {
        "q2": month, "q3": month | {"least_installed": 60}, "q6": usual | {"top": 10}, "q8": month,
        "q4_control": usual | {"model_id": truth(profile).mended[0][0], "changed_at": middle},
        "q11": usual | {"code": truth(profile).storms[0][1], "devices": 5},
    }  # fmt: skip
    return {key: own.get(key, usual) for key in QUESTIONS}
