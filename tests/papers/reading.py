"""What a paper's tables hold, as a reader of a finished file ought to find them."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.papers import wording
from secretariat.papers.document import Document, Section, Table
from secretariat.papers.layout import grid

Rows = list[list[str]]


def tables(document: Document) -> Iterator[Table]:
    """Every table of the paper in order, without those that charts draw, the annex of sources last."""
    for section in document.sections:
        yield from _of(section)
    if document.sources:
        yield from _of(wording.annex_section(document.sources))


def _of(section: Section) -> Iterator[Table]:
    for block in section.blocks:
        if isinstance(block, Section):
            yield from _of(block)
        elif isinstance(block, Table):
            yield block


def rows(table: Table) -> Rows:
    """Heading and rows as squeezed text, nothing where a cell above spans down."""
    if not table.rows:
        return [[squeezed(title) for title in table.head], [table.empty] + [""] * (len(table.head) - 1)]
    body = [[squeezed(wording.cell_text(cell)) if cell else "" for cell in row] for row in grid(table)]
    return [[squeezed(title) for title in table.head], *body]


def squeezed(text: str | None) -> str:
    """The text with every stretch of white space as one space, and none after a hyphen, where a line may break."""
    return " ".join((text or "").split()).replace("- ", "-")
