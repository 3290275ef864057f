"""The checks of legal text: each a function that can be read, over all texts that refer to each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from secretariat.legaltext.checking.numbering import is_relative, plain_number
from secretariat.legaltext.checking.obligations import Duty, duties
from secretariat.legaltext.checking.order import out_of_order
from secretariat.legaltext.checking.prose import SMALL, Word
from secretariat.legaltext.checking.references import Code, references
from secretariat.legaltext.checking.terms import Terms, Use, undefined
from secretariat.legaltext.text import Text

WORDS_TOLD: Final = 12
"""How many words of an action a message tells."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its title, what it looks for, and whether legal text cannot be approved while it finds something."""

    title: str
    meaning: str
    stops: bool = True


CHECKS: Final[Mapping[str, Check]] = {
    "reference": Check("Dangling cross-reference", "It leads to a clause or document that is not there."),
    "number": Check("Duplicate number", "Two clauses have one number: a reference to it is uncertain."),
    "limits": Check("Two limits for one event", "One role must do one thing within two different times."),
    "order": Check("Steps out of order", "A step rests on a later one, or its number is out of its place."),
    "undefined": Check("Undefined term", "Words are capitalised as a term is, and nothing defines them.", stops=False),
    "unused": Check("Unused term", "A term is defined, and no clause uses it.", stops=False),
    "twice": Check("Term defined twice", "One document defines one term in two places."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check found in a clause.

    `number` is the clause's as it is cited ("" for none), `about` what was found (a reference, a term, a number), and
    `others` the clauses that it concerns besides, each by document and identity.
    """

    check: str
    document: str
    uid: str
    number: str
    about: str
    message: str
    others: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same finding in another state of the text."""
        return self.check, self.document, self.uid, self.about

    @property
    def stops(self) -> bool:
        """Whether legal text cannot be approved while it is found."""
        return CHECKS[self.check].stops


def check(texts: Mapping[str, Text], only: Collection[str] | None = None) -> list[Finding]:
    """What all checks find in some texts that refer to each other, by document, in reading order.

    Give all texts of the code by their document's code: what one refers to or uses may stand in another. `only` names
    the documents of which the findings are told (None: all).
    """
    told = _Told(texts, frozenset(texts if only is None else only))
    found = [finding for one in (_references, _numbers, _order, _undefined, _unused, _twice) for finding in one(told)]
    found += _limits(told)
    places = {code: {clause.uid: place for place, clause in enumerate(text.clauses)} for code, text in texts.items()}
    documents = {code: place for place, code in enumerate(texts)}
    return sorted(found, key=lambda one: (documents[one.document], places[one.document][one.uid], one.check, one.about))


def brought_in(before: Mapping[str, Text], after: Mapping[str, Text]) -> list[Finding]:
    """What the checks find in the texts after a change, in whatever document, that they did not find before."""
    known = Counter(one.key for one in check(before))
    found = []
    for one in check(after):
        if known[one.key]:
            known[one.key] -= 1
        else:
            found.append(one)
    return found


class _Told:
    """The texts, and what all checks ask of them."""

    def __init__(self, texts: Mapping[str, Text], only: frozenset[str]) -> None:
        self.code = Code(texts)
        self.only = {code: text for code, text in texts.items() if code in only}
        self.terms = Terms.of(texts)
        self.ordinary: set[str] = set()
        self.scanned: dict[tuple[str, str], tuple[list[Use], list[Word]]] = {}
        for document, text in texts.items():
            for clause in text.clauses:
                self.ordinary.update(SMALL.findall(clause.body))
                self.scanned[document, clause.uid] = self.terms.scan(clause.body)

    def finding(self, check_: str, document: str, uid: str, about: str, message: str, **more: object) -> Finding:
        number = self.code.numberings[document].full[uid]
        return Finding(check_, document, uid, number, about, message, **more)  # type: ignore[arg-type]


def _references(told: _Told) -> Iterator[Finding]:
    for document, text in told.only.items():
        for clause in text.clauses:
            for one in references(clause.body):
                if told.code.target(one, document, clause.uid) is None:
                    missing = f"There is no {one.words}." if one.document in told.code.texts or not one.document else (
                        f"{one.words} is in no document of the code."
                    )  # fmt: skip
                    yield told.finding("reference", document, clause.uid, one.words, missing)


def _numbers(told: _Told) -> Iterator[Finding]:
    for document, text in told.only.items():
        first: dict[tuple[str, str], str] = {}
        for clause in text.clauses:
            number = plain_number(clause)
            if not number:
                continue
            key = (clause.parent if is_relative(number) else "", number)
            if key in first:
                message = f"{number} is the number of two clauses."
                yield told.finding("number", document, clause.uid, number, message, others=((document, first[key]),))
            first.setdefault(key, clause.uid)


def _order(told: _Told) -> Iterator[Finding]:
    for document, text in told.only.items():
        for uid, about, message in out_of_order(document, text, told.code):
            yield told.finding("order", document, uid, about, message)


def _undefined(told: _Told) -> Iterator[Finding]:
    for document, text in told.only.items():
        seen: dict[str, list[str]] = defaultdict(list)
        for clause in text.clauses:
            if clause.kind != "figure":
                left = told.scanned[document, clause.uid][1]
                for term in undefined(clause.body, left, told.ordinary):
                    seen[term].append(clause.uid)
        for term, uids in seen.items():
            times = len(uids)
            message = f"“{term}” is defined in no document" + (f"; it is used {times} times." if times > 1 else ".")
            others = tuple((document, uid) for uid in dict.fromkeys(uids[1:]) if uid != uids[0])
            yield told.finding("undefined", document, uids[0], term, message, others=others)


def _unused(told: _Told) -> Iterator[Finding]:
    used: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for place, (uses, _left) in told.scanned.items():
        for use in uses:
            used[use.term].add(place)
    for term, definitions in told.terms.by_term.items():
        for one in definitions:
            if one.document in told.only and not used[term] - {(one.document, one.uid)}:
                yield told.finding("unused", one.document, one.uid, term, f"No clause uses “{term}”.")


def _twice(told: _Told) -> Iterator[Finding]:
    for term, definitions in told.terms.by_term.items():
        first: dict[str, str] = {}
        for one in definitions:
            if one.document in told.only and first.setdefault(one.document, one.uid) != one.uid:
                message = f"“{term}” is defined in two places."
                others = ((one.document, first[one.document]),)
                yield told.finding("twice", one.document, one.uid, term, message, others=others)


def _limits(told: _Told) -> Iterator[Finding]:
    """One role, one action, one event from which it counts, and two times: across all documents."""
    same: dict[object, list[tuple[str, Duty]]] = defaultdict(list)
    for document, text in told.code.texts.items():
        for duty in duties(text):
            if duty.limit is not None:
                same[(duty.event, duty.limit.sense)].append((document, duty))
    for found in same.values():
        for document, duty in found:
            others = [(code, other) for code, other in found if not _agree(duty, other)]
            if others and document in told.only:
                yield _limits_differ(told, document, duty, others)


def _agree(one: Duty, other: Duty) -> bool:
    return one.limit is None or other.limit is None or one.limit.time == other.limit.time


def _limits_differ(told: _Told, document: str, duty: Duty, others: list[tuple[str, Duty]]) -> Finding:
    action = " ".join(re.split(r"\s+", duty.action)[:WORDS_TOLD])
    elsewhere = "; ".join(f"{_place(code, other, document)} says {other.limit}" for code, other in others)
    message = f"The {duty.role} has to {action} {duty.limit}; {elsewhere}."
    return told.finding(
        "limits", document, duty.uid, action, message, others=tuple((code, other.uid) for code, other in others)
    )


def _place(code: str, duty: Duty, here: str) -> str:
    number = duty.number or "another clause"
    return number if code == here else f"{number} of {code.replace('-', ' ').capitalize()}"
