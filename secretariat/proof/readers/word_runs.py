"""The words of one Word paragraph: runs, fields, links, notes and what hangs on them, tracked changes accepted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from secretariat.proof.readers.numerals import numeral
from secretariat.proof.readers.runs import Run, is_mark
from secretariat.proof.readers.word_package import Relation, child, is_on, name, value, within
from secretariat.proof.readers.word_styles import Styles

DEEPEST: Final = 40
_SEQUENCE: Final = re.compile(r"\s*SEQ\s+(\S+)", re.IGNORECASE)
_LEADS: Final = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+)?"([^"]*)"', re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """A field being read: its instruction so far, whether its result has begun and where, whether it has words."""

    instruction: str = ""
    shown: bool = False
    since: int = 0


@dataclass(slots=True)
class Inked:
    """A paragraph as read: its words, whether all are bold, drawings that hang on it, breaks before its words.

    `tab` is where the first tab after bold words alone stands: what follows in lighter type is what they label.
    """

    run: Run = field(default_factory=Run)
    strong: bool = True
    boxes: list[etree._Element] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    breaks: int = 0
    breaks_before: int = 0
    tab: int = 0


class Inker:
    """Reads the words of paragraphs one after another; notes and sequences are counted over the whole paper."""

    def __init__(self, styles: Styles, relations: dict[str, Relation], note_forms: dict[str, str]) -> None:
        self._styles = styles
        self._relations = relations
        self._note_forms = note_forms
        self._fields: list[Field] = []
        self._sequences: Counter[str] = Counter()
        self._raised = ""
        self.notes: dict[tuple[str, str], str] = {}

    def read(self, paragraph: etree._Element, style: str, begun: Inked | None = None) -> Inked:
        """The words of a paragraph of that style, after those of one whose end was deleted."""
        inked = begun or Inked()
        self._children(paragraph, inked, self._styles.is_bold(style), 0)
        self._lower(inked)
        self._fields = [each for each in self._fields if each.shown]
        for each in self._fields:
            each.since = 0
        return inked

    def _children(self, element: etree._Element, inked: Inked, bold: bool, depth: int) -> None:
        if depth > DEEPEST:
            return
        for called, each in within(element):
            if called == "r":
                self._run(each, inked, bold)
            elif called == "hyperlink":
                self._lower(inked)
                since = len(inked.run.pieces)
                self._children(each, inked, bold, depth + 1)
                self._lower(inked)
                anchor = value(each, "anchor")
                target = self._relations.get(value(each, "id"))
                inked.run.link(since, (target.target if target else "") + (f"#{anchor}" if anchor else ""))
            elif called == "fldSimple":
                self._simple(each, inked, bold, depth)
            elif called in {"oMath", "oMathPara"}:
                inked.run.words("".join(each.text or "" for each in each.iter() if name(each) == "t"))

    def _simple(self, element: etree._Element, inked: Inked, bold: bool, depth: int) -> None:
        before = len(inked.run.pieces)
        self._children(element, inked, bold, depth + 1)
        self._lower(inked)
        self._count(value(element, "instr"), before, inked)

    def _run(self, element: etree._Element, inked: Inked, bold: bool) -> None:
        properties = child(element, "rPr")
        style = value(child(properties, "rStyle"))
        vanish, weight = child(properties, "vanish"), child(properties, "b")
        if is_on(vanish) or (vanish is None and style and self._styles.is_hidden(style)):
            return
        raised = value(child(properties, "vertAlign")) == "superscript"
        if not raised:
            self._lower(inked)
        heavy = is_on(weight) if weight is not None else bold or self._styles.is_bold(style)
        for called, each in within(element):
            if called == "t" and self._shows():
                self._words(each.text or "", inked, heavy, raised)
            elif called in _ACTS:
                _ACTS[called](self, each, inked)

    def _words(self, text: str, inked: Inked, heavy: bool, raised: bool) -> None:
        if raised:
            self._raised += text
            return
        if not inked.run.begun:
            inked.breaks_before = inked.breaks
        if inked.strong and not heavy and inked.tab and not "".join(inked.run.pieces[inked.tab :]).strip():
            inked.run.pieces.insert(inked.tab, ":")
        inked.run.words(text)
        inked.strong = inked.strong and (heavy or not any(map(str.isalnum, text)))

    def _lower(self, inked: Inked) -> None:
        """Ends raised words: a footnote's mark typed by hand, or part of the words before."""
        raised, self._raised = self._raised, ""
        if raised.strip() and is_mark(raised) and inked.run.takes_mark(raised.strip()):
            inked.run.mark(raised)
        elif raised:
            inked.run.words(raised)

    def _shows(self) -> bool:
        return all(each.shown for each in self._fields)

    def _space(self, _: etree._Element, inked: Inked) -> None:
        if self._shows():
            if inked.run.begun and inked.strong and not inked.tab and not inked.run.text.endswith(":"):
                inked.tab = len(inked.run.pieces)
            inked.run.words(" ")

    def _hyphen(self, _: etree._Element, inked: Inked) -> None:
        inked.run.words("-")

    def _break(self, element: etree._Element, inked: Inked) -> None:
        if value(element, "type") not in {"page", "column"} and self._shows():
            inked.run.broken()

    def _page(self, _: etree._Element, inked: Inked) -> None:
        inked.breaks += 1

    def _note(self, element: etree._Element, inked: Inked) -> None:
        kind = name(element).removesuffix("Reference")
        if value(element, "customMarkFollows") not in {"1", "true", "on"}:
            key = (kind, value(element, "id"))
            if key not in self.notes:
                self._sequences[kind] += 1
                self.notes[key] = numeral(self._sequences[kind], self._note_forms.get(kind, "decimal"))
            inked.run.marks.append(self.notes[key])

    def _drawing(self, element: etree._Element, inked: Inked) -> None:
        inked.boxes += outermost(element, "txbxContent")
        inked.charts += [value(each, "id") for each in element.iter() if name(each) == "chart"]

    def _field(self, element: etree._Element, inked: Inked) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(Field(since=len(inked.run.pieces)))
        elif kind == "separate" and self._fields:
            self._fields[-1].shown, self._fields[-1].since = True, len(inked.run.pieces)
        elif kind == "end" and self._fields:
            done = self._fields.pop()
            self._lower(inked)
            leads = _LEADS.match(done.instruction)
            if leads:
                inked.run.link(done.since, leads[1])
            self._count(done.instruction, done.since, inked)

    def _instruct(self, element: etree._Element, _: Inked) -> None:
        if self._fields and not self._fields[-1].shown:
            self._fields[-1].instruction += element.text or ""

    def _count(self, instruction: str, since: int, inked: Inked) -> None:
        """Counts a sequence, and prints the count where the file was saved without it."""
        sequence = _SEQUENCE.match(instruction)
        if sequence:
            self._sequences[sequence[1]] += 1
            if not "".join(inked.run.pieces[since:]).strip():
                inked.run.words(str(self._sequences[sequence[1]]))


def outermost(element: etree._Element, called: str) -> list[etree._Element]:
    """The elements of that name in an element, without those inside another of them or in a second rendering."""
    found: list[etree._Element] = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if name(each) == called:
            found.append(each)
        else:
            waiting += [inner for _, inner in within(each)][::-1]
    return found


_ACTS: Final[dict[str, Callable[[Inker, etree._Element, Inked], None]]] = {
    "tab": Inker._space,
    "ptab": Inker._space,
    "cr": Inker._break,
    "br": Inker._break,
    "noBreakHyphen": Inker._hyphen,
    "lastRenderedPageBreak": Inker._page,
    "footnoteReference": Inker._note,
    "endnoteReference": Inker._note,
    "drawing": Inker._drawing,
    "pict": Inker._drawing,
    "object": Inker._drawing,
    "fldChar": Inker._field,
    "instrText": Inker._instruct,
}
