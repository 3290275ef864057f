"""A clause's body as a page prints it: its defined terms and cross-references as links, sought words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup, escape

from secretariat.legaltext.checking.numbering import LETTERED
from secretariat.legaltext.checking.references import document_code, references
from secretariat.legaltext.checking.terms import Terms
from secretariat.legaltext.formats.marks import Block, Grid, Picture, Run, Runs, blocks, plain
from secretariat.legaltext.reading.addresses import Addresses


class Span(NamedTuple):
    """Some letters that are a link, and what the link is."""

    start: int
    end: int
    href: str
    look: str


@dataclass(frozen=True)
class Links:
    """What the words of one document's bodies lead to."""

    document: str
    terms: Terms
    known: frozenset[str]
    """The codes of the documents that the reader may read."""
    addresses: Addresses

    def spans(self, words: str) -> list[Span]:
        """The links of some words, in their order, none inside another; a cross-reference before a term."""
        found = [*self._references(words)]
        taken = [(span.start, span.end) for span in found]
        for use in self.terms.uses(words):
            if not any(start < use.end and use.start < end for start, end in taken):
                found += self._term(use.start, use.end, use.term)
        return sorted(found)

    def _references(self, words: str) -> Iterator[Span]:
        for one in references(words):
            code = one.document or self._elsewhere(one.number) or self.document
            if code not in self.known or one.number.startswith("("):
                continue
            to_clause = self.addresses.clause(code, one.number) if one.number else ""
            yield Span(one.start, one.end, to_clause or self.addresses.document(code), "reference")

    def _elsewhere(self, number: str) -> str:
        """The section that a lettered number belongs to: "Clause H3.4" said in an appendix."""
        letter = LETTERED.match(number)
        section = document_code("section", letter.group()) if letter else ""
        return section if section in self.known else ""

    def _term(self, start: int, end: int, term: str) -> Iterator[Span]:
        meant = self.terms.meant(term, self.document)
        if meant is not None:
            yield Span(start, end, self.addresses.clause(meant.document, meant.uid), "term")


def printed(body: str, links: Links | None = None, sought: Sequence[str] = ()) -> Markup:
    """A body as a page prints it."""
    pattern = sought_in(sought)
    return Markup("\n").join(_block(block, links, pattern) for block in blocks(body))


def marked(words: str, sought: Sequence[str]) -> Markup:
    """Plain words, those sought marked."""
    return _plain(words, sought_in(sought))


def plain_words(body: str) -> str:
    """The words of a body on one line, without its marks; cells stand apart."""
    made = []
    for block in blocks(body):
        if isinstance(block, Grid):
            made += [" · ".join(filter(None, map(plain, row))) for row in block.rows]
        else:
            made.append(block.caption if isinstance(block, Picture) else plain(block.runs))
    return " ".join(" ".join(made).split())


def sought_in(sought: Sequence[str]) -> re.Pattern[str] | None:
    """What finds the words sought, in any case; None where none are."""
    kept = sorted((re.escape(one) for one in sought if one), key=len, reverse=True)
    return re.compile("|".join(kept), re.IGNORECASE) if kept else None


Sought = re.Pattern[str] | None


def _block(block: Block, links: Links | None, sought: Sought) -> Markup:
    if isinstance(block, Grid):
        return _table(block, links, sought)
    if isinstance(block, Picture):
        return Markup("<p class='figure'>Figure: {}</p>").format(block.caption or block.name)
    return Markup("<p>{}</p>").format(_runs(block.runs, links, sought))


def _table(table: Grid, links: Links | None, sought: Sought) -> Markup:
    head, *rows = table.rows
    heads = Markup("").join(Markup("<th scope='col'>{}</th>").format(_runs(cell, links, sought)) for cell in head)
    lines = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(_cells(row, links, sought))) for row in rows
    )  # fmt: skip
    label = escape(" ".join(run.text for cell in head for run in cell))
    return Markup(
        "<div class='scroller' role='region' tabindex='0' aria-label='Table: {}'><table class='law'>"
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(label, heads, lines)


def _cells(row: Iterable[Runs], links: Links | None, sought: Sought) -> Iterator[Markup]:
    for cell in row:
        yield Markup("<td>{}</td>").format(_runs(cell, links, sought))


def _runs(told: Runs, links: Links | None, sought: Sought) -> Markup:
    return Markup("").join(_run(run, links, sought) for run in told)


def _run(run: Run, links: Links | None, sought: Sought) -> Markup:
    if run.strong:
        return Markup("<strong>{}</strong>").format(_plain(run.text, sought))
    inner = _linked(run.text, links, sought)
    return Markup("<em>{}</em>").format(inner) if run.slanted else inner


def _linked(words: str, links: Links | None, sought: Sought) -> Markup:
    made: list[Markup] = []
    at = 0
    for span in links.spans(words) if links else ():
        made.append(_plain(words[at : span.start], sought))
        link = Markup("<a class='{}' href='{}'>{}</a>")
        made.append(link.format(span.look, span.href, _plain(words[span.start : span.end], sought)))
        at = span.end
    return Markup("").join((*made, _plain(words[at:], sought)))


def _plain(words: str, sought: Sought) -> Markup:
    """Words with line breaks kept, and what is sought marked."""
    made: list[Markup] = []
    at = 0
    for found in sought.finditer(words) if sought else ():
        made += [_escaped(words[at : found.start()]), Markup("<mark>{}</mark>").format(found.group())]
        at = found.end()
    return Markup("").join((*made, _escaped(words[at:])))


def _escaped(words: str) -> Markup:
    return escape(words).replace("\n", Markup("<br>"))
