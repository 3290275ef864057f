"""The code's rules, room by room: which part of the program holds each, and what is left out and why.

A room that has rules tells them in its `rules.toml`: the title of its table, what the table is about, the families of
numbers in their order, and each rule under its number.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from secretariat.core.rulebook import MARKS

PLACES: Final = ("steps", "rules", "figures", "rulebook", "constraints", "notices", "code")
"""The kinds of part that can hold a rule: a step or rule is named after its procedure, code by its module."""
STANDINGS: Final = ("implemented", "in part", "left out")
_HEADS: Final = ("title", "about", "families")
_ROOMS: Final = Path(__file__).parents[1]


@dataclass(frozen=True)
class CodeRule:
    """One rule: what it says in our own words, how sure we are, what holds it by kind, and what of it is left out."""

    number: str
    says: str
    mark: str
    held_by: Mapping[str, tuple[str, ...]]
    left_out: str

    @property
    def family(self) -> str:
        """The letters before its number."""
        return self.number.partition("-")[0]

    @property
    def standing(self) -> str:
        """Whether the program holds all of it, a part, or nothing."""
        if not self.held_by:
            return "left out"
        return "in part" if self.left_out else "implemented"

    @property
    def doubt(self) -> str:
        """How sure we are of the rule, as a sentence."""
        return MARKS[self.mark]


@dataclass(frozen=True)
class RuleTable:
    """The rules of one room in the order of its file; `families` names each family of numbers."""

    room: str
    title: str
    about: str
    families: Mapping[str, str]
    rules: tuple[CodeRule, ...]

    @property
    def counted(self) -> str:
        """How many rules stand how, in words."""
        numbers = Counter(rule.standing for rule in self.rules)
        return ", ".join(f"{numbers[standing]} {standing}" for standing in STANDINGS)


@cache
def rule_tables() -> tuple[RuleTable, ...]:
    """The table of every room that has one, in order of the rooms' names. Raises ValueError as `read` does."""
    return tuple(read(file) for file in sorted(_ROOMS.glob("*/rules.toml")))


def read(file: Path) -> RuleTable:
    """The table that a file tells. Raises ValueError naming a rule of which something is missing or unknown."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    if not all(data.get(head) for head in _HEADS):
        raise ValueError(f"{file.parent.name}'s rules need {', '.join(_HEADS)}.")
    title, about, families = (data.pop(head) for head in _HEADS)
    table = RuleTable(file.parent.name, title, about, families, tuple(_rule(*told) for told in data.items()))
    strange = [rule.number for rule in table.rules if rule.family not in families]
    if strange:
        raise ValueError(f"{', '.join(strange)} is of no family that the file names.")
    return table


def _rule(number: str, told: dict[str, Any]) -> CodeRule:
    unknown = told.keys() - {"says", "mark", "left_out", *PLACES}
    if unknown:
        raise ValueError(f"{number} has the unknown {', '.join(sorted(unknown))}.")
    if not told.get("says") or told.get("mark") not in MARKS:
        raise ValueError(f"{number} needs a sentence, and a mark of how sure we are.")
    held_by = {place: tuple(told[place]) for place in PLACES if told.get(place)}
    left_out = str(told.get("left_out", ""))
    if not held_by and not left_out:
        raise ValueError(f"{number} is neither held by anything nor left out for a reason.")
    return CodeRule(number, str(told["says"]), str(told["mark"]), held_by, left_out)
