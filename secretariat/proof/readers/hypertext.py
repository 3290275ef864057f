"""The walk over a page of HTML: its headings, prose, lists, tables, figures, footnotes and links, in order."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from lxml import etree

from secretariat.proof.paper import (
    Block,
    Cell,
    DataLabel,
    Figure,
    Footnote,
    Heading,
    Item,
    Link,
    Paragraph,
    Place,
    Row,
    Table,
)
from secretariat.proof.readers.captions import caption_of, captioned
from secretariat.proof.readers.elements import (
    BLOCKS,
    CELLS,
    HEADINGS,
    LISTS,
    PARTS,
    holding_blocks,
    is_layout,
    is_outermost,
    is_return,
    is_strong,
    is_unseen,
    leading_heads,
    note_targets,
    plain,
    rows_of,
    whole,
)
from secretariat.proof.readers.grid import Budget, Spanned, headed, laid_out
from secretariat.proof.readers.headings import split_number
from secretariat.proof.readers.numerals import numeral
from secretariat.proof.readers.runs import Run, bulleted, is_mark

_NOTED: Final = re.compile(r"\[\d{1,3}\]")
_KINDS: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class Walk:
    """The walk, with what it has met so far: blocks, footnotes and links."""

    def __init__(self, root: etree._Element, line_of: Callable[[etree._Element], int]) -> None:
        self.blocks: list[Block] = []
        self.footnotes: list[Footnote] = []
        self.links: list[Link] = []
        self._root = root
        self._line_of = line_of
        self._budget = Budget()
        self._holding = holding_blocks(root)
        self._notes = note_targets(root)

    def all(self) -> None:
        """Walks the page: its `main` where it has one, else all of it."""
        mains = [main for main in self._root.iter("main") if not is_unseen(main)]
        self._inside(mains[0] if len(mains) == 1 else self._root)

    def made(self) -> tuple[Block, ...]:
        """The blocks, captions moved to what they name."""
        return captioned(self.blocks)

    def _place(self, element: etree._Element) -> Place:
        return Place(line=self._line_of(element))

    def _inside(self, element: etree._Element) -> None:
        """The blocks in an element, and as paragraphs the words between them."""
        run, start = Run(), element
        run.words(element.text)
        for child in element:
            if is_unseen(child):
                pass
            elif self._is_block(child):
                self._end(run, start)
                run, start = Run(), child
                self._block(child)
            else:
                start = start if run.begun else child
                self._inline(child, run)
            run.words(child.tail)
        self._end(run, start)

    def _is_block(self, element: etree._Element) -> bool:
        return element.tag in BLOCKS or element in self._holding

    def _block(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if element.get("id", "") in self._notes and tag not in HEADINGS and not self._starts_with_mark(element):
            self._footnote(element, self._notes[element.get("id", "")])
        elif tag in HEADINGS:
            self._heading(element, int(tag[1]))
        elif tag == "table":
            self._table(element)
        elif tag in LISTS:
            self._list(element, 1)
        elif tag == "dl":
            self._definitions(element)
        elif tag == "figure":
            self._figure(element)
        else:
            self._inside(element)

    def _heading(self, element: etree._Element, level: int) -> None:
        run = self._gathered(element)
        number, words = split_number(run.text)
        if run.text:
            self.blocks.append(Heading(words, number, level, self._place(element)))
        self._take_links(run, self._place(element))

    def _end(self, run: Run, start: etree._Element) -> None:
        """What a run of words makes: a footnote, list items under printed bullets, or paragraphs."""
        place = self._place(start)
        self._take_links(run, place)
        if run.opening and run.text:
            self.footnotes.append(Footnote(run.opening, run.text, place))
            return
        for text in run.paragraphs():
            bullet, words = bulleted(text)
            self.blocks.append(Item(words, 1, bullet, place) if bullet else Paragraph(text, place))

    def _take_links(self, run: Run, place: Place) -> None:
        self.links += [Link(text, target, place) for text, target in run.links if text]

    def _inline(self, element: etree._Element, run: Run) -> None:
        """The words of an element within a line, and of any block in it, with a space on either side."""
        tag = element.tag
        if tag == "br":
            run.broken()
        elif tag in {"sup", "a"} and self._is_note(element, run):
            run.mark(plain(element))
        elif not (tag == "a" and is_return(element)):
            before = len(run.pieces)
            self._inline_all(element, run)
            if tag == "a" and element.get("href"):
                run.link(before, str(element.get("href")))

    def _inline_all(self, element: etree._Element, run: Run) -> None:
        run.words(element.text)
        for child in element:
            if child.tag == "table" or is_unseen(child):
                run.words(" ")
            elif child.tag in BLOCKS:
                run.words(" ")
                self._inline_all(child, run)
                run.words(" ")
            else:
                if child.tag == "span" and _follows_span(child):
                    run.apart(plain(child))
                self._inline(child, run)
            run.words(child.tail)

    def _gathered(self, element: etree._Element) -> Run:
        run = Run()
        self._inline_all(element, run)
        return run

    def _is_note(self, element: etree._Element, run: Run) -> bool:
        """Whether an element is a footnote's mark, not a power, an ordinal or a link."""
        words = plain(element)
        linked = any(str(link.get("href", "")).startswith("#") for link in element.iter("a"))
        if element.tag == "a":
            return linked and bool(_NOTED.fullmatch(words) or element.get("role") == "doc-noteref")
        return is_mark(words) and (linked or run.takes_mark(words))

    def _starts_with_mark(self, element: etree._Element) -> bool:
        return bool(self._gathered(element).opening)

    def _footnote(self, element: etree._Element, mark: str) -> None:
        run = self._gathered(element)
        self._take_links(run, self._place(element))
        if run.text:
            self.footnotes.append(Footnote(mark, run.text, self._place(element)))

    def _list(self, element: etree._Element, level: int) -> None:
        number = whole(element.get("start"), 1)
        for child in element:
            if is_unseen(child):
                continue
            if child.tag in LISTS:
                self._list(child, level + 1)
            elif child.tag != "li" or any(True for _ in child.iter(*HEADINGS)):
                self._block(child) if self._is_block(child) else self._end(self._gathered(child), child)
            elif child.get("id", "") in self._notes:
                self._footnote(child, self._notes[child.get("id", "")])
            else:
                number = whole(child.get("value"), number)
                self._item(child, level, _printed_mark(element, number))
                number += 1

    def _item(self, element: etree._Element, level: int, mark: str) -> None:
        run, below = Run(), []
        run.words(element.text)
        for child in element:
            if child.tag in LISTS or child.tag == "table":
                below.append(child)
            elif not is_unseen(child):
                below += [each for each in child.iter("table", *LISTS) if is_outermost(each, child)]
                self._inline_item(child, run)
            run.words(child.tail)
        place = self._place(element)
        self._take_links(run, place)
        if run.text:
            self.blocks.append(Item(run.text, level, mark, place))
        for child in below:
            self._list(child, level + 1) if child.tag in LISTS else self._table(child)

    def _inline_item(self, element: etree._Element, run: Run) -> None:
        """A part of an item, without the lists in it, which are items of their own."""
        if element.tag in LISTS:
            return
        if not any(True for _ in element.iter(*LISTS)):
            block = element.tag in BLOCKS
            run.words(" " if block else "")
            self._inline_all(element, run) if block else self._inline(element, run)
            run.words(" " if block else "")
            return
        run.words(element.text)
        for child in element:
            if not is_unseen(child):
                self._inline_item(child, run)
            run.words(child.tail)

    def _definitions(self, element: etree._Element) -> None:
        """Terms and what is said of each, as "term: words"."""
        term = ""
        for child in element.iter("dt", "dd"):
            run = self._gathered(child)
            if child.tag == "dt":
                term = run.text.rstrip(":")
            elif run.text:
                self.blocks.append(Paragraph(f"{term}: {run.text}" if term else run.text, self._place(child)))
            self._take_links(run, self._place(child))

    def _figure(self, element: etree._Element) -> None:
        """A figure, with the labels of a two-column table of its data; a figure of a table only is that table."""
        captions = list(element.iter("figcaption"))
        words = " ".join(self._gathered(each).text for each in captions)
        said = caption_of(words)
        drawn = any(True for _ in element.iter("img", "svg", "picture", "canvas", "object"))
        before = len(self.blocks)
        etree.strip_elements(element, "figcaption", "summary", with_tail=False)
        self._inside(element)
        inside, self.blocks[before:] = self.blocks[before:], []
        tables = [block for block in inside if isinstance(block, Table)]
        if tables and not drawn:
            named = Table(tables[0].rows, tables[0].head, said.number if said else tables[0].number,
                          said.words if said else words or tables[0].caption, place=tables[0].place)  # fmt: skip
            self.blocks += [named if block is tables[0] else block for block in inside]
            return
        shown = [table for table in tables if table.width == 2]
        pairs = [row for table in shown for row in table.rows if len(row.cells) == 2]
        labels = [DataLabel(row.texts[0], row.texts[1], row.place) for row in pairs]
        self.blocks.append(
            Figure(said.words if said else words, said.number if said else "", tuple(labels), self._place(element))
        )
        self.blocks += [block for block in inside if block not in shown]

    def _table(self, table: etree._Element) -> None:
        for stray in table:
            if stray.tag in BLOCKS - PARTS - CELLS - {"caption"}:
                self._block(stray)
        parts = list(rows_of(table))
        cells = [[cell for cell in row if cell.tag in CELLS] for _, row in parts]
        if is_layout(table, cells):
            for row in cells:
                for cell in row:
                    self._inside(cell)
            return
        budget_rows = laid_out([[self._spanned(cell) for cell in row] for row in cells], self._budget)
        rows = [Row(texts, self._place(row)) for texts, (_, row) in zip(budget_rows, parts, strict=True)]
        kept = [at for at, row in enumerate(rows) if any(row.texts)]
        marked = [at for at in kept if parts[at][0] == "thead"] or leading_heads(cells, kept)
        body = [at for at in kept if at not in set(marked)]
        if not marked and body:
            depth = min(max((whole(cell.get("rowspan"), 1) for cell in cells[body[0]]), default=1), 4)
            count = headed([rows[at] for at in body], [is_strong(cells[at]) for at in body], depth)
            marked, body = body[:count], body[count:]
        number, caption = self._caption(table)
        self.blocks.append(
            Table(tuple(rows[at] for at in body), tuple(rows[at] for at in marked), number, caption,
                  place=self._place(table))
        )  # fmt: skip
        for cell in (cell for row in cells for cell in row):
            for nested in cell.iter("table"):
                if is_outermost(nested, cell):
                    self._table(nested)

    def _caption(self, table: etree._Element) -> tuple[str, str]:
        words = " ".join(self._gathered(each).text for each in table if each.tag == "caption")
        said = caption_of(words)
        if said is None:
            return "", words
        return (said.number if said.kind is Table else "", said.words)

    def _spanned(self, cell: etree._Element) -> Spanned:
        run = self._gathered(cell)
        self._take_links(run, self._place(cell))
        columns, rows = whole(cell.get("colspan"), 1), whole(cell.get("rowspan"), 1)
        return Spanned(Cell(run.text, tuple(run.marks)), columns, rows or 65_535)


def _printed_mark(element: etree._Element, number: int) -> str:
    return f"{numeral(number, _KINDS.get(element.get('type', '1'), 'decimal'))}." if element.tag == "ol" else "•"


def _follows_span(element: etree._Element) -> bool:
    before = element.getprevious()
    return before is not None and before.tag == "span" and not before.tail
