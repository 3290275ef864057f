"""Joining PDFs into one: pages numbered through, a bookmark for each part, and links that lead within the file.

Only pages are taken over: no name, date or property of a file that was joined is in the result. The same parts give
the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, String

PLACE = "https://pack.invalid/"
"""What an address begins with that stands for a part of the pack; the top domain is reserved and leads nowhere."""
FONT, POINTS, FOOT = Name("/PackFoot"), 8, 14
WIDTH_OF_LETTER = 0.5
"""Of Helvetica, on average, in its own size; the foot is centred by it."""
TURNED = {0: "1 0 0 1 {x0} {y0}", 90: "0 1 -1 0 {x1} {y0}", 180: "-1 0 0 -1 {x1} {y1}", 270: "0 -1 1 0 {x0} {y1}"}
"""The matrix that sets words upright at the foot of a page that is shown turned."""


@dataclass(frozen=True)
class Part:
    """One PDF to be joined: what its bookmark says, under which other bookmark, and its anchor for links."""

    title: str
    content: bytes
    anchor: str = ""
    below: bool = False


def page_count(content: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(content)) as found:
        return len(found.pages)


def join(parts: Sequence[Part], title: str, foot: str, dated: date) -> bytes:
    """The parts as one PDF. `foot` stands below each page with the page's number through the whole file."""
    with Pdf.new() as whole:
        starts = [_add(whole, part) for part in parts]
        _bookmarks(whole, parts, starts)
        _links(whole, {part.anchor: start for part, start in zip(parts, starts, strict=True) if part.anchor})
        _feet(whole, foot)
        _describe(whole, title, dated)
        out = io.BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _add(whole: Pdf, part: Part) -> int:
    start = len(whole.pages)
    with pikepdf.open(io.BytesIO(part.content)) as found:
        whole.pages.extend(found.pages)
    return start


def _bookmarks(whole: Pdf, parts: Sequence[Part], starts: Sequence[int]) -> None:
    with whole.open_outline() as outline:
        for part, start in zip(parts, starts, strict=True):
            mark = OutlineItem(part.title, start)
            (outline.root[-1].children if part.below and outline.root else outline.root).append(mark)


def _links(whole: Pdf, starts: dict[str, int]) -> None:
    """Turns each address that stands for a part into a link to its first page."""
    for page in whole.pages:
        for link in page.obj.get("/Annots", Array([])):
            address = str(link.get("/A", Dictionary()).get("/URI", ""))
            start = starts.get(address.removeprefix(PLACE)) if address.startswith(PLACE) else None
            if start is not None:
                del link["/A"]
                link["/Dest"] = Array([whole.pages[start].obj, Name("/Fit")])
                link["/Contents"] = String(f"Page {start + 1}")


def _feet(whole: Pdf, foot: str) -> None:
    font = whole.make_indirect(Dictionary(Type=Name("/Font"), Subtype=Name("/Type1"), BaseFont=Name("/Helvetica")))
    count = len(whole.pages)
    opened, closed = whole.make_stream(b"q\n"), "\nQ\n"
    for number, page in enumerate(whole.pages, start=1):
        words = _words(page, f"{foot}page {number} of {count}")
        page.contents_add(opened, prepend=True)
        page.contents_add(f"{closed}{words}".encode("latin-1", "replace"))
        page.add_resource(font, Name("/Font"), FONT)


def _words(page: Page, text: str) -> str:
    """The drawing of the foot, centred, whichever way the page is turned and wherever its corner lies."""
    x0, y0, x1, y1 = (float(edge) for edge in page.cropbox)
    x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
    turn = int(page.obj.get("/Rotate", 0)) % 360
    width = y1 - y0 if turn in (90, 270) else x1 - x0
    matrix = TURNED.get(turn, TURNED[0]).format(x0=x0, y0=y0, x1=x1, y1=y1)
    left = max(0.0, (width - len(text) * POINTS * WIDTH_OF_LETTER) / 2)
    told = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {matrix} cm BT {FONT} {POINTS} Tf 0.3 g {left:.1f} {FOOT} Td ({told}) Tj ET Q\n"


def _describe(whole: Pdf, title: str, dated: date) -> None:
    whole.Root["/Lang"] = String("en-GB")
    whole.Root["/PageMode"] = Name("/UseOutlines")
    whole.Root["/ViewerPreferences"] = Dictionary(DisplayDocTitle=True)
    whole.docinfo["/Title"] = String(title)
    whole.docinfo["/CreationDate"] = String(f"D:{dated:%Y%m%d}000000Z")
