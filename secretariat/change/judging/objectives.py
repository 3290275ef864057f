"""The objectives against which a proposal is judged, as the rulebook has them on a day (MOD-20, MOD-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from secretariat.core.rulebook import RULEBOOK, Entry

GENERAL, CHARGING = "change.objective.", "change.charging_objective."


@dataclass(frozen=True)
class Objective:
    """One objective: its key in records, its words, and the rulebook's entry with source and doubt."""

    key: str
    entry: Entry

    @property
    def charging(self) -> bool:
        """Whether it applies only to changes to the charging methodology of Section K."""
        return self.entry.key.startswith(CHARGING)

    @property
    def short(self) -> str:
        """How the head of a column names it: "(a)", or the words of a charging objective."""
        return self.key.replace("_", " ").capitalize() if self.charging else f"({self.key})"

    @property
    def label(self) -> str:
        """How a form names it."""
        return f"Charging: {self.entry.value}" if self.charging else f"({self.key}) {self.entry.value}"


def objectives(day: date | None = None) -> list[Objective]:
    """The objectives in force on a day, general ones first; without a day, every one there ever was."""
    found = []
    for prefix in (GENERAL, CHARGING):
        for key, entries in sorted(RULEBOOK.entries.items()):
            in_force = [entry for entry in entries if day is None or entry.effective_from <= day]
            if key.startswith(prefix) and in_force:
                found.append(Objective(key.removeprefix(prefix), in_force[-1]))
    return found


def objective(key: str, day: date | None = None) -> Objective | None:
    """The objective of a key, if it is in force on the day."""
    return next((one for one in objectives(day) if one.key == key), None)
