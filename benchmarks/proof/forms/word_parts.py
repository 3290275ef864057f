"""The parts of a Word file that the library does not write: real footnotes, and charts that print their numbers."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement

from benchmarks.proof.content import Chart

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006"
_TYPES = "application/vnd.openxmlformats-officedocument"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def drawing(at: int) -> BaseOxmlElement:
    """The run's element that shows the chart of that number."""
    return parse_xml(
        f'<w:drawing xmlns:w="{_WORD}"><wp:inline xmlns:wp="{_DRAWN}/wordprocessingDrawing">'
        f'<wp:extent cx="4000000" cy="2000000"/><wp:docPr id="{at}" name="Chart {at}"/>'
        f'<a:graphic xmlns:a="{_DRAWN}/main"><a:graphicData uri="{_DRAWN}/chart">'
        f'<c:chart xmlns:c="{_DRAWN}/chart" xmlns:r="{_OFFICE}" r:id="rIdChart{at}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def completed(saved: bytes, notes: Sequence[str], charts: Sequence[Chart]) -> bytes:
    """The file with its footnotes and charts put in. Footnotes number themselves, from 1."""
    parts = {
        f"charts/chart{at}.xml": (f"rIdChart{at}", "chart", "drawingml.chart", _chart(chart))
        for at, chart in enumerate(charts, 1)
    }
    if notes:
        parts["footnotes.xml"] = ("rIdNotes", "footnotes", "wordprocessingml.footnotes", _footnotes(notes))
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_TYPES}.{kind}+xml"/>'
        for name, (_, _, kind, _) in parts.items()
    )
    links = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{link}" Target="{name}"/>'
        for name, (key, link, _, _) in parts.items()
    )
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(saved)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(b"</Types>", f"{types}</Types>".encode())
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", f"{links}</Relationships>".encode())
            new.writestr(name, part)
        for name, (_, _, _, part_text) in parts.items():
            new.writestr(f"word/{name}", _XML + part_text)
    return made.getvalue()


def _footnotes(notes: Sequence[str]) -> str:
    told = "".join(
        f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note)}</w:t></w:r></w:p></w:footnote>'
        for at, note in enumerate(notes, 1)
    )
    return f'<w:footnotes xmlns:w="{_WORD}">{told}</w:footnotes>'


def _chart(chart: Chart) -> str:
    names = "".join(f'<c:pt idx="{at}"><c:v>{escape(name)}</c:v></c:pt>' for at, (name, _) in enumerate(chart.labels))
    values = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, (_, value) in enumerate(chart.labels))
    many = f'<c:ptCount val="{len(chart.labels)}"/>'
    return (
        f'<c:chartSpace xmlns:c="{_DRAWN}/chart"><c:chart><c:plotArea><c:layout/><c:pieChart><c:ser>'
        '<c:idx val="0"/><c:order val="0"/>'
        '<c:dLbls><c:showVal val="1"/><c:showCatName val="1"/></c:dLbls>'
        f"<c:cat><c:strRef><c:f>A</c:f><c:strCache>{many}{names}</c:strCache></c:strRef></c:cat>"
        f"<c:val><c:numRef><c:f>B</c:f><c:numCache><c:formatCode>General</c:formatCode>{many}{values}"
        "</c:numCache></c:numRef></c:val></c:ser></c:pieChart></c:plotArea></c:chart></c:chartSpace>"
    )
