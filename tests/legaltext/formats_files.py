"""Word files as others make them, for the tests of reading them: automatic numbers, marks of changes, boxes."""

from __future__ import annotations

import base64
import io

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
"""A picture of one dot."""
OTHER = 'w:author="Drafter" w:date="2020-02-03T09:30:00Z"'
LEVELS = (("H%1", "decimal"), ("H%1.%2", "decimal"), ("(%3)", "lowerLetter"), ("(%4)", "lowerRoman"))


def saved(made: Document) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def xml(inner: str) -> Paragraph:
    """An element of Word's own."""
    return parse_xml(inner.replace(" NS", f" {nsdecls('w')}", 1))


def numbered() -> Document:
    """A file whose list 90 has the levels H1, H1.1, (a), (i); list 91 is a list of (a) by itself; 92 has bullets."""
    made = docx.Document()
    root = made.part.numbering_part.element
    levels = "".join(_level(at, form, text) for at, (text, form) in enumerate(LEVELS))
    lists = [(90, levels), (91, _level(0, "lowerLetter", "(%1)")), (92, _level(0, "bullet", "\uf0b7"))]
    for key, inner in lists:
        root.insert(0, xml(f'<w:abstractNum NS w:abstractNumId="{key}">{inner}</w:abstractNum>'))
    for key, _ in lists:
        root.append(xml(f'<w:num NS w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
    root.append(
        xml(
            '<w:num NS w:numId="93"><w:abstractNumId w:val="91"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return made


def _level(at: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (at + 1)}" w:hanging="720"/></w:pPr></w:lvl>'
    )


def add(made: Document, text: str, key: int = 0, depth: int = 0, style: str = "Normal", indent: int = 0) -> Paragraph:
    """A paragraph; `**` marks bold words. In a list where `key` tells one."""
    paragraph = made.add_paragraph(style=style)
    for at, words in enumerate(text.split("**")):
        if words:
            paragraph.add_run(words).bold = True if at % 2 else None
    properties = paragraph._p.get_or_add_pPr()
    if key:
        properties.append(xml(f'<w:numPr NS><w:ilvl w:val="{depth}"/><w:numId w:val="{key}"/></w:numPr>'))
    if indent:
        properties.append(xml(f'<w:ind NS w:left="{indent}"/>'))
    return paragraph


def changed(paragraph: Paragraph, kind: str, words: str, who: str = OTHER) -> None:
    """Tracked words at the end of a paragraph: `kind` is ins, del, moveFrom or moveTo."""
    tag = "delText" if kind in {"del", "moveFrom"} else "t"
    run = f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'
    paragraph._p.append(xml(f'<w:{kind} NS w:id="7" {who}>{run}</w:{kind}>'))


def end_changed(paragraph: Paragraph, kind: str) -> None:
    """A paragraph whose end was put in or taken out."""
    properties = paragraph._p.get_or_add_pPr()
    properties.append(xml(f'<w:rPr NS><w:{kind} w:id="8" {OTHER}/></w:rPr>'))


def row_changed(paragraph: Paragraph, kind: str) -> None:
    """The table row that a paragraph stands in, put in or taken out."""
    row = next(each for each in paragraph._p.iterancestors() if each.tag == qn("w:tr"))
    row.insert(0, xml(f'<w:trPr NS><w:{kind} w:id="9" {OTHER}/></w:trPr>'))
