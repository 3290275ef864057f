"""The rulebook: figures and settings that the code's text sets, as dated data with their source and doubt.

A procedure asks for the value in force at an instant; a page that shows a rule shows how sure we are.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from secretariat.plain.dates import local_day

Value = int | str | bool | Decimal

MARKS = {
    "sourced": "Stated on a published page or document.",
    "inferred": "Deduced from published documents; not stated in them.",
    "general knowledge, high": "General knowledge, unverified; high confidence.",
    "general knowledge, medium": "General knowledge, unverified; medium confidence.",
    "general knowledge, low": "General knowledge, unverified; low confidence.",
    "setting": "A choice of this administration, not a rule of the code.",
}


class UnknownRule(KeyError):
    """No entry of the rulebook has this key, or none is in force on the day."""


@dataclass(frozen=True)
class Entry:
    """One value of one key, from a day on."""

    key: str
    value: Value
    effective_from: date
    source: str
    mark: str
    meaning: str
    note: str = ""

    @property
    def doubt(self) -> str:
        """How sure we are, as a sentence."""
        return MARKS[self.mark]

    @property
    def verified(self) -> bool:
        """Whether a document was seen to state it."""
        return self.mark in ("sourced", "setting")


class Rulebook:
    """One code's rulebook, read from a TOML file on first use."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def entries(self) -> dict[str, tuple[Entry, ...]]:
        """Every key with its values, oldest first. Raises ValueError naming a malformed key."""
        data = tomllib.loads(self.path.read_text(encoding="utf-8"))
        return {key: _values(key, table) for key, table in _leaves("", data)}

    def entry(self, key: str, at: datetime | date) -> Entry:
        """The entry in force at an instant or on a day. Raises UnknownRule."""
        day = local_day(at) if isinstance(at, datetime) else at
        in_force = [entry for entry in self.entries.get(key, ()) if entry.effective_from <= day]
        if not in_force:
            raise UnknownRule(f"The rulebook has no value for {key} on {day.isoformat()}.")
        return in_force[-1]

    def number(self, key: str, at: datetime | date) -> int:
        """The whole number in force. Raises UnknownRule or TypeError."""
        value = self.entry(key, at).value
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{key} is not a whole number.")
        return value

    def text(self, key: str, at: datetime | date) -> str:
        """The text in force. Raises UnknownRule."""
        return str(self.entry(key, at).value)

    def switch(self, key: str, at: datetime | date) -> bool:
        """Whether a switch is on. Raises UnknownRule or TypeError."""
        value = self.entry(key, at).value
        if not isinstance(value, bool):
            raise TypeError(f"{key} is not a switch.")
        return value


def _leaves(prefix: str, table: dict[str, object]) -> list[tuple[str, dict[str, object]]]:
    if "meaning" in table:
        return [(prefix, table)]
    found = []
    for name, below in table.items():
        if not isinstance(below, dict):
            raise ValueError(f"{prefix}.{name} in the rulebook has no meaning; give it one.")
        found += _leaves(f"{prefix}.{name}" if prefix else name, below)
    return found


def _values(key: str, table: dict[str, object]) -> tuple[Entry, ...]:
    rows = table.get("values")
    if not isinstance(rows, list) or not rows:
        raise ValueError(f"{key} in the rulebook has no values.")
    entries = [_entry(key, str(table["meaning"]), row) for row in rows]
    if len({entry.effective_from for entry in entries}) < len(entries):
        raise ValueError(f"{key} in the rulebook has two values from the same day.")
    return tuple(sorted(entries, key=lambda entry: entry.effective_from))


def _entry(key: str, meaning: str, row: dict[str, object]) -> Entry:
    missing = {"value", "effective_from", "source", "mark"} - row.keys()
    if missing:
        raise ValueError(f"{key} in the rulebook lacks {', '.join(sorted(missing))}.")
    if unknown := row.keys() - {"value", "effective_from", "source", "mark", "note"}:
        raise ValueError(f"{key} in the rulebook has the unknown {', '.join(sorted(unknown))}.")
    if not isinstance(row["effective_from"], date):
        raise ValueError(f"{key} in the rulebook begins on {row['effective_from']!r}; write a date such as 2013-09-23.")
    if row["mark"] not in MARKS:
        raise ValueError(f"{key} in the rulebook is marked {row['mark']!r}; use one of {', '.join(MARKS)}.")
    return Entry(key=key, meaning=meaning, **row)  # type: ignore[arg-type]


RULEBOOK = Rulebook(Path(__file__).resolve().parent.parent / "rulebook" / "sec.toml")
