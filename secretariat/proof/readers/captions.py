"""Captions: the lines that number and name the table or the figure beside them, told from prose that speaks of one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

from secretariat.proof.paper import NOWHERE, Block, Figure, Heading, Paragraph, Place, Table

Side: TypeAlias = Literal["above", "below"]

_LONGEST: Final = 250
_CAPTION: Final = re.compile(
    r"(?P<kind>(?i:Table|Figure|Fig\.?))\s*(?P<number>\d{1,3}(?:[.-]\d{1,3})*[A-Za-z]?|[A-Z]\d{0,2}(?:\.\d{1,3})*)"
    r"(?P<between>\s*[:.–—-]\s*|\s+|$)(?P<words>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption read from a line: whether it names a table or a figure, its printed number, its words."""

    kind: type[Table] | type[Figure]
    number: str
    words: str


def caption_of(text: str) -> Caption | None:
    """The caption that a line is, or None for prose.

    "Table 2: Calls by month" and "Figure 3 Calls by month" are captions; "Table 2 shows the calls." is not. Without a
    mark after the number, the words start with a capital and end without a full stop.
    """
    text = " ".join(text.split())
    match = _CAPTION.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    words = match["words"]
    plain = bool(words) and not match["between"].strip()
    if plain and (words.endswith(".") or not (words[0].isupper() or words[0] in "(‘“'\"")):
        return None
    return Caption(Table if match["kind"].lower() == "table" else Figure, match["number"], words)


def captioned(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with each caption moved into the table or figure that stands next to it.

    Where a caption stands between two, the paper's other captions say which side they stand on; failing that, a
    table's stands above it and a figure's below. A figure's caption with no figure beside it is a figure whose
    drawing the form does not keep; a table's stays where it is.
    """
    found = {at: caption for at, block in enumerate(blocks) if (caption := _said(block)) is not None}
    made: list[Block | None] = list(blocks)
    for kind, usual in ((Table, "above"), (Figure, "below")):
        own = {at: caption for at, caption in found.items() if caption.kind is kind}
        side = _convention(blocks, own, "above" if usual == "above" else "below")
        for at, caption in own.items():
            target = next((to for to in _beside(made, at, caption, side)), None)
            if target is not None:
                made[target] = _named(made[target], caption, blocks[at].place)
                made[at] = None
            elif kind is Figure:
                made[at] = Figure(caption.words, caption.number, place=blocks[at].place)
    return tuple(block for block in made if block is not None)


def _said(block: Block) -> Caption | None:
    return caption_of(f"{block.text}") if isinstance(block, Paragraph | Heading) else None


def _convention(blocks: Sequence[Block], own: dict[int, Caption], usual: Side) -> Side:
    counts = {"above": 0, "below": 0}
    for at, caption in own.items():
        sides = list(_beside(blocks, at, caption, usual))
        if len(sides) == 1:
            counts["above" if sides[0] > at else "below"] += 1
    if counts["above"] == counts["below"]:
        return usual
    return "above" if counts["above"] > counts["below"] else "below"


def _beside(blocks: Sequence[Block | None], at: int, caption: Caption, side: Side) -> Iterator[int]:
    """The places of the unnamed tables or figures next to a caption, the likelier first."""
    for to in (at + 1, at - 1) if side == "above" else (at - 1, at + 1):
        block = blocks[to] if 0 <= to < len(blocks) else None
        if isinstance(block, Table | Figure) and isinstance(block, caption.kind) and not block.number:
            yield to


def _named(block: Block | None, caption: Caption, place: Place) -> Block:
    assert isinstance(block, Table | Figure)
    where = place if block.place == NOWHERE else block.place
    return replace(block, number=caption.number, caption=caption.words or block.caption, place=where)
