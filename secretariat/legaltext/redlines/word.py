"""A redline as a Word file with real tracked changes: accepted they give the new text, rejected the old one.

It is dressed as the clean Word files of a code are, so what reads those reads this one (`formats.word_reading`).
What moved is marked as moved, words that changed on the way as taken out there and put in here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count, groupby
from typing import Final

import docx as python_docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from secretariat.legaltext.formats.identities import bookmark_name
from secretariat.legaltext.formats.lines import MORE
from secretariat.legaltext.formats.marks import printable
from secretariat.legaltext.formats.word_looks import FRONT, look
from secretariat.legaltext.formats.word_words import HEADING_STYLE, NUMBER_STYLE
from secretariat.legaltext.redlines.compare import Redline, Row
from secretariat.legaltext.redlines.paragraphs import (
    Line,
    Lines,
    Paragraph,
    Piece,
    Pieces,
    heading_of,
    numbered,
    one_side,
    readable,
    says_its_term,
    without,
)
from secretariat.legaltext.redlines.tokens import IN, OUT, SAME, Kind, new_side, old_side
from secretariat.legaltext.redlines.word_marks import Marker, Place
from secretariat.legaltext.redlines.wording import depths, number_of
from secretariat.papers import word_fields as fields
from secretariat.papers import word_styles as styles

WIDTH: Final = 9638
"""Between the margins, in twentieths of a point."""
_DROPPED: Final[dict[Place, Kind]] = {"from": IN, "to": OUT}


def word(found: Redline, title: str, lines: Iterable[str] = (), *, author: str, at: datetime) -> bytes:
    """The whole redline as a .docx file, its changes made by `author` at `at`: the same redline gives the same bytes.

    `lines` stand under the title.
    """
    made = python_docx.Document()
    styles.dress(made)
    _front(made, printable(title), [printable(line) for line in lines], author, at)
    content = "".join(_Walk(made, found, Marker(author, at)).all())
    body = parse_xml(f"<w:body {nsdecls('w')}>{content}</w:body>")
    end = made.element.body.find(qn("w:sectPr"))
    for element in list(body):
        end.addprevious(element)
    out = io.BytesIO()
    made.save(out)
    return fields.steady(out.getvalue(), at.date())


def _front(made: WordDocument, title: str, lines: Sequence[str], author: str, at: datetime) -> None:
    properties = made.core_properties
    properties.title, properties.subject, properties.author = title, ", ".join(lines), author
    properties.last_modified_by, properties.comments, properties.keywords = author, "", ""
    properties.created = properties.modified = at.replace(tzinfo=None, microsecond=0)
    relations = made.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]
    footer = made.sections[0].footer.paragraphs[0]
    footer.text = f"{title}\tPage "
    fields.field(footer, "PAGE", "1")
    made.add_paragraph(title, style="Title")
    look(made, FRONT)
    for line in lines:
        made.add_paragraph(line, style=FRONT)


class _Walk:
    """The walk over a redline: the elements of the body of the Word file, in order."""

    def __init__(self, made: WordDocument, found: Redline, marker: Marker) -> None:
        self._made = made
        self._found = found
        self._marker = marker
        self._looks: dict[str, str] = {}
        self._bookmarks = count(1)
        self._moved = {row.uid for row in found.rows if row.state == "left"}
        self._names = {row.uid: f"move{at}" for at, row in enumerate(found.rows) if row.state == "moved"}
        self._table = made.styles[styles.TABLE].style_id
        self._below_table = False

    def all(self) -> Iterator[str]:
        """Every clause, at its old place and its new one where it moved."""
        closing = ""
        for depth, row in depths(self._found):
            place: Place = "from" if row.state == "left" else "to" if row.uid in self._moved else "here"
            if not row.carried:
                yield closing
                closing = ""
            if place != "here" and not row.carried:
                opening, closing = self._marker.range_start(place, self._names[row.uid])
                yield opening
            yield from self._clause(self._found.standing[row.uid], depth, place)
        yield closing
        if self._below_table:
            yield "<w:p/>"

    def _clause(self, row: Row, depth: int, place: Place) -> Iterator[str]:
        """A clause: its first paragraph with number, heading or first words, and what follows."""
        kind: Kind = IN if row.state == "in" else OUT if row.state == "out" else SAME
        headed = bool(row.heading) and not says_its_term(row)
        inline = "part" not in row.kind and not (headed and _heading_stays(row))
        (words, end), rest = numbered(row.body) if inline else (((), SAME), readable(row.body))
        first, *further = _at(place, [Paragraph(words, end), *rest])
        assert isinstance(first, Paragraph)
        content = [self._bookmark(row, place), self._runs(_number(row), place, self._look(NUMBER_STYLE))]
        if headed:
            plain = row.kind.old == row.kind.new == "part"
            content.append(self._runs(heading_of(row), place, "" if plain else self._look(HEADING_STYLE)))
        if headed and inline:
            content.append(self._runs((Piece(row.heading[0].kind, "\t"),), place))
        content.append(self._runs(first.pieces, place))
        yield self._first(row, depth, place, first.end if kind == SAME else kind, "".join(content))
        for block in further:
            if isinstance(block, Paragraph):
                yield self._paragraph(f"Code {MORE.capitalize()} {depth}", block.end, place, block.pieces)
            else:
                yield from self._lines(block, depth, place)

    def _first(self, row: Row, depth: int, place: Place, end: Kind, content: str) -> str:
        self._below_table = False
        old, new = (self._look(f"Code {kind.capitalize()} {depth}") for kind in row.kind)
        was = old if place == "here" and row.kind.differs else ""
        return self._marker.paragraph(old if place == "from" else new, end, place, content, was)

    def _paragraph(self, style: str, end: Kind, place: Place, pieces: Pieces) -> str:
        self._below_table = False
        return self._marker.paragraph(self._look(style), end, place, self._runs(pieces, place))

    def _runs(self, pieces: Pieces, place: Place, style: str = "") -> str:
        return self._marker.runs(_here(pieces, place), place, style)

    def _bookmark(self, row: Row, place: Place) -> str:
        name = bookmark_name(row.uid)
        if not name or place == "from":
            return ""
        number = next(self._bookmarks)
        return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/><w:bookmarkEnd w:id="{number}"/>'

    def _lines(self, table: Lines, depth: int, place: Place) -> Iterator[str]:
        """A table; Word would join it to one right before it."""
        if self._below_table:
            yield self._paragraph(f"Code {MORE.capitalize()} {depth}", table.kind, place, ())
        lines = [line for line in table.lines if place == "here" or line.kind != _DROPPED[place]]
        columns = max((len(line.cells) for line in lines), default=1)
        grid = f'<w:gridCol w:w="{WIDTH // columns}"/>' * columns
        rows = "".join(self._row(line, place, WIDTH // columns, head=at == 0) for at, line in enumerate(lines))
        look = f'<w:tblStyle w:val="{self._table}"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="0420"/>'
        yield f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
        self._below_table = True

    def _row(self, line: Line, place: Place, width: int, *, head: bool) -> str:
        style = self._look("Table Heading" if head else "Table Text")
        cells = []
        for kind, pieces in line.cells:
            if place != "here" and kind == _DROPPED[place]:
                continue
            runs = self._marker.runs(_here(pieces, place), place, in_table=True)
            end = kind if line.kind == SAME else line.kind
            paragraph = self._marker.paragraph(style, end, place, runs, in_table=True)
            cells.append(self._marker.cell(kind if line.kind == SAME and place == "here" else SAME, width, paragraph))
        return self._marker.row(line.kind, place, cells, head=head)

    def _look(self, name: str) -> str:
        if name not in self._looks:
            self._looks[name] = look(self._made, name)
        return self._looks[name]


def _heading_stays(row: Row) -> bool:
    """Whether the heading is there on both sides, or on the only one."""
    return row.state in ("in", "out") or bool(old_side(row.heading) and new_side(row.heading))


def _number(row: Row) -> Pieces:
    return tuple(piece._replace(text=f"{piece.text}\t") for piece in number_of(row))


def _here(pieces: Pieces, place: Place) -> Pieces:
    return pieces if place == "here" else without(pieces, _DROPPED[place])


def _at(place: Place, blocks: Sequence[Paragraph | Lines]) -> list[Paragraph | Lines]:
    """What stands at a place: of what moved, its old side at the old one and its new side at the new one."""
    if place == "here":
        return list(blocks)
    made: list[Paragraph | Lines] = []
    for paragraphs, group in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        if paragraphs:
            made += one_side([block for block in group if isinstance(block, Paragraph)], _DROPPED[place])
        else:
            made += [block for block in group if isinstance(block, Lines) and block.kind != _DROPPED[place]]
    return made
