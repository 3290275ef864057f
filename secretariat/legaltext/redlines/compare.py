"""The redline of two texts: clause by clause, what stayed, changed, came in, went out or moved.

It holds the words of both sides once, as runs, and nothing besides: the text before and the text after are read
back out of it (`rejected`, `accepted`), so the clean and the marked forms agree by construction.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, NamedTuple

from secretariat.legaltext.redlines.blocks import Blocks, compared_blocks, side_of, standing
from secretariat.legaltext.redlines.tokens import IN, OUT, SAME, Kind, Runs, compared, new_side, old_side, one_sided
from secretariat.legaltext.text import Clause, Text

State = Literal["same", "renumbered", "changed", "moved", "in", "out", "left"]
STATES: Final[tuple[State, ...]] = ("same", "renumbered", "changed", "moved", "in", "out", "left")
"""Renumbered: nothing but the number. Moved: at its new place. Left: the old place of one that moved."""


class Pair(NamedTuple):
    """A value before and after."""

    old: str
    new: str

    @property
    def differs(self) -> bool:
        """Whether it changed."""
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class Row:
    """One clause in a redline. Of one that came in or went out, both sides of a pair are the same.

    `structure` is parent, place, kind and number before, then after. A clause that stays, comes in or goes out as a
    whole has its heading and body in `whole`, under their kind; any other has them as runs and blocks in `parts`.

    `carried` is one that moved only because what holds it moved. Where a clause was before it moved stands a row of
    the state "left" with no words of its own.
    """

    uid: str
    state: State
    structure: tuple[str, ...]
    whole: tuple[Kind, str, str] | None = None
    parts: tuple[Runs, Blocks] = ((), ())
    carried: bool = False

    @property
    def parent(self) -> Pair:
        """The identity of what holds it."""
        return Pair(*self.structure[0::4])

    @property
    def place(self) -> Pair:
        """Its rank among its siblings."""
        return Pair(*self.structure[1::4])

    @property
    def kind(self) -> Pair:
        """What kind of clause it is."""
        return Pair(*self.structure[2::4])

    @property
    def number(self) -> Pair:
        """Its number as printed."""
        return Pair(*self.structure[3::4])

    @property
    def heading(self) -> Runs:
        """The words of its heading."""
        return one_sided(self.whole[0], self.whole[1]) if self.whole else self.parts[0]

    @property
    def body(self) -> Blocks:
        """The words and tables of its body."""
        return standing(self.whole[0], self.whole[2]) if self.whole else self.parts[1]

    @property
    def reworded(self) -> bool:
        """Whether words of a clause that stays changed: heading or body, tables too."""
        stays = self.state not in ("in", "out", "left")
        heading = old_side(self.heading) != new_side(self.heading)
        return stays and (heading or side_of(self.body, IN) != side_of(self.body, OUT))

    @property
    def touched(self) -> bool:
        """Whether a reader finds anything here: all but what stands as it stood, or was carried so."""
        return self.state != "same" and not (self.state == "left" and self.carried)

    def before(self) -> Clause:
        """The clause as it was, read back from the runs."""
        heading, body = old_side(self.heading), side_of(self.body, IN)
        return Clause(self.uid, self.parent.old, self.place.old, self.kind.old, self.number.old, heading, body)

    def after(self) -> Clause:
        """The clause as it is to be, read back from the runs."""
        heading, body = new_side(self.heading), side_of(self.body, OUT)
        return Clause(self.uid, self.parent.new, self.place.new, self.kind.new, self.number.new, heading, body)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Some clauses in a row that are not shown, for nothing in them changed."""

    number: int


@dataclass(frozen=True)
class Redline:
    """Two texts in one: the clauses of both in an order that agrees with the order of each."""

    rows: tuple[Row, ...]

    @cached_property
    def standing(self) -> Mapping[str, Row]:
        """Each clause's row under its identity; of one that moved, the row at its new place."""
        return {row.uid: row for row in self.rows if row.state != "left"}

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many clauses are in each state; every state is there. The old places of moved ones are not counted."""
        found = Counter(row.state for row in self.rows if row.state != "left")
        return {state: found[state] for state in STATES if state != "left"}

    @property
    def touched(self) -> bool:
        """Whether the two texts differ in anything that a reader sees."""
        return any(row.touched for row in self.rows)


def excerpt(found: Redline) -> tuple[Row | Skipped, ...]:
    """What changed, and the clauses that hold it; how many are skipped between."""
    kept = {row.uid for row in found.rows if row.touched}
    for row in reversed(found.rows):
        if row.uid in kept and row.state != "left":
            kept |= {row.parent.old, row.parent.new}
    made: list[Row | Skipped] = []
    for row in found.rows:
        if row.state == "left" and (row.carried or row.uid not in kept):
            continue
        if row.uid in kept:
            made.append(row)
        elif made and isinstance(made[-1], Skipped):
            made[-1] = Skipped(made[-1].number + 1)
        else:
            made.append(Skipped(1))
    return tuple(made)


def accepted(found: Redline) -> Text:
    """The text after, read back out of the redline's runs."""
    return Text(tuple(row.after() for row in found.rows if row.state not in ("out", "left")))


def rejected(found: Redline) -> Text:
    """The text before, read back out of the redline's runs."""
    held = found.standing
    moved = {row.uid for row in found.rows if row.state == "left"}
    rows = (held[row.uid] for row in found.rows if row.state == "left" or (row.state != "in" and row.uid not in moved))
    return Text(tuple(row.before() for row in rows))


def redline(old: Text, new: Text) -> Redline:
    """What makes `new` of `old`, at the level of words. Time is that of the words of the clauses that changed."""
    moved = moves(old, new)
    stays = _anchors(old, new, moved)
    return Redline(tuple(_rows(old, new, moved, stays)))


def moves(old: Text, new: Text) -> frozenset[str]:
    """The clauses that are held by another clause than before, or stand in another order among those that stayed.

    As few as can be are called moved: the longest row of clauses that kept their order did not move.
    """
    found = {clause.uid for clause in new.clauses if _elsewhere(old.by_uid.get(clause.uid), clause)}
    ranks = {clause.uid: at for held in old.children.values() for at, clause in enumerate(held)}
    for held in new.children.values():
        stayed = [clause.uid for clause in held if clause.uid in ranks and clause.uid not in found]
        order = [ranks[uid] for uid in stayed]
        if order != sorted(order):
            kept = longest_rising(order)
            found.update(uid for at, uid in enumerate(stayed) if at not in kept)
    return frozenset(found)


def _elsewhere(before: Clause | None, after: Clause) -> bool:
    return before is not None and before.parent != after.parent


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest row of rising numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [at]
    found: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


def _anchors(old: Text, new: Text, moved: frozenset[str]) -> set[str]:
    """The clauses that did not move, nor any that holds them: both texts have them in one order."""
    found: set[str] = set()
    for clause in new.clauses:
        stays = clause.uid in old.by_uid and clause.uid not in moved
        if stays and (not clause.parent or clause.parent in found):
            found.add(clause.uid)
    return found


def _rows(old: Text, new: Text, moved: frozenset[str], stays: set[str]) -> Iterator[Row]:
    """Between two clauses that stayed: first what went, then what came."""
    going = iter(old.clauses)
    for clause in new.clauses:
        before = old.by_uid.get(clause.uid)
        if clause.uid in stays:
            yield from _going(going, clause.uid, new, moved)
        yield _alone("in", IN, clause) if before is None else _both(before, clause, moved, stays)
    yield from _going(going, "", new, moved)


def _going(clauses: Iterator[Clause], until: str, new: Text, moved: frozenset[str]) -> Iterator[Row]:
    for clause in clauses:
        if clause.uid == until:
            return
        if clause.uid in new.by_uid:
            yield _left(clause, carried=clause.uid not in moved)
        else:
            yield _alone("out", OUT, clause)


def _alone(state: State, kind: Kind, clause: Clause) -> Row:
    return Row(clause.uid, state, _structure(clause) * 2, (kind, clause.heading, clause.body))


def _left(clause: Clause, *, carried: bool) -> Row:
    return Row(clause.uid, "left", _structure(clause) * 2, carried=carried)


def _both(old: Clause, new: Clause, moved: frozenset[str], stays: set[str]) -> Row:
    if old == new and new.uid in stays:
        return _alone("same", SAME, new)
    parts = compared(old.heading, new.heading), compared_blocks(old.body, new.body)
    carried = new.uid not in stays and new.uid not in moved
    return Row(new.uid, _state(old, new, moved), _structure(old) + _structure(new), None, parts, carried)


def _state(old: Clause, new: Clause, moved: frozenset[str]) -> State:
    if new.uid in moved:
        return "moved"
    if (old.kind, old.heading, old.body) != (new.kind, new.heading, new.body):
        return "changed"
    return "same" if old.number == new.number else "renumbered"


def _structure(clause: Clause) -> tuple[str, str, str, str]:
    return clause.parent, clause.place, clause.kind, clause.number
