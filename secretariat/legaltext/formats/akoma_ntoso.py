"""Akoma Ntoso 3.0, the OASIS form of legal documents in XML: a text written whole, and read from anybody's file.

Our own files carry everything: `eId` and `wId` are the clause's identity, and its place stands in an attribute of our
own name space. From other files the hierarchy is taken as it is, and each element keeps its `eId` as identity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, cast

from lxml import etree
from lxml.builder import ElementMaker

from secretariat.legaltext.checking.numbering import Numbering
from secretariat.legaltext.checking.references import Reference, references
from secretariat.legaltext.formats.editions import Edition
from secretariat.legaltext.formats.marks import Block, Picture, Run, Runs, Words, blocks, settled
from secretariat.legaltext.text import Clause, Text

SPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN: Final = "https://secretariat.example/ns/legal-text"
PLACE: Final = f"{{{OWN}}}place"
NAMES: Final = {"part": "part", "clause": "clause"}
"""The kinds that the standard has an element for; the others are an hcontainer with their name."""
_E: Final[Callable[..., Any]] = cast("Callable[..., Any]", ElementMaker(namespace=SPACE, nsmap={None: SPACE, "s": OWN}))


def akoma_ntoso(edition: Edition) -> bytes:
    """The edition as an Akoma Ntoso file in UTF-8: the same edition gives the same bytes.

    `akoma_ntoso_reading.read_akoma_ntoso` gives back the same text, places and all.
    """
    text = settled(edition.text)
    walk = _Walk(edition.code, text)
    body = _E("body", *(walk.clause(one) for one in text.children.get("", ())))
    preface = _E("preface", _E("p", _E("docTitle", edition.title)), *(_E("p", line) for line in edition.lines))
    root = _E("akomaNtoso", _E("act", _meta(edition), preface, body, name=edition.code))
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def _meta(edition: Edition) -> Any:
    """Work, expression and manifestation, as the standard's naming convention has them."""
    day, work = edition.day.isoformat(), _work(edition.code)
    expression = f"{work}/eng@{day}"
    country = _E("FRBRcountry", value="gb")
    levels = (
        _E("FRBRWork", *_frbr(work, day), country),
        _E("FRBRExpression", *_frbr(expression, day), _E("FRBRlanguage", language="eng")),
        _E("FRBRManifestation", *_frbr(f"{expression}/main.xml", day)),
    )
    agent = _E("TLCOrganization", eId="secretariat", href="/ontology/organization/secretariat", showAs="Secretariat")
    return _E(
        "meta",
        _E("identification", *levels, source="#secretariat"),
        _E("references", agent, source="#secretariat"),
    )


def _frbr(address: str, day: str) -> tuple[Any, ...]:
    return (
        _E("FRBRthis", value=address),
        _E("FRBRuri", value=address),
        _E("FRBRdate", date=day, name="text as at"),
        _E("FRBRauthor", href="#secretariat"),
    )


class _Walk:
    """The walk over a text; cross-references that its numbers or another document's code answer become links."""

    def __init__(self, code: str, text: Text) -> None:
        self._code = code
        self._text = text
        self._numbering = Numbering(text)

    def clause(self, clause: Clause) -> Any:
        """A clause and those it holds: an explicit stack would be no plainer, and lxml nests no deeper than this."""
        called = NAMES.get(clause.kind, "hcontainer")
        told = {"eId": clause.uid, "wId": clause.uid, PLACE: clause.place}
        made = _E(called, told if called != "hcontainer" else {**told, "name": clause.kind})
        if clause.number:
            made.append(_E("num", clause.number))
        if clause.heading:
            made.append(_E("heading", clause.heading))
        held, said = self._text.children.get(clause.uid, ()), [self._block(block) for block in blocks(clause.body)]
        if said or not held:
            made.append(_E("intro" if held else "content", *(said or [_E("p")])))
        made.extend(self.clause(one) for one in held)
        return made

    def _block(self, block: Block) -> Any:
        if isinstance(block, Words):
            return self._paragraph(block.runs)
        if isinstance(block, Picture):
            return _E("p", _E("img", src=block.name, alt=block.caption))
        rows = [_E("tr", *self._cells("th", block.rows[0]))]
        return _E("table", *rows, *(_E("tr", *self._cells("td", row)) for row in block.rows[1:]))

    def _cells(self, called: str, row: Iterable[Runs]) -> list[Any]:
        return [_E(called, self._paragraph(cell)) for cell in row]

    def _paragraph(self, runs: Runs) -> Any:
        return _E("p", *(piece for run in runs for piece in self._run(run)))

    def _run(self, run: Run) -> list[Any]:
        made: list[Any] = []
        called = "b" if run.strong else "i" if run.slanted else ""
        for at, words in enumerate(run.text.split("\n")):
            made += [_E("eol")] if at else []
            said = self._linked(words)
            made += [_E(called, *said)] if called and said else said
        return made

    def _linked(self, words: str) -> list[Any]:
        """Words with their cross-references as <ref>."""
        made: list[Any] = []
        at = 0
        for one in references(words):
            target = self._target(one)
            if target:
                made += [words[at : one.start], _E("ref", one.words, href=target)]
                at = one.end
        return [piece for piece in (*made, words[at:]) if not isinstance(piece, str) or piece]

    def _target(self, one: Reference) -> str:
        """Where a cross-reference leads: a clause of this text, another document, or "" where nothing is known."""
        if one.document not in {"", self._code}:
            return _work(one.document)
        found = self._numbering.numbered.get(one.number, ())
        return f"#{found[0]}" if len(found) == 1 else ""


def _work(code: str) -> str:
    return f"/akn/gb/act/code/{code}"
