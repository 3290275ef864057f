"""Where this installation's measurement data lie, and which engine asks them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from secretariat.oversight.readings.questions import Desk
from secretariat.oversight.readings.runner import DuckRunner, Runner
from secretariat.oversight.readings.store import Store


def opened_store() -> Store:
    """The store under the home folder."""
    return Store(Path(settings.READINGS_ROOT))


def embedded(store: Store) -> DuckRunner:
    """The engine in this process, under the limit of memory that the settings state."""
    return DuckRunner(memory=settings.READINGS_MEMORY, spill=store.root / "spill")


def spark(store: Store) -> Runner:
    """Apache Spark, as its own settings point it at a cluster. Raises ImportError without the extra `spark`."""
    scratch = store.root / "scratch"
    scratch.mkdir(exist_ok=True)
    made: Runner = import_string("secretariat.oversight.readings.spark.SparkRunner")(scratch)
    return made


ENGINES: dict[str, Callable[[Store], Runner]] = {"duckdb": embedded, "spark": spark}


def opened_desk() -> Desk:
    """The desk over the data as they are now, with the engine that the settings name."""
    store = opened_store()
    return Desk(store, ENGINES[settings.READINGS_ENGINE](store))
