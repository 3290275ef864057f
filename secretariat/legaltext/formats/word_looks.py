"""The styles of a code's text in Word, made when they are first used: one for each kind of clause and depth."""

from __future__ import annotations

from typing import Final

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.styles.style import CharacterStyle, ParagraphStyle

from secretariat.legaltext.formats.word_words import HEADING_STYLE, NUMBER_STYLE
from secretariat.papers.word_styles import ACCENT, SOFT

FRONT: Final = "Code Front"
"""The style of what stands under the title, which is not read back."""
STEP: Final = 11
"""How much further in each depth stands, in millimetres."""
DEEPEST_OUTLINE: Final = 9


def look(made: WordDocument, name: str) -> str:
    """The id of the style of that name, made if need be."""
    if name in made.styles:
        return str(made.styles[name].style_id)
    if name in {NUMBER_STYLE, HEADING_STYLE}:
        letters = made.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        assert isinstance(letters, CharacterStyle)
        letters.font.bold = True if name == HEADING_STYLE else None
        return letters.style_id
    style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    style.base_style, style.hidden, style.quick_style = made.styles["Normal"], False, True
    if name == FRONT:
        style.font.color.rgb = SOFT
        return style.style_id
    _, kind, depth = name.split(" ")
    if kind == "Part":
        _part(style, int(depth))
    else:
        _words(style, kind, int(depth))
    return style.style_id


def _part(style: ParagraphStyle, depth: int) -> None:
    style.font.bold, style.font.color.rgb, style.font.size = True, ACCENT, Pt(max(15 - 2 * (depth - 1), 10.5))
    space = style.paragraph_format
    space.keep_with_next, space.space_before, space.space_after = True, Pt(14), Pt(6)
    space.tab_stops.add_tab_stop(Mm(STEP + 4))
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(min(depth, DEEPEST_OUTLINE) - 1))
    style.element.get_or_add_pPr().append(outline)


def _words(style: ParagraphStyle, kind: str, depth: int) -> None:
    space = style.paragraph_format
    space.left_indent = Mm(min(STEP * max(depth - 1, 1) + 4, 100))
    if kind == "Clause":
        space.first_line_indent = -Mm(STEP + (4 if depth < 3 else 0))
