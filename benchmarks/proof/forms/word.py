"""Word: styles for headings, lists and captions, real footnotes, which number themselves, charts with their data."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as Opened
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from benchmarks.proof.content import MARKED, Block, Chart, Content, Grid, Head, Items, Said, bare
from benchmarks.proof.forms.word_parts import completed, drawing
from benchmarks.proof.forms.written import Written, mark_of


def write(content: Content) -> Written:
    """The paper as a .docx file."""
    document = Document()
    charts = [block for block in content.blocks if isinstance(block, Chart)]
    for block in content.blocks:
        if isinstance(block, Chart):
            document.add_paragraph().add_run()._r.append(drawing(charts.index(block) + 1))
            document.add_paragraph(f"Figure {block.number}: {block.caption}", style="Caption")
        elif isinstance(block, Grid):
            _table(document, block)
        else:
            _block(document, block)
    saved = BytesIO()
    document.save(saved)
    return Written(completed(saved.getvalue(), [bare(note.text) for note in content.notes], charts))


def _block(document: Opened, block: Block) -> None:
    if isinstance(block, Head):
        style = f"Heading {block.level}" if block.level else "Title"
        document.add_paragraph(f"{block.number} {block.text}".strip(), style=style)
    elif isinstance(block, Said):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{block.label}: ").bold = True
        _say(paragraph, block.text)
    elif isinstance(block, Items):
        for at, text in enumerate(block.texts):
            if block.marks == "bullet":
                _say(document.add_paragraph(style="List Bullet"), text)
            else:
                _say(document.add_paragraph(), f"{mark_of(block.marks, at)} {text}")
    elif not isinstance(block, Chart | Grid):
        _say(document.add_paragraph(), block.text)


def _table(document: Opened, grid: Grid) -> None:
    table = document.add_table(rows=0, cols=len(grid.head), style="Table Grid")
    for row in [grid.head, *grid.rows]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _say(cell.paragraphs[0], text)
    if grid.number:
        document.add_paragraph(f"Table {grid.number}: {grid.caption}", style="Caption")


def _say(paragraph: Paragraph, text: str) -> None:
    at = 0
    for found in MARKED.finditer(text):
        paragraph.add_run(text[at : found.start()])
        if found["roles"].startswith("note"):
            mark = OxmlElement("w:footnoteReference")
            mark.set(qn("w:id"), found["words"])
            paragraph.add_run()._r.append(mark)
        else:
            paragraph.add_run(found["words"])
        at = found.end()
    paragraph.add_run(text[at:])
