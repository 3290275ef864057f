"""A draft's steps put together: one edit for each clause, whatever was done to it on the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from secretariat.legaltext.text import Clause, Edit, Text, between


def composed(steps: Iterable[Edit]) -> tuple[Edit, ...]:
    """What steps amount to, in the order in which each clause was first touched; what comes to nothing is left out."""
    made: dict[str, Edit] = {}
    for step in steps:
        first = made.get(step.uid, step)
        made[step.uid] = Edit(first.before, step.after) if first is not step else step
    return tuple(edit for edit in made.values() if edit.before != edit.after)


def reworded(text: Text, uid: str, *, number: str, heading: str, body: str) -> Edit:
    """The edit that gives a clause other words. Raises KeyError where it is not in the text."""
    before = text.by_uid[uid]
    return Edit(before, replace(before, number=number, heading=heading, body=body))


def put_in(text: Text, after: str, clause: Clause) -> Edit:
    """The edit that puts a new clause behind another, beside it ("" for the first of all). Raises KeyError."""
    if not after:
        return Edit(None, replace(clause, parent="", place=between("", _first_place(text, ""))))
    return Edit(None, replace(clause, parent=text.by_uid[after].parent, place=_place_behind(text, after)))


def put_below(text: Text, parent: str, clause: Clause) -> Edit:
    """The edit that puts a new clause below another, as the first of those that it holds. Raises KeyError."""
    held = text.by_uid[parent].uid
    return Edit(None, replace(clause, parent=held, place=between("", _first_place(text, held))))


def taken_out(text: Text, uid: str) -> tuple[Edit, ...]:
    """The edits that take out a clause with all that it holds. Raises KeyError."""
    gone = [text.by_uid[uid]]
    for clause in gone:
        gone += text.children.get(clause.uid, ())
    return tuple(Edit(clause, None) for clause in reversed(gone))


def moved(text: Text, uid: str, behind: str, below: bool = False) -> Edit:
    """The edit that moves a clause, with all that it holds, behind another one, or below it as its first.

    Raises ValueError where it would hang on itself, KeyError where either is not in the text.
    """
    before, target = text.by_uid[uid], text.by_uid[behind]
    parent = target.uid if below else target.parent
    above, seen = parent, {uid}
    while above:
        if above in seen:
            raise ValueError("A clause cannot be moved to within itself.")
        above = text.by_uid[above].parent
    if not below and target.uid == uid:
        raise ValueError("A clause cannot be moved to behind itself.")
    place = between("", _first_place(text, parent, uid)) if below else _place_behind(text, behind, uid)
    return Edit(before, replace(before, parent=parent, place=place))


def _first_place(text: Text, parent: str, without: str = "") -> str:
    return next((clause.place for clause in text.children.get(parent, ()) if clause.uid != without), "")


def _place_behind(text: Text, behind: str, without: str = "") -> str:
    """A place between a clause and its next sibling; siblings of one place have nothing between them, so further on."""
    there = text.by_uid[behind]
    siblings = [clause for clause in text.children[there.parent] if clause.uid != without]
    later = (clause.place for clause in siblings[siblings.index(there) + 1 :] if clause.place > there.place)
    return between(there.place, next(later, ""))
