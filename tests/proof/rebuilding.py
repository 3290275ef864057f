"""What tests of rebuilding say of a paper."""

from __future__ import annotations

from textwrap import dedent

from secretariat.proof.paper import Block, Item, Paragraph, Reading, Table
from secretariat.proof.readers import text


def read(paper: str) -> Reading:
    return text.read(dedent(paper).encode())


def spaced(paper: str) -> Reading:
    """The paper as it comes out of a PDF: a blank line after every line."""
    return text.read("\n\n".join(line for line in dedent(paper).splitlines() if line.strip()).encode())


def said(blocks: tuple[Block, ...]) -> list[str]:
    return [block.text for block in blocks if isinstance(block, Paragraph | Item)]


def table_in(reading: Reading) -> Table:
    (table,) = (block for block in reading.blocks if isinstance(block, Table))
    return table


def rows(table: Table) -> list[list[str]]:
    return [list(row.texts) for row in table.rows]


def heads(table: Table) -> list[list[str]]:
    return [list(row.texts) for row in table.head]
