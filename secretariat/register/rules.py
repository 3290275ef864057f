"""The code's rules that concern the register: which part of the program holds each, and what is left out and why."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from secretariat.core.rulebook import MARKS

FILE: Final = Path(__file__).with_name("rules.toml")
PLACES: Final = ("steps", "rules", "figures", "rulebook", "constraints", "notices", "code")
"""The kinds of part that can hold a rule: a step or rule is named after its procedure, code by its module."""


@dataclass(frozen=True)
class RegisterRule:
    """One rule: what it says in our own words, how sure we are, what holds it by kind, and what of it is left out."""

    number: str
    says: str
    mark: str
    held_by: dict[str, tuple[str, ...]]
    left_out: str

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


@cache
def register_rules() -> tuple[RegisterRule, ...]:
    """Every rule in the order of the file. Raises ValueError naming a rule of which something is missing or unknown."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(_rule(number, told) for number, told in data.items())


def _rule(number: str, told: dict[str, Any]) -> RegisterRule:
    unknown = told.keys() - {"says", "mark", "left_out", *PLACES}
    if unknown:
        raise ValueError(f"{number} has the unknown {', '.join(sorted(unknown))}.")
    if not told.get("says") or told.get("mark") not in MARKS:
        raise ValueError(f"{number} needs a sentence, and a mark of how sure we are.")
    held_by = {place: tuple(told[place]) for place in PLACES if told.get(place)}
    left_out = str(told.get("left_out", ""))
    if not held_by and not left_out:
        raise ValueError(f"{number} is neither held by anything nor left out for a reason.")
    return RegisterRule(number, str(told["says"]), str(told["mark"]), held_by, left_out)
