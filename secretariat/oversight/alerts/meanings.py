"""What the numbers in measurement data are called on a day: codes with their meanings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from secretariat.oversight.alerts.codes import UnknownCodeError, number, written
from secretariat.oversight.alerts.models import AlertCode


def meanings(day: date) -> Mapping[int, AlertCode]:
    """The meaning of every code in force on a day, by the number under which data holds it; one query."""
    return {number(row.code): row for row in AlertCode.objects.on(day)}


def called(kept: int, known: Mapping[int, AlertCode]) -> str:
    """A code with its meaning, or alone where none is entered; a number of no code as it is."""
    if kept in known:
        return str(known[kept])
    try:
        return written(kept)
    except UnknownCodeError:
        return f"code {kept}"
