"""Pairs of measurements, their medians, and the tables they are printed in."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Pair:
    """The medians of a floor and of ours over paired runs, and the median of the runs' ratios, ours to floor."""

    floor: float
    ours: float
    ratio: float


def paired(floor: Callable[[], float], ours: Callable[[], float], runs: int) -> Pair:
    """Measures floor and ours in turn, so that what disturbs the machine disturbs both."""
    pairs = [(floor(), ours()) for _ in range(runs)]
    floors, mine = zip(*pairs, strict=True)
    return Pair(median(floors), median(mine), median(one / other for other, one in pairs))


def seconds(work: Callable[[], Any]) -> Callable[[], float]:
    """Work as a measurement: how many seconds one call takes."""

    def measured() -> float:
        gc.collect()
        begun = time.perf_counter()
        work()
        return time.perf_counter() - begun

    return measured


def show(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Prints a table: the first column to the left, the others to the right."""
    lines = [tuple(heads), *(tuple(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    print(f"\n{title}")
    for line in lines:
        first, *others = (cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        print("  " + "  ".join([line[0].ljust(len(first)), *others]))


def thousandths(value: float) -> str:
    """Seconds as milliseconds."""
    return f"{value * 1000:,.1f} ms"
