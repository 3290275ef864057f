"""Rewrites `bank_holidays.csv` from the `holidays` library: `python -m secretariat.plain.refresh_bank_holidays`.

The library is needed here only; the program reads the file. Look at the difference before keeping it: a day that the
library moved is a day on which deadlines move.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

import holidays

from secretariat.plain.workdays import BANK_HOLIDAYS, Holiday

YEARS: Final = range(2013, 2036)


def england_and_wales() -> Iterator[Holiday]:
    """The library's bank holidays that fall on weekdays, in order; a weekend holiday changes no Working Day."""
    source = f"holidays {version('holidays')}, GB ENG"
    known = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
    for day, name in sorted(known.items()):
        if day.weekday() < 5:
            yield Holiday(day, name.replace("(observed)", "(substitute day)"), source)


def write(path: Path = BANK_HOLIDAYS) -> int:
    """Writes the file and returns how many days it holds."""
    rows = list(england_and_wales())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Holiday._fields)
        writer.writerows((row.day.isoformat(), row.name, row.source) for row in rows)
    return len(rows)


if __name__ == "__main__":
    sys.stdout.write(f"{write()} bank holidays written to {BANK_HOLIDAYS.name}\n")
