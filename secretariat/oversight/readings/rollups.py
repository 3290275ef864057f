"""Roll-ups: what is reckoned once when rows come in, so that most questions need not read the rows again.

Each part says from which files it was reckoned. A question trusts a roll-up only where those are still the
files in force.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from secretariat.oversight.readings.layout import DATASETS, HOT, Dataset, bounds
from secretariat.oversight.readings.runner import DuckRunner, quoted
from secretariat.oversight.readings.store import Change
from secretariat.plain.months import Month

OF_A_PART = {
    "alerts": {
        "cube_h": """SELECT region, alert_code, received // 3600000 AS hour, count(*) AS n, sum(weight) AS weight
            FROM {rows} GROUP BY ALL""",
        "cube_d": """SELECT received // 86400000 AS day, region, model_id, fw_id, alert_code, count(*) AS n,
            sum(weight) AS weight FROM {rows} GROUP BY ALL""",
    },
    "requests": {
        "requests_month": """SELECT measure, region, count(*) AS n,
            count(*) FILTER (WHERE taken_ms <= target_ms) AS in_time FROM {rows} GROUP BY ALL""",
    },
    "exceptions": {
        "exceptions_month": "SELECT category, region, count(*) AS n FROM {rows} GROUP BY ALL",
    },
}
"""What is added up from one file alone, because days do not overlap."""

MODEL_MONTH = """SELECT model_id, count(*) AS devices, sum(n) AS n, sum(weight) AS weight FROM (
    SELECT model_id, device_key, count(*) AS n, sum(weight) AS weight FROM {rows} GROUP BY ALL) GROUP BY model_id"""
HOT_KEYS = "SELECT device_key FROM {rows} GROUP BY device_key HAVING count(*) >= {hot}"
OF_DEVICES = """SELECT device_key, arg_max(alert_code, (n, alert_code)) AS top_code, sum(n) AS n,
    min(first_at) AS first_at, max(last_at) AS last_at FROM (
        SELECT device_key, alert_code, count(*) AS n, min(received) AS first_at, max(received) AS last_at
        FROM {rows} SEMI JOIN {keys} USING (device_key) GROUP BY ALL) GROUP BY device_key"""
INSTALLED = """SELECT region, device_type, model_id, fw_id, count(*) AS installed FROM {rows}
    WHERE from_at < {end} AND to_at >= {end} AND removed_at >= {end} GROUP BY ALL"""


def typed(dataset: Dataset, select: str) -> str:
    """A select with the columns of a dataset, each of its width, in the dataset's order."""
    width = {"int32": "INTEGER", "int64": "BIGINT"}
    columns = ", ".join(f"CAST({field.name} AS {width[str(field.type)]}) AS {field.name}" for field in dataset.columns)
    return f"SELECT {columns} FROM ({select}) ORDER BY {dataset.order}"


def put(
    runner: DuckRunner, change: Change, dataset: str, month: str, name: str, select: str, sources: Sequence[str]
) -> None:
    """Writes what a select answers as a part of a dataset."""
    rows = runner.write(typed(DATASETS[dataset], select), change.path(dataset, month, name))
    change.put(dataset, month, name, rows, tuple(sources))


def roll_up_part(runner: DuckRunner, change: Change, dataset: str, month: str, name: str) -> None:
    """Reckons what adds up from one new part."""
    part = change.manifest.of(dataset, month)[name]
    for rolled, select in OF_A_PART[dataset].items():
        put(runner, change, rolled, month, name, select.format(rows=read(change, [part.path])), [part.path])


def roll_up_month(runner: DuckRunner, change: Change, month: str) -> None:
    """Reckons what does not add up, of a month whose alerts have changed: distinct devices, and the hot ones."""
    paths = _alerts(change, month)
    put(runner, change, "model_month", month, "month", MODEL_MONTH.format(rows=read(change, paths)), paths)
    _hot(runner, change, month, paths)
    roll_up_installed(runner, change, month)


def roll_up_installed(runner: DuckRunner, change: Change, month: str) -> None:
    """Counts the devices installed when a month ended, where there is an inventory."""
    if paths := change.manifest.paths("devices"):
        select = INSTALLED.format(rows=read(change, paths), end=bounds(Month.parse(month))[1])
        put(runner, change, "installed", month, "month", select, paths)


def _hot(runner: DuckRunner, change: Change, month: str, paths: Sequence[str]) -> None:
    """A row a month for every device that was hot in any month, so that such a device's sum over months is exact.

    A device that is hot for the first time gets its rows in the other months too.
    """
    known = change.manifest.paths("hot_device_month")
    runner.connection.execute("CREATE OR REPLACE TEMP TABLE ever (device_key INTEGER)")
    if known:
        runner.connection.execute(f"INSERT INTO ever SELECT DISTINCT device_key FROM {read(change, known)}")
    hot = HOT_KEYS.format(rows=read(change, paths), hot=HOT)
    runner.connection.execute(f"CREATE OR REPLACE TEMP TABLE new AS FROM ({hot}) ANTI JOIN ever USING (device_key)")
    runner.connection.execute("INSERT INTO ever FROM new")
    change.drop("hot_device_month", month)
    select = OF_DEVICES.format(rows=read(change, paths), keys="ever")
    put(runner, change, "hot_device_month", month, "month", select, paths)
    if runner.number("SELECT count(*) FROM new"):
        for other in change.manifest.months("alerts"):
            if other != month:
                _hot_before(runner, change, other)


def _hot_before(runner: DuckRunner, change: Change, month: str) -> None:
    paths = _alerts(change, month)
    select = OF_DEVICES.format(rows=read(change, paths), keys="new")
    if before := change.manifest.of("hot_device_month", month).get("others"):
        select = f"({select}) UNION ALL BY NAME FROM {read(change, [before.path])}"
    put(runner, change, "hot_device_month", month, "others", select, paths)


def _alerts(change: Change, month: str) -> list[str]:
    return sorted(part.path for part in change.manifest.of("alerts", month).values())


def read(change: Change, paths: Sequence[str]) -> str:
    """Files of the store as the source of a select."""
    return _source([change.root / path for path in paths])


def _source(paths: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(quoted(path) for path in paths)}], hive_partitioning = false)"
