"""Abbreviations and the words they are given for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.proof.findings import Placed
from secretariat.proof.paper import Paper
from secretariat.proof.words.nouns import lexicon, singular
from secretariat.proof.words.said import said

_GIVEN: Final = re.compile(r"[(\[]\s?[“‘\"']?(?P<short>[A-Z][A-Za-z&/ -]{0,10}[A-Za-z])[”’\"']?\s?[)\]]")
_REVERSED: Final = re.compile(
    r"(?<![A-Za-z(])(?P<short>[A-Z]{3,8}) \((?P<words>[A-Z][a-z]+(?: (?:and|of|for|the|&|[A-Z][A-Za-z-]+)){1,7})\)"
)
_WORD: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9’']*")
_CAPS: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3,9}(?![A-Za-z0-9])")
_SMALL: Final = lexicon("of and for the in to on a an at by with & or")
_CLASSES: Final = lexicon("WHITE GREEN AMBER RED CLEAR NOTE DRAFT NEW TBC TBD NB UK")
_REACH: Final = 12
_NEAR: Final = 200
_MOST_DOUBTFUL: Final = 200


@dataclass(frozen=True, slots=True)
class Expansion:
    """An abbreviation with the words it was given for; strict where the initials of the words are its letters."""

    short: str
    words: str
    strict: bool
    where: Placed
    text: str

    @property
    def key(self) -> tuple[str, ...]:
        """The words as compared: singular, without small words, in one spelling."""
        plain = [word.lower().replace("’", "'").replace("iz", "is") for word in _WORD.findall(self.words)]
        told = [word.removesuffix("'s") for word in plain if word not in _SMALL]
        return (*told[:-1], *map(singular, told[-1:]))


@dataclass(frozen=True, slots=True)
class Impossible:
    """An abbreviation that its words cannot make, and the proper form where the paper has one."""

    short: str
    words: str
    proper: str
    where: Placed


def expansions(paper: Paper) -> tuple[list[Expansion], list[Impossible]]:
    """The abbreviations that a paper explains, and those whose words cannot make them."""
    found: list[Expansion] = []
    doubtful: list[tuple[str, list[str], Placed]] = []
    counts: Counter[str] = Counter()
    for each in said(paper):
        counts.update(_CAPS.findall(each.text))
        for short, before in _pairs(each.text):
            words, strict = _span(short, before)
            if words:
                found.append(Expansion(short, words, strict, each.where, f"{words} ({short})"))
            else:
                doubtful.append((short, before, each.where))
        for hit in _REVERSED.finditer(each.text):
            words, strict = _span(hit["short"], hit["words"].split())
            if words == hit["words"]:
                found.append(Expansion(hit["short"], words, strict, each.where, hit[0]))
    return found, list(_impossible(doubtful, found, counts))


def _pairs(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each abbreviation in brackets with the words of its sentence before it."""
    for hit in _GIVEN.finditer(text):
        short = hit["short"].removesuffix("s") if hit["short"][:-1].isupper() else hit["short"]
        if (
            sum(letter.isupper() for letter in short) < 2
            or short in _CLASSES
            or (" " in short and not short.replace(" ", "").isupper())
        ):
            continue
        before = re.split(r"[.;:?!]\s|[()]|\n", text[max(0, hit.start() - _NEAR) : hit.start()])[-1]
        yield short, [word.strip("‘’“”\"',") for word in before.split()[-_REACH:]]


def _span(short: str, before: Sequence[str]) -> tuple[str, bool]:
    """The fewest last words whose letters, in order, make the abbreviation; and whether their initials do."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    for count in range(1, len(before) + 1):
        words = list(before[-count:])
        if words[0].lower() in _SMALL or words[0][:1].lower() != letters[0]:
            continue
        if _initials(words) == letters or _initials(words, every=True) == letters:
            return " ".join(words), True
        if _makes(letters, words):
            return " ".join(words), False
    return "", False


def _initials(words: Sequence[str], *, every: bool = False) -> list[str]:
    parts = [part for word in words for part in re.split(r"[-/‑–]", word) if part]
    return [part[0].lower() for part in parts if every or part.lower() not in _SMALL]


def _makes(letters: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the letters stand in the words in order, each of the longer words giving at least its first."""
    rest = " ".join(words).lower()
    at = 0
    for letter in letters:
        at = rest.find(letter, at) + 1
        if not at:
            return False
    needed = [word[0].lower() for word in words if word.lower() not in _SMALL and word[:1].isupper()]
    return _within(needed, letters) and len(words) <= len(letters) + 3


def _within(needed: Sequence[str], letters: Sequence[str]) -> bool:
    ahead = iter(letters)
    return all(any(letter == each for letter in ahead) for each in needed)


def _impossible(
    doubtful: Sequence[tuple[str, list[str], Placed]], found: Sequence[Expansion], counts: Counter[str]
) -> Iterator[Impossible]:
    explained = {each.short for each in found}
    for short, before, where in doubtful[:_MOST_DOUBTFUL]:
        run = _capitals(before)
        proper = next((each for each in _nearly(short, counts) if _span(each, run)[0]), "")
        if proper:
            yield Impossible(short, _span(proper, run)[0], proper, where)
        elif short not in explained and len(short) > 3 and _almost(short, run):
            yield Impossible(short, " ".join(run[_first(short, run) :]), "", where)


def _capitals(before: Sequence[str]) -> list[str]:
    run: list[str] = []
    for word in reversed(before):
        if not (word[:1].isupper() or word.lower() in _SMALL):
            break
        run.insert(0, word)
    while run and run[0].lower() in _SMALL:
        run.pop(0)
    return run


def _nearly(short: str, counts: Counter[str]) -> list[str]:
    """Abbreviations that the paper uses, one letter away, and at least as often."""
    return [
        each
        for each in counts
        if each != short
        and abs(len(each) - len(short)) <= 1
        and counts[each] >= counts[short]
        and _one_letter(each, short)
    ]


def _one_letter(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _first(short: str, run: Sequence[str]) -> int:
    return next((at for at, word in enumerate(run) if word[:1].upper() == short[0]), 0)


def _almost(short: str, run: Sequence[str]) -> bool:
    """Whether the initials of the words before have the first letters of the abbreviation, and all of them but one."""
    words = [word for word in run[_first(short, run) :] if word.lower() not in _SMALL]
    letters = [letter for letter in short.upper() if letter.isalpha()]
    if not words or words[0][:1].upper() != letters[0] or not len(letters) - 1 <= len(words) <= len(letters) + 1:
        return False
    shared = _longest([word[0].upper() for word in words], letters)
    return shared == len(letters) - 1


def _longest(one: Sequence[str], other: Sequence[str]) -> int:
    row = [0] * (len(other) + 1)
    for mine in one:
        above = row[:]
        for at, theirs in enumerate(other, 1):
            row[at] = above[at - 1] + 1 if mine == theirs else max(row[at - 1], above[at])
    return row[-1]
