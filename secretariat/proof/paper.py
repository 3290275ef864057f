"""A paper as its reader rebuilt it: what stands where, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias, TypeVar

from secretariat.plain.months import Month


class UnreadableError(ValueError):
    """The file cannot be read as a paper; the sentence says why and what to do."""


class Form(StrEnum):
    """The form of the file that a paper was read from."""

    WORD = "Word"
    PDF = "PDF"
    HTML = "HTML"
    MARKDOWN = "Markdown"
    TEXT = "plain text"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: its page and its line, from 1; 0 where the form has no pages or lines."""

    page: int = 0
    line: int = 0

    def __str__(self) -> str:
        told = [f"page {self.page}"] * bool(self.page) + [f"line {self.line}"] * bool(self.line)
        return ", ".join(told) or "unknown place"


NOWHERE: Final = Place()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its printed number ("3.2", "" without one), its words, its depth from 1."""

    text: str
    number: str = ""
    level: int = 1
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running prose, wrapped lines joined, and the footnote marks that hung on it, where the form tells them apart."""

    text: str
    place: Place = NOWHERE
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list: depth from 1; mark as printed ("•", "a)", "2.")."""

    text: str
    level: int = 1
    mark: str = "•"
    place: Place = NOWHERE
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words as printed, and the footnote marks that hung on it, where the form tells them apart."""

    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, label first. A merged cell stands in its first place; "" in the others."""

    cells: tuple[Cell, ...]
    place: Place = NOWHERE

    @property
    def label(self) -> str:
        """The words of the first cell."""
        return self.cells[0].text if self.cells else ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of every cell."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its printed number ("2", "" without one), caption, head rows and body rows; totals are body rows.

    A `rebuilt` table was put together from flattened text, so a cell may stand in the wrong place: a reading of it
    that does not fit is dropped, not reported.
    """

    rows: tuple[Row, ...]
    head: tuple[Row, ...] = ()
    number: str = ""
    caption: str = ""
    rebuilt: bool = False
    place: Place = NOWHERE

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row.cells) for row in (*self.head, *self.rows)), default=0)


@dataclass(frozen=True, slots=True)
class DataLabel:
    """A name and its number printed in a figure, as words."""

    name: str
    value: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its printed number, caption, and the labels printed in it where the form keeps them."""

    caption: str = ""
    number: str = ""
    labels: tuple[DataLabel, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote: its mark and its words."""

    mark: str
    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Attachment:
    """What the paper says is attached: label ("Appendix A"), title, class as printed ("AMBER", "" if none)."""

    label: str
    title: str = ""
    classification: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Link:
    """A link: the words it hangs on and where it leads. Never followed."""

    text: str
    target: str
    place: Place = NOWHERE


Block: TypeAlias = Heading | Paragraph | Item | Table | Figure
_B = TypeVar("_B", Heading, Paragraph, Item, Table, Figure)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader gives: the blocks in order and what hangs on them, before the paper is understood.

    A page without text that could be read is named in `unreadable`.
    """

    form: Form
    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...] = ()
    links: tuple[Link, ...] = ()
    pages: int = 0
    unreadable: tuple[int, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The months a paper reports on, and the words of the paper that say so."""

    first: Month
    last: Month
    said: str

    def __contains__(self, month: object) -> bool:
        return isinstance(month, Month) and self.first <= month <= self.last

    def __str__(self) -> str:
        return self.first.label if self.first == self.last else f"{self.first.label} to {self.last.label}"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks up to the next heading; `path` names the headings above it, outermost first."""

    heading: Heading | None
    blocks: tuple[Block, ...]
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper understood: what it is, what it reports on, when it is dated and read, and everything in it."""

    name: str
    reading: Reading
    title: str = ""
    kind: str = "paper"
    reference: str = ""
    period: Period | None = None
    dated: date | None = None
    read_on: date | None = None
    classification: str = ""
    attachments: tuple[Attachment, ...] = ()
    front: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block, in order."""
        return self.reading.blocks

    def each(self, kind: type[_B]) -> Iterator[_B]:
        """The blocks of one kind, in order."""
        return (block for block in self.blocks if isinstance(block, kind))

    def prose(self) -> Iterator[Paragraph | Item]:
        """Paragraphs and list items, in order: what is said in words outside tables."""
        return (block for block in self.blocks if isinstance(block, Paragraph | Item))

    def sections(self) -> tuple[Section, ...]:
        """The paper by headings; what comes before the first has no heading."""
        made: list[Section] = []
        path: list[Heading] = []
        heading: Heading | None = None
        inside: list[Block] = []
        for block in self.blocks:
            if not isinstance(block, Heading):
                inside.append(block)
                continue
            made.append(Section(heading, tuple(inside), _above(path)))
            path = [above for above in path if above.level < block.level] + [block]
            heading, inside = block, []
        made.append(Section(heading, tuple(inside), _above(path)))
        return tuple(section for section in made if section.heading or section.blocks)


def _above(path: list[Heading]) -> tuple[str, ...]:
    """The headings above the last one, outermost first."""
    return tuple(heading.text for heading in path[:-1])
