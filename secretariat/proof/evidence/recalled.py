"""Things counted once in prose and recalled with another number: "seven votes were cast … all eight votes"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from secretariat.proof.evidence.sums import one_digit_apart
from secretariat.proof.paper import Item, Paper, Paragraph
from secretariat.proof.words.phrases import MEASURES, Counted, counted

Told: TypeAlias = tuple[int, Paragraph | Item, Counted]

_RECALLS: Final = re.compile(r"\b(?:the|all|these|those)\s+$", re.IGNORECASE)
_NARROWED: Final = re.compile(r"\s*(?:that|which|who|whose|from|with|about|under|not|still|other)\b", re.IGNORECASE)
_PLACED: Final = re.compile(r"\s*(?:in|for|on|at|by|\w+ed|\w+ing)\b", re.IGNORECASE)
_COMPARED: Final = re.compile(
    r"\b(?:new|further|another|additional|remaining|previous|last|first|next|other|from|than|only|more|fewer|less|target"
    r"|limit|average|up|down|per|each|every|of|which|these|them|whom|by)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_MANY: Final = 20


def recalled(paper: Paper) -> Iterator[tuple[Paragraph | Item, Counted, Paragraph | Item, Counted]]:
    """Each thing counted, and where it is recalled with another number: the one count of it in the same section, or,
    for numbers of some size, in the paper."""
    told: list[Told] = [
        (at, block, each)
        for at, section in enumerate(paper.sections())
        for block in section.blocks if isinstance(block, Paragraph | Item)
        for each in counted(block.text) if each.noun and not each.quantity.about and not each.quantity.unit
    ]  # fmt: skip
    for at, block, again in told:
        if _is_recall(again):
            first = _counted_first(at, again, told)
            if first is not None and first[2].quantity.value != again.quantity.value:
                yield first[1], first[2], block, again


def _is_recall(told: Counted) -> bool:
    plain = told.quantity.value >= 2 and not set(told.noun) & MEASURES
    recalls, after = _RECALLS.search(told.before), told.after[told.noun_end :]
    if not plain or recalls is None or _NARROWED.match(after):
        return False
    return recalls[0].strip().lower() == "all" or not _PLACED.match(after)


def _counted_first(section: int, again: Counted, told: Sequence[Told]) -> Told | None:
    """The one count of the same thing, or of several the one that a single slip turns into it; None if one agrees."""
    same = [
        each for each in told
        if set(again.noun) <= set(each[2].noun) and again.head in each[2].noun[-2:] and each[2] is not again
        and (not _COMPARED.search(each[2].before) or each[2].before.strip().lower() == "of")
    ]  # fmt: skip
    first = [each for each in same if not _is_recall(each[2])] or same
    near = [each for each in first if each[0] == section]
    scope = near or (first if again.quantity.value >= _MANY or len(again.noun) > 1 or first is same else [])
    values = {each[2].quantity.value for each in scope}
    slips = [each for each in scope if one_digit_apart(each[2].quantity.value, again.quantity.value)]
    if again.quantity.value in values or not scope:
        return None
    return scope[0] if len(values) == 1 else slips[0] if len(slips) == 1 else None
