"""Reads a paper from a PDF: its printed lines, and its tables, whether they are tagged, ruled or only aligned.

Everything is asked of pdfium, page by page: each page is let go before the next is opened, so the memory needed does
not grow with the number of pages. Links are read and never followed.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from secretariat.proof.paper import DataLabel, Figure, Form, Link, Place, Reading, UnreadableError
from secretariat.proof.readers import rebuild
from secretariat.proof.readers.grid import Budget
from secretariat.proof.readers.lines import Line
from secretariat.proof.readers.pdf_aligned import Piece, Printed, aligned, printed_line
from secretariat.proof.readers.pdf_cells import Found, box_of, table
from secretariat.proof.readers.pdf_continued import Part, continued
from secretariat.proof.readers.pdf_drawn import drawings, with_labels
from secretariat.proof.readers.pdf_flow import Column, flow
from secretariat.proof.readers.pdf_print import Box, Print, Word, in_lines, joined, printed
from secretariat.proof.readers.pdf_ruled import merged, ruled
from secretariat.proof.readers.pdf_strokes import draw
from secretariat.proof.readers.pdf_tagged import tagged

MOST_PAGES: Final = 1_000
MOST_BYTES: Final = 50_000_000
MOST_LETTERS: Final = 10_000_000
MOST_LINKS: Final = 10_000
_MOST_LINES: Final = 500
_MOST_PIECES: Final = 5_000
_GAP: Final = "   "
_MARGIN: Final = 0.13
_OUTER: Final = 0.065
_STRANGE: Final = 0.3
_LEAST_FIGURE: Final = 60


@dataclass(slots=True)
class _Paper:
    """What has been read of the pages so far."""

    parts: list[Part] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unreadable: list[int] = field(default_factory=list)
    budget: Budget = field(default_factory=Budget)
    letters: int = 0


def read(content: bytes) -> Reading:
    """The reading of a PDF's bytes.

    Raises UnreadableError for a file that is damaged, locked with a password, or beyond the bounds above.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableError(f"This PDF is larger than {MOST_BYTES // 1_000_000} MB. Split it, or remove images.")
    with closing(_opened(content)) as document:
        pages = len(document)
        if pages > MOST_PAGES:
            raise UnreadableError(f"This PDF has {pages:,} pages; at most {MOST_PAGES:,} are read. Split it.")
        if not pages:
            raise UnreadableError("This PDF has no pages. Save it again from the program that made it.")
        paper = _Paper()
        for number in range(1, pages + 1):
            _read_page(document, number, paper)
        title = " ".join(document.get_metadata_value("Title").split())
    return rebuild.rebuilt(
        [one.part for one in continued(paper.parts)], Form.PDF, pages=pages, unreadable=tuple(paper.unreadable),
        links=tuple(paper.links), title=title,
    )  # fmt: skip


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableError("This PDF is locked with a password. Save it without one.") from None
        raise UnreadableError("This PDF is damaged, or is not a PDF. Save it again from its source.") from None


def _read_page(document: pypdfium2.PdfDocument, number: int, paper: _Paper) -> None:
    """Reads one page and lets it go; a page that cannot be read is noted."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        paper.unreadable.append(number)
        return
    with closing(page):
        try:
            with closing(page.get_textpage()) as text:
                shown = printed(page.raw, text.raw)
                draw(shown, page.raw)
        except pypdfium2.PdfiumError:
            paper.unreadable.append(number)
            return
        paper.letters += sum(len(word.text) for word in shown.words)
        if paper.letters > MOST_LETTERS:
            raise UnreadableError(f"This PDF holds more than {MOST_LETTERS:,} letters. Split it.")
        if _is_unreadable(shown):
            paper.unreadable.append(number)
        paper.parts += _Page(page.raw, shown, number, paper.budget).parts()
        if len(paper.links) < MOST_LINKS:
            paper.links += _links(document.raw, page.raw, shown, number)


def _is_unreadable(shown: Print) -> bool:
    """Whether the page is only an image or a drawing, or its letters cannot be told."""
    letters = sum(len(word.text) for word in shown.words)
    if not letters:
        return shown.drawn > 0 and not _is_blank(shown)
    if shown.unknown > _STRANGE * letters:
        return True
    covered = max((picture.width * picture.height for picture in shown.pictures), default=0.0)
    inner = (word for word in shown.words if _MARGIN * shown.height < word.base < (1 - _MARGIN) * shown.height)
    return covered >= 0.5 * shown.width * shown.height and not any(inner)


def _is_blank(shown: Print) -> bool:
    """Whether nothing is drawn but a few rules."""
    return not shown.pictures and shown.drawn <= 20


class _Page:
    """One page on its way to lines, tables and figures in reading order."""

    def __init__(self, page: Any, shown: Print, number: int, budget: Budget) -> None:
        self.shown, self.number, self.budget = shown, number, budget
        upright = [word for word in shown.words if not word.turned]
        self.lines = in_lines(upright)
        self.numbers = {id(word): at for at, line in enumerate(self.lines, 1) for word in line}
        tags = tagged(page, shown.words)
        self.found = _without_repeats([*tags.tables, *ruled(shown)])
        self.figures = tags.figures

    def parts(self) -> Iterator[Part]:
        """The parts of the page from top to bottom, column by column."""
        taken = {id(word) for found in self.found for word in found.words}
        taken |= self._covered(taken)
        drawn, labels = self._figures(taken)
        taken |= labels
        free = self._free(taken)
        crowded = len(free) > _MOST_LINES or sum(len(line.pieces) for line in free) > _MOST_PIECES
        for box in (
            []
            if crowded
            else drawings(self.shown, [found.box for found in self.found] + [one.box for one in drawn], free)
        ):
            whole, inside = with_labels(box, free)
            words = [word for line in inside for word in line.words]
            drawn.append(self._figure(whole, words))
            taken |= {id(word) for word in words}
            free = self._free(taken)
        made = [self._table(found) for found in self.found] + drawn
        boxes = [one.box for one in made]
        rules = merged(self.shown.across)
        columns = [Column(free, list(range(len(made))))] if crowded else flow(free, boxes, self.shown.width)
        for column in columns:
            tables = [] if crowded else aligned(column.lines, rules)
            parts = [self._table(found) for _, _, found in tables] + [made[at] for at in column.boxes]
            within = {at for first, last, _ in tables for at in range(first, last)}
            parts += self._plain([line for at, line in enumerate(column.lines) if at not in within])
            yield from sorted(parts, key=lambda one: (one.box.top, one.box.left))

    def _free(self, taken: set[int]) -> list[Printed]:
        """The printed lines of the words that no table or figure has taken."""
        left = ([word for word in line if id(word) not in taken] for line in self.lines)
        free = [printed_line(line) for line in left if line]
        for line in free:
            line.outer = not _OUTER * self.shown.height < line.base < (1 - _OUTER) * self.shown.height
        return free

    def _covered(self, taken: set[int]) -> set[int]:
        """The words that a tagged table covers and does not hold: heads repeated after a page break."""
        return {
            id(word)
            for found in self.found
            for line in self.lines
            for word in line
            if id(word) not in taken and found.tagged and word.tag < 0 and found.box.holds(*word.middle)
        }

    def _table(self, found: Found) -> Part:
        return Part(
            table(found, self.number, self.numbers, self.budget), found.box, self.shown.height, found.edges
        )  # fmt: skip

    def _figures(self, taken: set[int]) -> tuple[list[Part], set[int]]:
        """The figures of the page, and the words that are printed in them."""
        made: list[Part] = []
        labels: set[int] = set()
        for tags in self.figures:
            inside = [word for line in self.lines for word in line if word.tag in tags and id(word) not in taken]
            if inside:
                made.append(self._figure(box_of(inside), inside))
                labels |= {id(word) for word in inside}
        page = self.shown.width * self.shown.height
        for picture in self.shown.pictures:
            small = min(picture.width, picture.height) < _LEAST_FIGURE
            if not small and picture.width * picture.height < 0.6 * page and not _within(picture, made):
                made.append(self._figure(picture))
        return made, labels

    def _figure(self, box: Box, words: Sequence[Word] = ()) -> Part:
        at = sum(line[0].base < box.top for line in self.lines) + 1
        labels = tuple(self._labels(words))
        return Part(Figure(labels=labels, place=Place(self.number, at)), box, self.shown.height)

    def _labels(self, words: Sequence[Word]) -> Iterator[DataLabel]:
        """The names of a drawing that have a number printed beside them, and nothing else."""
        for line in map(printed_line, in_lines(words)):
            if len(line.pieces) == 2 and line.pieces[1].is_value and not line.pieces[0].is_value:
                name, value = line.pieces
                yield DataLabel(name.text, value.text, Place(self.number, self.numbers[id(line.words[0])]))

    def _plain(self, lines: Sequence[Printed]) -> Iterator[Part]:
        leading = _leading(lines)
        before: Printed | None = None
        for line in lines:
            words = line.words
            gap = line.base - before.base if before is not None else 0.0
            text = _words_of(line)
            plain = [word for word in words if not word.raised]
            spaced = before is None or gap > 1.2 * leading.get(round(line.size), 1.3 * line.size) + 0.5
            yield Part(
                Line(
                    text, self.number, self.numbers[id(words[0])], spaced, round(line.size, 1),
                    bool(plain) and all(word.bold for word in plain), round(words[0].box.left, 1),
                ), box_of(words), self.shown.height,
            )  # fmt: skip
            before = line


def _words_of(line: Printed) -> str:
    """The words of a line, wide gaps kept; the mark that a footnote begins with stands apart."""
    first = line.words[0]
    if first.raised and len(line.words) > 1:
        rest = [Piece(line.pieces[0].words[1:]), *line.pieces[1:]]
        return f"{first.text} " + _GAP.join(piece.text for piece in rest if piece.words)
    return _GAP.join(piece.text for piece in line.pieces)


def _within(box: Box, parts: Sequence[Part]) -> bool:
    middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return any(one.box.holds(*middle) for one in parts)


def _leading(lines: Sequence[Printed]) -> dict[int, float]:
    """How far apart the lines of a paragraph stand, by the size of their type: the usual small gap between two."""
    gaps: dict[int, list[float]] = {}
    for above, below in itertools.pairwise(lines):
        gap = below.base - above.base
        if round(above.size) == round(below.size) and 0.9 * below.size <= gap <= 1.9 * below.size:
            gaps.setdefault(round(below.size), []).append(gap)
    return {size: sorted(each)[len(each) // 4] for size, each in gaps.items() if len(each) > 2}


def _without_repeats(found: Sequence[Found]) -> list[Found]:
    """The tables, each once: of one that is both tagged and ruled, what the tags say, with the ruled columns."""
    kept: list[Found] = []
    for one in found:
        words = {id(word) for word in one.words}
        same = next((other for other in kept if words & {id(word) for word in other.words}), None)
        if same is None:
            kept.append(one)
        elif not same.edges and len(one.edges) == max(map(len, same.matrix)) + 1:
            same.edges = one.edges
            same.box = one.box
    return kept


def _links(document: Any, page: Any, shown: Print, number: int) -> Iterator[Link]:
    """The links of a page that lead out of the paper, with the words that they lie on."""
    position, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    rectangle = pdfium.FS_RECTF()
    for _ in range(MOST_LINKS):
        if not pdfium.FPDFLink_Enumerate(page, ctypes.byref(position), ctypes.byref(link)):
            return
        target = _target(document, link)
        if target and pdfium.FPDFLink_GetAnnotRect(link, ctypes.byref(rectangle)):
            corners = ((rectangle.left, rectangle.bottom), (rectangle.right, rectangle.top))
            box = shown.frame.box(corners)
            words = [word for word in shown.words if box.holds(*word.middle)]
            line = sum(each[0].base < box.top for each in in_lines(shown.words)) + 1
            yield Link(joined(words), target, Place(number, line))


def _target(document: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
    if not 1 < size <= 5_000:
        return ""
    told = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(document, action, told, size)
    return told.raw.rstrip(b"\0").decode("utf-8", "replace")
