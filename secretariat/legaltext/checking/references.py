"""Cross-references, found by their printed form: "Section H3.4(a)", "Clause 4.2 of Appendix AB", "Schedule 5"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from secretariat.legaltext.checking.numbering import Numbering
from secretariat.legaltext.text import Text

HEAD: Final = r"Sections?|Clauses?|Schedules?|Appendi(?:x|ces)|(?:[Ss]ub-?)?[Pp]aragraphs?|[Ss]ub-?[Cc]lauses?"
BELOW: Final = r"(?:\([0-9A-Za-z]{1,5}\))"
NUMBER: Final = rf"(?:[A-Z]{{0,2}}\d+[A-Z]?(?:\.\d+[A-Z]?)*{BELOW}*|[A-Z]{{1,2}}|{BELOW}+)(?!\w)"
JOINED: Final = r"(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to)\s+)"
WITHIN: Final = (
    r"(?P<of>\s+(?:of|to|in)\s+(?P<whole>Section|Schedule|Appendix)\s+"
    r"(?P<letter>[A-Z]{1,2}|\d+[A-Z]?)(?!\w|\.\d|\())"
)
ELSEWHERE: Final = (
    r"(?!\s+(?:of|to|in)\s+(?:the|that|an?)\s+(?:[A-Z][\w()]*\s+|of\s+|and\s+){0,8}"
    r"(?:Acts?|Regulations?|Orders?|Directives?|Licences?|Agreements?)\b)"
)
PATTERN: Final = re.compile(rf"\b(?P<head>{HEAD})\s+(?P<numbers>{NUMBER}(?:{JOINED}{NUMBER})*){ELSEWHERE}{WITHIN}?")
"""What follows "of the … Act" and the like is no part of the code."""
ONE: Final = re.compile(NUMBER)


@dataclass(frozen=True, slots=True)
class Reference:
    """One cross-reference in a clause's body, from `start` to `end`, as printed in `words`.

    `document` is the code of the document that it names ("" for the one in which it stands); `number` is the clause's
    ("" for the whole document).
    """

    start: int
    end: int
    words: str
    document: str
    number: str


def references(body: str) -> tuple[Reference, ...]:
    """The cross-references of a body, in the order in which they stand."""
    return tuple(one for found in PATTERN.finditer(body) for one in _told(found, body))


def _told(found: re.Match[str], body: str) -> Iterator[Reference]:
    """The references of one phrase: "Sections H1 and H2" are two, "Clause 3 of Appendix A" is one."""
    head = found["head"]
    numbers = list(ONE.finditer(body, found.start("numbers"), found.end("numbers")))
    listed = head.endswith(("s", "ces")) and len(numbers) > 1
    stands_in = document_code(found["whole"], found["letter"]) if found["of"] else ""
    for place, number in enumerate(numbers[: None if listed else 1]):
        document, clause = _meant(head, number.group())
        start = number.start() if place else found.start()
        end = number.end() if listed or not found["of"] else found.end()
        yield Reference(start, end, body[start:end], stands_in or document, clause)
    if listed and found["of"]:
        start = found.start("whole")
        yield Reference(start, found.end(), body[start : found.end()], stands_in, "")


def _meant(head: str, number: str) -> tuple[str, str]:
    if head.startswith("Appendi"):
        return document_code("appendix", number), ""
    if head.startswith("Schedule"):
        return document_code("schedule", number), ""
    letter = re.match(r"[A-Z]{1,2}", number)
    if head.startswith("Section") and letter:
        return document_code("section", letter.group()), number if letter.group() != number else ""
    return "", number


def document_code(whole: str, letter: str) -> str:
    """The code of the document that is called so: "appendix-ab" for Appendix AB."""
    return f"{whole}-{letter}".lower()


@dataclass(frozen=True, slots=True)
class Target:
    """What a cross-reference leads to: a clause of a document, or with no identity the whole of it."""

    document: str
    uid: str


class Code:
    """Several texts that refer to each other, by the code of their document."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self.texts = texts
        self.numberings = {code: Numbering(text) for code, text in texts.items()}

    def target(self, reference: Reference, document: str, uid: str) -> Target | None:
        """Where a reference leads from a clause; None where it dangles."""
        wanted = reference.document or document
        if wanted not in self.numberings:
            return None
        if not reference.number:
            return Target(wanted, "")
        found = self._clause(wanted, reference, uid)
        if found or reference.document:
            return Target(wanted, found) if found else None
        return self._of_a_section(reference.number)

    def targets(self, document: str, uid: str) -> frozenset[Target]:
        """What the body of one clause refers to, as far as it is there."""
        body = self.texts[document].by_uid[uid].body
        found = (self.target(one, document, uid) for one in references(body))
        return frozenset(one for one in found if one is not None)

    def _clause(self, document: str, reference: Reference, uid: str) -> str:
        numbering = self.numberings[document]
        if reference.number.startswith("("):
            return "" if reference.document else numbering.near(uid, reference.number)
        return numbering.named(reference.number)

    def _of_a_section(self, number: str) -> Target | None:
        """ "Clause H3.4" said outside Section H."""
        letter = re.match(r"[A-Z]{1,2}(?=\d)", number)
        section = document_code("section", letter.group()) if letter else ""
        found = self.numberings[section].named(number) if section in self.numberings else ""
        return Target(section, found) if found else None
