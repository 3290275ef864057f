"""Reading the rows of an extract, and what is wrong with them: every kind of fault is counted and shown by example."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from secretariat.oversight.alerts.codes import UnknownCodeError, number
from secretariat.oversight.readings.layout import moment
from secretariat.oversight.readings.runner import DuckRunner, quoted
from secretariat.plain.months import Month

if TYPE_CHECKING:
    from collections.abc import Sequence

LONDON = "Europe/London"
OFFSET = r"(Z|[+-]\d\d:?\d\d)$"
COLUMNS = ("received", "eui64", "alert_code", "recipient", "weight")


@dataclass(frozen=True)
class Finding:
    """One kind of fault: how many rows, a sentence with an example or what to do, and whether all is refused for it."""

    kind: str
    count: int
    told: str
    refuses: bool = True

    def __str__(self) -> str:
        return f"{self.kind} ({self.count}): {self.told}"


def as_rows(runner: DuckRunner, source: Path | pa.Table, clock: str, month: Month) -> Sequence[Finding]:
    """Makes `extract` of a source, whole numbers all, and answers what of it cannot be read."""
    if isinstance(source, pa.Table):
        runner.connection.register("extract_rows", source)
        return _whole(runner, "extract_rows")
    if source.suffix == ".csv":
        return _commas(runner, source, clock, month)
    return _whole(runner, f"read_parquet({quoted(source)})")


def _whole(runner: DuckRunner, source: str) -> Sequence[Finding]:
    columns = runner.query(f"SELECT * FROM {source} LIMIT 0").column_names
    if missing := [name for name in COLUMNS if name not in columns]:
        return [_missing(runner, missing)]
    runner.connection.execute(f"CREATE OR REPLACE TEMP VIEW extract AS SELECT {', '.join(COLUMNS)} FROM {source}")
    return []


def _missing(runner: DuckRunner, missing: Sequence[str]) -> Finding:
    empty = ", ".join(f"CAST(0 AS BIGINT) AS {name}" for name in COLUMNS)
    runner.connection.execute(f"CREATE OR REPLACE TEMP VIEW extract AS SELECT {empty} WHERE false")
    return Finding("missing column", len(missing), f"The columns {', '.join(missing)} are not there.")


def _commas(runner: DuckRunner, source: Path, clock: str, month: Month) -> Sequence[Finding]:
    texts = f"read_csv({quoted(source)}, header = true, all_varchar = true)"
    columns = runner.query(f"SELECT * FROM {texts} LIMIT 0").column_names
    if missing := [name for name in ("received_at", "device", "alert_code") if name not in columns]:
        return [_missing(runner, missing)]
    count = "throttled_count" if "throttled_count" in columns else "'1'"
    to = "recipient" if "recipient" in columns else "'0'"
    unknown = _codes(runner, texts)
    eui = "try_cast('0x' || regexp_replace(device, '[-: ]', '', 'g') AS UBIGINT)"
    zone = f"timezone('{LONDON}', try_cast(received_at AS TIMESTAMP))" if clock == LONDON else (
        "timezone('UTC', try_cast(received_at AS TIMESTAMP))"
    )  # fmt: skip
    runner.connection.execute(rf"""CREATE OR REPLACE TEMP TABLE extract AS SELECT
        epoch_ms(CASE WHEN regexp_matches(received_at, '{OFFSET}') THEN try_cast(received_at AS TIMESTAMPTZ)
            ELSE {zone} END) AS received,
        CASE WHEN length(regexp_replace(device, '[-: ]', '', 'g')) <> 16 THEN NULL
            WHEN {eui} >= 9223372036854775808 THEN CAST(CAST({eui} AS HUGEINT) - 18446744073709551616 AS BIGINT)
            ELSE CAST({eui} AS BIGINT) END AS eui64,
        number AS alert_code, coalesce(try_cast({to} AS INTEGER), 0) AS recipient,
        coalesce(try_cast({count} AS INTEGER), 1) AS weight, received_at, device
        FROM {texts} LEFT JOIN codes ON code = alert_code""")
    return [*_unread(runner), *unknown, *(_changed_clock(runner, month) if clock == LONDON else ())]


def _codes(runner: DuckRunner, texts: str) -> Sequence[Finding]:
    """Makes a table of the file's codes and their numbers; the finding of those that are none."""
    found = runner.query(f"SELECT alert_code AS code, count(*) AS n FROM {texts} GROUP BY ALL ORDER BY ALL").to_pylist()
    known, wrong = [], []
    for row in found:
        try:
            known.append((row["code"], number(row["code"] or "")))
        except UnknownCodeError:
            wrong.append(row)
    names, numbers = zip(*known, strict=True) if known else ((), ())
    table = pa.table({"code": pa.array(names, pa.string()), "number": pa.array(numbers, pa.int32())})
    runner.connection.register("codes", table)
    if not wrong:
        return []
    shown = ", ".join(f"“{row['code']}”" for row in wrong[:5])
    return [Finding("unknown code", sum(row["n"] for row in wrong), f"No alert has the code {shown}.")]


def _unread(runner: DuckRunner) -> Sequence[Finding]:
    faults = (("unreadable time", "received", "received_at"), ("unreadable device", "eui64", "device"))
    found = []
    for kind, column, text in faults:
        rows = runner.query(f"SELECT {text} AS text FROM extract WHERE {column} IS NULL ORDER BY ALL").to_pylist()
        if rows:
            found.append(Finding(kind, len(rows), f"Such as “{rows[0]['text']}”."))
    return found


def _changed_clock(runner: DuckRunner, month: Month) -> Sequence[Finding]:
    """Times by the clock on the wall are refused in the hour that comes twice, and in the one that does not come."""
    if month.month not in (3, 10):
        return []
    one = datetime.combine(_last_sunday(month), datetime.min.time()) + timedelta(hours=1)
    within = f"""SELECT count(*) FROM extract WHERE NOT regexp_matches(received_at, '{OFFSET}')
        AND try_cast(received_at AS TIMESTAMP) >= TIMESTAMP '{one}'
        AND try_cast(received_at AS TIMESTAMP) < TIMESTAMP '{one + timedelta(hours=1)}'"""
    autumn = month.month == 10
    kind, told = ("hour that comes twice", "comes twice") if autumn else ("hour that is left out", "does not come")
    count = runner.number(within)
    return [Finding(kind, count, f"The hour from {one} {told}: give the offset.")] if count else []


def _last_sunday(month: Month) -> date:
    return month.last - timedelta(days=(month.last.weekday() + 1) % 7)


def wrong_rows(runner: DuckRunner, first: int, end: int) -> Sequence[Finding]:
    """What is wrong with the rows of `extract`: those of other days."""
    text = """SELECT count(*) AS n, min(received) AS low, max(received) AS high FROM extract
        WHERE received < :first_at OR received >= :end_at"""
    (outside,) = runner.query(text, {"first_at": first, "end_at": end}).to_pylist()
    found: list[Finding] = []
    if outside["n"]:
        days = f"{moment(outside['low']):%d %B %Y} to {moment(outside['high']):%d %B %Y}"
        found.append(Finding("wrong month", outside["n"], f"Received on other days than the extract's, from {days}."))
    return found


def strangers(runner: DuckRunner, part: Path) -> Sequence[Finding]:
    """The alerts of a part whose devices are in no inventory."""
    strange = runner.number(f"SELECT count(*) FROM read_parquet({quoted(part)}) WHERE device_key = 0")
    told = "Kept without a model: their devices are in no inventory."
    return [Finding("unknown device", strange, told, refuses=False)] if strange else []
