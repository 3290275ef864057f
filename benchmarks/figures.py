"""All figures of the February paper at ten times the sample's volume, against hand-written SQL for the same numbers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.by_hand import COUNTS, PAPER_DAY, SINCE
from benchmarks.measure import Pair, paired, seconds, show, thousandths
from benchmarks.volume import FEBRUARY, fill
from secretariat.core.figures import FIGURES, Figure, Result, Span
from secretariat.core.figures import Listing as Told
from secretariat.reports import meetings_table, operations

ALL = "all of them"
OF_THE_PAPER = {
    found.name for room in (operations, meetings_table) for found in vars(room).values() if isinstance(found, Figure)
}


def run(*, quick: bool) -> None:
    """Prints the medians of each figure and of all of them."""
    fill()
    runs = 5 if quick else 31
    with closing(sqlite3.connect(settings.HOME / "secretariat.sqlite3")) as raw:
        cursor = raw.cursor()
        check(cursor)
        queries = {name: queries_of(name) for name in COUNTS}
        pairs = {name: measured(name, cursor, runs) for name in COUNTS}
        pairs[ALL] = paired(seconds(partial(by_hand, cursor)), seconds(all_figures), runs)
    queries[ALL] = sum(queries.values())
    heads = ("Figures of February 2020, ten times the sample", "queries", "SQL by hand", "figure", "ratio")
    show(heads[0], ("figure", *heads[1:]), (line(name, queries[name], pair) for name, pair in pairs.items()))


def line(name: str, queries: int, pair: Pair) -> tuple[str, ...]:
    """One row of the table."""
    return name, str(queries), thousandths(pair.floor), thousandths(pair.ours), f"{pair.ratio:.1f}"


def span_of(name: str) -> Span:
    """The days that the paper asks a figure for."""
    since = Span(date.fromisoformat(SINCE), date.fromisoformat(PAPER_DAY))
    return since if name == "user_entry_completions" else Span.of(FEBRUARY)


def count(name: str) -> Result:
    """What a figure counts."""
    return FIGURES[name](span_of(name))


def all_figures() -> None:
    """Counts every figure of the paper."""
    for name in COUNTS:
        count(name)


def by_hand(cursor: sqlite3.Cursor) -> None:
    """Counts the same by hand."""
    for counted in COUNTS.values():
        counted(cursor)


def measured(name: str, cursor: sqlite3.Cursor, runs: int) -> Pair:
    """One figure against its SQL."""
    return paired(seconds(partial(COUNTS[name], cursor)), seconds(partial(count, name)), runs)


def queries_of(name: str) -> int:
    """How many queries a figure takes."""
    with CaptureQueriesContext(connection) as captured:
        count(name)
    return len(captured)


def check(cursor: sqlite3.Cursor) -> None:
    """Raises SystemExit unless every figure of the paper is here and both sides give the same numbers."""
    if set(COUNTS) != OF_THE_PAPER:
        raise SystemExit(f"Not the figures of the paper: {', '.join(sorted(set(COUNTS) ^ OF_THE_PAPER))}.")
    for name, counted in COUNTS.items():
        hand, ours = plain(counted(cursor)), numbers(count(name))
        if hand != ours or not hand:
            raise SystemExit(f"{name}: by hand {different(hand, ours)}, as a figure {different(ours, hand)}.")


def numbers(result: Result) -> Any:
    """A result as plain numbers: those of its cells that are not nought, or the first value of each row."""
    if isinstance(result, Told):
        return [row.values[0] for row in result.rows]
    labels = {row.key: row.label for row in result.rows}
    return plain({(labels[row], column): cell.value for (row, column), cell in result.cells.items()})


def plain(counted: Any) -> Any:
    """Numbers without the noughts and the unknown, rounded to the hundredth."""
    if isinstance(counted, list):
        return counted
    return {key: round(float(value), 2) for key, value in counted.items() if value}


def different(one: Any, other: Any) -> Any:
    """What the one has and the other has not."""
    if isinstance(one, list):
        return f"{len(one)} rows, first {one[:1]}"
    return {key: value for key, value in one.items() if other.get(key) != value}
