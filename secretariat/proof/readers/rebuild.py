"""Blocks out of printed lines: what plain text and PDF share once their lines are known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from secretariat.proof.paper import (
    Block,
    Figure,
    Footnote,
    Form,
    Heading,
    Item,
    Link,
    Paragraph,
    Reading,
    Table,
)  # fmt: skip
from secretariat.proof.readers.captions import caption_of, captioned
from secretariat.proof.readers.columns import celled, gridded, single
from secretariat.proof.readers.day_rows import by_days, calendar, mark_days
from secretariat.proof.readers.flattened import labels, numbered
from secretariat.proof.readers.footnotes import without_footnotes
from secretariat.proof.readers.furniture import without_furniture
from secretariat.proof.readers.labelled import front_of, paired
from secretariat.proof.readers.lines import Line
from secretariat.proof.readers.printed import (
    Printed,
    Sort,
    apart,
    cells,
    day_cell,
    day_first,
    is_day,
    starts_with_day,
    told,
)
from secretariat.proof.readers.regular import of_words, regular
from secretariat.proof.readers.unmarked import unmarked
from secretariat.proof.readers.wrapping import goes_on, is_labelled, joined, mark_prose, mark_type, usual_width

Part: TypeAlias = Line | Table | Figure
_Piece: TypeAlias = Printed | Table | Figure

_ANCHORS: Final = frozenset((Sort.PROSE, Sort.HEADING, Sort.ITEM, Sort.CAPTION))
_RULED: Final = re.compile(r"[\s|+=_*~.-]*(?:[-–—_=*~.]{3}[\s|+=_*~.–—-]*)?")
_LONGEST_RULE: Final = 400
_MOST_WORDS: Final = 14
_MOST_HEADINGS: Final = 3
_MOST_CLOSE: Final = 2
_FRONT: Final = 40
_UNWRAPPED: Final = 200
_NO_TITLES: Final = frozenset((
    "attachments", "contents", "appendices", "annexes", "enclosures", "agenda", "purpose",
    "introduction", "summary", "executive summary", "background", "overview",
))  # fmt: skip
_CLASSES_OF_MARKS: Final = ("•●■▪□‣⁃∙·»«¢➢➤✓✔❖*", "–—-", "o○◦")


def rebuilt(
    parts: Sequence[Part], form: Form, *, pages: int = 0, footnotes: Sequence[Footnote] = (),
    links: Sequence[Link] = (), unreadable: Sequence[int] = (), title: str = "",
) -> Reading:  # fmt: skip
    """The reading of a paper whose form keeps printed lines, and perhaps tables and figures found between them.

    Running heads and feet are taken out of the flow and told once, first; wrapped lines are joined; tables of numbers
    are put together again. Any lines give a reading, in time linear in their number.
    """
    hung, flow = list(links), list[Part]()
    for part in parts:
        if isinstance(part, Line):
            line, found = unmarked(part)
            hung += found
            flow += [] if _RULED.fullmatch(line.text[:_LONGEST_RULE]) else [line]
        else:
            flow.append(part)
    pieces = _pieces(flow)
    lines = [piece for piece in pieces if isinstance(piece, Printed)]
    notes: list[Footnote] = []
    if not footnotes:
        kept, notes = without_footnotes(lines, usual_width(lines))
        known = set(map(id, kept))
        pieces = [piece for piece in pieces if not isinstance(piece, Printed) or id(piece) in known]
        lines = kept
    mark_days(lines)
    mark_type(lines)
    mark_prose(lines)
    blocks = captioned(tuple(_Blocks(pieces).made()))
    last = max((part.page for part in flow if isinstance(part, Line)), default=0)
    return Reading(
        form, blocks, (*footnotes, *notes), tuple(dict.fromkeys(hung)), pages or last, tuple(unreadable),
        title or _title(blocks),
    )  # fmt: skip


def _pieces(flow: Sequence[Part]) -> list[_Piece]:
    """The flow with running heads told once, lines that are only links gone, and each line told apart by its words."""
    lines = [part for part in flow if isinstance(part, Line)]
    sorts = [told(line) for line in lines]
    lines = [line for line, printed in zip(lines, sorts, strict=True) if printed.sort is not Sort.LINK]
    kept, heads = without_furniture(lines)
    known = set(map(id, kept))
    printed = {id(line): made for made in sorts if id(line := made.line) in known}
    pieces: list[_Piece] = []
    for line in heads:
        for words in cells(line.text):
            head = told(replace(line, text=words))
            head.running = True
            pieces.append(head)
    pieces += (
        printed[id(part)] if isinstance(part, Line) else part
        for part in flow
        if not isinstance(part, Line) or id(part) in known
    )
    before: Line | None = None
    for piece in pieces:
        if isinstance(piece, Printed):
            line = piece.line
            piece.tight = before is not None and before.page == line.page and line.number == before.number + 1
            piece.tight = piece.tight and not line.spaced
            before = line
    return pieces


@dataclass(slots=True)
class _Run:
    """Lines between anchors: cells, rows, headings without numbers, the front; and what stands before and after."""

    lines: list[Printed]
    before: _Piece | None
    after: _Piece | None


class _Blocks:
    """Puts blocks together from pieces in one pass."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self._pieces = pieces
        lines = [piece for piece in pieces if isinstance(piece, Printed)]
        self._width = usual_width(lines)
        self._vocabulary = frozenset(
            word.strip(".,;:()‘’“”\"'").lower()
            for line in lines
            if len(line.words) < 2000
            for word in line.words.split()
        )
        self._depth = 0
        self._marks: list[str] = []
        self._below = _captions_stand_below(pieces)

    def made(self) -> Iterator[Block]:
        """The blocks in order."""
        at = 0
        while at < len(self._pieces):
            piece = self._pieces[at]
            end = at + 1
            if not isinstance(piece, Printed):
                yield piece
            elif piece.sort in _ANCHORS and not piece.dated:
                end = self._end(at)
                yield self._anchored([each for each in self._pieces[at:end] if isinstance(each, Printed)])
            else:
                while end < len(self._pieces) and self._is_loose(self._pieces[end]):
                    end += 1
                lines = [each for each in self._pieces[at:end] if isinstance(each, Printed)]
                after = self._pieces[end] if end < len(self._pieces) else None
                yield from self._loose(_Run(lines, self._pieces[at - 1] if at else None, after))
            at = end

    def _is_loose(self, piece: _Piece) -> bool:
        return isinstance(piece, Printed) and (piece.dated or piece.sort not in _ANCHORS)

    def _end(self, at: int) -> int:
        """The end of the block that an anchor starts: with the lines joined to it, or a heading's second line."""
        first = self._pieces[at]
        end = at + 1
        while end < len(self._pieces):
            line = self._pieces[end]
            if not isinstance(line, Printed) or not isinstance(first, Printed) or line.dated:
                break
            if not line.joined and not (
                first.sort in {Sort.HEADING, Sort.CAPTION} and end == at + 1 and self._rests(first, line)
            ):
                break
            end += 1
        return end

    def _rests(self, first: Printed, line: Printed) -> bool:
        """Whether a line is the rest of a heading or a caption above it."""
        if line.sort is not Sort.WORDS or first.ended or is_labelled(line.words) or line.line.spaced:
            return False
        if line.line.size and (line.line.size != first.line.size or line.line.bold != first.line.bold):
            return False
        small = line.words[0].islower() or line.words[0] in "(&"
        return small and len(first.words) >= self._width * 0.4 and goes_on(first, line, self._width)

    def _anchored(self, lines: Sequence[Printed]) -> Block:
        first = lines[0]
        start = first.said if first.sort in {Sort.HEADING, Sort.ITEM} else first.words
        text = joined([start, *(line.words for line in lines[1:])], self._vocabulary)
        if first.sort is Sort.HEADING:
            self._depth = first.level if first.mark or first.words.startswith("#") else self._depth
            return Heading(text, first.mark, first.level, first.place)
        if first.sort is Sort.ITEM:
            kind = _class_of(first.mark)
            self._marks = self._marks[: self._marks.index(kind) + 1] if kind in self._marks else [*self._marks, kind]
            return Item(text, max(len(self._marks), first.level), first.mark, first.place)
        self._marks = []
        return Paragraph(text, first.place)

    def _loose(self, run: _Run) -> Iterator[Block]:
        start = 0
        for at, line in enumerate(run.lines):
            if line.dated != run.lines[start].dated:
                yield from self._part(replace(run, lines=run.lines[start:at], after=None), run.lines[start].dated)
                start = at
        yield from self._part(replace(run, lines=run.lines[start:]), run.lines[start].dated)

    def _part(self, run: _Run, dated: bool) -> Iterator[Block]:
        if dated:
            if (table := regular(run.lines)) is not None:
                yield table
                return
            leading = sum(day_first(line.words) is not None for line in run.lines)
            yield calendar(run.lines) if leading >= max(len(run.lines) - 1, 2) else by_days(run.lines)
            return
        first, last = celled(run.lines)
        inside = run.lines[first:last]
        table = gridded(inside) if inside and not single(inside) else None
        if table is not None:
            yield from self._plain(run.lines[:first], run, follows=True)
            yield from self._told(table, run)
            yield from self._plain(run.lines[last:], run)
            return
        yield from self._flattened(run)

    def _flattened(self, run: _Run) -> Iterator[Block]:
        end = len(run.lines)
        while end and is_labelled(run.lines[end - 1].words):
            end -= 1
        table = regular(run.lines[:end]) if self._is_captioned(run, Table) else None
        if table is not None:
            yield table
            yield from self._plain(run.lines[end:], run)
            return
        waiting: list[Printed] = []
        any_table = False
        drawn = self._is_captioned(run, Figure)
        for found in numbered(run.lines):
            if isinstance(found, Printed):
                waiting += [] if drawn and found.sort in {Sort.NUMBERS, Sort.MONTHS} else [found]
                continue
            any_table = True
            yield from self._plain(waiting, run, follows=True)
            waiting = []
            yield from self._told(found, run)
        if not any_table and self._is_captioned(run, Table) and len(waiting) > 1:
            end = len(waiting)
            while end > 1 and (is_labelled(waiting[end - 1].words) or waiting[end - 1].sort is Sort.ROW):
                end -= 1
            yield of_words(waiting[:end])
            waiting = waiting[end:]
        yield from self._plain(waiting, run)

    def _told(self, table: Table, run: _Run) -> Iterator[Block]:
        """The table; or where a figure's caption stands beside it, the labels that the figure left behind."""
        if self._is_captioned(run, Figure) and not self._is_captioned(run, Table):
            found = labels(table)
            if found:
                yield Figure(labels=found, place=table.place)
            return
        front = front_of(table)
        if front:
            yield from front
        else:
            yield table

    def _is_captioned(self, run: _Run, kind: type[Table] | type[Figure]) -> bool:
        """Whether a caption of the kind stands beside the run, on the side where the paper's captions stand."""
        sides = [run.after, run.before] if self._below else [run.before, run.after]
        found = [_caption_kind(side) for side in sides]
        if found[0] is kind:
            return True
        return found[1] is kind and (kind is Figure or found[0] is None) and (kind is Figure or not self._below)

    def _plain(self, lines: Sequence[Printed], run: _Run, *, follows: bool = False) -> Iterator[Block]:
        """Headings without numbers, and paragraphs: the front of a paper, its signature, what no table took."""
        lines = list(paired(lines))
        drawn = follows and self._is_captioned(run, Figure)
        at = 0
        while at < len(lines):
            end = at + 1
            while end < len(lines) and _wrapped(lines[end - 1], lines[end], self._width):
                end += 1
            text = joined([line.words for line in lines[at:end]], self._vocabulary)
            titles = follows and end == len(lines) and lines[at].line.spaced and _heads(lines[at]) and not drawn
            if titles or (not follows and self._is_heading(lines, at, end, text, run.after)):
                yield Heading(text, "", self._depth + 1, lines[at].place)
            else:
                yield Paragraph(text, lines[at].place)
            at = end

    def _is_heading(self, lines: Sequence[Printed], at: int, end: int, text: str, after: _Piece | None) -> bool:
        """A heading is short, is no sentence, day or label, and prose or a list comes soon after it."""
        if not isinstance(after, Printed) or len(lines) - at > _FRONT:
            return False
        rest = [line for line in lines[at:] if self._depth or not is_labelled(line.words)]
        if len(rest) > _MOST_HEADINGS + (end - at - 1) or is_labelled(text):
            return False
        if not all(_heads(line) for line in rest) or len(text.split()) > _MOST_WORDS:
            return False
        if _close(lines, at) > _MOST_CLOSE + (end - at - 1):
            return False
        if after.sort is Sort.HEADING:
            return not self._depth
        return after.sort in {Sort.PROSE, Sort.ITEM} and not (len(after.words.split()) < 2 and after.introduces)


def _close(lines: Sequence[Printed], at: int) -> int:
    """How many lines stand close together around this one, as the names in a list do: three are enough to know."""
    first, last = at, at + 1
    while first and at - first <= _MOST_CLOSE and lines[first].tight:
        first -= 1
    while last < len(lines) and last - at <= _MOST_CLOSE and lines[last].tight:
        last += 1
    return last - first


def _heads(line: Printed) -> bool:
    words = line.words
    if line.running or line.sort not in {Sort.WORDS, Sort.ROW} or line.ended or line.introduces or words.endswith(","):
        return False
    if (
        is_labelled(words)
        or is_day(words)
        or starts_with_day(words)
        or apart(line.line.text)
        or day_cell(words)
        or len(words.split()) > _MOST_WORDS
    ):
        return False
    return any(letter.isalpha() for letter in words) and (words[0].isupper() or words[0].isdigit() or words[0] in "‘“(")


def _wrapped(before: Printed, line: Printed, width: int) -> bool:
    if line.sort is not Sort.WORDS or before.ended or is_labelled(line.words) or width > _UNWRAPPED:
        return False
    if before.line.size != line.line.size or before.line.bold != line.line.bold:
        return False
    return (
        (line.words[0].islower() or line.words[0] in "(&") and not line.line.spaced and len(before.words) >= width * 0.3
    )


def _caption_kind(piece: _Piece | None) -> type[Table] | type[Figure] | None:
    if not isinstance(piece, Printed) or piece.sort is not Sort.CAPTION:
        return None
    caption = caption_of(piece.words)
    return caption.kind if caption else None


def _captions_stand_below(pieces: Sequence[_Piece]) -> bool:
    """Whether the captions of tables mostly have cells before them and prose after them."""
    below = above = 0
    for at, piece in enumerate(pieces):
        if _caption_kind(piece) is not Table:
            continue
        before = pieces[at - 1] if at else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        below += _is_cell(before) and not _is_cell(after)
        above += _is_cell(after) and not _is_cell(before)
    return below > above


def _is_cell(piece: _Piece | None) -> bool:
    if not isinstance(piece, Printed):
        return isinstance(piece, Table)
    return piece.dated or piece.sort not in _ANCHORS


def _title(blocks: Sequence[Block]) -> str:
    """The first heading without a number that stands before the first with one; "" where there is none."""
    first = next((block for block in blocks[:_FRONT] if isinstance(block, Heading)), None)
    titled = first is not None and not first.number and first.text.rstrip(":").lower() not in _NO_TITLES
    return first.text if first is not None and titled else ""


def _class_of(mark: str) -> str:
    """Marks of one class stand at one depth of a list: bullets, dashes, letters, numbers."""
    for marks in _CLASSES_OF_MARKS:
        if mark in marks:
            return marks[0]
    bare = mark.strip("().")
    return f"{mark[0] == '('}{'1' if bare.isdigit() else 'a'}"
