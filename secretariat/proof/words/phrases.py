"""The words about a number in prose: its sentence, and the noun that it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from secretariat.proof.words.labels import stem
from secretariat.proof.words.quantities import Quantity, number_of, quantities

_SENTENCE_END: Final = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)(?<!\bapprox)[.!?][’”\"')]*(?=\s+[A-Z“‘\"'(£\d•])")
_WORD: Final = re.compile(r"[\s\u00a0]*(?P<word>[A-Za-z][A-Za-z’']*(?:-[A-Za-z]+)*)")
_ENDS: Final = frozenset({
    *("of", "to", "in", "on", "for", "by", "at", "from", "with", "within", "into", "onto", "over", "under", "between"),
    *("among", "across", "per", "via", "since", "during", "before", "after", "until", "and", "or", "but", "nor", "so"),
    *("if", "as", "than", "then", "that", "which", "who", "whom", "whose", "where", "when", "while", "because"),
    *("including", "excluding", "plus", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had"),
    *("do", "does", "did", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "not", "met"),
    *("without", "against", "cast", "representing", "comprising", "relating", "a", "an", "this", "these", "those"),
    *("its", "their", "our", "both"),
    *("each", "there", "more", "less", "fewer", "up", "down", "out", "held", "took", "set", "made", "put", "went"),
    *("each", "either", "only", "also", "still", "now", "currently", "respectively", "remain", "remains", "about"),
})  # fmt: skip
_PASSED: Final = frozenset({"new", "further", "additional", "other", "separate", "different", "total", "of", "the"})
# A sentence with more numbers than this is a flattened table.
_MOST_NUMBERS: Final = 30
_LONGEST: Final = 1200
_REACH: Final = 300
_MOST_WORDS: Final = 5
# What time and money are counted in: never the thing a table or a list counts.
MEASURES: Final = frozenset({
    *("day", "month", "year", "week", "hour", "minute", "time", "pound", "percent", "percentage", "quarter"),
    *("occasion", "second", "page", "pm", "am", "million", "half"),
})  # fmt: skip


_CLAUSE: Final = re.compile(r"[;:()]|,(?!\d)|\s[–—-]\s|\b(?:and|but|while|whereas|of which|including)\b")


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in prose with the sentence it stands in and the stems of the words it counts, the noun last; the noun
    ends so many characters after the number."""

    quantity: Quantity
    sentence: str
    noun: tuple[str, ...]
    noun_end: int

    @property
    def head(self) -> str:
        """The noun itself, "" where no noun follows."""
        return self.noun[-1] if self.noun else ""

    @property
    def things(self) -> str:
        """The noun as printed."""
        return " ".join(self.after[: self.noun_end].split()) if self.noun else ""

    @property
    def clause(self) -> tuple[int, int]:
        """Where in the sentence the clause of the number begins and ends."""
        first, last = max(0, self.quantity.start - _REACH), min(len(self.sentence), self.quantity.end + _REACH)
        marks = [match.end() for match in _CLAUSE.finditer(self.sentence, first, self.quantity.start)]
        end = _CLAUSE.search(self.sentence, self.quantity.end, last)
        return max(marks, default=first), end.start() if end else last

    @property
    def before(self) -> str:
        """The sentence up to the number, as far back as its words bear on it."""
        return self.sentence[max(0, self.quantity.start - _REACH) : self.quantity.start]

    @property
    def after(self) -> str:
        """The sentence from the number on, as far as its words bear on it."""
        return self.sentence[self.quantity.end : self.quantity.end + _REACH]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; one too long to be a sentence is cut."""
    start = 0
    for end in (*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)):
        for cut in range(start, end, _LONGEST):
            if piece := text[cut : min(cut + _LONGEST, end)].strip():
                yield piece
        start = end


@lru_cache(maxsize=4096)
def counted(text: str) -> tuple[Counted, ...]:
    """Every number told in a paragraph, save in strings of numbers, with its sentence and its noun.

    Places are within the sentence."""
    told = ((sentence, quantities(sentence)) for sentence in sentences(text))
    return tuple(
        Counted(quantity, sentence, *noun_after(sentence, quantity.end))
        for sentence, found in told
        if len(found) <= _MOST_NUMBERS
        for quantity in found
    )


def noun_after(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """The stems of the noun that follows a place, with what qualifies it, and how many characters it takes: for "26
    telephone enquiries and", telephone and inquiry. Nothing when the number stands alone."""
    found: list[str] = []
    at = start
    while len(found) < _MOST_WORDS and (match := _WORD.match(text, at)):
        word = match["word"].lower()
        if word in _ENDS or number_of(word) is not None or (found and _is_verb(match["word"])):
            break
        if word not in _PASSED:
            found.append(stem(word))
        at = match.end()
        if re.match(r"\s*\([A-Z][A-Za-z]*\)", text[at:]):
            break
    return tuple(found), at - start


def _is_verb(word: str) -> bool:
    """Whether a word after a noun goes on to say what becomes of it ("proposals undergoing", "parties acceded")."""
    return re.search(r"(?:ed|ing|ly)$", word) is not None and word[0].islower()
