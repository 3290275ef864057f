"""What every form of a redline says in words, so that nothing hangs on a colour alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from secretariat.legaltext.redlines.compare import Redline, Row, Skipped, State
from secretariat.legaltext.redlines.paragraphs import Piece, Pieces
from secretariat.legaltext.redlines.tokens import IN, OUT, SAME, Kind, new_side, old_side

NOTHING: Final = "Nothing differs."
KEY: Final = "Words put in are underlined; words taken out are struck through."
_COUNTED: Final[tuple[tuple[State, str], ...]] = (
    ("changed", "changed"),
    ("renumbered", "renumbered only"),
    ("moved", "moved"),
    ("in", "put in"),
    ("out", "taken out"),
    ("same", "unchanged"),
)
_FIGURE: Final = re.compile(r"!\[([^\]\n]*)\]\(([^()\s]+)\)")


def said(row: Row) -> str:
    """What became of a clause; nothing for one that is as it was."""
    if row.state == "in":
        return "Put in"
    if row.state == "out":
        return "Taken out"
    if row.state == "left":
        return "Moved from here"
    words = ["moved here"] if row.state == "moved" else []
    words += ["changed"] if row.state == "changed" or row.reworded else []
    words += [f"renumbered from {row.number.old or 'no number'}"] if row.number.differs else []
    return ", ".join(words).capitalize() if words else ""


def number_of(row: Row) -> Pieces:
    """The number of a clause, both where it changed."""
    kind: Kind = IN if row.state == "in" else OUT if row.state == "out" else SAME
    told = (
        (Piece(OUT, row.number.old), Piece(IN, row.number.new))
        if row.number.differs
        else (Piece(kind, row.number.new),)
    )
    return tuple(piece for piece in told if piece.text)


def called(row: Row) -> str:
    """By which a reader knows a clause: its number and heading, those after where it changed."""
    number = row.number.new if row.state != "out" else row.number.old
    heading = new_side(row.heading) or old_side(row.heading)
    return " ".join(part for part in (number, heading) if part) or row.uid


def left_for(row: Row, found: Redline) -> str:
    """What stands at the old place of a clause that moved: what it was called, and where it went."""
    moved = found.standing[row.uid]
    holder = found.standing.get(moved.parent.new)
    where = f", under {called(holder)}" if holder else ""
    was = row.number.old or called(moved)
    return f"{was} moved from here: it is now {called(moved)}{where}."


def skipped(row: Skipped) -> str:
    """What stands for clauses that are not shown."""
    return "One clause is unchanged." if row.number == 1 else f"{row.number} clauses are unchanged."


def summary(found: Redline) -> str:
    """How many clauses changed, in a sentence."""
    if not found.touched:
        return NOTHING
    parts = [f"{found.counts[state]:,} {word}" for state, word in _COUNTED if found.counts[state]]
    return f"Clauses: {', '.join(parts)}."


def figures_named(text: str) -> str:
    """The words with each figure said: its caption and the name of its file."""
    return _FIGURE.sub(r"[Figure: \1, \2]", text) if "![" in text else text


def depths(found: Redline) -> Iterator[tuple[int, Row]]:
    """The rows, each with the depth from 1 at which it stands: what went out or moved away, in the text before."""
    before, after = {"": 0}, {"": 0}
    for row in found.rows:
        if row.state in ("out", "left"):
            before[row.uid] = before.get(row.parent.old, 0) + 1
            yield before[row.uid], row
        else:
            after[row.uid] = after.get(row.parent.new, 0) + 1
            before.setdefault(row.uid, after[row.uid])
            yield after[row.uid], row
