"""A Word file as lines: paragraphs under their printed numbers, tables, pictures, notes and boxes, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from secretariat.legaltext.formats.identities import PREFIX, identity
from secretariat.legaltext.formats.lines import CAPTION, MORE, Line
from secretariat.legaltext.formats.marks import Picture, Run, Runs, Words, grid, joined, line, plain, term_of
from secretariat.legaltext.formats.tracked import bookmark
from secretariat.legaltext.formats.word_words import Said, Speaker
from secretariat.legaltext.text import KINDS
from secretariat.proof.readers.word_numbering import Numbering
from secretariat.proof.readers.word_package import Package, child, name, value, whole, within
from secretariat.proof.readers.word_styles import Styles

OWN: Final = re.compile(rf"code ({'|'.join((*KINDS, MORE, 'picture'))}) (\d+)")
"""The styles of our own files: what a paragraph is and how deep it stands."""
_CONTENTS: Final = re.compile(r"toc( \d| heading)|table of (figures|authorities)|index \d")
_TYPED: Final = re.compile(
    r"(?:(\([a-z]{1,5}\)|\([A-Z]{1,5}\)|\(\d{1,3}\)|[A-Z]{1,2}\d+[A-Z]?(?:\.\d+[A-Z]?)*\.?|\d+(?:\.\d+)+[A-Z]?\.?)\s+"
    r"|(\d+[.)]?)\t\s*)"
)
_PLACED: Final = re.compile(r"(.+) \((\S+)\)|\((\S+)\)")
_TITLE: Final = re.compile(r"(?:SEC\s+)?(?:section|schedule|appendix)\s+[A-Z0-9]{1,3}\b[^.]{0,150}\Z", re.IGNORECASE)
"""What stands over a document where no style says that it is the title."""
DEEPEST: Final = 20


class WordLines:
    """The walk over a Word file whose tracked changes are settled."""

    def __init__(self, package: Package, root: etree._Element, speaker: Speaker, styles: Styles) -> None:
        self.title = ""
        self._begun = False
        self._root = root
        self._speaker = speaker
        self._styles = styles
        numbering = package.part(package.related("numbering"))
        self._numbering = Numbering(numbering)
        self._lists = _lists(numbering)
        self._indents = _indents(numbering)

    def all(self) -> Iterator[Line]:
        """The lines, in order."""
        body = child(self._root, "body")
        yield from self._inside(body, 0) if body is not None else ()

    def _inside(self, element: etree._Element, deep: int) -> Iterator[Line]:
        if deep > DEEPEST:
            raise ValueError("Its tables and boxes are nested too deeply to be read as legal text.")
        for called, each in within(element):
            if called == "p":
                yield from self._paragraph(each, deep)
            elif called == "tbl":
                yield from self._table(each, deep)

    def _paragraph(self, element: etree._Element, deep: int) -> Iterator[Line]:
        said = self._speaker.read(element)
        properties = child(element, "pPr")
        style = value(child(properties, "pStyle")) or self._styles.usual
        called = self._styles.name(style)
        if _CONTENTS.match(called) or called == "code front":
            return
        if called == "title":
            self.title = self.title or plain(said.words).strip()
            return
        own = OWN.fullmatch(called)
        uid = identity(bookmark(element, PREFIX))
        if own:
            yield from _own(said, own[1], int(own[2]), uid)
        else:
            yield from self._foreign(said, properties, style, called, uid)
        yield from ((Line([Words((Run(f"{mark} "), *runs))], MORE)) for mark, runs in said.notes)
        for box in said.boxes:
            yield from self._inside(box, deep + 1)

    def _foreign(
        self, said: Said, properties: etree._Element | None, style: str, called: str, uid: str
    ) -> Iterator[Line]:  # fmt: skip
        words = _stripped(said.words)
        if not self._begun and _TITLE.match(plain(words)):
            self.title = self.title or line(plain(words))
            return
        self._begun = self._begun or bool(words)
        listed = self._styles.numbering(style, properties)
        number = (self._numbering.printed(*listed) if listed and (words or said.number) else None) or said.number
        made = Line([Words(words)], "", 0, uid, number, said.heading)
        made.outline = self._styles.level(style, properties)
        made.indent = self._indent(properties, style, listed)
        letters = [run for run in words if run.text.strip()]
        made.strong = bool(letters) and (self._styles.is_bold(style) or all(run.strong for run in letters))
        if listed and number:
            made.scale, made.depth = f"list {self._lists.get(listed[0], listed[0])}", listed[1]
        elif not number:
            _take_typed(made)
        if called == "caption":
            made.kind = CAPTION
        if words or made.number or made.heading:
            yield made
        yield from (Line([picture], "figure") for picture in said.pictures)

    def _indent(self, properties: etree._Element | None, style: str, listed: tuple[str, int] | None) -> int:
        """How far the words stand in: as the paragraph says, then its own list and its style, or its style's list."""
        in_list = self._indents.get((self._lists.get(listed[0], ""), listed[1]), "") if listed else ""
        own = child(properties, "numPr") is not None
        styled = [_left(each.paragraph) for each in self._styles.chain(style)]
        for told in (_left(properties), in_list if own else "", *styled, in_list):
            if told:
                return whole(told)
        return 0

    def _table(self, table: etree._Element, deep: int) -> Iterator[Line]:
        if deep > DEEPEST:
            raise ValueError("Its tables and boxes are nested too deeply to be read as legal text.")
        pictures: list[Picture] = []
        rows = [self._row(each, pictures) for called, each in within(table) if called == "tr"]
        if max((len(row) for row in rows), default=0) == 1 and _frames(table):
            for cell in (each for each in table.iter() if name(each) == "tc" and _table_of(each) is table):
                yield from self._inside(cell, deep + 1)
            return
        if any(cell for row in rows for cell in row):
            yield Line([grid(rows)], "table")
        yield from (Line([picture], "figure") for picture in pictures)

    def _row(self, row: etree._Element, pictures: list[Picture]) -> list[Runs]:
        made: list[Runs] = [()] * whole(value(child(row, "trPr", "gridBefore")))
        for called, cell in within(row):
            if called == "tc":
                across = max(whole(value(child(cell, "tcPr", "gridSpan")), 1), 1)
                made += [self._cell(cell, pictures), *[()] * (across - 1)]
        return made

    def _cell(self, cell: etree._Element, pictures: list[Picture]) -> Runs:
        made: list[Run] = []
        for element in (each for each in cell.iter() if name(each) == "p"):
            said = self._speaker.read(element)
            properties = child(element, "pPr")
            style = value(child(properties, "pStyle")) or self._styles.usual
            listed = self._styles.numbering(style, properties)
            number = self._numbering.printed(*listed) if listed and said.runs else None
            before = [Run(f"{number} ")] if number else []
            words = _stripped(said.words)
            asides = [run for mark, runs in said.notes for run in (Run(f"\n{mark} "), *runs)]
            if words:
                made += [*([Run("\n")] if made else []), *before, *words, *asides]
            pictures += said.pictures
        return joined(made)


def _own(said: Said, kind: str, level: int, uid: str) -> Iterator[Line]:
    """A paragraph of one of our own files, whose style says what it is."""
    if kind == "picture":
        yield from _picture(said)
        return
    words = _stripped(said.words)
    if kind == "part" and not said.heading:
        said.heading, words = " ".join(plain(words).split()), ()
    if words or said.number or said.heading or (uid and kind != MORE):
        made = Line([Words(words)] if words else [], kind, level, uid, said.number, said.heading)
        if kind == "definition" and not said.heading:
            made.heading = line(term_of(Words(words)))
        yield made
    yield from (Line([picture], MORE) for picture in said.pictures)


def _picture(said: Said) -> Iterator[Line]:
    for picture in said.pictures:
        yield Line([picture], MORE)
    named = _PLACED.fullmatch(plain(said.words).strip())
    if named and not said.pictures:
        yield Line([Picture(named[1] or "", named[2] or named[3])], MORE)
    elif said.words and not said.pictures:
        yield Line([Words(said.words)], MORE)


def _take_typed(typed: Line) -> None:
    """A number that was typed before the words, taken out of them."""
    match = _TYPED.match(plain(typed.runs))
    if match:
        typed.number = match[1] or match[2]
        typed.blocks = [Words(_stripped(_after(typed.runs, match.end())))]


def _after(runs: Runs, at: int) -> Runs:
    made: list[Run] = []
    for run in runs:
        made.append(Run(run.text[at:], run.strong, run.slanted))
        at = max(at - len(run.text), 0)
    return joined(made)


def _stripped(runs: Runs) -> Runs:
    """The runs without blanks before the first word and after the last."""
    text = plain(runs)
    kept = _after(runs, len(text) - len(text.lstrip()))
    spare = len(text.rstrip())
    made: list[Run] = []
    used = len(text) - len(text.lstrip())
    for run in kept:
        made.append(Run(run.text[: max(spare - used, 0)], run.strong, run.slanted))
        used += len(run.text)
    return joined(made)


def _lists(root: etree._Element | None) -> dict[str, str]:
    """Which list stands behind each number of a list: a paragraph may go on counting under another number."""
    found = {}
    for each in root if root is not None else ():
        if name(each) == "num":
            found[value(each, "numId")] = value(child(each, "abstractNumId"))
    return found


def _indents(root: etree._Element | None) -> dict[tuple[str, int], str]:
    """How far each depth of each list stands in."""
    found = {}
    for each in root if root is not None else ():
        if name(each) == "abstractNum":
            key = value(each, "abstractNumId")
            found.update(
                {(key, whole(value(one, "ilvl"))): _left(child(one, "pPr")) for one in each if name(one) == "lvl"}
            )
    return found


def _left(properties: etree._Element | None) -> str:
    found = child(properties, "ind")
    return value(found, "left") or value(found, "start")


def _frames(table: etree._Element) -> bool:
    """Whether a table of one column only frames what stands in it."""
    return any(name(each) == "tbl" for each in table.iter() if each is not table) or (
        sum(1 for each in table.iter() if name(each) == "p") > sum(1 for each in table.iter() if name(each) == "tc")
    )


def _table_of(cell: etree._Element) -> etree._Element | None:
    return next((each for each in cell.iterancestors() if name(each) == "tbl"), None)
