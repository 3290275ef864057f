"""A document's text as values: its clauses in reading order, and the edits that make one text of another."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

KINDS: Final = ("part", "clause", "paragraph", "definition", "table", "figure")
"""A part is a heading that holds clauses; a paragraph is unnumbered text; the rest say themselves."""
DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Of which places are made, in their order."""
LINE: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
"""Of a clause, in a text's bytes."""


class DoesNotApply(Exception):
    """An edit meets a text that is not the one it was made for; its message says which clause, and what is there."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as it stands in one text.

    `uid` is its identity, which survives renumbering, moving and rewording. `parent` is the identity of the clause
    that holds it ("" at the top) and `place` its rank among its siblings: a fraction in letters, so that a clause
    put between two others moves neither (see `between`). `number` is as printed ("H3.4",
    "(a)", "" for none). `body` is Markdown of few marks: `**Defined Term**`, emphasis; a table is a pipe table; a
    figure is `![caption](name of its file)`. A cross-reference is the words as printed.
    """

    uid: str
    parent: str
    place: str
    kind: str
    number: str
    heading: str
    body: str


@dataclass(frozen=True)
class Text:
    """The whole text of a document: its clauses in reading order, each after the clause that holds it."""

    clauses: tuple[Clause, ...]

    @cached_property
    def by_uid(self) -> Mapping[str, Clause]:
        """Each clause under its identity."""
        return {clause.uid: clause for clause in self.clauses}

    @cached_property
    def children(self) -> Mapping[str, tuple[Clause, ...]]:
        """The clauses that each holds, in their order; those at the top under ""."""
        found: dict[str, list[Clause]] = defaultdict(list)
        for clause in self.clauses:
            found[clause.parent].append(clause)
        return {parent: tuple(held) for parent, held in found.items()}

    @cached_property
    def canonical(self) -> bytes:
        """The text as bytes, the same for the same text for ever: a line of JSON for each clause."""
        lines = (LINE({name: getattr(clause, name) for name in Clause.__slots__}) for clause in self.clauses)
        return "".join(f"{line}\n" for line in lines).encode()


def in_order(clauses: Iterable[Clause]) -> Text:
    """The text that some clauses make, in whatever order they come.

    Raises ValueError for an identity that comes twice, a kind that is unknown, or a clause that hangs on nothing.
    """
    known: dict[str, Clause] = {}
    held: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses:
        if clause.uid in known or not clause.uid:
            raise ValueError(f"The identity {clause.uid!r} comes twice, or is empty.")
        if clause.kind not in KINDS:
            raise ValueError(f"{clause.uid}: a clause is one of {', '.join(KINDS)}, not {clause.kind!r}.")
        known[clause.uid] = clause
        held[clause.parent].append(clause)
    ordered: list[Clause] = []
    waiting = sorted(held.pop("", []), key=rank, reverse=True)
    while waiting:
        clause = waiting.pop()
        ordered.append(clause)
        waiting += sorted(held.pop(clause.uid, []), key=rank, reverse=True)
    if held:
        lost = sorted(clause.uid for clauses in held.values() for clause in clauses)
        raise ValueError(f"These hang on no clause of the text: {', '.join(lost)}.")
    return Text(tuple(ordered))


def rank(clause: Clause) -> tuple[str, str]:
    """By which siblings are put in order."""
    return clause.place, clause.uid


def between(low: str, high: str) -> str:
    """A place after `low` ("" for the very first) and before `high` ("" for after all), as short as can be.

    Raises ValueError where there is nothing between them.
    """
    if high and low >= high:
        raise ValueError(f"Nothing lies between {low!r} and {high!r}.")
    made = ""
    for step in range(len(low) + len(high) + 1):
        first = DIGITS.index(low[step]) if step < len(low) else 0
        last = DIGITS.index(high[step]) if step < len(high) else len(DIGITS)
        if last - first > 1:
            return made + DIGITS[(first + last) // 2]
        made += DIGITS[first]
        if first < last:
            high = ""
    raise ValueError(f"Nothing lies between {low!r} and {high!r}.")


def places(number: int) -> tuple[str, ...]:
    """Places for so many siblings in a row, all of one length, with room between them."""
    width = 1
    while len(DIGITS) ** width < 2 * (number + 1):
        width += 1
    step = len(DIGITS) ** width // (number + 1)
    return tuple(_digits(step * (one + 1), width) for one in range(number))


def _digits(number: int, width: int) -> str:
    made = ""
    for _place in range(width):
        number, digit = divmod(number, len(DIGITS))
        made = DIGITS[digit] + made
    return made


@dataclass(frozen=True, slots=True)
class Edit:
    """What happens to one clause: `before` is None for one that is put in, `after` for one that is taken out."""

    before: Clause | None
    after: Clause | None

    @property
    def uid(self) -> str:
        """The identity of the clause."""
        told = self.after or self.before
        if told is None:
            raise ValueError("An edit is of a clause: before and after are both missing.")
        return told.uid


def edits(old: Text, new: Text) -> tuple[Edit, ...]:
    """What makes `new` of `old`, clause by clause, in the order of `new`; what is taken out comes last."""
    made = [Edit(old.by_uid.get(clause.uid), clause) for clause in new.clauses]
    gone = [Edit(clause, None) for clause in old.clauses if clause.uid not in new.by_uid]
    return tuple(edit for edit in made if edit.before != edit.after) + tuple(gone)


def apply(text: Text, changes: Iterable[Edit]) -> Text:
    """The text after some edits. Raises DoesNotApply where a clause is not as the edit found it."""
    standing = dict(text.by_uid)
    for edit in changes:
        there = standing.get(edit.uid)
        if there != edit.before:
            raise DoesNotApply(_said(edit, there))
        if edit.after is None:
            del standing[edit.uid]
        else:
            standing[edit.uid] = edit.after
    try:
        return in_order(standing.values())
    except ValueError as wrong:
        raise DoesNotApply(str(wrong)) from None


def _said(edit: Edit, there: Clause | None) -> str:
    told = edit.before or edit.after
    number = (told.number if told else "") or edit.uid
    if there is None:
        return f"{number} is no longer in the text."
    return f"{number} is already in the text." if edit.before is None else f"{number} has been changed since."
