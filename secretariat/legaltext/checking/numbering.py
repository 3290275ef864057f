"""The numbers of a text's clauses as they are cited: "H3.4(a)(i)" for the (i) below the (a) below H3.4."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from secretariat.legaltext.text import Clause, Text

LETTERED = re.compile(r"[A-Z]{1,2}(?=\d)")
"""What a section's numbers begin with, which is left out where the document is known."""
ALONE = ("definition",)
"""What lies below these is cited by them, not by the number above."""


@dataclass(frozen=True)
class Numbering:
    """The numbers of one text."""

    text: Text

    @cached_property
    def full(self) -> Mapping[str, str]:
        """The number by which each clause is cited, by identity; "" for what has none."""
        found: dict[str, str] = {}
        held: dict[str, str] = {"": ""}
        for clause in self.text.clauses:
            above = held[clause.parent]
            found[clause.uid] = cited(clause, above)
            held[clause.uid] = "" if clause.kind in ALONE else found[clause.uid] or above
        return found

    @cached_property
    def numbered(self) -> Mapping[str, tuple[str, ...]]:
        """The identities of the clauses that each number names."""
        found: dict[str, list[str]] = defaultdict(list)
        for uid, number in self.full.items():
            if number:
                found[number].append(uid)
        return {number: tuple(uids) for number, uids in found.items()}

    @cached_property
    def unlettered(self) -> Mapping[str, str]:
        """The first clause of each number, the letter of the document left out."""
        found: dict[str, str] = {}
        for number, uids in self.numbered.items():
            found.setdefault(LETTERED.sub("", number, count=1), uids[0])
        return found

    def named(self, number: str) -> str:
        """The identity of the clause with a number, with or without its letter; "" where there is none."""
        uids = self.numbered.get(number)
        return uids[0] if uids else self.unlettered.get(LETTERED.sub("", number, count=1), "")

    def near(self, uid: str, number: str) -> str:
        """The clause that a "(b)" means at a clause: below it, beside it, or beside what holds it; "" for none."""
        here: str | None = uid
        while here is not None:
            below = self._below(here, number)
            if below:
                return below
            clause = self.text.by_uid.get(here)
            here = clause.parent if clause else None
        return ""

    def _below(self, uid: str, number: str) -> str:
        """The clause with the relative number below another, step by step: (b)(i) is the (i) below the (b)."""
        for part in re.findall(r"\([^()]+\)", number):
            found = next((one.uid for one in self.text.children.get(uid, ()) if plain_number(one) == part), None)
            if found is None:
                return ""
            uid = found
        return uid


def plain_number(clause: Clause) -> str:
    """A clause's own number without the full stop that may follow it in print."""
    return clause.number.strip().rstrip(".")


def cited(clause: Clause, above: str) -> str:
    """The number by which a clause is cited, given that of the clause above."""
    own = plain_number(clause)
    if not is_relative(own):
        return own
    return f"{above}{own}" if above else ""


def is_relative(number: str) -> bool:
    """Whether a number means something only below another: (a), (iv), (2)."""
    return number.startswith("(")
