"""Words of two texts laid against each other: runs that stayed, came in or went out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from rapidfuzz.distance import Indel

Kind = Literal["same", "in", "out"]
SAME: Final = "same"
IN: Final = "in"
OUT: Final = "out"

LITTLE: Final = 0.25
"""Where fewer of the words than this stay, the whole is replaced: islands of "the" and "of" would only confuse."""

MUCH: Final = 0.75
"""Where more than this of all signs stays, nobody need count the letters."""

_WORD: Final = r"\w[\w\u0300-\u036f]*"
_FIGURE: Final = r"!\[[^\]\n]*\]\([^()\s]+\)"
TOKEN: Final = re.compile(rf"\n+|[^\S\n]+|{_WORD}(?:[.'’/-]{_WORD})*|\*+|{_FIGURE}|\\\||<br>|.")
"""Line breaks, blanks, words ("H3.4", "Party's" and "6-monthly" are one), marks of strong words, figures and so on."""


class Run(NamedTuple):
    """Words of one kind in a row."""

    kind: Kind
    text: str


Runs = tuple[Run, ...]


class Step(NamedTuple):
    """Some old words give way to some new ones; where they are the same, they stay."""

    same: bool
    old: str
    new: str


def tokens(text: str) -> list[str]:
    """The words, blanks and signs of a text; joined they are the text."""
    return TOKEN.findall(text)


def compared(old: str, new: str) -> Runs:
    """The words that stayed, went out and came in, such that each side reads back exactly."""
    if old == new:
        return one_sided(SAME, old)
    return runs(steps(tokens(old), tokens(new)))


def one_sided(kind: Kind, text: str) -> Runs:
    """A text that stays, comes in or goes out as a whole."""
    return (Run(kind, text),) if text else ()


def old_side(found: Iterable[Run]) -> str:
    """The text before: what stayed and what went out."""
    return "".join(run.text for run in found if run.kind != IN)


def new_side(found: Iterable[Run]) -> str:
    """The text after: what stayed and what came in."""
    return "".join(run.text for run in found if run.kind != OUT)


def steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """What stays of some words and what gives way, in order."""
    found: list[Step] = []
    out = in_ = ""
    for one in Indel.opcodes(old, new):
        if one.tag != "equal":
            out += "".join(old[one.src_start : one.src_end])
            in_ += "".join(new[one.dest_start : one.dest_end])
            continue
        if out or in_:
            found.append(Step(same=False, old=out, new=in_))
            out = in_ = ""
        kept = "".join(old[one.src_start : one.src_end])
        found.append(Step(same=True, old=kept, new=kept))
    return [*found, Step(same=False, old=out, new=in_)] if out or in_ else found


def runs(found: Sequence[Step]) -> Runs:
    """Steps over words as runs, made fit to be read: blanks between two changes are not kept apart.

    Where hardly a word stays, the whole goes out and the whole comes in.
    """
    made: list[Run] = []
    for same, old, new in _joined(_replaced(found) if _strange(found) else found):
        if same:
            made.append(Run(SAME, old))
        else:
            made += [piece for piece in (Run(OUT, old), Run(IN, new)) if piece.text]
    return tuple(made)


def _replaced(found: Sequence[Step]) -> list[Step]:
    """The whole gives way, but for blanks that begin and end both sides."""
    head = [step for step in found[:1] if step.same and step.old.isspace()]
    tail = [step for step in found[1:][-1:] if step.same and step.old.isspace()]
    inner = found[len(head) : len(found) - len(tail)]
    old, new = "".join(step.old for step in inner), "".join(step.new for step in inner)
    return [*head, Step(same=False, old=old, new=new), *tail]


def _strange(found: Sequence[Step]) -> bool:
    stayed = sum([len(step.old) for step in found if step.same])
    if stayed > MUCH * min(sum([len(step.old) for step in found]), sum([len(step.new) for step in found])):
        return False
    kept = sum(_letters(step.old) for step in found if step.same)
    old, new = sum(_letters(step.old) for step in found), sum(_letters(step.new) for step in found)
    return kept < LITTLE * min(old, new)


def _letters(words: str) -> int:
    return sum(letter.isalnum() for letter in words)


def _joined(found: Sequence[Step]) -> list[Step]:
    """Two replacements with only blanks between them are one."""
    made: list[Step] = []
    for step in found:
        if len(made) > 1 and not step.same and _slight(made[-1]) and _replaces(made[-2], step):
            gap, before = made.pop().old, made.pop()
            made.append(Step(same=False, old=before.old + gap + step.old, new=before.new + gap + step.new))
        else:
            made.append(step)
    return made


def _slight(step: Step) -> bool:
    return step.same and step.old.isspace() and "\n" not in step.old


def _replaces(one: Step, other: Step) -> bool:
    return bool((one.old or other.old) and (one.new or other.new))
