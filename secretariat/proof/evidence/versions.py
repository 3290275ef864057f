"""Versions of kept lists, as papers tell them: the latest, and how many were made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from secretariat.proof.findings import Placed
from secretariat.proof.paper import Paper
from secretariat.proof.words.quantities import quantities
from secretariat.proof.words.said import sentences

_VERSION: Final = re.compile(
    r"\b(?P<name>[A-Z]{2,6})\s+(?:[Vv]ersion\s+|v\.?\s?)(?P<number>\d+(?:\.\d+)?)\b"
    r"|\b[Vv]ersion\s+(?P<number2>\d+(?:\.\d+)?) of the (?P<name2>[A-Z]{2,6})\b"
)
_MADE: Final = re.compile(
    r"\s+(?:new\s+|further\s+)?(?:(?P<name>[A-Z]{2,6})\s+versions?|versions?\s+of\s+the\s+(?P<name2>[A-Z]{2,6}))\s+"
    r"(?:was|were|has been|have been)\s+(?:created|published|issued|made)"
)


@dataclass(frozen=True, slots=True)
class Version:
    """A list's version: its numbers ("12.4" is 12 and 4), and the sentence and block that tell it."""

    numbers: tuple[int, ...]
    sentence: str
    where: Placed

    @property
    def family(self) -> tuple[int, ...]:
        """The numbers before the last."""
        return self.numbers[:-1]

    def __str__(self) -> str:
        return ".".join(map(str, self.numbers))


def latest_versions(paper: Paper) -> dict[str, Version]:
    """The highest version that the paper tells of each list that goes by an abbreviation."""
    found: dict[str, Version] = {}
    for block in paper.prose():
        for sentence in sentences(block.text):
            for match in _VERSION.finditer(sentence):
                numbers = tuple(map(int, (match["number"] or match["number2"]).split(".")))
                name = match["name"] or match["name2"]
                if name not in found or found[name].numbers < numbers:
                    found[name] = Version(numbers, sentence, block)
    return found


def versions_made(paper: Paper) -> dict[str, Decimal]:
    """How many versions the paper says were made of each list; one told twice with two numbers is left out."""
    found: dict[str, set[Decimal]] = {}
    for block in paper.prose():
        for sentence in sentences(block.text):
            for quantity in quantities(sentence):
                if match := _MADE.match(sentence, quantity.end):
                    found.setdefault(match["name"] or match["name2"], set()).add(quantity.value)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}
