"""What is printed: a document's text as at a day, with what the front of every form says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from secretariat.legaltext.text import Clause, Text
from secretariat.plain.dates import plain_date

INVENTED = "Invented sample text. It is no part of any code and binds nobody."


@dataclass(frozen=True)
class Edition:
    """A document's text as at a day: its code ("section-h"), title, version, and the bytes of its figures by name."""

    code: str
    title: str
    version: str
    day: date
    text: Text
    statement: str = ""
    figures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[str, ...]:
        """What stands under the title: version, day, and what has to be said of the text."""
        version = f"Version {self.version}, as" if self.version else "As"
        return tuple(line for line in (f"{version} at {plain_date(self.day)}", self.statement) if line)


def deep(text: Text) -> Iterator[tuple[int, Clause]]:
    """The clauses in reading order, each with its depth from 1."""
    depths = {"": 0}
    for clause in text.clauses:
        depths[clause.uid] = depths[clause.parent] + 1
        yield depths[clause.uid], clause


def heading_levels(text: Text) -> dict[str, int]:
    """The level of each part that prints a heading, by identity: one more than that of the part that holds it.

    So no level is left out between two headings, which a reader that speaks the page, and PDF/UA, ask for.
    """
    above = {"": 0}
    found = {}
    for clause in text.clauses:
        headed = clause.kind == "part" and bool(clause.number or clause.heading)
        above[clause.uid] = above[clause.parent] + headed
        if headed:
            found[clause.uid] = above[clause.uid]
    return found
