"""Two versions of a paper beside each other, word by word, as far as a reader may read them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from secretariat.meetings.packs.words import Piece

SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
LIKE = 0.5
"""From this likeness on, one paragraph is told as a changed other, not as one gone and one come."""
_WORDS = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Change:
    """One paragraph of the comparison: how it changed, and its words, each with how they did."""

    how: str
    kind: str
    words: tuple[tuple[str, str], ...]


def compare(old: Sequence[Piece], new: Sequence[Piece]) -> list[Change]:
    """Every paragraph of both versions in the new one's order."""
    matcher = SequenceMatcher(None, [_key(one) for one in old], [_key(one) for one in new], autojunk=False)
    found: list[Change] = []
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            found += [Change(SAME, one.kind, ((SAME, one.text),)) for one in new[c:d]]
        else:
            found += _replaced(old[a:b], new[c:d])
    return found


def _key(piece: Piece) -> tuple[str, str]:
    return piece.kind, piece.text


def _replaced(old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[Change]:
    """Paragraphs that gave way to others: in pairs where they are alike, else gone and come."""
    for place in range(max(len(old), len(new))):
        before = old[place] if place < len(old) else None
        after = new[place] if place < len(new) else None
        if before and after and before.kind == after.kind and _alike(before.text, after.text):
            yield Change(CHANGED, after.kind, tuple(_words(before.text, after.text)))
            continue
        if before:
            yield Change(REMOVED, before.kind, ((REMOVED, before.text),))
        if after:
            yield Change(ADDED, after.kind, ((ADDED, after.text),))


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio() >= LIKE


def _words(old: str, new: str) -> Iterator[tuple[str, str]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    for how, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if how == "equal":
            yield SAME, "".join(after[c:d])
            continue
        if b > a:
            yield REMOVED, "".join(before[a:b])
        if d > c:
            yield ADDED, "".join(after[c:d])
