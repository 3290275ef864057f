"""The marks of tracked changes in WordprocessingML: runs, paragraphs and rows that came in, went out or moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count, groupby
from typing import Final, Literal
from xml.sax.saxutils import escape, quoteattr

from secretariat.legaltext.formats.marks import printable
from secretariat.legaltext.redlines.paragraphs import Pieces
from secretariat.legaltext.redlines.tokens import IN, OUT, SAME, Kind

Place = Literal["here", "from", "to"]
"""Whether words stand where they stood, at the place that they were moved from, or at the one they were moved to."""

_TAGS: Final[dict[tuple[Place, Kind], str]] = {
    ("here", SAME): "",
    ("here", IN): "ins",
    ("here", OUT): "del",
    ("from", SAME): "moveFrom",
    ("from", OUT): "del",
    ("to", SAME): "moveTo",
    ("to", IN): "ins",
}
_ROWS: Final = {"ins": "ins", "del": "del", "moveFrom": "del", "moveTo": "ins", "": ""}
"""Rows of tables come in and go out; Word knows none that move."""


class Marker:
    """Writes tracked changes of one person at one instant, each with an id of its own."""

    def __init__(self, author: str, at: datetime) -> None:
        when = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.told = f"w:author={quoteattr(printable(author))} w:date={quoteattr(when)}"
        self._ids = count(1)

    def open_tag(self, tag: str) -> str:
        """The beginning of a tracked change."""
        return f'<w:{tag} w:id="{next(self._ids)}" {self.told}'

    def runs(self, pieces: Pieces, place: Place, style: str = "", *, in_table: bool = False) -> str:
        """Pieces as runs, those of a kind together in one change; `style` is the id of a style of letters."""
        made = []
        for kind, group in groupby(pieces, key=lambda piece: piece.kind):
            tag = _TAGS[place, kind]
            tag = _ROWS[tag] if in_table else tag
            runs = "".join(_run(piece.text, _look(style, piece.strong, piece.slanted), tag) for piece in group)
            made.append(f"{self.open_tag(tag)}>{runs}</w:{tag}>" if tag else runs)
        return "".join(made)

    def paragraph(
        self, style: str, end: Kind, place: Place, content: str, was: str = "", *, in_table: bool = False
    ) -> str:
        """A paragraph under the id of its style; `was` is that of the style it had before, where that changed."""
        tag = _TAGS[place, end]
        tag = _ROWS[tag] if in_table else tag
        mark = f"<w:rPr>{self.open_tag(tag)}/></w:rPr>" if tag else ""
        change = f'{self.open_tag("pPrChange")}><w:pPr><w:pStyle w:val="{was}"/></w:pPr></w:pPrChange>' if was else ""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{mark}{change}</w:pPr>{content}</w:p>'

    def row(self, kind: Kind, place: Place, cells: Sequence[str], *, head: bool) -> str:
        """A row of a table."""
        tag = _ROWS[_TAGS[place, kind]]
        properties = ("<w:tblHeader/>" if head else "") + (f"{self.open_tag(tag)}/>" if tag else "")
        return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(cells)}</w:tr>"

    def cell(self, kind: Kind, width: int, content: str) -> str:
        """A cell of a row that stays; one of a column that came in or went out says so."""
        tag = {SAME: "", IN: "cellIns", OUT: "cellDel"}[kind]
        mark = f"{self.open_tag(tag)}/>" if tag else ""
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{mark}</w:tcPr>{content}</w:tc>'

    def range_start(self, place: Place, name: str) -> tuple[str, str]:
        """The beginning and the end of what moved under a name, from here or to here."""
        tag = "moveFromRange" if place == "from" else "moveToRange"
        number = next(self._ids)
        return f'<w:{tag}Start w:id="{number}" {self.told} w:name="{name}"/>', f'<w:{tag}End w:id="{number}"/>'


def _look(style: str, strong: bool, slanted: bool) -> str:
    made = f'<w:rStyle w:val="{style}"/>' if style else ""
    made += ("<w:b/>" if strong else "") + ("<w:i/>" if slanted else "")
    return f"<w:rPr>{made}</w:rPr>" if made else ""


def _run(text: str, look: str, tag: str) -> str:
    """One run; a line break and a tab are elements of their own."""
    word = "delText" if tag == "del" else "t"
    made = []
    for at, line in enumerate(printable(text).split("\n")):
        if at:
            made.append("<w:br/>")
        for column, words in enumerate(line.split("\t")):
            made.append("<w:tab/>" if column else "")
            made.append(f'<w:{word} xml:space="preserve">{escape(words)}</w:{word}>' if words else "")
    return f"<w:r>{look}{''.join(made)}</w:r>"
