"""Steps out of order: a step that rests on a later one, or whose number is not in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from secretariat.legaltext.checking.numbering import plain_number
from secretariat.legaltext.checking.references import Code, Reference, references
from secretariat.legaltext.text import Clause, Text

DONE_BEFORE: Final = re.compile(
    r"\b(?:(?:upon|on|after|following)\s+(?:the\s+)?(?:successful\s+)?(?:completion\s+of|completing)|having\s+completed|"
    r"once\s+it\s+has\s+completed|after\s+taking|following)\s+(?:the\s+)?(?:steps?|actions?|checks?|processes|process|"
    r"procedures?)\s+(?:set\s+out\s+|described\s+|referred\s+to\s+|specified\s+)?(?:in|under|of)\s+$",
    re.IGNORECASE,
)
"""What a clause says of a step that is to be taken before it."""
ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50}
STEP: Final = re.compile(r"(?i)\bstep\s+(\d+)\b")


def out_of_order(document: str, text: Text, code: Code) -> Iterator[tuple[str, str, str]]:
    """The steps out of order: the identity of the clause, what it is about, and the sentence to tell."""
    places = {clause.uid: place for place, clause in enumerate(text.clauses)}
    for clause in text.clauses:
        for one in rests_on(clause.body):
            target = code.target(one, document, clause.uid)
            if target and target.document == document and places.get(target.uid, -1) > places[clause.uid]:
                yield clause.uid, one.words, f"It follows on {one.words}, which stands after it."
    for siblings in text.children.values():
        yield from _misnumbered(siblings)


def rests_on(body: str) -> Iterator[Reference]:
    """The references to steps that are to be completed before."""
    for one in references(body):
        if DONE_BEFORE.search(body[: one.start]):
            yield one


def _misnumbered(siblings: tuple[Clause, ...]) -> Iterator[tuple[str, str, str]]:
    """The siblings whose number is lower than that of the one before, in numbers of one form."""
    numbered = [clause for clause in siblings if plain_number(clause)]
    ranks = list(_ranks([plain_number(clause) for clause in numbered]))
    for (before, low), (after, high) in pairwise(zip(numbered, ranks, strict=True)):
        if low is not None and high is not None and low[0] == high[0] and low[1] > high[1]:
            number = plain_number(after)
            yield after.uid, number, f"{number} stands after {plain_number(before)}."
    steps = [(clause, int(found.group(1))) for clause in siblings if (found := STEP.match(clause.heading))]
    for (_before, low_step), (after, high_step) in pairwise(steps):
        if low_step > high_step:
            yield after.uid, f"step {high_step}", f"Step {high_step} stands after step {low_step}."


Rank = tuple[str, list[tuple[int, str]]]


def _ranks(numbers: list[str]) -> Iterator[Rank | None]:
    """The form and the rank of each number among its siblings; none for what is no number of a known form.

    (i) is a roman one unless (h) stands before it.
    """
    roman = False
    for place, number in enumerate(numbers):
        bare = number.strip("().")
        if number.startswith("(") and bare.isalpha():
            first = place == 0
            roman = (roman or first) and bool(re.fullmatch(r"[ivxl]+", bare))
            yield ("roman", [(roman_value(bare), "")]) if roman else ("letter", [(len(bare), bare)])
        else:
            parts = re.findall(r"(\d+)([A-Za-z]*)", number)
            form = re.sub(r"\d+[A-Za-z]*", "0", number)
            yield (form, [(int(digits), letters) for digits, letters in parts]) if parts else None


def roman_value(told: str) -> int:
    """The value of a small roman number."""
    values = [ROMAN[letter] for letter in told]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
