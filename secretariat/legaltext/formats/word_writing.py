"""Writes a text as a Word file that can come back: styles say what each paragraph is, bookmarks which clause."""

from __future__ import annotations

import io
from datetime import datetime
from itertools import count
from typing import Any, Final

import docx as python_docx
from docx.document import Document as WordDocument
from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from secretariat.legaltext.formats.editions import Edition, deep
from secretariat.legaltext.formats.identities import bookmark_name
from secretariat.legaltext.formats.lines import MORE
from secretariat.legaltext.formats.marks import (
    Block,
    Grid,
    Picture,
    Run,
    Runs,
    Words,
    blocks,
    plain,
    settled,
    shown_heading,
)
from secretariat.legaltext.formats.word_looks import FRONT, look
from secretariat.legaltext.formats.word_words import HEADING_STYLE, NUMBER_STYLE
from secretariat.legaltext.text import Clause
from secretariat.papers import document as paper
from secretariat.papers import word_fields as fields
from secretariat.papers import word_styles as styles
from secretariat.papers.layout import fit

WIDEST: Final = Mm(160)
PICTURE: Final = "picture"


def word(edition: Edition) -> bytes:
    """The edition as a .docx file, dated with its own day: the same edition gives the same bytes.

    `word_reading.read_word` gives the text back, with the identities that fit a bookmark.
    """
    made = python_docx.Document()
    styles.dress(made)
    _front(made, edition)
    walk = _Walk(made, edition)
    for depth, clause in deep(settled(edition.text)):
        walk.clause(clause, depth)
    out = io.BytesIO()
    made.save(out)
    return fields.steady(out.getvalue(), edition.day)


def _front(made: WordDocument, edition: Edition) -> None:
    properties = made.core_properties
    properties.title, properties.subject = edition.title, ", ".join(edition.lines)
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.created = properties.modified = datetime.combine(edition.day, datetime.min.time())
    relations = made.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]
    section = made.sections[0]
    section.header.paragraphs[0].text = f"{edition.title}\t{edition.lines[0]}"
    footer = section.footer.paragraphs[0]
    footer.text = f"{edition.statement}\tPage "
    fields.field(footer, "PAGE", "1")
    made.add_paragraph(edition.title, style="Title")
    look(made, FRONT)
    for line in edition.lines:
        made.add_paragraph(line, style=FRONT)


class _Walk:
    """The walk over a text, writing at the end of the Word file."""

    def __init__(self, made: WordDocument, edition: Edition) -> None:
        self._made = made
        self._figures = edition.figures
        self._bookmarks = count(1)
        self._looks: dict[str, str] = {}
        self._below_table = False
        self._number, self._heading = look(made, NUMBER_STYLE), look(made, HEADING_STYLE)

    def clause(self, clause: Clause, depth: int) -> None:
        """A clause: its first paragraph, with number, heading or first words, and its further blocks."""
        held = blocks(clause.body)
        first = held[0] if held else None
        headed = shown_heading(clause)
        begins = first.runs if isinstance(first, Words) and not headed and clause.kind != "part" else ()
        paragraph = self._paragraph(clause.kind, depth)
        if clause.number:
            self._write(paragraph, Run(f"{clause.number}\t"), self._number)
        if headed:
            self._write(paragraph, Run(headed), "" if clause.kind == "part" else self._heading)
            paragraph.paragraph_format.keep_with_next = True
        for run in begins:
            self._write(paragraph, run)
        name = bookmark_name(clause.uid)
        if name:
            fields.bookmark(paragraph, name, next(self._bookmarks))
        for block in held[1:] if begins else held:
            self._block(block, depth)

    def _block(self, block: Block, depth: int) -> None:
        if isinstance(block, Grid):
            self._grid(block, depth)
        elif isinstance(block, Picture):
            self._picture(block, depth)
        else:
            paragraph = self._paragraph(MORE, depth)
            for run in block.runs:
                self._write(paragraph, run)

    def _paragraph(self, kind: str, depth: int) -> WordParagraph:
        self._below_table = False
        paragraph = self._made.add_paragraph()
        paragraph._p.style = self._look(f"Code {kind.capitalize()} {depth}")
        return paragraph

    def _look(self, name: str) -> str:
        if name not in self._looks:
            self._looks[name] = look(self._made, name)
        return self._looks[name]

    def _write(self, paragraph: WordParagraph, run: Run, style: str = "") -> None:
        """A run at the end of a paragraph; `style` is the id of a style of letters."""
        made = OxmlElement("w:r")
        properties = OxmlElement("w:rPr")
        if style:
            named = OxmlElement("w:rStyle")
            named.set(qn("w:val"), style)
            properties.append(named)
        for tag, on in (("w:b", run.strong), ("w:i", run.slanted)):
            if on:
                properties.append(OxmlElement(tag))
        if len(properties):
            made.append(properties)
        for piece in _pieces(run.text):
            made.append(piece)
        paragraph._p.append(made)

    def _picture(self, picture: Picture, depth: int) -> None:
        paragraph = self._paragraph(PICTURE, depth)
        content = self._figures.get(picture.name)
        if content is None or not self._drawn(paragraph, picture, content):
            self._write(paragraph, Run(f"{picture.caption} ({picture.name})".strip()))

    def _drawn(self, paragraph: WordParagraph, picture: Picture, content: bytes) -> bool:
        """Draws a picture; whether it is of a form that Word can hold."""
        run = paragraph.add_run()
        try:
            drawing = run.add_picture(io.BytesIO(content))
        except UnrecognizedImageError:
            return False
        if drawing.width > WIDEST:
            drawing.height, drawing.width = round(drawing.height * WIDEST / drawing.width), WIDEST
        properties = drawing._inline.docPr
        properties.set("descr", picture.caption)
        properties.set("name", picture.name)
        return True

    def _grid(self, table: Grid, depth: int) -> None:
        if self._below_table:
            self._paragraph(MORE, depth)
        head, body = table.rows[0], table.rows[1:]
        place = fit(_measured(table))
        made = self._made.add_table(len(table.rows), len(head), style=styles.TABLE)
        made.autofit = False
        for column, width in zip(made.columns, place.widths, strict=True):
            column.width = Pt(width)
        for written, row, at in zip(made.rows, (head, *body), count()):
            if at == 0:
                fields.flag(written._tr.get_or_add_trPr(), "w:tblHeader")
            for cell, runs, width in zip(written.cells, row, place.widths, strict=True):
                cell.width = Pt(width)
                cell.paragraphs[0]._p.style = self._look("Table Heading" if at == 0 else "Table Text")
                for run in runs:
                    self._write(cell.paragraphs[0], run)
        self._below_table = True


def _pieces(text: str) -> list[Any]:
    made: list[Any] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            made.append(OxmlElement("w:br"))
        for column, words in enumerate(line.split("\t")):
            if column:
                made.append(OxmlElement("w:tab"))
            if words:
                piece = OxmlElement("w:t")
                piece.set(qn("xml:space"), "preserve")
                piece.text = words
                made.append(piece)
    return made


def _measured(table: Grid) -> paper.Table:
    """The table as papers know one, to find the widths of its columns."""
    rows = tuple(tuple(paper.Cell((_lines(cell),)) for cell in row) for row in table.rows[1:])
    return paper.Table("", tuple(plain(cell) for cell in table.rows[0]), rows)


def _lines(cell: Runs) -> paper.Runs:
    return tuple(paper.Text(run.text, run.strong) for run in cell)
