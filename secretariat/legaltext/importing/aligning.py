"""Lays a text that came in beside the standing one: which clause is which, what is new, what is gone, what is doubtful.

A clause keeps its identity through renumbering, moving and rewording. It is found by the identity that the file
carried, by its number with the numbers of those that hold it, by its words, and last by likeness of its words.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz import fuzz, process, utils

from secretariat.legaltext.text import Clause, Text, between, in_order, places, rank

ALIKE: Final = 80.0
"""From how much likeness of words (0 to 100) a clause under another number is taken for the same."""
PERHAPS: Final = 55.0
"""From how much likeness it may be the same, which a person says."""
CARRIED, NUMBERED, WORDED, LIKE, NONE = "identity in the file", "number", "words", "likeness", "new"
KEPT, CHANGED, NEW, DOUBTFUL = "kept", "changed", "new", "doubtful"


@dataclass(frozen=True)
class Match:
    """A clause that came in, the standing one that it is taken for (None: new), how that was found, and how sure."""

    incoming: Clause
    standing: Clause | None
    how: str
    likeness: float

    @property
    def status(self) -> str:
        """Kept, changed, new or doubtful."""
        if self.standing is None:
            return NEW
        if self.likeness < PERHAPS or (self.how == LIKE and self.likeness < ALIKE):
            return DOUBTFUL
        same = _content(self.incoming) == _content(self.standing) and self.incoming.number == self.standing.number
        return KEPT if same else CHANGED

    @property
    def percent(self) -> str:
        """The likeness of their words, as a whole number of a hundred."""
        return f"{self.likeness:.0f} %"


@dataclass(frozen=True)
class Alignment:
    """What was understood of a text that came in, clause by clause in its order, and what it no longer has."""

    standing: Text
    matches: tuple[Match, ...]

    @property
    def gone(self) -> tuple[Clause, ...]:
        """The standing clauses that the text that came in does not have."""
        found = {match.standing.uid for match in self.matches if match.standing is not None}
        return tuple(clause for clause in self.standing.clauses if clause.uid not in found)

    @property
    def counts(self) -> dict[str, int]:
        """How many clauses are kept, changed, new and doubtful, and how many are gone."""
        said = [match.status for match in self.matches]
        return {status: said.count(status) for status in (KEPT, CHANGED, NEW, DOUBTFUL)} | {"gone": len(self.gone)}

    def decided(self, others: Collection[str]) -> Alignment:
        """The same where a person has said that some clauses, by their identity as it came in, are new ones."""
        parted = (
            replace(match, standing=None, how=NONE, likeness=0.0) if match.incoming.uid in others else match
            for match in self.matches
        )
        return Alignment(self.standing, tuple(parted))

    def text(self, taken: Collection[str] = ()) -> Text:
        """The text that came in, with the identities and places of the standing one.

        A new clause has an identity that is neither in the text nor among those ever `taken`, the same each time.
        """
        names = dict(self._names({*taken, *self.standing.by_uid}))
        named = [
            replace(match.incoming, uid=names[match.incoming.uid], parent=names.get(match.incoming.parent, ""))
            for match in self.matches
        ]
        held: dict[str, list[Clause]] = defaultdict(list)
        for clause in named:
            held[clause.parent].append(clause)
        return in_order(clause for siblings in held.values() for clause in placed(siblings, self.standing))

    def _names(self, taken: set[str]) -> Iterator[tuple[str, str]]:
        for match in self.matches:
            uid = match.standing.uid if match.standing is not None else _fresh(match.incoming, taken)
            taken.add(uid)
            yield match.incoming.uid, uid


def _fresh(clause: Clause, taken: Collection[str]) -> str:
    """An identity for a new clause, made of its words."""
    words = "\n".join((clause.kind, clause.number, clause.heading, clause.body))
    count = 0
    while True:
        uid = "c" + hashlib.sha256(f"{count}\n{words}".encode()).hexdigest()[:10]
        if uid not in taken:
            return uid
        count += 1


def placed(siblings: list[Clause], standing: Text) -> list[Clause]:
    """Siblings in their order, with places: as many as can keep theirs do, and the others stand between them."""
    before = [standing.by_uid.get(clause.uid) for clause in siblings]
    kept = _rising([
        rank(there) if there is not None and there.parent == clause.parent else None
        for clause, there in zip(siblings, before, strict=True)
    ])  # fmt: skip
    given = {at: there.place for at, there in enumerate(before) if there is not None and at in kept}
    if len(set(given.values())) < len(given):
        given = {}
    try:
        return _between(siblings, given)
    except ValueError:
        return _between(siblings, {})


def _between(siblings: list[Clause], given: Mapping[int, str]) -> list[Clause]:
    if not given:
        return [replace(clause, place=at) for clause, at in zip(siblings, places(len(siblings)), strict=True)]
    last, made = "", []
    for at, clause in enumerate(siblings):
        following = next((given[later] for later in range(at, len(siblings)) if later in given), "")
        last = given[at] if at in given else between(last, following)
        made.append(replace(clause, place=last))
    return made


def _rising(ranks: list[tuple[str, str] | None]) -> set[int]:
    """The positions of a longest run of ranks that rises, as few as possible being left out."""
    tails: list[tuple[str, str]] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for at, value in enumerate(ranks):
        if value is None:
            continue
        place = bisect_left(tails, value)
        tails[place : place + 1], ends[place : place + 1] = [value], [at]
        before[at] = ends[place - 1] if place else -1
    found, at = set[int](), ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


def align(standing: Text, incoming: Text, carried: Collection[str] = ()) -> Alignment:
    """Which clause of a text that came in is which of the standing text; `carried` are identities that its file told.

    Nothing is matched twice. A clause is matched with one of its own kind; one of another kind only by identity.
    """
    pairs = _Pairs(standing, incoming)
    for clause in incoming.clauses:
        if clause.uid in carried and clause.uid in standing.by_uid:
            pairs.join(clause, standing.by_uid[clause.uid], CARRIED)
    pairs.by(lambda text, clause: (clause.kind, _path(text, clause), _content(clause)), NUMBERED)
    pairs.by(lambda text, clause: (clause.kind, clause.heading) if clause.kind == "definition" else None, WORDED)
    pairs.by(lambda text, clause: (clause.kind, *_content(clause)) if any(_content(clause)) else None, WORDED)
    pairs.by(lambda text, clause: (clause.kind, _path(text, clause)) if clause.number else None, NUMBERED, PERHAPS)
    pairs.by_likeness(ALIKE)
    pairs.by(lambda text, clause: (clause.kind, _path(text, clause)) if clause.number else None, NUMBERED)
    pairs.by_likeness(PERHAPS)
    return Alignment(standing, tuple(pairs.match(clause) for clause in incoming.clauses))


Key = Callable[[Text, Clause], Hashable]


class _Pairs:
    """Which clauses have found each other so far."""

    def __init__(self, standing: Text, incoming: Text) -> None:
        self.standing, self.incoming = standing, incoming
        self.found: dict[str, tuple[Clause, str]] = {}
        self.taken: set[str] = set()

    def join(self, clause: Clause, there: Clause, how: str) -> None:
        """Two clauses are one, unless either is joined already."""
        if clause.uid not in self.found and there.uid not in self.taken:
            self.found[clause.uid] = (there, how)
            self.taken.add(there.uid)

    def match(self, clause: Clause) -> Match:
        """What became of a clause that came in."""
        there, how = self.found.get(clause.uid, (None, NONE))
        return Match(clause, there, how, 0.0 if there is None else likeness(clause, there))

    @property
    def left(self) -> tuple[list[Clause], list[Clause]]:
        """The standing clauses and those that came in which have found nobody."""
        olds = [clause for clause in self.standing.clauses if clause.uid not in self.taken]
        return olds, [clause for clause in self.incoming.clauses if clause.uid not in self.found]

    def by(self, key: Key, how: str, least: float = 0.0) -> None:
        """Joins those of one key, where no other has it on either side; None is no key."""
        olds, news = self.left
        held = _only(self.standing, olds, key)
        for name, clause in _only(self.incoming, news, key).items():
            if name in held and likeness(clause, held[name]) >= least:
                self.join(clause, held[name], how)

    def by_likeness(self, least: float) -> None:
        """Joins those of one kind whose words are most alike, the likest first."""
        olds, news = self.left
        for kind in sorted({clause.kind for clause in news}):
            ours = [clause for clause in olds if clause.kind == kind]
            theirs = [clause for clause in news if clause.kind == kind]
            for clause, there in _likest(theirs, ours, least):
                self.join(clause, there, LIKE)


def _only(text: Text, clauses: list[Clause], key: Key) -> dict[Hashable, Clause]:
    held: dict[Hashable, list[Clause]] = defaultdict(list)
    for clause in clauses:
        name = key(text, clause)
        if name is not None:
            held[name].append(clause)
    return {name: found[0] for name, found in held.items() if len(found) == 1}


def _likest(theirs: list[Clause], ours: list[Clause], least: float) -> list[tuple[Clause, Clause]]:
    choices = [_words(clause) for clause in ours]
    pairs = [
        (-score, row, column)
        for row, clause in enumerate(theirs)
        for _, score, column in process.extract_iter(_words(clause), choices, scorer=fuzz.ratio, score_cutoff=least)
    ]
    return [(theirs[row], ours[column]) for _, row, column in sorted(pairs)]


def likeness(one: Clause, other: Clause) -> float:
    """How alike the words of two clauses are, from 0 to 100."""
    if _content(one) == _content(other):
        return 100.0
    return fuzz.ratio(_words(one), _words(other))


def _words(clause: Clause) -> str:
    return utils.default_process(f"{clause.heading} {clause.body}")


def _content(clause: Clause) -> tuple[str, str]:
    return clause.heading, clause.body


def _path(text: Text, clause: Clause) -> tuple[str, ...]:
    """Its number and the numbers of those that hold it, from the innermost."""
    numbers = [clause.number]
    while clause.parent:
        clause = text.by_uid[clause.parent]
        numbers.append(clause.number)
    return tuple(numbers)
