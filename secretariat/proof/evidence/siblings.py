"""Headings beside each other, and the sections whose words belong under another of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from secretariat.proof.paper import Heading, Item, Paper, Paragraph, Section
from secretariat.proof.words.nouns import lexicon, singular

_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_ABBREVIATION: Final = re.compile(r"[A-Z][A-Z0-9]{2,}")
_SMALL: Final = lexicon("the and for with from of a an in on to by at its our this")
_GENERAL: Final = lexicon(
    "update overview summary report highlight meeting section activity detail information statistic"
)
_TITLE: Final = re.compile(r"[A-Z][A-Za-z&’' ()-]{3,80}")
_MOST_WORDS: Final = 80
_FEWEST_WORDS: Final = 6
_REACH: Final = 8
_MARGIN: Final = 0.5
_ROOT: Final = 6


@dataclass(frozen=True, slots=True)
class Strayed:
    """A section's words that speak of a sibling's term, and not of its own."""

    block: Paragraph | Item
    heading: Heading
    sibling: Heading
    term: str
    own: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A section by its heading and its first paragraph, and the roots of the words of each."""

    heading: Heading
    block: Paragraph
    named: set[str]
    spoken: set[str]


def strayed(paper: Paper) -> Iterator[Strayed]:
    """The short sections that speak only of what a sibling's heading names."""
    beside: dict[tuple[tuple[str, ...], int], list[Section]] = defaultdict(list)
    for section in paper.sections():
        if section.heading is not None:
            above = section.path[:-1] if section.path[-1:] == (section.heading.text,) else section.path
            beside[above, section.heading.level].append(section)
    yield from _swapped(paper)
    for siblings in beside.values():
        for at, section in enumerate(siblings):
            near = [*siblings[max(0, at - 3) : at], *siblings[at + 1 : at + 4]]
            if (found := _strayed(section, near)) is not None:
                yield found


def _strayed(section: Section, near: Sequence[Section]) -> Strayed | None:
    heading = section.heading
    prose = [block for block in section.blocks if isinstance(block, Paragraph | Item)]
    if heading is None or not prose or len(prose) < len(section.blocks):
        return None
    text = " ".join(block.text for block in prose)
    spoken = _stems(text)
    if len(text.split()) > _MOST_WORDS or _initials(heading.text) in text.split():
        return None
    for each in near:
        sibling = each.heading
        if sibling is None or not _parallel(heading.text, sibling.text):
            continue
        own, theirs = _distinct(heading.text, sibling.text), _distinct(sibling.text, heading.text)
        term = _term(heading.text, sibling.text)
        subject = {singular(term).lower()} if term.isupper() else _stems(sibling.text)
        if own and theirs and term and not own & spoken and subject <= spoken:
            return Strayed(prose[0], heading, sibling, term, _term(sibling.text, heading.text) or heading.text)
    return None


def _swapped(paper: Paper) -> Iterator[Strayed]:
    """Two sections whose paragraphs each fit the other's heading and hardly their own."""
    told = [_told(section) for section in paper.sections()]
    for at, one in enumerate(told):
        for other in told[at + 1 : at + 1 + _REACH] if one is not None else ():
            if one is not None and other is not None and _fit_crosswise(one, other):
                yield Strayed(one.block, one.heading, other.heading, other.heading.text, one.heading.text)


def _fit_crosswise(one: _Told, other: _Told) -> bool:
    mine, theirs = one.named - other.named, other.named - one.named
    if not mine or not theirs:
        return False
    own = (_share(mine, one.spoken), _share(theirs, other.spoken))
    crosswise = (_share(theirs, one.spoken), _share(mine, other.spoken))
    return min(own) == 0 and all(cross - each >= _MARGIN for cross, each in zip(crosswise, own, strict=True))


def _share(named: set[str], spoken: set[str]) -> float:
    """How much of a heading's words a paragraph has, 0 to 1."""
    return len(named & spoken) / len(named)


def _told(section: Section) -> _Told | None:
    """A section's heading and first paragraph, and the roots of the words of each."""
    first = next((block for block in section.blocks if isinstance(block, Paragraph)), None)
    if section.heading is None or first is None or not _FEWEST_WORDS <= len(first.text.split()) <= _MOST_WORDS:
        return None
    return _Told(section.heading, first, _roots(section.heading.text), _roots(first.text))


def _roots(text: str) -> set[str]:
    return {stem[:_ROOT] for stem in _stems(text) - _GENERAL if len(stem) > 3}


def _parallel(one: str, other: str) -> bool:
    """Whether two headings are of one pattern: they share words that are not mere labels."""
    return bool((_stems(one) & _stems(other)) - _GENERAL)


def _distinct(one: str, other: str) -> set[str]:
    return _stems(one) - _stems(other) - _GENERAL


def _term(one: str, other: str) -> str:
    """What names the other's subject: its abbreviation where both have one, or the one word in which they differ."""
    mine: set[str] = set(_ABBREVIATION.findall(one))
    theirs: list[str] = _ABBREVIATION.findall(other)
    own: list[str] = [each for each in theirs if each not in mine]
    if mine - set(theirs) and len(own) == 1:
        return own[0]
    words, others = _plain(one), _plain(other)
    if len(words) != len(others) or len(words) < 2 or not (_TITLE.fullmatch(one) and _TITLE.fullmatch(other)):
        return ""
    differing = [(a, b) for a, b in zip(words, others, strict=True) if singular(a.lower()) != singular(b.lower())]
    return differing[0][1] if len(differing) == 1 and len(differing[0][1]) > 2 else ""


def _plain(text: str) -> list[str]:
    return [word for word in _WORD.findall(text) if word.lower() not in _SMALL]


def _stems(text: str) -> set[str]:
    return {singular(word.lower()) for word in _plain(text)}


def _initials(text: str) -> str:
    return "".join(word[0].upper() for word in _plain(text))
