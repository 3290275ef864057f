"""The house styles of a paper in Word: real styles, so that a colleague restyles a paper and not its paragraphs."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import BaseStyle, CharacterStyle, ParagraphStyle

from secretariat.papers.layout import TEXT_WIDTH
from secretariat.papers.wording import LANGUAGE

FONT = "Arial"  # on every office machine; Arimo, which the PDF uses, has its widths
INK = RGBColor(0x1B, 0x2A, 0x33)
SOFT = RGBColor(0x4D, 0x5B, 0x64)
ACCENT = RGBColor(0x0B, 0x4F, 0x6C)
RULE, SHADE, FAINT = "B9C5CB", "E8EFF2", "F6F8F9"
TABLE = "Paper Table"
SMALL = " Small"
MARGIN = Mm(20)

_HEADINGS = {
    "Heading 1": (15, 20, 8, 10),
    "Heading 2": (12, 14, 6, 11),
    "Heading 3": (10.5, 12, 5, 13),
    "Heading 4": (10.5, 10, 4, 15),
}  # points of type, before and after; millimetres to the words behind the label
_TABLE_STYLE = (
    '<w:style {ns} w:type="table" w:customStyle="1" w:styleId="PaperTable"><w:name w:val="Paper Table"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/><w:tblPr><w:tblBorders>{borders}'
    '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" '
    'w:fill="{shade}"/><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    '<w:tblStylePr w:type="lastRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders><w:top w:val="single" w:sz="10" '
    'w:space="0" w:color="{accent}"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{faint}"/></w:tcPr>'
    "</w:tblStylePr></w:style>"
)
_COMPATIBILITY = (
    '<w:compat {ns}><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)


def dress(word: WordDocument) -> None:
    """Give a new Word document the house styles, A4 pages and the language."""
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    section.header_distance, section.footer_distance = Mm(12), Mm(11)
    _defaults(word)
    _words(word)
    _tables(word)
    _contents(word)
    _links(word)


def _defaults(word: WordDocument) -> None:
    styles, settings = word.styles.element, word.settings.element
    for language in styles.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
    for fonts in styles.iter(qn("w:rFonts")):
        _plain_font(fonts)
    for old in list(settings.iter(qn("w:compat"))):
        old.addnext(parse_xml(_COMPATIBILITY.format(ns=nsdecls("w"))))
        settings.remove(old)


def _plain_font(fonts: Any) -> None:
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _words(word: WordDocument) -> None:
    _style(word, "Normal", 10.5, INK, after=6).paragraph_format.line_spacing = 1.12
    title = _style(word, "Title", 24, ACCENT, bold=True, before=10, after=14)
    _drop(title, "w:pBdr")
    for name, (size, before, after, tab) in _HEADINGS.items():
        heading = _style(word, name, size, ACCENT, bold=True, before=before, after=after)
        heading.font.italic = False
        heading.paragraph_format.keep_with_next = True
        heading.paragraph_format.tab_stops.add_tab_stop(Mm(tab))
    front = _style(word, "Front Matter", 10.5, INK, after=3)
    front.paragraph_format.tab_stops.add_tab_stop(Mm(42))
    front.paragraph_format.left_indent, front.paragraph_format.first_line_indent = Mm(42), -Mm(42)
    _style(word, "Front Heading", 11, ACCENT, bold=True, before=12, after=4).paragraph_format.keep_with_next = True
    statement = _style(word, "Statement", 10.5, INK, before=12, after=12)
    statement.paragraph_format.left_indent = Mm(4)
    _boxed(statement)
    _style(word, "Note", 8.5, SOFT, before=3, after=6)
    _style(word, "Caption", 9.5, ACCENT, bold=True, before=12, after=4).paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Bullet 2", "List Bullet 3"):
        _style(word, name, 10.5, INK, after=3)
        _drop(word.styles[name], "w:contextualSpacing")
    for name in ("Header", "Footer"):
        style = _style(word, name, 8.5, SOFT)
        _drop(style, "w:tabs")
        style.paragraph_format.tab_stops.add_tab_stop(Pt(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _tables(word: WordDocument) -> None:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    xml = _TABLE_STYLE.format(ns=nsdecls("w"), borders=edges, shade=SHADE, faint=FAINT, accent=str(ACCENT))
    word.styles.element.append(parse_xml(xml))
    for suffix, size in (("", 9.5), (SMALL, 8)):
        _style(word, f"Table Text{suffix}", size, INK).paragraph_format.line_spacing = 1
        number = _style(word, f"Table Number{suffix}", size, INK)
        number.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for name in (f"Table Heading{suffix}", f"Table Number Heading{suffix}"):
            _style(word, name, size, INK, bold=True).paragraph_format.keep_with_next = True
        word.styles[f"Table Number Heading{suffix}"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _contents(word: WordDocument) -> None:
    heading = _style(word, "TOC Heading", 12, ACCENT, bold=True, before=18, after=6)
    heading.paragraph_format.keep_with_next = True
    for level in (1, 2, 3):
        entry = _style(word, f"toc {level}", 10.5, INK, before=3 if level == 1 else 0, after=2)
        indent = Mm((0, 8, 18)[level - 1])
        entry.paragraph_format.left_indent = indent
        entry.paragraph_format.tab_stops.add_tab_stop(indent + Mm((8, 10, 12)[level - 1]))
        edge = entry.paragraph_format.tab_stops
        edge.add_tab_stop(Pt(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _links(word: WordDocument) -> None:
    for name, underlined in (("Hyperlink", True), ("Number Link", False)):
        style = word.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        assert isinstance(style, CharacterStyle)
        style.font.color.rgb = ACCENT
        style.font.underline = underlined


def _style(
    word: WordDocument,
    name: str,
    size: float,
    colour: RGBColor,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    styles = word.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = FONT, Pt(size), bold, colour
    _plain_font(style.element.rPr.rFonts)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.hidden, style.quick_style = False, True
    return style


def _drop(style: BaseStyle, tag: str) -> None:
    for found in list(style.element.iter(qn(tag))):
        found.getparent().remove(found)


def _boxed(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    border = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="{RULE}"/></w:pBdr>'
    shading = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{FAINT}"/>'
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(parse_xml(border))
    spacing.addprevious(parse_xml(shading))
