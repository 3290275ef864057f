"""Defined terms: where they are defined (`**Term**`), and where they are used (capitalised, longest term first)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from secretariat.legaltext.checking.prose import CAPITAL, Word, begins_a_sentence, capitals, plurals
from secretariat.legaltext.checking.references import references
from secretariat.legaltext.text import Clause, Text

BOLD: Final = re.compile(r"\*\*([^*\n]+)\*\*")
GENERAL: Final = "section-a"
"""The document whose definitions hold in all others."""
NAMES: Final = frozenset(re.findall(
    r"\w+",
    "January February March April May June July August September October November December Monday Tuesday Wednesday "
    "Thursday Friday Saturday Sunday Great Britain England Wales Scotland Northern Ireland United Kingdom London "
    "European Union",
))  # fmt: skip
"""Capitalised words that no code defines."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a term is defined."""

    term: str
    document: str
    uid: str


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a defined term in a body."""

    start: int
    end: int
    term: str


def defined_in(document: str, text: Text) -> Iterator[Definition]:
    """The terms that a text defines: its definitions, and what stands in bold in its other clauses."""
    for clause in text.clauses:
        yield from (Definition(term, document, clause.uid) for term in terms_of(clause))


def terms_of(clause: Clause) -> tuple[str, ...]:
    """The terms that one clause defines."""
    if clause.kind == "definition" and clause.heading:
        return (plain_term(clause.heading),)
    if clause.kind in ("table", "figure") or "**" not in clause.body:
        return ()
    return tuple(term for term in map(plain_term, BOLD.findall(clause.body)) if term[:1].isupper())


def plain_term(told: str) -> str:
    """A term without the marks around it."""
    return " ".join(told.strip().strip('*“”"‘’:').split())


class Terms:
    """Some definitions, and the terms of them that bodies use."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        self.by_term: dict[str, list[Definition]] = defaultdict(list)
        for one in definitions:
            self.by_term[one.term].append(one)

    @classmethod
    def of(cls, texts: Mapping[str, Text]) -> Terms:
        """The terms that several texts define."""
        return cls(one for document, text in texts.items() for one in defined_in(document, text))

    @cached_property
    def _by_first(self) -> Mapping[str, list[tuple[str, str]]]:
        """How each term can be printed, longest first, by its first word."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for term in self.by_term:
            for printed in plurals(term):
                first = CAPITAL.match(printed)
                if first is not None:
                    found[first.group()].append((printed, term))
        return {first: sorted(told, key=lambda one: -len(one[0])) for first, told in found.items()}

    def meant(self, term: str, document: str) -> Definition | None:
        """The definition that a term has in a document: its own, else the general one, else any."""
        found = self.by_term.get(term, [])
        own = (one for place in (document, GENERAL) for one in found if one.document == place)
        return next(own, found[0] if found else None)

    def uses(self, body: str) -> list[Use]:
        """The uses of the terms in a body; where it is defined in bold it is not used."""
        return self.scan(body)[0]

    def scan(self, body: str) -> tuple[list[Use], list[Word]]:
        """The uses of the terms in a body, and the capitalised words that are in none."""
        found: list[Use] = []
        left: list[Word] = []
        over = 0
        for word in capitals(body):
            if word.start < over:
                continue
            printed, term = self._longest(body, word)
            over = word.start + len(printed)
            if not printed:
                left.append(word)
            elif not _in_bold(body, word.start, over):
                found.append(Use(word.start, over, term))
        return found, left

    def _longest(self, body: str, word: Word) -> tuple[str, str]:
        for printed, term in self._by_first.get(word.text, ()):
            after = word.start + len(printed)
            if body.startswith(printed, word.start) and not body[after : after + 1].isalnum():
                return printed, term
        return "", ""


def _in_bold(body: str, start: int, end: int) -> bool:
    return body.endswith("**", 0, start) and body.startswith("**", end)


def undefined(body: str, left: Iterable[Word], ordinary: Container[str]) -> list[str]:
    """Those of a body's capitalised words outside all terms that look like a defined term.

    Left out are cross-references, words with digits, names of days, months and countries, and the first word of a
    sentence where it is an ordinary one (`ordinary` holds all words that the texts use with a small letter).
    """
    free = [word for word in left if _could_be_a_term(word)]
    if not free:
        return []
    referred = [(one.start, one.end) for one in references(body)]
    free = [word for word in free if not any(start <= word.start < end for start, end in referred)]
    return [" ".join(word.text for word in run) for run in _runs(body, free, ordinary)]


def _could_be_a_term(word: Word) -> bool:
    told = word.text
    return len(told) > 1 and told not in NAMES and not any(letter.isdigit() for letter in told)


def _runs(body: str, free: list[Word], ordinary: Container[str]) -> Iterator[list[Word]]:
    """The capitalised words that follow each other, without what only begins a sentence."""
    run: list[Word] = []
    for word in free:
        if run and body[run[-1].end : word.start].strip("*") != " ":
            yield from _kept(body, run, ordinary)
            run = []
        run.append(word)
    yield from _kept(body, run, ordinary)


def _kept(body: str, run: list[Word], ordinary: Container[str]) -> Iterator[list[Word]]:
    if run and begins_a_sentence(body, run[0]) and (len(run) == 1 or run[0].text.lower() in ordinary):
        run = run[1:]
    if run:
        yield run
