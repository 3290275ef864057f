"""Two changes of one text brought together: what each changed, where they meet, and what only a person can settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal, TypeVar

from rapidfuzz.distance import Indel

from secretariat.legaltext.redlines.blocks import PIPE, TABLE
from secretariat.legaltext.redlines.tokens import tokens
from secretariat.legaltext.text import Clause, Text, in_order

Outcome = Literal["same", "ours", "theirs", "alike", "merged", "conflict"]

APART: Final = 3
"""How many words must stand unchanged between a change of ours and one of theirs for both to be taken."""


class Unsettled(Exception):
    """A text is wanted of changes that still conflict; its message says where."""


@dataclass(frozen=True, slots=True)
class ClauseMerge:
    """One clause in three texts. `merged` is what it becomes, None for one that is gone; of a conflict it says nothing.

    `why` are sentences on what conflicts, for the person who settles it.
    """

    uid: str
    base: Clause | None
    ours: Clause | None
    theirs: Clause | None
    outcome: Outcome
    merged: Clause | None
    why: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """By which a reader knows the clause."""
        told = self.ours or self.theirs or self.base
        return told.number or told.heading or self.uid if told else self.uid


@dataclass(frozen=True)
class ThreeWay:
    """Two texts that were made of one, clause by clause: in the order of the base, then ours, then theirs."""

    clauses: tuple[ClauseMerge, ...]

    @cached_property
    def conflicts(self) -> tuple[ClauseMerge, ...]:
        """What a person has to settle."""
        return tuple(one for one in self.clauses if one.outcome == "conflict")

    def text(self, settled: Mapping[str, Clause | None] | None = None) -> Text:
        """The text with both changes, conflicts as a person settled them: by identity, None for "take it out".

        Raises Unsettled for a conflict that is not settled, ValueError where the answers make no text (a clause
        whose holder was taken out).
        """
        answers = settled or {}
        open_ = [one for one in self.conflicts if one.uid not in answers]
        if open_:
            raise Unsettled(" ".join(f"{one.number}: {' '.join(one.why)}" for one in open_))
        found = (answers.get(one.uid) if one.outcome == "conflict" else one.merged for one in self.clauses)
        return in_order(clause for clause in found if clause is not None)


def three_way(base: Text, ours: Text, theirs: Text) -> ThreeWay:
    """What becomes of each clause when two changes of `base` are both made.

    Swapping ours and theirs gives the same text and the same conflicts.
    """
    texts = (base, ours, theirs)
    uids = dict.fromkeys(clause.uid for text in texts for clause in text.clauses)
    found = [_merged(uid, *(text.by_uid.get(uid) for text in texts)) for uid in uids]
    return ThreeWay(tuple(_held(found)))


def _merged(uid: str, base: Clause | None, ours: Clause | None, theirs: Clause | None) -> ClauseMerge:
    if ours == theirs:
        return ClauseMerge(uid, base, ours, theirs, "same" if ours == base else "alike", ours)
    if theirs == base:
        return ClauseMerge(uid, base, ours, theirs, "ours", ours)
    if ours == base:
        return ClauseMerge(uid, base, ours, theirs, "theirs", theirs)
    if base is None or ours is None or theirs is None:
        why = "Both put it in, with other words." if base is None else "One takes it out, the other changes it."
        return ClauseMerge(uid, base, ours, theirs, "conflict", None, (why,))
    made, why_not = _both(base, ours, theirs)
    outcome: Outcome = "conflict" if why_not else "merged"
    return ClauseMerge(uid, base, ours, theirs, outcome, None if why_not else made, why_not)


def _both(base: Clause, ours: Clause, theirs: Clause) -> tuple[Clause, tuple[str, ...]]:
    """Both changes of one clause, and what stands against them."""
    place = _either(*((side.parent, side.place) for side in (base, ours, theirs)))
    values = {
        "kind": _either(base.kind, ours.kind, theirs.kind),
        "number": _either(base.number, ours.number, theirs.number),
        "heading": merged_words(base.heading, ours.heading, theirs.heading),
        "body": merged_words(base.body, ours.body, theirs.body),
    }
    why = [_MOVED] if place is None else []
    why += [_SAID[name] for name, value in values.items() if value is None]
    if place is None or why:
        return base, tuple(why)
    parent, rank = place
    kept = {name: value for name, value in values.items() if value is not None}
    return replace(base, parent=parent, place=rank, **kept), ()


_MOVED: Final = "Each moves it to another place."
_SAID: Final = {
    "kind": "Each makes something else of it.",
    "number": "Each gives it another number.",
    "heading": "Both change the same words of its heading.",
    "body": "Both change the same words.",
}

Value = TypeVar("Value")


def _either(base: Value, ours: Value, theirs: Value) -> Value | None:
    """The value of the side that changed it; None where both did, each to something else."""
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else None


def merged_words(base: str, ours: str, theirs: str) -> str | None:
    """Both changes of some words; None where they come within `APART` words of each other, or a table breaks."""
    whole = _either(base, ours, theirs)
    if whole is not None:
        return whole
    words = tokens(base)
    mine, others = _changes(words, ours), _changes(words, theirs)
    if any(_meet(one, other, words) for one in mine for other in others):
        return None
    made: list[str] = []
    at = 0
    for first, last, put in sorted({*mine, *others}):
        made += [*words[at:first], put]
        at = last
    joined = "".join([*made, *words[at:]])
    return joined if len({_widths(text) for text in (base, ours, theirs, joined)}) == 1 else None


Change = tuple[int, int, str]
"""From which word of the base until which, and what stands there instead."""


def _changes(base: Sequence[str], side: str) -> list[Change]:
    words = tokens(side)
    found = (one for one in Indel.opcodes(base, words) if one.tag != "equal")
    made: list[Change] = []
    for one in found:
        first, put = one.src_start, "".join(words[one.dest_start : one.dest_end])
        if made and made[-1][1] == first:
            first, put = made[-1][0], made[-1][2] + put
            made.pop()
        made.append((first, one.src_end, put))
    return made


def _meet(one: Change, other: Change, words: Sequence[str]) -> bool:
    """Whether two changes are too near each other; the same change made twice is not."""
    if one == other:
        return False
    (_, end, _), (start, _, _) = sorted((one, other))
    return start < end or sum(word[0].isalnum() for word in words[end:start]) < APART


def _widths(text: str) -> frozenset[int]:
    """How many cells the lines of the tables of a text have."""
    return frozenset(len(PIPE.split(line)) for table in TABLE.findall(text) for line in table.splitlines())


def _held(found: Sequence[ClauseMerge]) -> Iterator[ClauseMerge]:
    """What one side took out while the other has something in it, and what would hold itself, goes to a person."""
    known = {one.uid: one for one in found}
    gone = {one.uid for one in found if one.outcome != "conflict" and one.merged is None}
    wanted = {one.uid: _wanted(one) & gone for one in found}
    needed = {uid for one in found for holder in wanted[one.uid] for uid in _line(holder, known) if uid in gone}
    for one in found:
        if one.uid in needed:
            yield _asked(one, "One takes it out, the other changes what it holds.")
        elif one.merged is not None and wanted[one.uid]:
            yield _asked(one, "One takes out what holds it, the other keeps or changes it.")
        elif one.merged is not None and one.uid in _line(one.merged.parent, known):
            yield _asked(one, "It would come to be held by itself.")
        else:
            yield one


def _wanted(one: ClauseMerge) -> set[str]:
    """What may have to hold a clause: where it comes to stand, or may when a person settles it."""
    sides = (one.ours, one.theirs) if one.outcome == "conflict" else (one.merged,)
    return {side.parent for side in sides if side is not None}


def _line(uid: str, known: Mapping[str, ClauseMerge]) -> list[str]:
    """A clause and those above it, as they come to stand; of one that goes, as it stood."""
    found: list[str] = []
    while uid and uid not in found:
        found.append(uid)
        one = known[uid]
        told = one.merged or one.base or one.ours or one.theirs
        uid = told.parent if told else ""
    return found


def _asked(one: ClauseMerge, why: str) -> ClauseMerge:
    return replace(one, outcome="conflict", merged=None, why=(*one.why, why))
