"""Text as tools take it out of a PDF: wrapped lines, flattened tables, page breaks, footnote digits glued to words."""

from __future__ import annotations

import textwrap
from random import Random

from benchmarks.proof.content import Block, Chart, Content, Grid, Head, Items, Note, Said, Text
from benchmarks.proof.forms.written import Lines, Written, mark_of, shown

_FULL = 46


def write(content: Content) -> Written:
    """The paper flattened; how, is drawn from its name."""
    flat = _Flat(Random(f"text {content.name}"))
    lines = Lines()
    page = 1
    waiting: list[Note] = []
    for block in content.blocks:
        made = flat.block(block)
        if len(lines.made) + len(made) > page * _FULL and not isinstance(block, Items | Grid | Chart):
            # A long paragraph runs on over the page's end; anything else begins the next page.
            kept = made[:2] if isinstance(block, Text) and len(made) > 3 else []
            lines.made += kept
            flat.turn(lines, content, page, waiting)
            waiting, page = [], page + 1
            made = made[len(kept) :]
        lines.add(block, made)
        waiting += [
            note
            for note in content.notes
            if f"|{note.mark}⟫" in getattr(block, "text", "") and "⟪note|" in getattr(block, "text", "")
        ]
    flat.turn(
        lines,
        content,
        page,
        [*waiting, *(note for note in content.notes if id(note) not in lines.of and note not in waiting)],
        last=True,
    )
    return flat.spaced(lines)


def _say(text: str) -> str:
    return shown(text, str)


class _Flat:
    """One way of flattening, kept for the whole paper."""

    def __init__(self, draw: Random) -> None:
        self._width = draw.choice([84, 92, 100])
        self._double = draw.random() < 0.4
        self._cells = draw.random() < 0.4
        self._feed = draw.choice(["\f", " "])
        self._foot = draw.random() < 0.5

    def turn(self, lines: Lines, content: Content, page: int, notes: list[Note], *, last: bool = False) -> None:
        for note in notes:
            lines.add(note, self.block(note))
        if self._foot:
            lines.made += [f"Page {page}"]
        if not last:
            lines.made += [self._feed]

    def spaced(self, lines: Lines) -> Written:
        if not self._double:
            return _joined(lines.made, lines.of)
        made: list[str] = []
        new: dict[int, int] = {}
        for at, line in enumerate(lines.made, 1):
            new[at] = len(made) + 1
            made += [line, ""] if line else [line]
        return _joined(made, {block: (new[first], new[last]) for block, (first, last) in lines.of.items()})

    def block(self, block: Block) -> list[str]:
        if isinstance(block, Head):
            point = "." if block.number and "." not in block.number else ""
            return self._wrap(f"{block.number}{point} {block.text}".strip())
        if isinstance(block, Said):
            return self._wrap(f"{block.label}: {_say(block.text)}")
        if isinstance(block, Items):
            return [
                line
                for at, text in enumerate(block.texts)
                for line in self._wrap(f"{mark_of(block.marks, at)} {_say(text)}")
            ]
        if isinstance(block, Grid):
            return [*self._table(block), "", *([f"Table {block.number}: {block.caption}"] if block.number else [])]
        if isinstance(block, Chart):
            return [f"Figure {block.number}: {block.caption}", "", *(f"{name} {value}" for name, value in block.labels)]
        if isinstance(block, Note):
            return self._wrap(f"{block.mark} {_say(block.text)}")
        return self._wrap(_say(block.text))

    def _table(self, grid: Grid) -> list[str]:
        rows = [[_say(cell) for cell in row] for row in [grid.head, *grid.rows]]
        if self._cells and len(grid.head) < 6:
            return [cell for row in rows for cell in row if cell]
        head = [" ".join(rows[0]).strip()]
        if grid.months and len(grid.head) > 8:
            # Narrow month heads break after the month's name, as they do where the column is narrow.
            head = [part for cell in rows[0] if cell for part in cell.rsplit(" ", 1)] if self._cells else head
        return [*head, *(" ".join(cell for cell in row if cell) for row in rows[1:])]

    def _wrap(self, text: str) -> list[str]:
        return textwrap.wrap(text, self._width, break_long_words=False, break_on_hyphens=False)


def _joined(lines: list[str], of: dict[int, tuple[int, int]]) -> Written:
    """Page feeds stand at the head of the next line, as extraction leaves them; `of` is numbered to match."""
    made: list[str] = []
    number: dict[int, int] = {}
    pending = ""
    for at, line in enumerate(lines, 1):
        number[at] = len(made) + 1
        if line in {"\f", " "}:
            pending = line
            continue
        if pending and not line:
            continue
        made.append(pending + line)
        pending = ""
    return Written(
        ("\n".join(made) + "\n").encode(), {block: (number[first], number[last]) for block, (first, last) in of.items()}
    )
