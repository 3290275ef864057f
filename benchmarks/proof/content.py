"""A paper's content before it has a form, with what each of its words is for, so that a fault knows where it may fall.

Words that a fault may touch are written `⟪role|words⟫`; `⟪date+future|3 May 2021⟫` plays two roles and
`⟪same:seats|nine⟫` has a key, which it shares with the other places that tell the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Final, TypeAlias

from secretariat.plain.months import Month

MARKED: Final = re.compile(r"⟪(?P<roles>[^|⟫]*)\|(?P<words>[^⟫]*)⟫")
ONES: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def tag(roles: str, words: object) -> str:
    """The words, marked with what they are for."""
    return f"⟪{roles}|{words}⟫"


def bare(text: str) -> str:
    """The words as printed; footnote marks are left out."""
    return MARKED.sub(lambda found: "" if found["roles"].startswith("note") else found["words"], text)


def word(number: int) -> str:
    """A number as prose has it: in words up to twenty, else in digits."""
    return ONES[number] if 0 <= number <= 20 else f"{number:,}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "one seat", "three seats"."""
    return f"{word(number) if number else 'no'} {one if number == 1 else many or one + 's'}"


@dataclass(eq=False)
class Head:
    """A heading; depth 0 is the paper's title. `about` says that the block under it speaks of nothing else."""

    text: str
    number: str = ""
    level: int = 1
    about: bool = False


@dataclass(eq=False)
class Said:
    """A line of the front matter: "Paper reference: ..."."""

    label: str
    text: str


@dataclass(eq=False)
class Text:
    """A paragraph. One with a key tells this month's facts, and has a counterpart in last month's paper."""

    text: str
    key: str = ""


@dataclass(eq=False)
class Items:
    """A list; `announced` says that the paragraph before it is nothing without it."""

    texts: list[str]
    announced: bool = False
    marks: str = "bullet"


@dataclass(eq=False)
class Grid:
    """A table. `sums` names total cells: (row, column, "column" or "row"). Parts are what stands above, or to the left,
    the first. `rounded` says that parts may miss the total by a rounding, `declared` that the paper says so;
    `family` names tables of like rows.
    """

    head: list[str]
    rows: list[list[str]]
    caption: str = ""
    number: str = ""
    sums: list[tuple[int, int, str]] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)
    months: bool = False
    rounded: bool = False
    declared: bool = False
    family: str = ""
    series: str = ""


@dataclass(eq=False)
class Chart:
    """A figure with the names and numbers printed in it."""

    labels: list[tuple[str, str]]
    caption: str
    number: str = ""


@dataclass(eq=False)
class Note:
    """A footnote."""

    mark: str
    text: str


Block: TypeAlias = Head | Said | Text | Items | Grid | Chart | Note


@dataclass
class Content:
    """A whole paper: its shape, file name, date, the month it reports on, its blocks in order, its footnotes."""

    shape: str
    name: str
    dated: date
    month: Month
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def words(self) -> int:
        """How many words are printed."""
        return sum(len(printed(block).split()) for block in (*self.blocks, *self.notes))

    def texts(self) -> Iterator[tuple[Block, int, int, str]]:
        """Every string that may carry marked words: its block, its row or item, its column, itself."""
        for block in (*self.blocks, *self.notes):
            if isinstance(block, Items):
                yield from ((block, at, 0, text) for at, text in enumerate(block.texts))
            elif isinstance(block, Grid):
                for at, row in enumerate(block.rows):
                    yield from ((block, at, column, text) for column, text in enumerate(row))
            elif not isinstance(block, Chart):
                yield block, 0, 0, block.text


def put(block: Block, at: int, column: int, text: str) -> None:
    """Writes a string back to where `texts` took it from."""
    if isinstance(block, Items):
        block.texts[at] = text
    elif isinstance(block, Grid):
        block.rows[at][column] = text
    elif not isinstance(block, Chart):
        block.text = text


def printed(block: Block) -> str:
    """The block's words in one string."""
    if isinstance(block, Grid):
        cells = [*block.head, *(cell for row in block.rows for cell in row)]
        return " ".join([f"Table {block.number}: {block.caption}" if block.number else "", *map(bare, cells)]).strip()
    if isinstance(block, Chart):
        return " ".join(
            [f"Figure {block.number}: {block.caption}", *(f"{name} {value}" for name, value in block.labels)]
        )
    if isinstance(block, Items):
        return " ".join(map(bare, block.texts))
    if isinstance(block, Head):
        return f"{block.number} {block.text}".strip()
    return f"{block.label} {bare(block.text)}" if isinstance(block, Said) else bare(block.text)


class Draft:
    """Builds a paper from top to bottom, numbering headings, tables, figures and footnotes."""

    def __init__(self, shape: str, seed: int, dated: date, month: Month) -> None:
        self.draw = Random(f"{shape} {seed}")
        self.paper = Content(shape, f"{shape}-{seed}", dated, month)
        self._depth = [0, 0]
        self._tables = self._figures = 0

    def add(self, block: Block) -> None:
        """Adds a block."""
        self.paper.blocks.append(block)

    def title(self, text: str, **front: str) -> None:
        """The title and, under it, the front matter."""
        self.add(Head(text, level=0))
        for label, said in front.items():
            self.add(Said(label.replace("_", " "), said))

    def head(self, text: str, *, about: bool = False, numbered: bool = True) -> None:
        """A section's heading."""
        self._depth = [self._depth[0] + numbered, 0]
        self.add(Head(text, str(self._depth[0]) if numbered else "", about=about))

    def sub(self, text: str, *, about: bool = False) -> None:
        """A heading inside the section."""
        self._depth[1] += 1
        self.add(Head(text, f"{self._depth[0]}.{self._depth[1]}", 2, about))

    def say(self, *sentences: str, key: str = "") -> None:
        """A paragraph of the sentences."""
        self.add(Text(" ".join(sentences), key))

    def items(self, *texts: str, announced: bool = False, marks: str = "bullet") -> None:
        """A list."""
        self.add(Items([*texts], announced, marks))

    def table(self, caption: str, head: list[str], rows: list[list[str]], **facts: object) -> Grid:
        """A numbered table."""
        self._tables += 1
        grid = Grid(head, rows, caption, str(self._tables))
        for name, fact in facts.items():
            setattr(grid, name, fact)
        self.add(grid)
        return grid

    def chart(self, caption: str, labels: list[tuple[str, str]]) -> None:
        """A numbered figure."""
        self._figures += 1
        self.add(Chart(labels, caption, str(self._figures)))

    def note(self, text: str) -> str:
        """A footnote; what is returned stands in the text where its mark hangs."""
        mark = str(len(self.paper.notes) + 1)
        self.paper.notes.append(Note(mark, text))
        return tag("note", mark)

    @property
    def next_table(self) -> str:
        """The number that the next table will have."""
        return str(self._tables + 1)

    @property
    def next_figure(self) -> str:
        """The number that the next figure will have."""
        return str(self._figures + 1)


def split(draw: Random, total: int, parts: int) -> list[int]:
    """So many positive whole numbers that sum to the total."""
    cuts = sorted(draw.sample(range(1, total), parts - 1))
    return [end - start for start, end in zip([0, *cuts], [*cuts, total], strict=True)]


def summed(
    rows: list[list[int]], labels: list[str], *, total: str = "Total"
) -> tuple[list[list[str]], list[tuple[int, int, str]]]:
    """Rows of numbers as printed, with a total row under them, and where the totals stand."""
    columns = [sum(column) for column in zip(*rows, strict=True)]
    made = [
        [label, *(f"{value:,}" for value in row)] for label, row in zip([*labels, total], [*rows, columns], strict=True)
    ]
    return made, [(len(rows), at + 1, "column") for at in range(len(columns))]
