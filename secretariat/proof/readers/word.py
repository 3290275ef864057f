"""Reads a paper from a Word file: what it prints, in order, with tracked changes read as accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from secretariat.plain.references import find_references
from secretariat.proof.paper import (
    Block,
    Cell,
    Footnote,
    Form,
    Heading,
    Item,
    Link,
    Paragraph,
    Place,
    Reading,
    Row,
    Table,
    UnreadableError,
)
from secretariat.proof.readers import word_charts
from secretariat.proof.readers.captions import caption_of, captioned
from secretariat.proof.readers.grid import Budget, Spanned, headed, laid_out
from secretariat.proof.readers.headings import split_number
from secretariat.proof.readers.runs import LABELLED, bulleted, tidy
from secretariat.proof.readers.word_numbering import Numbering
from secretariat.proof.readers.word_package import Package, child, is_on, name, value, whole, within
from secretariat.proof.readers.word_runs import Inked, Inker
from secretariat.proof.readers.word_styles import Styles

DEEPEST: Final = 20
LONGEST_HEADING: Final = 100

_CONTENTS: Final = re.compile(r"toc( \d| heading)|table of (figures|authorities)|index \d")
_LISTED: Final = re.compile(r"list (bullet|number)(?: ([2-5]))?")
_PRINTED: Final = re.compile(r"(?:[A-Z](?=[\d.]))?[A-Z]?\d{0,3}(?:\.\d{1,3})*")
_FRONT: Final = re.compile(r"(?:paper |document )?(?:reference|ref|number|classification|date)\b.{0,3}:", re.IGNORECASE)


def read(content: bytes) -> Reading:
    """The reading of the file's bytes. Raises UnreadableError.

    `Place.line` counts paragraphs, those in tables too. Pages are known where Word kept the breaks it last printed.
    Headers and footers are left out, but for what the first page's header says of the paper's reference and class.
    """
    package = Package(content)
    document = package.part(package.main)
    body = child(document, "body")
    if document is None or body is None:
        raise UnreadableError("It has no text part, so it is not a Word document. Save it as .docx.")
    walk = _Walk(package, document)
    walk.inside(body)
    walk.read_notes()
    blocks = captioned([*_header(package, body, walk), *walk.blocks])
    if not blocks:
        raise UnreadableError("There is no text in it.")
    pages = walk.page if walk.paged else 0
    return Reading(
        Form.WORD, blocks, tuple(walk.footnotes), tuple(walk.links), pages, title=_title(package, walk, blocks)
    )


class _Walk:
    """The walk over a document, with what it has met so far."""

    def __init__(self, package: Package, document: etree._Element) -> None:
        self.blocks: list[Block] = []
        self.footnotes: list[Footnote] = []
        self.links: list[Link] = []
        self.title = ""
        self.page = 1
        self.line = 0
        self.paged = any(name(each) == "lastRenderedPageBreak" for each in document.iter())
        self._package = package
        self._styles = Styles(package.part(package.related("styles")))
        self._numbering = Numbering(package.part(package.related("numbering")))
        self._relations = package.relations(package.main)
        self._inker = Inker(self._styles, self._relations, _note_forms(package))
        self._budget = Budget()
        self._depth = 0
        self._level = 0
        self._begun: Inked | None = None

    def inside(self, element: etree._Element) -> None:
        """The blocks of the body, of a text box, or of a cell that only places things on the page."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise UnreadableError("Its tables and boxes are nested too deeply for a paper.")
        met = list(within(element))
        for at, (called, each) in enumerate(met):
            if called == "p":
                following = met[at + 1][0] if at + 1 < len(met) else ""
                self._paragraph(each, goes_on=_end_is_deleted(each) and following == "p")
            elif called == "tbl":
                self._table(each)
        self._depth -= 1

    def read_notes(self) -> None:
        """The footnotes and endnotes that the text refers to, in its order."""
        marks = dict(self._inker.notes)
        for kind in ("footnote", "endnote"):
            part = self._package.related(f"{kind}s")
            root = self._package.part(part) if part and any(of == kind for of, _ in marks) else None
            texts = {value(each, "id"): each for each in root if name(each) == kind} if root is not None else {}
            inker = Inker(self._styles, self._package.relations(part), {}) if texts else self._inker
            for (of, key), mark in marks.items():
                if of == kind and key in texts:
                    self.footnotes.append(Footnote(mark, _note_text(inker, texts[key])))

    def inked(self, element: etree._Element, begun: Inked | None = None) -> tuple[Inked, str, Place]:
        """A paragraph's words, after those it was joined to, its style and where it stands; pages are counted on."""
        self.line += 1
        style = value(child(element, "pPr", "pStyle")) or self._styles.usual
        inked = self._inker.read(element, style, begun)
        page = self.page + inked.breaks_before
        self.page += inked.breaks
        inked.breaks = 0
        place = Place(page if self.paged else 0, self.line)
        self.links += [Link(text, target, place) for text, target in inked.run.links if text]
        inked.run.links.clear()
        return inked, style, place

    def _paragraph(self, element: etree._Element, *, goes_on: bool) -> None:
        inked, style, place = self.inked(element, self._begun)
        self._begun = inked if goes_on else None
        if goes_on:
            return
        properties = child(element, "pPr")
        called = self._styles.name(style)
        listed = self._styles.numbering(style, properties)
        if _CONTENTS.match(called) is None:
            mark = self._numbering.printed(*listed) if listed else None
            self._written(inked, style, called, properties, (mark, listed[1] if listed else 0), place)
        self._hanging(inked, place)

    def _written(
        self, inked: Inked, style: str, called: str, properties: etree._Element | None, listed: tuple[str | None, int],
        place: Place,
    ) -> None:  # fmt: skip
        text, (mark, depth), styled = inked.run.text, listed, _LISTED.match(called)
        if not text:
            return
        level = self._styles.level(style, properties)
        if called == "title":
            self.title = self.title or text
            self.blocks.append(Heading(text, "", 1, place))
        elif level:
            self._level = level
            self.blocks.append(_heading(text, mark, level, place))
        elif inked.run.opening:
            self.footnotes.append(Footnote(inked.run.opening, text, place))
        elif inked.strong and _could_head(text, mark):
            number = _heading(text, mark, 1, place).number
            self.blocks.append(_heading(text, mark, number.count(".") + 1 if number else self._level + 1, place))
        elif mark is not None or styled:
            level = max(depth + 1, int(styled[2] or 1) if styled else 1)
            self.blocks.append(Item(text, level, mark or "•", place))
        else:
            for part in inked.run.paragraphs():
                bullet, words = bulleted(part)
                self.blocks.append(Item(words, 1, bullet, place) if bullet else Paragraph(part, place))

    def _hanging(self, inked: Inked, place: Place) -> None:
        """What hangs on a paragraph: the text in boxes, and charts."""
        for box in inked.boxes:
            self.inside(box)
        for key in inked.charts:
            related = self._relations.get(key)
            root = self._package.part(related.target) if related else None
            if root is not None:
                self.blocks.append(word_charts.figure(root, place))

    def _table(self, table: etree._Element) -> None:
        rows = [each for called, each in within(table) if called == "tr" and child(each, "trPr", "del") is None]
        cells = [[each for called, each in within(row) if called == "tc" and not _is_deleted(each)] for row in rows]
        if self._is_layout(cells):
            for cell in (cell for row in cells for cell in row):
                self.inside(cell)
            return
        self._depth += 1
        start = Place(self.page if self.paged else 0, self.line + 1)
        spanned: list[list[Spanned]] = []
        places: list[Place] = []
        hanging: list[Inked] = []
        for row, across in zip(rows, cells, strict=True):
            places.append(Place(self.page if self.paged else 0, self.line + 1))
            before = whole(value(child(row, "trPr", "gridBefore")))
            made = [Spanned(Cell(""), before)] if before else []
            spanned.append(made + [self._cell(cell, hanging) for cell in across])
        printed = [Row(texts, place) for texts, place in zip(laid_out(spanned, self._budget), places, strict=True)]
        kept = [at for at, row in enumerate(printed) if any(row.texts)]
        if kept:
            head = _heads(rows, kept) or headed([printed[at] for at in kept], [_is_strong(spanned[at]) for at in kept])
            self.blocks.append(
                Table(tuple(printed[at] for at in kept[head:]), tuple(printed[at] for at in kept[:head]), place=start)
            )
        for inked in hanging:
            self._hanging(inked, start)
        for nested in (each for row in cells for cell in row for called, each in within(cell) if called == "tbl"):
            self.inside_table(nested)
        self._depth -= 1

    def inside_table(self, table: etree._Element) -> None:
        """A table inside a cell, which stands after the table around it."""
        if self._depth > DEEPEST:
            raise UnreadableError("Its tables and boxes are nested too deeply for a paper.")
        self._table(table)

    def _cell(self, cell: etree._Element, hanging: list[Inked]) -> Spanned:
        texts: list[str] = []
        marks: list[str] = []
        strong = True
        for called, each in within(cell):
            if called == "p":
                inked, style, _ = self.inked(each)
                listed = self._styles.numbering(style, child(each, "pPr"))
                number = self._numbering.printed(*listed) if listed else None
                texts.append(f"{'' if number in {None, '•'} else number} {inked.run.text}")
                marks += inked.run.marks
                strong = strong and inked.strong
                hanging.append(inked)
        properties = child(cell, "tcPr")
        columns = max(whole(value(child(properties, "gridSpan")), 1), 1)
        goes_on = any(_continues(child(properties, merge)) for merge in ("vMerge", "hMerge"))
        return Spanned(Cell("" if goes_on else tidy(" ".join(texts)), tuple(marks)), columns, strong=strong)

    def _is_layout(self, cells: list[list[etree._Element]]) -> bool:
        """Whether a table only places things on the page: it has one column, or one row with more than words in it."""
        if max(map(len, cells), default=0) < 2:
            return True
        return len(cells) == 1 and any(
            called == "tbl" or (called == "p" and self._styles.level(value(child(each, "pPr", "pStyle")), None))
            for cell in cells[0]
            for called, each in within(cell)
        )


def _heading(text: str, mark: str | None, level: int, place: Place) -> Heading:
    """A heading under its automatic number, or the number typed in its words."""
    if not mark or mark == "•":
        number, words = split_number(text)
        return Heading(words, number, level, place)
    number = mark.strip("().: ")
    if _PRINTED.fullmatch(number):
        return Heading(text, number, level, place)
    return Heading(f"{mark} {text}", "", level, place)


def _could_head(text: str, mark: str | None) -> bool:
    """Whether a paragraph all in bold can be a heading that was given no style."""
    if mark == "•" or len(text) > LONGEST_HEADING or text[-1] in ".:;,?":
        return False
    if caption_of(text) or LABELLED.fullmatch(text):
        return False
    return sum(map(str.isalpha, text)) > 2 and not bulleted(text)[0]


def _note_text(inker: Inker, note: etree._Element) -> str:
    return tidy(" ".join(inker.read(each, "").run.text for called, each in within(note) if called == "p"))


def _note_forms(package: Package) -> dict[str, str]:
    settings = package.part(package.related("settings"))
    forms = {"footnote": "decimal", "endnote": "lowerRoman"}
    return {kind: value(child(settings, f"{kind}Pr", "numFmt")) or usual for kind, usual in forms.items()}


def _end_is_deleted(paragraph: etree._Element) -> bool:
    return child(paragraph, "pPr", "rPr", "del") is not None


def _is_deleted(cell: etree._Element) -> bool:
    return child(cell, "tcPr", "cellDel") is not None


def _continues(merge: etree._Element | None) -> bool:
    return merge is not None and value(merge) != "restart"


def _heads(rows: list[etree._Element], kept: list[int]) -> int:
    """How many rows at the top repeat on every page; a table whose every row does has one."""
    count = 0
    for at in kept:
        if not is_on(child(rows[at], "trPr", "tblHeader")):
            return count
        count += 1
    return min(count, 1) if len(kept) > 1 else 0


def _is_strong(cells: list[Spanned]) -> bool:
    shown = [spanned.strong for spanned in cells if spanned.cell.text]
    return bool(shown) and all(shown)


def _header(package: Package, body: etree._Element, walk: _Walk) -> Iterator[Paragraph]:
    """What the first page's header says of the paper: lines with a reference, or a label of its front matter."""
    section = next((each for each in body.iter() if name(each) == "sectPr"), None)
    wanted = "first" if is_on(child(section, "titlePg")) else "default"
    relations = package.relations(package.main)
    for each in section if section is not None else ():
        related = relations.get(value(each, "id"))
        if name(each) == "headerReference" and value(each, "type") == wanted and related:
            root = package.part(related.target)
            inker = Inker(Styles(None), {}, {})
            said = {getattr(block, "text", "") for block in walk.blocks[:30]}
            for paragraph in (inner for inner in root.iter() if name(inner) == "p") if root is not None else ():
                text = inker.read(paragraph, "").run.text
                if text and text not in said and (find_references(text) or _FRONT.match(text)):
                    yield Paragraph(text, Place(1 if walk.paged else 0))


def _title(package: Package, walk: _Walk, blocks: tuple[Block, ...]) -> str:
    """The paper's title: what is styled as one, else what the file says where the paper says it too, else the first
    heading."""
    core = package.part("docProps/core.xml")
    named = tidy(next((each.text or "" for each in core if name(each) == "title"), "")) if core is not None else ""
    first = [block.text for block in blocks[:12] if isinstance(block, Heading | Paragraph)]
    headings = [block.text for block in blocks if isinstance(block, Heading)]
    said = named if any(named and named in text for text in first) else ""
    return walk.title or said or next(iter(headings), "") or named
