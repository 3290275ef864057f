"""Finding single clauses among all versions without reading whole texts: by words, by number, by term."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, QuerySet

from secretariat.legaltext.checking.numbering import cited
from secretariat.legaltext.checking.references import references
from secretariat.legaltext.models import ClauseText, Document, DocumentVersion
from secretariat.legaltext.reading.addresses import cited_as
from secretariat.legaltext.reading.world import World, documents
from secretariat.legaltext.text import Clause

LATEST: Final = ("version__effective_from", "version__order", "version_id")
DEEP: Final = 8
"""So many clauses can hold each other."""
Key = tuple[int, str]
"""A clause: the id of its document, and its identity."""


@dataclass(frozen=True)
class Found:
    """A clause, the document in which it stands, its number as it is cited, and that of what holds it."""

    document: Document
    clause: Clause
    number: str
    above: str = ""

    @property
    def label(self) -> str:
        """As others refer to it."""
        if self.number:
            return f"{cited_as(self.document, self.number)} {self.clause.heading}".strip()
        return f"{self.clause.heading or self.clause.kind.capitalize()} in {cited_as(self.document, self.above)}"


def last_rows(versions: QuerySet[Any], chosen: Q) -> dict[Key, Clause]:
    """The clauses, of those chosen by what never changes of them, that some versions leave standing. One query."""
    rows = ClauseText.objects.filter(chosen, version__in=versions).order_by(*LATEST)
    last = {(row.document_id, row.uid): row for row in rows.defer("version")}
    return {key: row.clause for key, row in last.items() if row.present}


def standing(world: World, keys: Iterable[Key]) -> dict[Key, Clause]:
    """Those of some clauses that stand in a world, with all that hold them."""
    found: dict[Key, Clause] = {}
    wanted = set(keys)
    for _level in range(DEEP):
        if not wanted:
            break
        by_uid = last_rows(world.versions(), Q(uid__in={uid for _, uid in wanted}))
        found |= {key: clause for key, clause in by_uid.items() if key in wanted}
        parents = {(document, found[document, uid].parent) for document, uid in wanted if (document, uid) in found}
        wanted = {key for key in parents if key[1] and key not in found}
    return found


def numbers_in(clauses: dict[Key, Clause], key: Key) -> tuple[str, str]:
    """The number by which a clause is cited, and that of what holds it, given it and all that hold it."""
    document = key[0]
    line: list[Clause] = []
    here: Clause | None = clauses.get(key)
    while here is not None and len(line) < DEEP:
        line.append(here)
        here = clauses.get((document, here.parent))
    number = above = held = ""
    for clause in reversed(line):
        above = held
        number = cited(clause, above)
        held = "" if clause.kind == "definition" else number or above
    return number, above


def told(world: World, keys: Iterable[Key], holders: dict[Key, Clause]) -> list[Found]:
    """Some standing clauses, in the order of the contents and of their numbers."""
    kept = {row.pk: row for row in documents(world.reader, world.at)}
    made = [Found(kept[key[0]], holders[key], *numbers_in(holders, key)) for key in keys if key[0] in kept]
    return sorted(made, key=lambda one: (one.document.position, one.document.code, natural(one.number), one.clause.uid))


def natural(number: str) -> list[tuple[int, str]]:
    """By which numbers are put in order: 3.9 before 3.10."""
    return [(int(digits or 0), letters) for digits, letters in re.findall(r"(\d+)|(\D+)", number)]


@dataclass(frozen=True)
class Answer:
    """What contains the words sought: in the version in force, and only in other versions."""

    now: list[Found]
    other: list[tuple[Found, DocumentVersion]]
    sought: tuple[str, ...]


def asked_words(asked: str) -> tuple[str, ...]:
    """The words and the quoted phrases of what was typed."""
    return tuple(phrase or word for phrase, word in re.findall(r'["“]([^"”]+)["”]|([^\s"“”]+)', asked))


def search(world: World, asked: str) -> Answer:
    """The clauses that contain all words asked for, in any case: those of the world's day first."""
    sought = asked_words(asked)
    if not sought:
        return Answer([], [], ())
    containing = Q()
    for word in sought:
        containing &= Q(body__icontains=word) | Q(heading__icontains=word)
    readable = DocumentVersion.objects.visible_to(world.reader, world.at)
    shown = readable.filter(document__in=documents(world.reader, world.at))
    rows = ClauseText.objects.filter(containing, present=True, version__in=shown).order_by(*LATEST)
    hits = {(row.document_id, row.uid): row for row in rows.select_related("version__document")}
    holders = standing(world, hits)
    now = {key for key in hits if key in holders and contains(holders[key], sought)}
    gone = [row for key, row in hits.items() if key not in now]
    elsewhere = [(Found(row.version.document, row.clause, row.number), row.version) for row in gone]
    return Answer(told(world, now, holders), elsewhere, sought)


def contains(clause: Clause, sought: Iterable[str]) -> bool:
    """Whether a clause contains all words sought, in any case."""
    whole = f"{clause.heading}\n{clause.body}".casefold()
    return all(word.casefold() in whole for word in sought)


def referring(world: World, document: Document, uid: str, number: str) -> list[Found]:
    """The standing clauses whose words refer to a clause."""
    if not number:
        return []
    rows = ClauseText.objects.filter(body__contains=number, present=True, version__in=world.versions())
    named = {
        (row.document_id, row.uid)
        for row in rows.select_related("document").defer("version")
        if refers(row.body, row.document.code, document.code, number)
    }
    holders = standing(world, named - {(document.pk, uid)})
    codes = dict(documents(world.reader, world.at).values_list("pk", "code"))
    kept = [
        key for key in named if key in holders and refers(holders[key].body, codes[key[0]], document.code, number)
    ]  # fmt: skip
    return told(world, kept, holders)


def refers(body: str, said_in: str, document: str, number: str) -> bool:
    """Whether a body that stands in one document refers to a number of another, or of its own."""
    return any(one.number == number and (one.document or said_in) == document for one in references(body))


def definitions(world: World) -> list[Found]:
    """The definitions that stand in a world, in the order of the alphabet. Two queries."""
    kept = {row.pk: row for row in documents(world.reader, world.at)}
    rows = last_rows(world.versions(), Q(kind="definition"))
    made = [Found(kept[document], clause, "") for (document, _uid), clause in rows.items()]
    return sorted(made, key=lambda one: (one.clause.heading.casefold(), one.document.position))
