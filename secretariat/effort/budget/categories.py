"""The categories of cost: four are known to be, their names are not (CHG-8)."""

from __future__ import annotations

from datetime import date

from secretariat.core.rulebook import RULEBOOK, Entry

KEY = "budget.categories"


def categories_on(day: date) -> tuple[str, ...]:
    """The names of the categories of cost on a day, as the rulebook has them (CHG-8)."""
    return tuple(name.strip() for name in RULEBOOK.text(KEY, day).split(";"))


def categories_ever() -> list[tuple[str, str]]:
    """The names of the categories of cost of all times, to choose from."""
    named = [name.strip() for entry in RULEBOOK.entries[KEY] for name in str(entry.value).split(";")]
    return [(name, name) for name in dict.fromkeys(named)]


def doubt_on(day: date) -> Entry:
    """The rulebook's entry of the names, with its doubt."""
    return RULEBOOK.entry(KEY, day)
