"""A paper's tables, read from its document model as rows of text."""

from __future__ import annotations

from collections.abc import Iterator

from secretariat.papers import document as doc


def tables(document: doc.Document) -> dict[str, doc.Table]:
    """Every table of a paper, and the table behind every chart, by caption."""
    return {table.caption: table for section in document.sections for table in _in(section)}


def _in(section: doc.Section) -> Iterator[doc.Table]:
    for block in section.blocks:
        if isinstance(block, doc.Section):
            yield from _in(block)
        elif isinstance(block, doc.Table):
            yield block
        elif isinstance(block, doc.Chart):
            yield block.data


def rows(table: doc.Table) -> list[list[str]]:
    """The cells of a table as printed, lines of a cell separated by " / "."""
    return [[_text(cell) for cell in row] for row in table.rows]


def notes(table: doc.Table) -> list[str]:
    """What is said below a table."""
    return ["".join(run.text for run in note) for note in table.notes]


def words(document: doc.Document, key: str) -> list[str]:
    """The paragraphs and bullets of a section, as printed."""
    for section in document.sections:
        for found in (section, *(block for block in section.blocks if isinstance(block, doc.Section))):
            if found.key == key:
                return list(_words(found))
    raise KeyError(key)


def _words(section: doc.Section) -> Iterator[str]:
    for block in section.blocks:
        if isinstance(block, doc.Paragraph):
            yield "".join(run.text for run in block.runs)
        elif isinstance(block, doc.Bullets):
            for item in block.items:
                yield "".join(run.text for run in item.runs)
                yield from ("".join(run.text for run in below.runs) for below in item.items)


def _text(cell: doc.Cell) -> str:
    return " / ".join("".join(run.text for run in line) for line in cell.lines)
