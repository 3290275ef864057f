"""What python-docx leaves to be built by hand: fields, bookmarks, links, and a file with the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_CONTENTS = (
    '<w:sdt {ns}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
    "</w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
)

_WRITTEN: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_CORE: Final = "docProps/core.xml"


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field at the end of the paragraph, showing `shown` until Word works it out."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """The start of a field whose shown text follows, perhaps over several paragraphs."""
    _mark(paragraph, "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _mark(paragraph, "separate")


def end_field(paragraph: Paragraph) -> None:
    """The end of the field that `begin_field` began."""
    _mark(paragraph, "end")


def _mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A bookmark round the whole paragraph; `number` is its id, which no other bookmark has."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    first = next((child for child in paragraph._p if child.tag != qn("w:pPr")), None)
    if first is None:
        paragraph._p.append(start)
    else:
        first.addprevious(start)
    paragraph._p.append(end)


def link(paragraph: Paragraph, text: str, address: str = "", anchor: str = "", style: str | None = None) -> Run:
    """A link at the end of the paragraph, to a web address or a bookmark of this document; `style` is a style's id."""
    element = OxmlElement("w:hyperlink")
    if address:
        element.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        element.set(qn("w:anchor"), anchor)
    element.set(qn("w:history"), "1")
    run = Run(OxmlElement("w:r"), paragraph)
    element.append(run._r)
    paragraph._p.append(element)
    run.text = text
    if style:
        run._r.style = style
    return run


def wrap_contents(paragraphs: list[Paragraph]) -> None:
    """Make the paragraphs a contents table as Word knows one, with its own button to update it."""
    frame = parse_xml(_CONTENTS.format(ns=nsdecls("w")))
    paragraphs[0]._p.addprevious(frame)
    inside = frame.find(qn("w:sdtContent"))
    for paragraph in paragraphs:
        inside.append(paragraph._p)


def flag(properties: Any, tag: str) -> None:
    """Set an on-off property such as w:tblHeader once."""
    if properties.find(qn(tag)) is None:
        properties.append(OxmlElement(tag))


def cell_margins(properties: Any, padding: float) -> None:
    """The space left and right of the text of a table's cells, in points."""
    sides = "".join(f'<w:{side} w:w="{round(padding * 20)}" w:type="dxa"/>' for side in ("left", "right"))
    margins = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")
    properties.find(qn("w:tblLook")).addprevious(margins)


def shade(properties: Any, fill: str) -> None:
    """Shade one cell of a table."""
    shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    properties.append(shading)


def steady(data: bytes, day: date) -> bytes:
    """The same Office file with every part dated `day`, so that the clock leaves no mark on it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return out.getvalue()


def steady_book(content: bytes, day: date) -> bytes:
    """A workbook or document of an office program with `day` in the place of every time at which it was written."""
    out = io.BytesIO()
    said = f"{day.isoformat()}T00:00:00Z".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _WRITTEN.sub(rb"\g<1>" + said + rb"\g<2>", part) if name == _CORE else part)
    return steady(out.getvalue(), day)
