"""Small papers and files for the tests of the paper checker. All of them are invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from secretariat.proof import front
from secretariat.proof.findings import RULES, Finding
from secretariat.proof.paper import Block, Cell, Form, Heading, Item, Paper, Paragraph, Place, Reading, Row, Table

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


def heading(text: str, number: str = "", level: int = 1, line: int = 0) -> Heading:
    """A heading on a line."""
    return Heading(text, number, level, Place(line=line))


def paragraph(text: str, line: int = 0) -> Paragraph:
    """A paragraph on a line."""
    return Paragraph(text, Place(line=line))


def item(text: str, level: int = 1, mark: str = "•", line: int = 0) -> Item:
    """A list item on a line."""
    return Item(text, level, mark, Place(line=line))


def row(cells: Iterable[object], line: int = 0) -> Row:
    """A row of cells, written as given."""
    return Row(tuple(Cell(str(cell)) for cell in cells), Place(line=line))


def table(
    *rows: Sequence[object], head: Sequence[object] = (), number: str = "", caption: str = "", line: int = 0,
    rebuilt: bool = False,
) -> Table:  # fmt: skip
    """A table from its rows and, where given, its head; each row stands on a line of its own."""
    first = line + 1 if head and line else line
    return Table(
        tuple(row(cells, first + at if line else 0) for at, cells in enumerate(rows)),
        (row(head, line),) if head else (),
        number, caption, rebuilt, Place(line=line),
    )  # fmt: skip


def reading(*blocks: Block | str, form: Form = Form.TEXT, **kept: Any) -> Reading:
    """A reading of blocks; a string is a paragraph."""
    return Reading(form, tuple(paragraph(block) if isinstance(block, str) else block for block in blocks), **kept)


def paper(*blocks: Block | str, name: str = "paper.txt", understood: bool = False, **said: Any) -> Paper:
    """A paper of blocks with what is `said` of it; or, `understood`, with what its own words say."""
    if understood:
        return front.understood(name, reading(*blocks), **said)
    return Paper(name, reading(*blocks), **said)


def found(rule: str, *papers: Paper) -> list[Finding]:
    """The findings of one rule on a paper, or on several."""
    return list(RULES[rule].on(*papers))


def docx(body: str, *, relations: str = "", **parts: str) -> bytes:
    """A Word file from the XML of its body and of other parts (`styles`, `numbering`, `footnotes`, `header1`, ...).

    The part "chart1" is related as "rChart1", and so on; `relations` adds more of the document's relations.
    """
    related = "".join(
        f'<Relationship Id="r{part.capitalize()}" Type="{R}/{part.rstrip("0123456789")}" Target="{part}.xml"/>'
        for part in parts
    )
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations(f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": _relations(related + relations),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
    } | {f"word/{part}.xml": xml.replace("<w:root>", f"<w:{part} {_NAMES}>", 1) for part, xml in parts.items()}
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """The files, packed."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()


def p(text: str = "", style: str = "", *, more: str = "", bold: bool = False) -> str:
    """A Word paragraph as XML: its words, its style, further properties, whether its letters are bold."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{more}</w:pPr>{r(text, bold=bold) if text else ''}</w:p>"


def r(text: str, *, bold: bool = False, more: str = "") -> str:
    """A Word run as XML."""
    properties = f"{'<w:b/>' if bold else ''}{more}"
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines."""
    drawn = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    content = f"BT /F1 11 Tf 72 760 Td {drawn} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for at, written in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (at, written)
    table_of_places = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table_of_places, len(objects) + 1, len(made))
    )


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_RELATED}">{inside}</Relationships>'
