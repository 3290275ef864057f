"""Asking measurement data in plain SQL with named parameters: one small interface, and the engine in this process.

The texts are written once and run on every engine. What engines spell differently is the dialect: a few
replacements, none of them known to a text's author but integer division, written `//`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from secretariat.oversight.readings.layout import DATASETS
from secretariat.oversight.readings.store import Store

TEXTS = Path(__file__).parent / "sql"
Parameter = int | float | str
Dialect = Sequence[tuple[str, str]]

DUCKDB: Dialect = ((r"(?<!:):([a-z_]+)\b", r"$\1"),)
"""Named parameters begin with a dollar there."""


class Runner(Protocol):
    """An engine that is told of datasets and asked in SQL."""

    def register(self, name: str, rows: pa.Table | Sequence[Path]) -> None:
        """Gives rows, or the files of a dataset, a name for texts to use."""

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> pa.Table:
        """What a text answers, with `:name` standing for a parameter."""


@cache
def text_of(name: str) -> str:
    """The SQL text of a name. Raises FileNotFoundError for one that is none."""
    return (TEXTS / f"{name}.sql").read_text()


def spoken(text: str, dialect: Dialect) -> str:
    """A text without its remarks in the words of an engine."""
    text = re.sub(r"--.*", "", text)
    for pattern, words in dialect:
        text = re.sub(pattern, words, text)
    return text


class DuckRunner:
    """DuckDB in this process, under a stated limit of memory; what does not fit goes to disc for a while."""

    def __init__(self, *, memory: str = "2GB", threads: int = 2, spill: Path | None = None) -> None:
        self.connection = duckdb.connect(config={"memory_limit": memory, "threads": threads})
        self.connection.execute("SET preserve_insertion_order = false")
        if spill:
            self.connection.execute("SET temp_directory = $folder", {"folder": str(spill)})

    def register(self, name: str, rows: pa.Table | Sequence[Path]) -> None:
        """Gives rows, or the files of a dataset, a name for texts to use."""
        if isinstance(rows, pa.Table):
            self.connection.execute(f'DROP VIEW IF EXISTS "{name}"')
            self.connection.register(name, rows)
            return
        files = ", ".join(quoted(path) for path in rows)
        by_month = "hive_partitioning = true, hive_types = {'month': VARCHAR}"
        how = by_month if DATASETS[name].by_month else "hive_partitioning = false"
        self.connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS FROM read_parquet([{files}], {how})')

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> pa.Table:
        """What a text answers, with `:name` standing for a parameter; parameters the text does not name are let be."""
        text = spoken(text, DUCKDB)
        named = {name: value for name, value in (parameters or {}).items() if re.search(rf"\${name}\b", text)}
        return self.connection.sql(text, params=named).to_arrow_table()

    def number(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> int:
        """The one number that a text answers; nought where there is none."""
        (value,) = self.query(text, parameters).columns[0].to_pylist()
        return int(value or 0)

    def write(self, text: str, path: Path) -> int:
        """Writes what a text answers into a Parquet file, and answers how many rows."""
        how = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 500000"
        ((rows,),) = self.connection.execute(f"COPY ({text}) TO {quoted(path)} ({how})").fetchall()
        return int(rows)


def quoted(path: Path) -> str:
    """A path as an SQL text has it."""
    return "'" + str(path).replace("'", "''") + "'"


def register_all(runner: Runner, store: Store) -> None:
    """Tells an engine of every dataset of a store as it is now; those without rows are there and empty."""
    manifest = store.manifest
    for name, dataset in DATASETS.items():
        files = [store.root / path for path in manifest.paths(name)]
        runner.register(name, files or dataset.empty())
