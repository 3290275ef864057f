"""Where documents and clauses are read: the same address answers the same for ever."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final
from urllib.parse import quote

from django.urls import reverse

from secretariat.legaltext.checking.numbering import Numbering
from secretariat.legaltext.models import Document, DocumentKind
from secretariat.legaltext.reading.world import World, stamped
from secretariat.legaltext.text import Clause

SAFE: Final = re.compile(r"[\w.()\-]+")


class DayConverter:
    """A day in an address, as 2020-02-28."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day. Raises ValueError for no day of the calendar."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """As it stands in the address."""
        return str(value)


@dataclass(frozen=True)
class Addresses:
    """The addresses of one world, its query among them."""

    world: World

    def code(self) -> str:
        """The contents of the whole code."""
        return self.on("code")

    def on(self, name: str, **more: str) -> str:
        """A page about the whole code that takes its day in the query."""
        joined = "".join(f"&{one}={value}" for one, value in more.items() if value)
        rest = self.world.query.replace("?", "&")
        return f"{reverse(name)}?on={self.world.day.isoformat()}{rest}{joined}"

    @cached_property
    def base(self) -> str:
        """Where all documents are read: a page has a thousand links, and each begins so."""
        return reverse("code")

    @cached_property
    def query(self) -> str:
        """What every link of the world tells besides."""
        return self.world.query

    def document(self, code: str, day: date | None = None) -> str:
        """A document's text on the world's day, or another."""
        return f"{self.base}{code}/{day or self.world.day}/{self.query}"

    def clause(self, code: str, name: str, day: date | None = None) -> str:
        """A clause by its number or identity."""
        return f"{self.base}{code}/{day or self.world.day}/{quote(name, safe='()')}/{self.query}"

    def part(self, page: str, code: str) -> str:
        """Another page of a document in this world: its checks, its obligations."""
        rest = self.world.query.replace("?", "&")
        return f"{reverse(page, kwargs={'key': code})}?on={self.world.day.isoformat()}{rest}"

    def cited(self, code: str, name: str) -> str:
        """The address of a clause that answers the same for ever: of the day, as known when it was cited."""
        world = self.world.plain()
        known = stamped(world.known or world.at)
        return f"{Addresses(replace(world, known=None)).clause(code, name)}?known={known}"


def cited_as(document: Document, number: str) -> str:
    """A clause as others cite it: Section H3.4, Clause 4.2 of Appendix AB; the document where it has no number."""
    if not number:
        return document.reference
    if document.kind == DocumentKind.SECTION and number.startswith(document.letter):
        return f"Section {number}"
    return f"Clause {number} of {document.reference}"


def name_of(numbering: Numbering, clause: Clause) -> str:
    """By which a clause is called in an address: its number where that is its alone, else its identity."""
    number = numbering.full[clause.uid]
    alone = number and numbering.numbered[number] == (clause.uid,) and SAFE.fullmatch(number)
    return number if alone else clause.uid


def clause_named(numbering: Numbering, name: str) -> Clause | None:
    """The clause of a number or identity; None where there is none."""
    named = numbering.numbered.get(name, ())
    uid = named[0] if len(named) == 1 else name if name in numbering.text.by_uid else numbering.named(name)
    return numbering.text.by_uid.get(uid)
