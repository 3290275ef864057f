"""The code, read: its contents, a document on a day, and one clause with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from markupsafe import Markup

from secretariat.core.pages import Crumb, Page, reader
from secretariat.legaltext.checking.numbering import Numbering
from secretariat.legaltext.checking.terms import GENERAL, Terms
from secretariat.legaltext.formats.addresses import form_links
from secretariat.legaltext.models import CodeVersion, Document, DocumentKind, DocumentVersion
from secretariat.legaltext.reading.addresses import Addresses, name_of
from secretariat.legaltext.reading.coming import Coming, choices, coming, compared
from secretariat.legaltext.reading.marking import Links, printed
from secretariat.legaltext.reading.world import NO_TEXT, World, document_by, documents, version_in_force, world_of
from secretariat.legaltext.standing import known_by
from secretariat.legaltext.text import Clause, Text
from secretariat.plain.dates import long_date

CODE = "The code"


class Reading(Page):
    """A page that shows texts of a day."""

    def world(self, day: date | None = None) -> World:
        """The world that the address asks for."""
        return world_of(self.request.GET, reader(self.request), self.request.at, day)

    def document(self, key: str) -> Document:
        """The document with a code. Raises Http404 where there is none that the reader may read."""
        return document_by(key, reader(self.request), self.request.at)


@dataclass(frozen=True)
class Row:
    """A document in the contents: its version in force, if any, and where its text is read."""

    document: Document
    version: DocumentVersion | None
    href: str


class Contents(Reading):
    """The contents of the whole code, as at a day: each document with its version in force."""

    template = "legaltext/contents.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The documents of the code, then those that are governed beside it."""
        world = self.world()
        addresses = Addresses(world)
        in_force: dict[int, DocumentVersion] = {}
        for version in world.versions().order_by("effective_from", "order", "pk"):
            in_force[version.document_id] = version
        rows = [
            Row(document, in_force.get(document.pk), addresses.document(document.code))
            for document in documents(world.reader, world.at)
        ]
        return self.shown({
            "crumbs": (Crumb(CODE),), "world": world, "addresses": addresses, "version": code_version(world),
            "groups": [(label, held) for label, held in _groups(rows) if held],
        })  # fmt: skip


def _groups(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    for kind, label in (("section", "Sections"), ("schedule", "Schedules"), ("appendix", "Appendices")):
        yield label, [row for row in rows if row.document.kind == DocumentKind(kind)]
    yield "Beside the code", [row for row in rows if not row.document.of_the_code]


def code_version(world: World) -> CodeVersion | None:
    """The version of the whole code that is in force on the world's day."""
    rows: Any = CodeVersion.objects.filter(effective_from__lte=world.day)
    found: CodeVersion | None = rows.visible_to(world.reader, world.at).order_by("-effective_from", "-order").first()
    return found


@dataclass(frozen=True)
class Line:
    """A clause as a page prints it."""

    clause: Clause
    depth: int
    number: str
    name: str
    href: str
    body: Markup
    coming: list[Coming]

    @property
    def level(self) -> int:
        """The level of its heading on the page."""
        return min(self.depth + 2, 6)


def lines(text: Text, numbering: Numbering, links: Links, changes: dict[str, list[Coming]], of: str = "") -> list[Line]:
    """The clauses of a text, or those that one of them holds with itself, in reading order."""
    depths: dict[str, int] = {}
    made = []
    for clause in text.clauses:
        if of and clause.uid != of and clause.parent not in depths:
            continue
        depths[clause.uid] = depths.get(clause.parent, -1) + 1
        name = name_of(numbering, clause)
        href = links.addresses.clause(links.document, name)
        changed = changes.get(clause.uid, [])
        body = printed(clause.body, links)
        made.append(Line(clause, depths[clause.uid], numbering.full[clause.uid], name, href, body, changed))
    return made


def links_of(world: World, document: Document, texts: dict[str, Text]) -> Links:
    """What the bodies of a document lead to, given its own text and that of the general definitions."""
    known = frozenset(documents(world.reader, world.at).values_list("code", flat=True))
    chosen = {code: texts[code] for code in (document.code, GENERAL) if code in texts}
    return Links(document.code, Terms.of(chosen), known, Addresses(world))


def texts_for(world: World, document: Document) -> dict[str, Text]:
    """The text of a document with that of the general definitions. One query, two with a draft."""
    general = documents(world.reader, world.at).filter(code=GENERAL)
    texts = world.texts([document, *general])
    if document.code not in texts:
        texts[document.code] = world.with_draft(NO_TEXT) if _is_drafted(world, document) else NO_TEXT
    return texts


def _is_drafted(world: World, document: Document) -> bool:
    return world.draft is not None and world.draft.document_id == document.pk


class DocumentText(Reading):
    """The text of a document on the day on which it is asked for, or on another that is typed."""

    def get(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """Leads to the address of the day, which answers the same for ever."""
        document, world = self.document(key), self.world()
        if world.wrong:
            return TextOn.as_view()(self.request, key=key, day=world.day)
        return redirect(Addresses(world).document(document.code))


class TextOn(Reading):
    """The text of a document on a day: its contents, its clauses, and what is about to change."""

    template = "legaltext/text.html"

    def get(self, request: HttpRequest, key: str, day: date) -> HttpResponse:
        """The text, with its defined terms and cross-references as links."""
        document, world = self.document(key), self.world(day)
        texts = texts_for(world, document)
        text = texts[document.code]
        numbering = Numbering(text)
        made = lines(text, numbering, links_of(world, document, texts), coming(document, world))
        addresses = Addresses(world)
        return self.shown({
            "crumbs": (Crumb(CODE, addresses.code()), Crumb(document.reference)),
            "world": world, "addresses": addresses, "document": document, "lines": made,
            "contents": [line for line in made if line.depth == 0 and (line.clause.heading or line.number)],
            "version": version_in_force(world, document), "versions": versions_of(world, document),
            "worlds": choices(document, world), "misfit": self._misfit(world, document),
            "pages": self._pages(document, addresses), "forms": form_links(document, world) if text.clauses else [],
            "changing": [line for line in made if line.coming],
        })  # fmt: skip

    def _misfit(self, world: World, document: Document) -> str:
        if world.draft is None or not _is_drafted(world, document):
            return ""
        return world.misfit(world.plain().text(document))

    def _pages(self, document: Document, addresses: Addresses) -> list[Crumb]:
        return [
            Crumb("Obligations", addresses.part("obligations in", document.code)),
            Crumb("Checks", addresses.part("checks of", document.code)),
            Crumb("Compare with another day, version or draft", compared(document, addresses.world)),
            Crumb("The record of its versions", document.get_absolute_url()),
        ]


def versions_of(world: World, document: Document) -> list[tuple[str, str, bool]]:
    """The versions of a document, newest first: name, address of the first day, and whether it is yet to come."""
    rows: Any = known_by(world.known).filter(document=document)
    addresses = Addresses(world)
    return [
        (f"{row.number}, from {long_date(row.effective_from)}" + (f" to {long_date(row.to_day)}" if row.to_day else ""),
         addresses.document(document.code, row.effective_from), row.effective_from > world.today)
        for row in rows.visible_to(world.reader, world.at).order_by("-effective_from", "-order")
    ]  # fmt: skip


def not_there(document: Document, name: str, world: World) -> Http404:
    """That a clause is not in a text."""
    return Http404(f"{document.reference} has no {name} on {long_date(world.day)}.")
