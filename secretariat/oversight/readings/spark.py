"""The same questions asked of Apache Spark, for data that outgrew one machine; chosen by a setting.

It needs the extra `spark` and Java. `SPARK_REMOTE` or the usual Spark settings point it at a cluster;
without them it runs in this machine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from secretariat.oversight.readings.layout import DATASETS
from secretariat.oversight.readings.runner import Dialect, Parameter, spoken

SPARK: Dialect = ((r"//", "div"),)
"""Integer division has a word there."""


class SparkRunner:
    """A Spark session; Universal Time, and months stay words."""

    def __init__(self, scratch: Path, master: str = "") -> None:
        builder = SparkSession.builder.appName("secretariat").config("spark.sql.session.timeZone", "UTC")
        builder = builder.config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
        self.session = (builder.master(master) if master else builder).getOrCreate()
        self.scratch = scratch

    def register(self, name: str, rows: pa.Table | Sequence[Path]) -> None:
        """Gives rows, or the files of a dataset, a name for texts to use."""
        if isinstance(rows, pa.Table):
            path = self.scratch / f"{name}.parquet"
            pq.write_table(rows, path)
            self.session.read.parquet(str(path)).createOrReplaceTempView(name)
            return
        base = rows[0].parent.parent if DATASETS[name].by_month else rows[0].parent
        read = self.session.read.option("basePath", str(base))
        read.parquet(*(str(path) for path in rows)).createOrReplaceTempView(name)

    def query(self, text: str, parameters: Mapping[str, Parameter] | None = None) -> pa.Table:
        """What a text answers, with `:name` standing for a parameter; parameters the text does not name are let be."""
        named = {name: value for name, value in (parameters or {}).items() if re.search(rf":{name}\b", text)}
        return self.session.sql(spoken(text, SPARK), args=named).toArrow()
