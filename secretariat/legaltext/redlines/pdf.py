"""A redline as a tagged PDF: underlined and struck through as well as coloured, with what became of each clause."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from importlib import resources
from typing import Any, Final

import typst

from secretariat.legaltext.redlines import wording
from secretariat.legaltext.redlines.compare import Redline, Row, Skipped, excerpt
from secretariat.legaltext.redlines.paragraphs import (
    Lines,
    Paragraph,
    Piece,
    Pieces,
    heading_of,
    readable,
    says_its_term,
)
from secretariat.legaltext.redlines.tokens import IN, OUT, SAME, Kind
from secretariat.papers.glyphs import FONTS, printable
from secretariat.papers.layout import breakable
from secretariat.papers.pdf import STANDARDS
from secretariat.papers.wording import clean

Data = dict[str, Any]

DEEPEST: Final = 5
_ENDS: Final[dict[Kind, tuple[Piece, ...]]] = {SAME: (), IN: (Piece(IN, "¶"),), OUT: (Piece(OUT, "¶"),)}


def pdf(found: Redline, title: str, lines: Iterable[str] = (), *, day: date, whole: bool = False) -> bytes:
    """The redline as a PDF of A4 pages, dated `day`: the same redline gives the same bytes.

    `lines` stand under the title. Without `whole` only what changed is printed, and what holds it. A character that
    the typeface lacks is printed as its name. Raises typst.TypstError where Typst refuses the file.
    """
    made = typst.compile(
        _template(),
        font_paths=_fonts(),
        sys_inputs={"redline": json.dumps(_data(found, title, lines, day, whole=whole))},
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(day, datetime.min.time(), tzinfo=UTC),
    )
    assert isinstance(made, bytes)
    return made


@cache
def _template() -> bytes:
    return (resources.files("secretariat.legaltext") / "redlines" / "redline.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _data(found: Redline, title: str, lines: Iterable[str], day: date, *, whole: bool) -> Data:
    return {
        "title": _text(title),
        "lines": [_text(line) for line in lines],
        "day": [day.year, day.month, day.day],
        "summary": " ".join((wording.summary(found), wording.KEY if found.touched else "")),
        "rows": list(_rows(found, whole=whole)),
    }


def _text(text: str) -> str:
    return printable(clean(text))


def _rows(found: Redline, *, whole: bool) -> Iterator[Data]:
    depths = {id(row): min(depth - 1, DEEPEST) for depth, row in wording.depths(found)}
    for row in found.rows if whole else excerpt(found):
        if isinstance(row, Skipped):
            yield {"is": "skipped", "says": wording.skipped(row)}
        elif row.state != "left":
            yield _row(row, depths[id(row)])
        elif not row.carried:
            yield {"is": "left", "says": _text(wording.left_for(row, found)), "depth": depths[id(row)]}


def _row(row: Row, depth: int) -> Data:
    return {
        "is": "clause",
        "says": wording.said(row),
        "kind": row.kind.old if row.state == "out" else row.kind.new,
        "depth": depth,
        "number": _pieces(wording.number_of(row)),
        "heading": [] if says_its_term(row) else _pieces(heading_of(row)),
        "blocks": [_block(block) for block in readable(row.body)],
    }


def _block(block: Paragraph | Lines) -> Data:
    if isinstance(block, Paragraph):
        end = () if block.end == block.whole else _ENDS[block.end]
        return {"is": "words", "pieces": _pieces((*block.pieces, *end))}
    columns = max(len(line.cells) for line in block.lines)
    empty: list[Data] = []
    rows = [[_pieces(pieces) for _, pieces in line.cells] for line in block.lines]
    return {"is": "table", "columns": columns, "rows": [row + [empty] * (columns - len(row)) for row in rows]}


def _pieces(pieces: Pieces) -> list[Data]:
    return [
        {
            "kind": piece.kind,
            "text": breakable(_text(wording.figures_named(piece.text))),
            "strong": piece.strong,
            "slanted": piece.slanted,
        }
        for piece in pieces
    ]
