"""One clause on a day: its words, the terms and references beside it, its history, and what is about to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from secretariat.core.pages import Crumb
from secretariat.legaltext.checking.numbering import Numbering
from secretariat.legaltext.checking.obligations import duties
from secretariat.legaltext.checking.references import Code, references
from secretariat.legaltext.models import Cause, Document, DocumentVersion
from secretariat.legaltext.reading.addresses import Addresses, cited_as, clause_named, name_of
from secretariat.legaltext.reading.coming import coming, compared
from secretariat.legaltext.reading.finding import referring
from secretariat.legaltext.reading.marking import Links, printed
from secretariat.legaltext.reading.views import CODE, Line, Reading, lines, links_of, not_there, texts_for
from secretariat.legaltext.reading.world import World, documents, version_in_force
from secretariat.legaltext.standing import history
from secretariat.legaltext.text import Clause, Text
from secretariat.plain.dates import plain_date


@dataclass(frozen=True)
class Beside:
    """Something told beside a clause: a term with its meaning, a clause referred to with its first words."""

    label: str
    href: str
    says: Markup


@dataclass(frozen=True)
class Past:
    """What one version did to a clause."""

    version: DocumentVersion
    did: str
    causes: list[Cause]
    href: str
    compare: str


class ClauseOn(Reading):
    """One clause on a day, at an address that answers the same for ever."""

    template = "legaltext/clause.html"

    def get(self, request: HttpRequest, key: str, day: date, clause: str) -> HttpResponse:
        """The clause with all that it holds, and what belongs to it."""
        document, world = self.document(key), self.world(day)
        texts = texts_for(world, document)
        text = texts[document.code]
        numbering = Numbering(text)
        found = clause_named(numbering, clause)
        if found is None:
            raise not_there(document, clause, world)
        links = links_of(world, document, texts)
        made = lines(text, numbering, links, coming(document, world), of=found.uid)
        held = {line.clause.uid for line in made}
        title = titled(document, numbering, found)
        version = version_in_force(world, document)
        before, after = beside(text, numbering, made, links.addresses, document)
        return self.shown({
            "crumbs": self._crumbs(document, numbering, found, links.addresses),
            "world": world, "addresses": links.addresses, "document": document, "clause": found, "title": title,
            "lines": made, "version": version, "changes": [line for line in made if line.coming],
            "terms": terms_beside(made, links, texts), "references": referred(world, document, made, links, texts),
            "referring": referring(world, document, found.uid, numbering.full[found.uid]),
            "history": past(world, document, found), "before": before, "after": after,
            "duties": [duty for duty in duties(text) if duty.uid in held],
            "cite": citation(title, version, world), "compare": compared(document, world),
            "cited": self.request.build_absolute_uri(links.addresses.cited(key, name_of(numbering, found))),
        })  # fmt: skip

    def _crumbs(
        self, document: Document, numbering: Numbering, found: Clause, addresses: Addresses
    ) -> tuple[Crumb, ...]:
        above: list[Crumb] = []
        parent = numbering.text.by_uid.get(found.parent)
        while parent is not None:
            href = addresses.clause(document.code, name_of(numbering, parent))
            above.insert(0, Crumb(parent.number or parent.heading or "…", href))
            parent = numbering.text.by_uid.get(parent.parent)
        whole = Crumb(document.reference, addresses.document(document.code))
        return (Crumb(CODE, addresses.code()), whole, *above, Crumb(found.number or found.heading or "This clause"))


def titled(document: Document, numbering: Numbering, clause: Clause) -> str:
    """The clause as others cite it; by its heading where it has no number."""
    number = numbering.full[clause.uid]
    if number:
        return cited_as(document, number)
    return f"“{clause.heading or clause.kind.capitalize()}” in {document.reference}"


def citation(title: str, version: DocumentVersion | None, world: World) -> str:
    """The words by which a clause is cited."""
    told = f", version {version.number}" if version else ""
    draft = f", as “{world.draft.title}” would make it" if world.draft else ""
    return f"{title}{told}, as at {plain_date(world.day)}{draft}"


def beside(
    text: Text, numbering: Numbering, made: list[Line], addresses: Addresses, document: Document
) -> tuple[Crumb | None, Crumb | None]:
    """The clauses before and after in reading order: the one that ends before it, and the one that begins after it."""
    order = [clause.uid for clause in text.clauses]
    first, last = order.index(made[0].clause.uid), order.index(made[-1].clause.uid)
    siblings = text.children[made[0].clause.parent]
    place = siblings.index(made[0].clause)
    previous = siblings[place - 1] if place else text.by_uid.get(made[0].clause.parent)
    following = text.clauses[last + 1] if last + 1 < len(order) else None
    return (
        _crumb(previous, numbering, addresses, document) if first else None,
        _crumb(following, numbering, addresses, document),
    )


def _crumb(clause: Clause | None, numbering: Numbering, addresses: Addresses, document: Document) -> Crumb | None:
    if clause is None:
        return None
    label = " ".join(part for part in (numbering.full[clause.uid], clause.heading) if part)
    return Crumb(label or clause.kind.capitalize(), addresses.clause(document.code, name_of(numbering, clause)))


def terms_beside(made: list[Line], links: Links, texts: dict[str, Text]) -> list[Beside]:
    """The terms that the clause uses, each with its meaning, in the order of the alphabet."""
    own = {line.clause.uid for line in made}
    used = {use.term for line in made for use in links.terms.uses(line.clause.body)}
    found = []
    for term in sorted(used, key=str.casefold):
        meant = links.terms.meant(term, links.document)
        if meant is not None and not (meant.document == links.document and meant.uid in own):
            clause = texts[meant.document].by_uid[meant.uid]
            found.append(Beside(term, links.addresses.clause(meant.document, meant.uid), printed(clause.body)))
    return found


def referred(world: World, document: Document, made: list[Line], links: Links, texts: dict[str, Text]) -> list[Beside]:
    """What the clause refers to, each once with its first words. One query for the texts of other documents."""
    said = [(line.clause.uid, one) for line in made for one in references(line.clause.body)]
    wanted = {one.document for _, one in said if one.document} - texts.keys()
    rows = {row.code: row for row in documents(world.reader, world.at)}
    others = world.plain().texts([rows[code] for code in wanted if code in rows]) if wanted & rows.keys() else {}
    code = Code({**texts, **others})
    found: dict[tuple[str, str], Beside] = {}
    for uid, one in said:
        target = code.target(one, document.code, uid)
        if target is None:
            found[one.words, ""] = Beside(one.words, "", Markup("It is not there on this day."))
        elif target.document in rows:
            found.setdefault((target.document, target.uid), _beside(target.document, target.uid, code, rows, links))
    return list(found.values())


def _beside(document: str, uid: str, code: Code, rows: dict[str, Document], links: Links) -> Beside:
    row = rows[document]
    if not uid:
        return Beside(str(row), links.addresses.document(document), Markup())
    numbering = code.numberings[document]
    clause = numbering.text.by_uid[uid]
    heading = clause.heading if numbering.full[uid] else ""
    label = f"{titled(row, numbering, clause)} {heading}".strip()
    href = links.addresses.clause(document, name_of(numbering, clause))
    return Beside(label, href, printed(shortened(clause.body)))


def shortened(body: str, words: int = 40) -> str:
    """The first words of a body's first paragraph."""
    first = body.split("\n\n", maxsplit=1)[0]
    parts = first.split(" ")
    return first if first.startswith("|") or len(parts) <= words else " ".join(parts[:words]).replace("*", "") + " …"


def past(world: World, document: Document, clause: Clause) -> list[Past]:
    """What became of a clause, newest first, in the versions that the reader may read."""
    readable: Any = DocumentVersion.objects.filter(document=document)
    shown = readable.visible_to(world.reader, world.at)
    rows = history(document, clause.uid, world.known).filter(version__in=shown).prefetch_related("version__causes")
    found: list[Past] = []
    stood = False
    addresses = Addresses(world.plain())
    before = ""
    for row in rows:
        did = "Put in" if row.present and not stood else "Changed" if row.present else "Taken out"
        day = row.version.effective_from
        href = addresses.clause(document.code, clause.uid, day) if row.present else ""
        compare = compared(document, World(day, world.reader, world.at), before) if before else ""
        found.insert(0, Past(row.version, did, list(row.version.causes.all()), href, compare))
        stood, before = row.present, day.isoformat()
    return found
