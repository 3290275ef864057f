"""Counts of parts told in one sentence against the whole that they are parts of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from secretariat.proof.words.phrases import MEASURES, Counted

_OPENS: Final = re.compile(
    r"\s*(?:,|\(|:|–|—|\s-\s)?\s*(?:(?:and |which |that |these |they |we )?(?P<some>includ(?:e|es|ing)|inc\.)"
    r"|(?P<whole>compris(?:e|es|ing)|consist(?:s|ing)? of|made up of|(?:is |are |was |were )?"
    r"(?:split|divided|broken down) (?:into|between|as)|being|namely)"
    r"|(?P<which>of (?:which|whom|these|those|them))|(?P<mark>[:–—]|\s-\s))\s*(?:there (?:are|were) )?(?:the )?",
    re.IGNORECASE,
)
_OF_BEFORE: Final = re.compile(r"(?:^|[;:,]\s+)of\s+(?:the |these |those |all |our |its ){0,2}$", re.IGNORECASE)
_OF_GAP: Final = re.compile(r"\s+[\w’'\s-]{1,60},\s*(?:we have |there (?:are|were) )?")
_BETWEEN: Final = re.compile(
    r"(?:[^.;()]|\([^()]{0,40}\))*?(?:,\s*(?:and\s+|with\s+)?|\s+and\s+|\s+plus\s+)(?:a further |another |the )?"
)
_WORDS: Final = re.compile(r"[^,;.]{0,90}")
_REST: Final = re.compile(
    r"\b(?:rest|remaind(?:er|ing)|remaining|others?|balance|among|at least|the remaining)\b", re.IGNORECASE
)
_MOST_PARTS: Final = 30
_VERBS: Final = frozenset({
    *("fell", "met", "won", "lost", "left", "rose", "went", "came", "took", "made", "gave", "had", "ran", "sent"),
    *("kept", "stood", "remain", "abstain", "chose", "began", "became", "sat", "stay", "require", "need", "relate"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remainder:
    """A whole and its parts, which make another number; whether the words say that the parts are all of it."""

    whole: Counted
    parts: tuple[Counted, ...]
    all_told: bool

    @property
    def added(self) -> Decimal:
        """What the parts make."""
        return sum((each.quantity.value for each in self.parts), Decimal(0))

    @property
    def left(self) -> Decimal:
        """The whole less its parts."""
        return self.whole.quantity.value - self.added


def remainders(told: Sequence[Counted]) -> Iterator[Remainder]:
    """The wholes among the numbers of a paragraph whose parts, told after them, make another number."""
    for at, whole in enumerate(told):
        after = [each for each in told[at + 1 : at + 1 + _MOST_PARTS] if each.sentence == whole.sentence]
        found = _parted(whole, after) if after and _is_count(whole) and not whole.quantity.about else None
        if found and found.left:
            yield found


def _parted(whole: Counted, after: Sequence[Counted]) -> Remainder | None:
    parts = tuple(_chain(whole, after))
    if len(parts) < 2 or any(each.quantity.about for each in parts):
        return None
    gap = whole.sentence[whole.quantity.end : parts[0].quantity.start]
    of = _OF_BEFORE.search(whole.before) and _OF_GAP.fullmatch(gap)
    opened = [match for match in _OPENS.finditer(gap) if match.end() == len(gap)]
    words = bool(opened) and _WORDS.fullmatch(gap[: opened[-1].start()])
    if not of and not words:
        return None
    same = _same(whole, parts, mark=not of and bool(opened[-1]["mark"]))
    if not same and (of or not (opened[-1]["which"] or opened[-1]["whole"])):
        return None
    if _REST.search(whole.sentence[parts[-1].quantity.end :]):
        return None
    return Remainder(whole, parts, not of and bool(opened[-1]["whole"]))


def _chain(whole: Counted, after: Sequence[Counted]) -> Iterator[Counted]:
    """The counts that follow one another as parts, joined by commas and "and"."""
    end = 0
    for at, each in enumerate(after):
        gap = whole.sentence[end : each.quantity.start] if at else ""
        if not _is_count(each) or (at and not _BETWEEN.fullmatch(gap)):
            return
        yield each
        end = each.quantity.end


def _is_count(told: Counted) -> bool:
    value = told.quantity.value
    return not told.quantity.unit and value == int(value) and value >= 0 and told.head not in MEASURES


def _same(whole: Counted, parts: Sequence[Counted], *, mark: bool) -> bool:
    """Whether the parts count what the whole counts: the same noun, or none of their own."""
    own = [not each.noun or whole.head in each.noun or _is_verb(each.noun[0]) for each in parts]
    return all(own) or (mark and any(whole.head in each.noun for each in parts))


def _is_verb(word: str) -> bool:
    return word in _VERBS or word.endswith(("ed", "ing"))
