"""Where drafts meet: the same clause, number, definition or cross-reference target, or a place that another removes.

Drafts without a conflict give the same text in whichever order they are approved. Where there is one, a person says
how the clause reads when both stand; that reading holds in either order too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations, permutations

from secretariat.legaltext.drafting.mentions import newly_refers, newly_uses, term_of, words_of
from secretariat.legaltext.text import Clause, DoesNotApply, Edit, Text, in_order


class Kind(StrEnum):
    """What two drafts both touch."""

    CLAUSE = "clause"
    NUMBER = "number"
    DEFINITION = "definition"
    REFERENCE = "cross-reference"
    PLACE = "place"


@dataclass(frozen=True)
class Drafted:
    """A draft as values: its key, the code of its document, the text it is made for, and one edit for each clause.

    Of two drafts on one text, one of them may leave the text out (an empty one).
    """

    key: str
    document: str
    base: Text
    edits: tuple[Edit, ...]

    @cached_property
    def by_uid(self) -> Mapping[str, Edit]:
        """Each edit under the identity of its clause."""
        return {edit.uid: edit for edit in self.edits}

    @cached_property
    def taken_out(self) -> frozenset[str]:
        """The clauses that are no longer there."""
        return frozenset(edit.uid for edit in self.edits if edit.after is None)

    @cached_property
    def moved(self) -> tuple[Edit, ...]:
        """The edits that hang a clause of the text on another one."""
        return tuple(edit for edit in self.edits if edit.before and edit.after and hangs_anew(edit))


def hangs_anew(edit: Edit) -> bool:
    """Whether an edit hangs its clause on another one than before, or puts it in."""
    return edit.after is not None and (edit.before is None or edit.before.parent != edit.after.parent)


@dataclass(frozen=True)
class Conflict:
    """What two drafts both touch, each by one edit. One that does not block is for a person to look at only.

    `documents` and `edits` are in the order of `drafts`, which are sorted by key.
    """

    kind: Kind
    drafts: tuple[str, str]
    documents: tuple[str, str]
    edits: tuple[Edit, Edit]
    says: str
    blocks: bool = True

    @property
    def digest(self) -> str:
        """What names this very conflict: it is another one as soon as either edit is."""
        told = [self.kind, *self.drafts, *self.documents, *(asdict(edit) for edit in self.edits)]
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def of(self, key: str) -> Edit:
        """The edit of one of its drafts. Raises ValueError for another draft."""
        return self.edits[self.drafts.index(key)]


def conflicts(drafts: Iterable[Drafted]) -> list[Conflict]:
    """All conflicts between any two of some drafts, in the order of their keys; those that block come first."""
    ordered = sorted(drafts, key=lambda draft: draft.key)
    found = [conflict for one, other in combinations(ordered, 2) for conflict in between_two(one, other)]
    return sorted(found, key=lambda conflict: (conflict.drafts, not conflict.blocks))


def conflicts_of(draft: Drafted, others: Iterable[Drafted]) -> list[Conflict]:
    """The conflicts of one draft with others; those that block come first."""
    pairs = (sorted((draft, other), key=lambda each: each.key) for other in others if other.key != draft.key)
    found = [conflict for one, other in pairs for conflict in between_two(one, other)]
    return sorted(found, key=lambda conflict: (not conflict.blocks, conflict.drafts))


def between_two(one: Drafted, other: Drafted) -> Iterator[Conflict]:
    """The conflicts of two drafts, of one document or of two."""
    if one.document == other.document:
        yield from _same_clause(one, other)
        yield from _same_number(one, other)
        yield from _same_term(one, other)
        yield from _circle(one, other)
    for first, second in permutations((one, other)):
        yield from _definition_touched(first, second)
        yield from _target_touched(first, second)
        if one.document == other.document:
            yield from _removed_below(first, second)


def _told(
    kind: Kind, one: Drafted, first: Edit, other: Drafted, second: Edit, says: str, blocks: bool = True
) -> Conflict:
    if one.key > other.key:
        one, first, other, second = other, second, one, first
    return Conflict(kind, (one.key, other.key), (one.document, other.document), (first, second), says, blocks)


def called(edit: Edit) -> str:
    """How an edit's clause is named to a person."""
    clause = edit.before or edit.after
    named = (clause.number or clause.heading) if clause is not None else ""
    return named or f"an unnumbered clause ({edit.uid})"


def _same_clause(one: Drafted, other: Drafted) -> Iterator[Conflict]:
    for edit in one.edits:
        against = other.by_uid.get(edit.uid)
        if against is not None and against.after != edit.after:
            yield _told(Kind.CLAUSE, one, edit, other, against, f"Both change {called(edit)}, and not alike.")


def _numbered(draft: Drafted) -> Iterator[tuple[tuple[str, str], Edit]]:
    """The numbers that a draft newly gives, each within the clause in which it is counted."""
    for edit in draft.edits:
        after, before = edit.after, edit.before
        if after is None or not after.number:
            continue
        scope = after.parent if after.number.startswith("(") else ""
        if before is None or (before.number, before.parent if scope else "") != (after.number, scope):
            yield (scope, after.number), edit


def _same_number(one: Drafted, other: Drafted) -> Iterator[Conflict]:
    given = dict(_numbered(other))
    for place, edit in _numbered(one):
        against = given.get(place)
        if against is not None and against.uid != edit.uid:
            says = f"Both give the number {place[1]}, to different clauses."
            yield _told(Kind.NUMBER, one, edit, other, against, says)


def _newly_defined(draft: Drafted) -> dict[str, Edit]:
    defined = ((term_of(edit.after), edit) for edit in draft.edits)
    return {term.casefold(): edit for term, edit in defined if term and term != term_of(edit.before)}


def _same_term(one: Drafted, other: Drafted) -> Iterator[Conflict]:
    defined = _newly_defined(other)
    for term, edit in _newly_defined(one).items():
        against = defined.get(term)
        if against is not None and against.uid != edit.uid:
            says = f"Both define “{term_of(edit.after)}”, in different clauses."
            yield _told(Kind.DEFINITION, one, edit, other, against, says)


def _definition_touched(first: Drafted, second: Drafted) -> Iterator[Conflict]:
    defined = _newly_defined(first)
    for edit in first.edits:
        term = term_of(edit.before)
        if not term or words_of(edit.before) == words_of(edit.after):
            continue
        gone = term_of(edit.after) != term and term.casefold() not in defined
        told = f"One takes away the definition of “{term}”" if gone else f"One rewords the definition of “{term}”"
        for against in second.edits:
            if against.uid != edit.uid and newly_uses(against, term):
                says = f"{told}, and the other begins to use it in {called(against)}."
                yield _told(Kind.DEFINITION, first, edit, second, against, says, blocks=gone)


def _target_touched(first: Drafted, second: Drafted) -> Iterator[Conflict]:
    for edit in first.edits:
        before, after = edit.before, edit.after
        if before is None or not before.number:
            continue
        gone = after is None or after.number != before.number
        if not gone and words_of(before) == words_of(after):
            continue
        done = "takes out" if after is None else "renumbers" if gone else "rewords"
        for against in second.edits:
            if against.uid != edit.uid and newly_refers(against, second.document, before.number, first.document):
                says = f"One {done} {before.number}, and the other begins to refer to it in {called(against)}."
                yield _told(Kind.REFERENCE, first, edit, second, against, says, blocks=gone)


def _removed_below(first: Drafted, second: Drafted) -> Iterator[Conflict]:
    for edit in second.edits:
        if hangs_anew(edit) and edit.after is not None and edit.after.parent in first.taken_out:
            gone = first.by_uid[edit.after.parent]
            says = f"One takes out {called(gone)}, and the other puts {called(edit)} below it."
            yield _told(Kind.PLACE, first, gone, second, edit, says)


def _circle(one: Drafted, other: Drafted) -> Iterator[Conflict]:
    """Two moves that hang two clauses on each other."""
    if not (one.moved and other.moved):
        return
    parents = {clause.uid: clause.parent for draft in (one, other) for clause in draft.base.clauses}
    for draft in (one, other):
        parents |= {edit.uid: edit.after.parent for edit in draft.edits if edit.after is not None}
    for first in one.moved:
        above = _above(first.uid, parents)
        for second in other.moved:
            if second.uid != first.uid and second.uid in above and first.uid in _above(second.uid, parents):
                says = f"One moves {called(first)} below {called(second)}, and the other the other way about."
                yield _told(Kind.PLACE, one, first, other, second, says)


def _above(uid: str, parents: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    while (uid := parents.get(uid, "")) and uid not in found:
        found.add(uid)
    return found


@dataclass(frozen=True)
class Reading:
    """How one clause reads when both drafts of a conflict stand, as a person settled it; None: it is taken out."""

    digest: str
    document: str
    uid: str
    clause: Clause | None


class Unresolved(Exception):
    """Drafts cannot stand together before a person has said how; `conflicts` are those that wait."""

    def __init__(self, waiting: Sequence[Conflict], says: str = "") -> None:
        self.conflicts = list(waiting)
        super().__init__(says or " ".join(conflict.says for conflict in waiting))


def unresolved(found: Iterable[Conflict], readings: Iterable[Reading]) -> list[Conflict]:
    """The conflicts that block and that no person has settled."""
    settled = {reading.digest for reading in readings}
    return [conflict for conflict in found if conflict.blocks and conflict.digest not in settled]


def together(texts: Mapping[str, Text], drafts: Sequence[Drafted], readings: Iterable[Reading] = ()) -> dict[str, Text]:
    """The texts of documents, by code, with some drafts applied: the same in whatever order the drafts come.

    Raises Unresolved where a conflict waits, and DoesNotApply where a draft was made for another text: it is to be
    re-based first.
    """
    known = list(readings)
    found = conflicts(drafts)
    waiting = unresolved(found, known)
    if waiting:
        raise Unresolved(waiting)
    agreed = _agreed(found, known)
    made = {code: dict(text.by_uid) for code, text in texts.items()}
    for draft in drafts:
        for edit in draft.edits:
            if (draft.document, edit.uid) not in agreed:
                _put(made[draft.document], edit)
    for (code, uid), clause in agreed.items():
        if clause is None:
            made[code].pop(uid, None)
        else:
            made[code][uid] = clause
    try:
        return {code: in_order(clauses.values()) for code, clauses in made.items()}
    except ValueError as wrong:
        raise DoesNotApply(str(wrong)) from None


def _agreed(found: Iterable[Conflict], readings: Iterable[Reading]) -> dict[tuple[str, str], Clause | None]:
    """The readings of the conflicts that are there. Raises Unresolved where two of them are of one clause, unlike."""
    there = {conflict.digest: conflict for conflict in found}
    agreed: dict[tuple[str, str], Clause | None] = {}
    for reading in readings:
        if reading.digest not in there:
            continue
        place = (reading.document, reading.uid)
        if agreed.setdefault(place, reading.clause) != reading.clause:
            conflict = there[reading.digest]
            raise Unresolved([conflict], f"{conflict.says} It was settled twice, and not alike.")
    return agreed


def _put(standing: dict[str, Clause], edit: Edit) -> None:
    there = standing.get(edit.uid)
    if there == edit.after:
        return
    if there != edit.before:
        raise DoesNotApply(f"{called(edit)} has been changed since.")
    if edit.after is None:
        del standing[edit.uid]
    else:
        standing[edit.uid] = edit.after
