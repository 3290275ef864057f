"""What the record can hold of a text that came in: identities, numbers and headings of a certain length."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from secretariat.legaltext.text import DIGITS, Clause, Text

LONGEST_IDENTITY: Final = 60
LONGEST_NUMBER: Final = 40
LONGEST_HEADING: Final = 300


def is_identity(told: str) -> bool:
    """Whether a file's word for a clause can be its identity: short, printable, without blanks."""
    return 0 < len(told) <= LONGEST_IDENTITY and told.isprintable() and not any(map(str.isspace, told))


def is_place(told: str) -> bool:
    """Whether a file's word for a place is one that others can be put before and after."""
    return 0 < len(told) <= LONGEST_IDENTITY and set(told) <= set(DIGITS) and not told.endswith("0")


def bounded(text: Text) -> Text:
    """The text with numbers and headings that are too long moved into the words of their clause, so none is lost."""
    return Text(tuple(_bounded(clause) for clause in text.clauses))


def _bounded(clause: Clause) -> Clause:
    number = clause.number if len(clause.number) <= LONGEST_NUMBER else ""
    heading = clause.heading if len(clause.heading) <= LONGEST_HEADING else ""
    moved = [told for told, kept in ((clause.number, number), (clause.heading, heading)) if told != kept]
    if not moved:
        return clause
    body = "\n\n".join(part for part in (" ".join(moved), clause.body) if part)
    return replace(clause, number=number, heading=heading, body=body)


def refusal(clause: Clause) -> str:
    """Why the record cannot hold a clause; nothing where it can."""
    if not is_identity(clause.uid):
        return f"“{clause.uid}” is no identity: at most {LONGEST_IDENTITY} characters without blanks"
    if not is_place(clause.place):
        return f"“{clause.place}” is no place: small letters and digits that do not end in 0"
    if bounded(Text((clause,))).clauses != (clause,):
        return f"a number has at most {LONGEST_NUMBER} characters, a heading {LONGEST_HEADING}"
    return ""
