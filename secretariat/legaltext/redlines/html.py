"""A redline as HTML: `ins` and `del`, each said in words too, and beside each clause what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Final

from markupsafe import Markup

from secretariat.legaltext.redlines import wording
from secretariat.legaltext.redlines.compare import Redline, Row, Skipped, excerpt
from secretariat.legaltext.redlines.paragraphs import (
    Line,
    Lines,
    Paragraph,
    Piece,
    Pieces,
    heading_of,
    readable,
    says_its_term,
)
from secretariat.legaltext.redlines.tokens import IN, OUT, SAME, Kind

STYLES: Final = Path(__file__).parent.parent / "static" / "legaltext" / "redline.css"
DEEPEST: Final = 6
_OPEN: Final[dict[Kind, str]] = {
    SAME: "",
    IN: '<ins><span class="visually-hidden">put in: </span>',
    OUT: '<del><span class="visually-hidden">taken out: </span>',
}
_CLOSE: Final[dict[Kind, str]] = {SAME: "", IN: "</ins>", OUT: "</del>"}
_ENDS: Final[dict[Kind, str]] = {
    SAME: "",
    IN: '<ins class="redline-end"><span class="visually-hidden">new paragraph put in</span></ins>',
    OUT: '<del class="redline-end"><span class="visually-hidden">end of paragraph taken out</span></del>',
}


def html(found: Redline, *, whole: bool = False) -> Markup:
    """The redline as a fragment of a page: what changed and what holds it, or the `whole` text.

    Each clause is an element with the id `r-` and its identity; what moved leaves `left-` at its old place.
    """
    depths = {id(row): depth for depth, row in wording.depths(found)}
    shown = [row for row in found.rows if not _unseen(row)] if whole else excerpt(found)
    made = "".join(_row(row, depths.get(id(row), 1), found) for row in shown)
    key = f" {wording.KEY}" if found.touched else ""
    head = f'<p class="redline-summary">{escape(wording.summary(found))}{key}</p>'
    return Markup(f'<div class="redline">\n{head}\n{made}</div>')  # noqa: S704 - all that is text is escaped below


def _unseen(row: Row) -> bool:
    return row.state == "left" and row.carried


def page(found: Redline, title: str, lines: Iterable[str] = (), *, whole: bool = False) -> str:
    """The redline as a file that needs nothing besides: `lines` stand under the title."""
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_styles()}</style></head>\n<body><main><h1>{escape(title)}</h1>{told}\n"
        f"<h2>What differs</h2>{html(found, whole=whole)}</main></body></html>\n"
    )


@cache
def _styles() -> str:
    return STYLES.read_text()


def _row(row: Row | Skipped, depth: int, found: Redline) -> str:
    if isinstance(row, Skipped):
        return f'<p class="redline-skipped">{wording.skipped(row)}</p>\n'
    uid, look = escape(row.uid), f"redline-row redline-{row.state} redline-depth-{min(depth, DEEPEST)}"
    if row.state == "left":
        words = f'<a href="#r-{uid}">{escape(wording.left_for(row, found))}</a>'
        return f'<div class="{look}" id="left-{uid}"><p>{words}</p></div>\n'
    said = wording.said(row)
    note = f'<p class="redline-said">{escape(said)}</p>' if said else ""
    return f'<div class="{look}" id="r-{uid}">{note}{"".join(_content(row))}</div>\n'


def _content(row: Row) -> Iterator[str]:
    number = _number(row)
    heading = "" if says_its_term(row) else _pieces(heading_of(row))
    blocks = readable(row.body)
    if row.kind.new == "part" and (heading or number):
        yield f'<h3 class="redline-heading">{number}{heading}</h3>'
    elif heading:
        yield f'<p class="redline-heading">{number}<strong>{heading}</strong></p>'
    elif blocks and isinstance(first := blocks[0], Paragraph):
        yield _paragraph(first, number)
        blocks = blocks[1:]
    elif number:
        yield f"<p>{number}</p>"
    for block in blocks:
        yield _paragraph(block) if isinstance(block, Paragraph) else _table(block)


def _number(row: Row) -> str:
    made = _pieces(wording.number_of(row))
    return f'<span class="redline-number">{made}</span> ' if made else ""


def _paragraph(paragraph: Paragraph, number: str = "") -> str:
    end = "" if paragraph.end == paragraph.whole else _ENDS[paragraph.end]
    return f"<p>{number}{_pieces(paragraph.pieces)}{end}</p>"


def _pieces(pieces: Pieces) -> str:
    made = []
    for kind, group in groupby(pieces, key=lambda piece: piece.kind):
        made += [_OPEN[kind], *map(_look, group), _CLOSE[kind]]
    return "".join(made)


def _look(piece: Piece) -> str:
    words = escape(wording.figures_named(piece.text)).replace("\n", "<br>")
    if piece.strong:
        return f"<strong>{words}</strong>"
    return f"<em>{words}</em>" if piece.slanted else words


def _table(table: Lines) -> str:
    heads = "".join(_line(line, 'th scope="col"') for line in table.lines[:1])
    rows = "".join(_line(line, "td") for line in table.lines[1:])
    return (
        '<div class="redline-table" tabindex="0" role="group" aria-label="Table">'
        f"<table><thead>{heads}</thead><tbody>{rows}</tbody></table></div>"
    )


def _line(line: Line, cell: str) -> str:
    cells = "".join(f"<{cell}>{_pieces(pieces)}</{cell[:2]}>" for _, pieces in line.cells)
    return f"<tr>{cells}</tr>"
