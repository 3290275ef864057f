"""The words of Word paragraphs: runs with their look, fields as shown, footnotes, pictures."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from secretariat.legaltext.formats.marks import Picture, Run, Runs, joined, line
from secretariat.proof.readers.word_package import Package, child, is_on, name, value
from secretariat.proof.readers.word_styles import Styles

NUMBER_STYLE, HEADING_STYLE = "Code Number", "Code Heading"
"""The styles of letters in which our own files set a clause's number and heading."""
_SHOWN: Final = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_THROUGH: Final = frozenset({"hyperlink", "smartTag", "fldSimple", "sdt", "sdtContent", "ins", "moveTo", "bdo", "dir"})
_ASIDE: Final = frozenset({"footnoteReference", "endnoteReference"})
_DRAWN: Final = frozenset({"drawing", "pict", "object"})


class WordFile(Package):
    """A Word file whose pictures can be had too."""

    def content(self, wanted: str) -> bytes | None:
        """The bytes of a part; None where there is no such part. Raises UnreadableError for a damaged one."""
        info = self._parts.get(wanted.lower())
        return self._read(info) if info else None


@dataclass(slots=True)
class Said:
    """What one paragraph says: number and heading where our own styles tell, the rest as runs; what hangs on it."""

    number: str = ""
    heading: str = ""
    runs: list[Run] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, Runs]] = field(default_factory=list)

    @property
    def words(self) -> Runs:
        """The runs, alike ones joined."""
        return joined(self.runs)


class Speaker:
    """Reads the words of a file's paragraphs one after another; fields may go on over several."""

    def __init__(self, package: WordFile, styles: Styles) -> None:
        self.figures: dict[str, bytes] = {}
        self.missed: list[str] = []
        self._package = package
        self._styles = styles
        self._relations = package.relations(package.main)
        self._fields: list[bool] = []
        self._asides = {kind: self._notes_of(kind) for kind in ("footnote", "endnote")}
        self._told = 0

    def read(self, paragraph: etree._Element) -> Said:
        """What a paragraph says."""
        said = Said()
        self._children(paragraph, said)
        said.number, said.heading = line(said.number), line(said.heading)
        return said

    def _children(self, element: etree._Element, said: Said) -> None:
        for each in element:
            called = name(each)
            if called == "r":
                self._run(each, said)
            elif called in _THROUGH:
                self._children(each, said)
            elif called in {"oMath", "oMathPara"}:
                said.runs.append(Run("".join(one.text or "" for one in each.iter() if name(one) == "t")))

    def _run(self, run: etree._Element, said: Said) -> None:
        properties = child(run, "rPr")
        style = value(child(properties, "rStyle"))
        if self._on(properties, style, "vanish"):
            return
        add = self._adder(said, self._styles.name(style), properties, style)
        for each in run:
            self._piece(each, said, add)

    def _adder(
        self, said: Said, called: str, properties: etree._Element | None, style: str
    ) -> Callable[[str], None]:  # fmt: skip
        """Where the words of a run go: to the number, to the heading, or to the runs with their look."""
        strong, slanted = self._on(properties, style, "b"), self._on(properties, style, "i")

        def add(words: str) -> None:
            if called == NUMBER_STYLE.lower():
                said.number += words
            elif called == HEADING_STYLE.lower():
                said.heading += words
            else:
                said.runs.append(Run(words, strong, slanted and not strong))

        return add

    def _on(self, properties: etree._Element | None, style: str, switch: str) -> bool:
        own = child(properties, switch)
        if own is not None:
            return is_on(own)
        told = (child(each.letters, switch) for each in self._styles.chain(style))
        return is_on(next((each for each in told if each is not None), None))

    def _piece(self, each: etree._Element, said: Said, add: Callable[[str], None]) -> None:
        called = name(each)
        if called == "fldChar":
            self._field(value(each, "fldCharType"))
        elif not all(self._fields):
            return
        elif called in {"t", "delText"}:
            add(each.text or "")
        elif called == "sym":
            add(_symbol(value(each, "char")))
        elif called in _SHOWN and value(each, "type") not in {"page", "column"}:
            add(_SHOWN[called])
        elif called in _ASIDE:
            self._aside(called.removesuffix("Reference"), value(each, "id"), said, add)
        elif called in _DRAWN or called == "AlternateContent":
            self._drawing(each, said)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _aside(self, kind: str, key: str, said: Said, add: Callable[[str], None]) -> None:
        note = self._asides[kind].get(key)
        if note is not None:
            self._told += 1
            mark = f"[{self._told}]"
            add(mark)
            held = Said()
            for each in note.iter():
                if name(each) == "p":
                    held.runs += [Run(" "), *self.read(each).runs] if held.runs else self.read(each).runs
            said.notes.append((mark, held.words))

    def _notes_of(self, kind: str) -> dict[str, etree._Element]:
        part = self._package.related(f"{kind}s")
        root = self._package.part(part) if part else None
        return {value(each, "id"): each for each in root if name(each) == kind} if root is not None else {}

    def _drawing(self, element: etree._Element, said: Said) -> None:
        shown = element
        if name(element) == "AlternateContent":
            chosen = child(element, "Choice")
            shown = chosen if chosen is not None else element
        said.boxes += [each for each in shown.iter() if name(each) == "txbxContent"]
        caption, called = "", ""
        for each in shown.iter():
            if name(each) == "docPr":
                caption, called = value(each, "descr"), value(each, "name")
            elif name(each) in {"blip", "imagedata"}:
                self._picture(value(each, "embed") or value(each, "id"), caption, called, said)

    def _picture(self, key: str, caption: str, called: str, said: Said) -> None:
        related = self._relations.get(key)
        content = self._package.content(related.target) if related else None
        if related is None or content is None:
            self.missed.append("A picture stands outside the file, and is left out.")
            return
        ending = posixpath.splitext(related.target)[1].lower()
        own = posixpath.splitext(called)[1].lower() == ending and not set(called) & set("() \n")
        written = called if own else f"figure-{hashlib.sha256(content).hexdigest()[:12]}{ending}"
        self.figures[written] = content
        said.pictures.append(Picture(line(caption).replace("[", "(").replace("]", ")"), written))


def _symbol(code: str) -> str:
    """A character of a symbol font; those that only such a font has (bullets, as a rule) become a bullet."""
    try:
        character = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return "•" if "\ue000" <= character <= "\uf8ff" else character
