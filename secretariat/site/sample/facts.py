"""The published facts of the sample: read from the files beside this one, each row naming its document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

FACTS = Path(__file__).resolve().parent / "facts"
Row = dict[str, str]


@cache
def facts(name: str) -> tuple[Row, ...]:
    """The rows of one file of facts, such as `meetings`."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def facts_of(name: str, month: str) -> list[Row]:
    """The rows of one file of facts that are of a month, such as `2020-02`."""
    return [row for row in facts(name) if row["month"] == month]


def content(name: str) -> bytes:
    """The bytes of one file of facts."""
    return (FACTS / f"{name}.csv").read_bytes()


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as the bytes of a CSV file with a head."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()
