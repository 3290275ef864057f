"""A body as words and sentences, with where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

CAPITAL: Final = re.compile(r"(?<![\w&/’'\-])[A-Z][\w&/\-]*")
SMALL: Final = re.compile(r"\b[a-z]{2,}\b")
NOT_WORDS: Final = "*_()[]“”‘\"' \t"
"""What may stand between the begin of a sentence, or of a cell, and its first word."""
SENTENCE: Final = re.compile(r"[^\n]+?(?:[.!?](?=\s+[“\"(*]*[A-Z]|\s*$)|(?=\n)|$)", re.MULTILINE)


class Word(NamedTuple):
    """One word of a body, and where it stands."""

    text: str
    start: int
    end: int


def capitals(body: str) -> list[Word]:
    """The words of a body that begin with a capital."""
    return [Word(one.group(), one.start(), one.end()) for one in CAPITAL.finditer(body)]


def begins_a_sentence(body: str, word: Word) -> bool:
    """Whether a word is the first of a sentence, a line or a cell."""
    before = body[: word.start].rstrip(NOT_WORDS)
    return not before or before[-1] in ".!?|\n:#>"


def sentences(body: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of a body begins and ends."""
    for found in SENTENCE.finditer(body):
        told = found.group()
        start = found.start() + len(told) - len(told.lstrip())
        end = found.end() - (len(told) - len(told.rstrip()))
        if start < end:
            yield start, end


def singular(word: str) -> tuple[str, ...]:
    """The forms of which a word may be the plural, itself first."""
    found = [word]
    if word.endswith("ies"):
        found.append(word[:-3] + "y")
    if word.endswith("es"):
        found.append(word[:-2])
    if word.endswith("s"):
        found.append(word[:-1])
    return tuple(found)


def plurals(told: str) -> tuple[str, ...]:
    """A term and what its plural can be."""
    ending = (f"{told[:-1]}ies",) if told.endswith("y") else (f"{told}es",) if told.endswith(("s", "x", "h")) else ()
    return told, f"{told}s", *ending
