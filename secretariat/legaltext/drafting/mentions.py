"""Which numbers and terms an edit newly speaks of."""

from __future__ import annotations

import re

from secretariat.legaltext.checking.references import references
from secretariat.legaltext.text import Clause, Edit


def is_named_in(words: str, document: str, number: str, of: str) -> bool:
    """Whether words that stand in a document refer to a number of the document `of`, or to a part of it.

    Both documents are told by code. A number that begins with a letter ("H3.4") says itself whose it is; another one
    ("4.2") is of the document in which the words stand, unless they say "of Appendix AB". A number in brackets is no
    target by itself.
    """
    if not number or number.startswith("("):
        return False
    for one in references(words):
        if one.number != number and not one.number.startswith(f"{number}("):
            continue
        if number[0].isalpha() or (one.document or document) == of:
            return True
    return False


def uses(words: str, term: str) -> bool:
    """Whether words use a defined term, written as it is defined."""
    return bool(term) and re.search(rf"(?<!\w){re.escape(term)}(?!\w)", words) is not None


def words_of(clause: Clause | None) -> str:
    """All that a clause says; nothing for none."""
    return f"{clause.heading}\n{clause.body}" if clause is not None else ""


def newly_refers(edit: Edit, document: str, number: str, of: str) -> bool:
    """Whether an edit brings in a reference to a number that was not there before."""
    after, before = words_of(edit.after), words_of(edit.before)
    return is_named_in(after, document, number, of) and not is_named_in(before, document, number, of)


def newly_uses(edit: Edit, term: str) -> bool:
    """Whether an edit brings in a term that was not there before."""
    return uses(words_of(edit.after), term) and not uses(words_of(edit.before), term)


def term_of(clause: Clause | None) -> str:
    """The term that a clause defines; empty where it defines none."""
    return clause.heading if clause is not None and clause.kind == "definition" else ""
