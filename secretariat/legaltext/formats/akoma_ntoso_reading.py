"""Reads a text from an Akoma Ntoso file, ours or anybody's. No entities, no document type, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, cast

from lxml import etree

from secretariat.legaltext.formats.akoma_ntoso import NAMES, PLACE
from secretariat.legaltext.formats.assembling import NEW
from secretariat.legaltext.formats.bounds import bounded, is_identity, is_place
from secretariat.legaltext.formats.lines import Incoming
from secretariat.legaltext.formats.marks import Block, Picture, Run, Runs, Words, body_of, grid, joined, line, settled
from secretariat.legaltext.text import KINDS, Clause, Text, in_order, places
from secretariat.proof.readers.word_package import child, name, value

LARGEST: Final = 50_000_000
DEEPEST: Final = 60
"""Of clauses within clauses; legal text has ten."""
_HOLD: Final = frozenset({
    "alinea", "article", "book", "chapter", "clause", "crossHeading", "division", "hcontainer", "indent", "level",
    "list", "paragraph", "part", "point", "proviso", "rule", "section", "subchapter", "subclause", "subdivision",
    "sublist", "subparagraph", "subpart", "subrule", "subsection", "subtitle", "title", "tome", "transitional",
})  # fmt: skip
_PARTS: Final = frozenset({"book", "chapter", "division", "part", "section", "subchapter", "subdivision", "subpart",
                           "subtitle", "title", "tome"})  # fmt: skip
_STRONG: Final = frozenset({"b", "def"})
_LINE_END: Final = re.compile(r"[ \t]*\n\s*")
_LEAVES: Final = frozenset({"p", "block", "tocItem", "heading", "longTitle", "crossHeading"})


def read_akoma_ntoso(content: bytes) -> Incoming:
    """The text of an Akoma Ntoso file.

    Raises ValueError, with what is wrong and where, for a file that cannot be read.
    """
    root = _parsed(content)
    body = next((each for each in root.iter() if name(each) in {"body", "mainBody"}), None)
    if name(root) != "akomaNtoso" or body is None:
        raise ValueError(f"It is no Akoma Ntoso file with a body: it begins with <{name(root)}>.")
    walk = _Walk()
    walk.inside(body, "", 1)
    if not walk.made:
        raise ValueError("There is no text in it: its body holds no clause.")
    title = next((each for each in root.iter() if name(each) == "docTitle"), None)
    text = bounded(settled(walk.text()))
    return Incoming(line("".join(title.itertext())) if title is not None else "", text, frozenset(walk.carried))


def _parsed(content: bytes) -> etree._Element:
    if len(content) > LARGEST:
        raise ValueError(f"It is larger than {LARGEST // 1_000_000} MB, far too large for legal text.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"It is not well-formed XML: line {error.lineno}: {error.msg}.") from None
    except ValueError:
        raise ValueError("It is not an XML file.") from None
    if cast("Any", root.getroottree().docinfo).doctype:
        raise ValueError("It has a document type of its own, which may declare entities. It is not opened.")
    return root


class _Walk:
    """The walk over the hierarchy, with the clauses made so far."""

    def __init__(self) -> None:
        self.made: list[Clause] = []
        self.carried: set[str] = set()
        self._new = 0

    def text(self) -> Text:
        """The clauses in the file's order, which places that came with it must agree to."""
        held: dict[str, list[Clause]] = {}
        for clause in self.made:
            held.setdefault(clause.parent, []).append(clause)
        for siblings in held.values():
            ranks = [clause.place for clause in siblings]
            if not all(map(is_place, ranks)) or ranks != sorted(set(ranks)):
                siblings[:] = [_at(one, place) for one, place in zip(siblings, places(len(siblings)), strict=True)]
        return in_order(clause for siblings in held.values() for clause in siblings)

    def inside(self, element: etree._Element, parent: str, deep: int) -> None:
        """The clauses that an element holds, and words between them as paragraphs."""
        if deep > DEEPEST:
            raise ValueError(f"Line {element.sourceline}: clauses are nested more than {DEEPEST} deep.")
        for each in element:
            if name(each) in _HOLD:
                self._clause(each, parent, deep)
            elif name(each) not in {"num", "heading", "subheading", "intro", "content"}:
                self._words(each, parent)

    def _clause(self, element: etree._Element, parent: str, deep: int) -> None:
        uid = self._uid(element)
        said = [block for each in element if name(each) in {"intro", "content"} for block in _blocks(each)]
        heading = " ".join(
            part for part in (_line(child(element, "heading")), _line(child(element, "subheading"))) if part
        )
        number = _line(child(element, "num"))
        kind = _kind(element, bool(said))
        self.made.append(Clause(uid, parent, str(element.get(PLACE, "")), kind, number, heading, body_of(said)))
        if name(element) == "crossHeading":
            self.made[-1] = Clause(uid, parent, "", "paragraph", number, "", line("".join(element.itertext())))
        else:
            self.inside(element, uid, deep + 1)

    def _words(self, element: etree._Element, parent: str) -> None:
        """Words that stand between clauses or after them."""
        body = body_of(_blocks(element))
        if body:
            self.made.append(Clause(self._uid(element), parent, "", "paragraph", "", "", body))

    def _uid(self, element: etree._Element) -> str:
        told = value(element, "eId")
        if is_identity(told) and told not in self.carried:
            self.carried.add(told)
            return told
        self._new += 1
        while f"{NEW}{self._new}" in self.carried:
            self._new += 1
        return f"{NEW}{self._new}"


def _at(clause: Clause, place: str) -> Clause:
    return Clause(clause.uid, clause.parent, place, clause.kind, clause.number, clause.heading, clause.body)


def _kind(element: etree._Element, says: bool) -> str:
    called, own = name(element), value(element, "name")
    if called == "hcontainer" and own in KINDS:
        return own
    if called in NAMES and element.get(PLACE):
        return called
    return "part" if called in _PARTS and not says else "clause"


def _line(element: etree._Element | None) -> str:
    return line("".join(element.itertext())) if element is not None else ""


def _blocks(element: etree._Element) -> Iterator[Block]:
    """The blocks of words, tables and figures in an element, in order; lists and quotations are opened."""
    if name(element) in _LEAVES:
        yield from _leaf(element)
        return
    if (element.text or "").strip():
        yield Words((Run(" ".join((element.text or "").split())),))
    for each in element:
        if name(each) == "table":
            rows = [
                [_runs(cell) for cell in row if name(cell) in {"th", "td"}] for row in each.iter() if name(row) == "tr"
            ]
            yield from [grid(rows)] if rows else []
        elif name(each) == "num":
            yield Words((Run(_line(each)),))
        else:
            yield from _blocks(each)
        if (each.tail or "").strip():
            yield Words((Run(" ".join((each.tail or "").split())),))


def _leaf(element: etree._Element) -> Iterator[Block]:
    for each in element.iter():
        if name(each) == "img":
            yield Picture(line(value(each, "alt")).replace("[", "(").replace("]", ")"), value(each, "src"))
    runs = _runs(element)
    if any(run.text.strip() for run in runs):
        yield Words(runs)


def _runs(element: etree._Element, strong: bool = False, slanted: bool = False) -> Runs:
    """The runs of an element that holds words."""
    made = [Run(_flowing(element.text), strong, slanted)]
    for each in element:
        called = name(each)
        if called in {"eol", "br"}:
            made.append(Run("\n", strong, slanted))
        elif called == "p" and len(made) > 1:
            made += [Run("\n", strong, slanted), *_runs(each, strong, slanted)]
        else:
            made += _runs(each, strong or called in _STRONG, slanted or called == "i")
        made.append(Run(_flowing(each.tail), strong, slanted))
    return joined(made)


def _flowing(text: str | None) -> str:
    """Words as they flow: a line's end in the file is no line's end in the text, for which there is <eol/>."""
    return _LINE_END.sub(" ", text or "")
