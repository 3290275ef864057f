"""Tables that go on after the end of a page of a PDF, put together; the head they repeat is told once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from secretariat.proof.paper import Figure, Row, Table
from secretariat.proof.readers.captions import caption_of
from secretariat.proof.readers.lines import Line
from secretariat.proof.readers.pdf_print import Box

_MARGIN: Final = 0.13
_EDGE: Final = 3.0


@dataclass(slots=True)
class Part:
    """A part of a page and where it stands; a table with the edges of its columns."""

    part: Line | Table | Figure
    box: Box
    height: float
    edges: tuple[float, ...] = ()

    @property
    def in_margin(self) -> bool:
        """Whether it stands where running heads and feet do."""
        return self.box.bottom < _MARGIN * self.height or self.box.top > (1 - _MARGIN) * self.height


def continued(parts: Sequence[Part]) -> list[Part]:
    """The parts, with tables that go on after a page break put together; the head they repeat is told once."""
    made: list[Part] = []
    last: int | None = None
    between: list[int] = []
    for one in parts:
        if not isinstance(one.part, Table):
            between.append(len(made))
            made.append(one)
            continue
        if last is not None and _goes_on(made[last], one, [made[at] for at in between]):
            repeated = _head_again(made[last], [made[at] for at in between])
            made[last] = _put_together(made[last], one)
            del made[len(made) - repeated :]
            said = next((at for at in between if at < len(made) and _says_continued(made[at])), None)
            if said is not None:
                del made[said]
        else:
            last = len(made)
            made.append(one)
        between = []
    return made


def _goes_on(above: Part, below: Part, between: Sequence[Part]) -> bool:
    """Whether a table is the rest of one on the page before: only running heads and feet between, the same columns."""
    first, second = above.part, below.part
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    end = first.rows[-1].place.page if first.rows else first.place.page
    if second.place.page != end + 1 or first.width != second.width:
        return False
    again = _head_again(above, between)
    between = between[: len(between) - again]
    if not all(one.in_margin or _says_continued(one) for one in between):
        return False
    if any(isinstance(one.part, Line) and _names_another(one) for one in between):
        return False
    same = [row.texts for row in second.head] == [row.texts for row in first.head]
    repeated = bool(first.head) and _repeats(first, second)
    if (same and second.head) or repeated or again:
        return True
    even = len(above.edges) == len(below.edges) and all(
        abs(one - other) <= _EDGE for one, other in zip(above.edges, below.edges, strict=True)
    )
    return even and not _is_new_head(first, second)


def _head_again(above: Part, between: Sequence[Part]) -> int:
    """How many of the last lines before a table are the head of the table on the page before, printed again."""
    assert isinstance(above.part, Table)
    head = sorted(" ".join(text for row in above.part.head for text in row.texts).split())
    told: list[str] = []
    for count, one in enumerate(reversed(between), 1):
        if not isinstance(one.part, Line) or not head or len(told) > len(head):
            break
        told += one.part.text.split()
        if sorted(told) == head:
            return count
    return 0


def _names_another(one: Part) -> bool:
    return isinstance(one.part, Line) and caption_of(one.part.text) is not None and not _says_continued(one)


def _is_new_head(first: Table, second: Table) -> bool:
    """Whether the second table has a head of its own, told by words that the form marks."""
    return bool(second.head) and bool(first.head) and second.head[0].texts != first.head[0].texts and not first.rebuilt


def _says_continued(one: Part) -> bool:
    return isinstance(one.part, Line) and "cont" in one.part.text.lower() and caption_of(one.part.text) is not None


def _repeats(first: Table, second: Table) -> bool:
    rows = (*second.head, *second.rows)
    return [row.texts for row in rows[: len(first.head)]] == [row.texts for row in first.head]


def _put_together(above: Part, below: Part) -> Part:
    first, second = above.part, below.part
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    rows: tuple[Row, ...] = (*second.head, *second.rows)
    if first.head and _repeats(first, second):
        rows = rows[len(first.head) :]
    whole = replace(first, rows=(*first.rows, *rows), rebuilt=first.rebuilt or second.rebuilt)
    return replace(above, part=whole, edges=above.edges or below.edges)
