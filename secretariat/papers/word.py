"""A paper as a Word file that a colleague goes on editing: real styles, captions, fields, contents and links."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from itertools import count

import docx as python_docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph

from secretariat.papers import charts, wording
from secretariat.papers import word_fields as fields
from secretariat.papers import word_styles as styles
from secretariat.papers.document import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Front,
    Inline,
    Item,
    Number,
    Paragraph,
    Runs,
    Section,
    Table,
    Text,
)
from secretariat.papers.layout import Fit, fit, grid, heads, numeric_columns, splits

CHART_SCALE = 2.0  # pixels to a point of the chart
SMALL_BELOW = 9.0  # a table set smaller than this takes the small table styles
AFTER_TABLE = Pt(10)


def docx(document: Document, annex: bool = True, base_url: str = "") -> bytes:
    """The paper as a .docx file, dated with the paper's own day: the same document gives the same bytes.

    `annex` prints the annex of sources. Links to paths of the site are made only with a `base_url`. The contents
    table holds its entries; page numbers come when Word updates it, which it is not told to do on opening, since
    that makes it ask. Raises ValueError for a table whose rows do not fill its columns.
    """
    word = python_docx.Document()
    styles.dress(word)
    _properties(word, document.front)
    _drop_thumbnail(word)
    sources = document.sources if annex else ()
    walk = _Walk(word, base_url, {source.number for source in sources})
    _header_and_footer(word, document.front)
    walk.front(document.front)
    walk.contents(wording.entries(document, annex))
    for section in document.sections:
        walk.section(section, 1)
    if sources:
        walk.annex(wording.annex_section(sources))
    out = io.BytesIO()
    word.save(out)
    return fields.steady(out.getvalue(), document.front.day)


def _properties(word: WordDocument, front: Front) -> None:
    properties = word.core_properties
    properties.title = wording.clean(f"{front.reference} {front.title}".strip())
    properties.author = properties.last_modified_by = wording.clean(front.administrator or front.author)
    properties.subject = wording.clean(wording.subject(front))
    properties.language = wording.LANGUAGE
    properties.comments, properties.keywords, properties.revision = "", "", front.version
    properties.created = properties.modified = datetime.combine(front.day, datetime.min.time())


def _drop_thumbnail(word: WordDocument) -> None:
    """The template's picture of an empty page would be shown for the paper in a folder."""
    relations = word.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def _header_and_footer(word: WordDocument, front: Front) -> None:
    section = word.sections[0]
    section.header.paragraphs[0].text = wording.clean(f"{front.reference}\t{front.classification}")
    footer = section.footer.paragraphs[0]
    footer.text = wording.clean(f"{front.title}\tPage ")
    fields.field(footer, "PAGE", "1")
    footer.add_run(" of ")
    fields.field(footer, "NUMPAGES", "1")


class _Walk:
    """The walk over the tree, writing at the end of the Word document."""

    def __init__(self, word: WordDocument, base_url: str, sources: set[int]) -> None:
        self._word = word
        self._base_url = base_url
        self._sources = sources
        self._bookmarks = count(1)
        self._below_table = False
        self._style_ids = {style.name: style.style_id for style in word.styles}
        self._writers: dict[type, Callable[..., None]] = {
            Paragraph: self._paragraph,
            Bullets: self._bullets,
            Table: self._table,
            Chart: self._chart,
        }

    def front(self, front: Front) -> None:
        """The title, the front matter, the statement of the class and the attachments."""
        self._add("Title", (Text(front.title),))
        for label, value in wording.front_rows(front):
            self._add("Front Matter", (Text(label, strong=True), Text(f"\t{value}")))
        if front.class_statement:
            self._add("Statement", (Text(front.class_statement),))
        if front.attachments:
            self._add("Front Heading", (Text("Attachments"),))
        for line in wording.attachment_lines(front):
            self._add("List Bullet", (Text(line),))

    def contents(self, entries: tuple[wording.Entry, ...]) -> None:
        """The contents table, its entries already there, each leading to its heading."""
        if not entries:
            return
        paragraphs = [self._add("TOC Heading", (Text(wording.CONTENTS_TITLE),))]
        for at, entry in enumerate(entries):
            paragraph = self._add(f"toc {entry.level}", ())
            if at == 0:
                fields.begin_field(paragraph, f'TOC \\o "1-{wording.CONTENTS_DEPTH}" \\h \\z \\u')
            fields.link(paragraph, _heading(entry.label, entry.title), anchor=_anchor(entry.key))
            paragraphs.append(paragraph)
        fields.end_field(paragraphs[-1])
        fields.wrap_contents(paragraphs)

    def section(self, section: Section, level: int) -> None:
        """A heading with its label, and all below it."""
        heading = self._add(f"Heading {min(level, 4)}", (Text(_heading(section.label, section.title)),))
        fields.bookmark(heading, _anchor(section.key), next(self._bookmarks))
        for at, block in enumerate(section.blocks):
            if isinstance(block, Section):
                self.section(block, level + 1)
            else:
                self._block(block, section.blocks[at + 1 : at + 2])

    def annex(self, section: Section) -> None:
        """The annex of sources, the number of each entry bookmarked so that links can lead to it."""
        self.section(section, 1)
        for row in self._word.tables[-1].rows[1:]:
            paragraph = row.cells[0].paragraphs[0]
            fields.bookmark(paragraph, _anchor(wording.source_key(int(paragraph.text))), next(self._bookmarks))
        self._add("Note", ())

    def _block(self, block: Block, after: tuple[Block, ...]) -> None:
        self._writers[type(block)](block)
        if isinstance(block, Paragraph) and isinstance(next(iter(after), None), Table | Chart):
            self._last.paragraph_format.keep_with_next = True

    def _add(self, style: str, runs: Runs) -> WordParagraph:
        paragraph = self._word.add_paragraph()
        self._dress(paragraph, style)
        if self._below_table and not style.startswith(("Heading", "Caption", "Note")):
            paragraph.paragraph_format.space_before = AFTER_TABLE
        self._below_table = False
        self._last = paragraph
        self._runs(paragraph, runs)
        return paragraph

    def _dress(self, paragraph: WordParagraph, style: str) -> None:
        """Set the style by its id: python-docx's own setter reads through every style, each time."""
        paragraph._p.style = self._style_ids[style]

    def _paragraph(self, paragraph: Paragraph) -> None:
        self._add("Note" if paragraph.kind == "note" else "Normal", paragraph.runs)

    def _bullets(self, bullets: Bullets) -> None:
        self._items(bullets.items, 1)

    def _items(self, items: tuple[Item, ...], level: int) -> None:
        style = "List Bullet" if level == 1 else f"List Bullet {min(level, 3)}"
        for item in items:
            self._add(style, item.runs)
            self._items(item.items, level + 1)

    def _caption(self, block: Table | Chart) -> None:
        if not block.caption:
            return
        paragraph = self._add("Caption", ())
        if block.number:
            kind = "Table" if isinstance(block, Table) else "Figure"
            paragraph.add_run(f"{kind} ")
            fields.field(paragraph, f"SEQ {kind} \\* ARABIC", str(block.number))
            paragraph.add_run(": ")
        paragraph.add_run(wording.clean(block.caption))

    def _chart(self, chart: Chart) -> None:
        self._caption(chart)
        paragraph = self._add("Normal", ())
        picture = paragraph.add_run().add_picture(io.BytesIO(charts.png(chart.spec, CHART_SCALE)))
        width = Pt(charts.printed_width(chart.spec))
        picture.height = round(picture.height * width / picture.width)
        picture.width = width
        properties = picture._inline.docPr
        properties.set("descr", wording.clean(chart.alt))
        properties.set("name", wording.caption_prefix(chart) or wording.clean(chart.caption))
        self._notes(chart)

    def _notes(self, block: Table | Chart) -> None:
        for note in block.notes if isinstance(block, Table) else ():
            self._add("Note", note)
        if block.source in self._sources:
            paragraph = self._add("Note", (Text("Source: "),))
            anchor = _anchor(wording.source_key(block.source))
            fields.link(
                paragraph, wording.source_words(block.source), anchor=anchor, style=self._style_ids["Hyperlink"]
            )

    def _table(self, table: Table) -> None:
        self._caption(table)
        place = fit(table)
        made = self._word.add_table(1 + max(len(table.rows), 1), len(table.head), style=styles.TABLE)
        lines = [list(row.cells) for row in made.rows]
        _shape(made, lines, table, place)
        _look(made, table)
        self._head(lines[0], table, place)
        if not table.rows:
            cell = lines[1][0].merge(lines[1][-1])
            self._dress(cell.paragraphs[0], "Table Text")
            cell.paragraphs[0].add_run(wording.clean(table.empty))
        for at, row in enumerate(grid(table)):
            self._row(lines, at, row, place, total=at >= len(table.rows) - table.totals)
        for row in made.rows[:-1] if place.together else made.rows[:2]:
            for paragraph in row.cells[0].paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        self._below_table = True
        self._notes(table)

    def _head(self, cells: list[WordCell], table: Table, place: Fit) -> None:
        for cell, title, numeric in zip(cells, heads(table), numeric_columns(table), strict=True):
            paragraph = cell.paragraphs[0]
            self._dress(paragraph, ("Table Number Heading" if numeric else "Table Heading") + _suffix(place))
            paragraph.add_run(wording.clean(title))

    def _row(self, lines: list[list[WordCell]], at: int, row: tuple[Cell | None, ...], place: Fit, total: bool) -> None:
        for column, cell in enumerate(row):
            if cell is None:
                continue
            made, group = lines[at + 1][column], cell.header and cell.rows > 1
            if cell.rows > 1:
                made.merge(lines[at + cell.rows][column])
            if group:
                fields.shade(made._tc.get_or_add_tcPr(), styles.FAINT)
            self._cell(made, cell, ("Table Number" if cell.numeric else "Table Text") + _suffix(place), total or group)

    def _cell(self, made: WordCell, cell: Cell, style: str, strong: bool) -> None:
        for at, line in enumerate(cell.lines or ((),)):
            paragraph = made.add_paragraph() if at else made.paragraphs[0]
            self._dress(paragraph, style)
            self._runs(paragraph, line, strong)

    def _runs(self, paragraph: WordParagraph, runs: Runs, strong: bool = False) -> None:
        for run in runs:
            self._run(paragraph, run, strong)

    def _run(self, paragraph: WordParagraph, run: Inline, strong: bool) -> None:
        text = wording.clean(run.text)
        address, anchor = self._target(run)
        if address or anchor:
            style = self._style_ids["Number Link" if isinstance(run, Number) else "Hyperlink"]
            made = fields.link(paragraph, text, address, anchor, style)
        else:
            made = paragraph.add_run(text)
        if strong or (isinstance(run, Text) and run.strong):
            made.bold = True

    def _target(self, run: Inline) -> tuple[str, str]:
        if isinstance(run, Text):
            return "", ""
        address = wording.absolute(run.href, self._base_url)
        to_annex = not address and isinstance(run, Number) and run.source in self._sources
        return address, _anchor(wording.source_key(run.source)) if to_annex else ""  # type: ignore[union-attr]


def _heading(label: str, title: str) -> str:
    return wording.clean(f"{label}\t{title}" if label else title)


def _anchor(key: str) -> str:
    """A bookmark name for an anchor: Word takes a letter or underscore first and forty characters in all."""
    return f"_{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _suffix(place: Fit) -> str:
    return styles.SMALL if place.points < SMALL_BELOW else ""


def _shape(made: WordTable, lines: list[list[WordCell]], table: Table, place: Fit) -> None:
    """Fixed column widths, rows that do not split, a first row that is repeated, cells as tight as in the PDF."""
    made.autofit = False
    for column, width in zip(made.columns, place.widths, strict=True):
        column.width = Pt(width)
    for cells in lines:
        for cell, width in zip(cells, place.widths, strict=True):
            cell.width = Pt(width)
    for row, model in zip(made.rows, ((), *(table.rows or ((),))), strict=True):
        if not splits(model):
            fields.flag(row._tr.get_or_add_trPr(), "w:cantSplit")
    fields.flag(made.rows[0]._tr.get_or_add_trPr(), "w:tblHeader")
    fields.cell_margins(made._tbl.tblPr, place.padding)


def _look(made: WordTable, table: Table) -> None:
    """Which parts of the table style show: the heading row, and the last row where it is a total."""
    look = made._tbl.tblPr.find(qn("w:tblLook"))
    look.attrib.clear()
    look.set(qn("w:val"), "0460" if table.totals else "0420")
    for name, shown in (
        ("firstRow", True),
        ("lastRow", bool(table.totals)),
        ("firstColumn", False),
        ("lastColumn", False),
        ("noHBand", True),
        ("noVBand", True),
    ):
        look.set(qn(f"w:{name}"), "1" if shown else "0")
