"""The sample's measurement data: four invented months of alerts, the last February 2020, with planted faults."""

from __future__ import annotations

import shutil
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from secretariat.oversight.readings.actions import receive_rows
from secretariat.oversight.readings.ingest import take_inventory, take_others
from secretariat.oversight.readings.invented import DEMO, Maker
from secretariat.oversight.readings.models import AlertExtract
from secretariat.oversight.readings.place import embedded, opened_store
from secretariat.plain.dates import LONDON
from secretariat.site.sample.crew import Crew, told

ANALYST = "technical.analyst"


def enter(crew: Crew) -> None:
    """Takes the inventory in and each month, some days after it; what an earlier attempt left is cleared first."""
    shutil.rmtree(settings.READINGS_ROOT, ignore_errors=True)
    store = opened_store()
    with TemporaryDirectory() as made:
        folder, runner = Path(made), embedded(store)
        maker = Maker(DEMO, runner)
        maker.devices(folder / "devices.parquet")
        maker.prepare(folder / "devices.parquet")
        take_inventory(store, folder / "devices.parquet", runner)
        for month in DEMO.span:
            maker.alerts(month, folder / f"{month.iso}.parquet")
            record = AlertExtract(month=month.first, invented=True)
            at = datetime.combine(month.last + timedelta(days=5), time(9), tzinfo=LONDON)
            receive_rows(record, folder / f"{month.iso}.parquet", **told(crew[ANALYST], at))
            for dataset, make in (("requests", maker.requests), ("exceptions", maker.exceptions)):
                make(month, folder / "others.parquet")
                take_others(store, dataset, month, folder / "others.parquet", runner)
