"""Who must do what by when: pulled out of the clauses, reviewed one by one, and kept when confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect

from secretariat.core.exports import csv_file
from secretariat.core.lists import Column, ListPage, attachment, class_column
from secretariat.core.pages import Crumb, Fact, RecordPage, reader
from secretariat.core.procedure import Refused, Who
from secretariat.legaltext.checking.obligations import Duty, duties
from secretariat.legaltext.models import Document, called
from secretariat.legaltext.reading.addresses import Addresses, cited_as
from secretariat.legaltext.reading.filters import ObligationFilter
from secretariat.legaltext.reading.lists import pages_of, query_of
from secretariat.legaltext.reading.models import Obligation, digest
from secretariat.legaltext.reading.procedure import OBLIGATIONS, change_team
from secretariat.legaltext.reading.views import CODE, Reading
from secretariat.legaltext.reading.world import World, documents

STATES = {"": "all", "open": "not reviewed", "confirmed": "confirmed", "set aside": "set aside"}
HEADS = ("document", "number", "who", "must", "what", "by when", "state", "words")


@dataclass(frozen=True)
class Reviewed:
    """An obligation that stands in a text, with what was found of it ("" where nobody has looked)."""

    document: Document
    duty: Duty
    addresses: Addresses
    state: str
    record: Obligation | None

    @property
    def key(self) -> str:
        """By which a form names it."""
        return digest(self.duty.words)

    @property
    def href(self) -> str:
        """Where the clause is read."""
        return self.addresses.clause(self.document.code, self.duty.uid)

    @property
    def place(self) -> str:
        """The clause that says so."""
        return cited_as(self.document, self.duty.number)

    @property
    def must(self) -> str:
        """What binds the role: must, or must not."""
        return "must not" if self.duty.is_not else "must"


def found_in(world: World, chosen: Iterable[Document] | None = None) -> list[Reviewed]:
    """The obligations of some documents (None: of all) in a world, with what was found of each."""
    rows = {row.code: row for row in documents(world.reader, world.at)}
    records: Any = Obligation.objects.visible_to(world.reader, world.at)
    known = {(row.document_id, row.uid, row.digest): row for row in records}
    addresses = Addresses(world)
    made = []
    for code, text in world.texts(chosen).items():
        for duty in duties(text):
            record = known.get((rows[code].pk, duty.uid, digest(duty.words)))
            made.append(Reviewed(rows[code], duty, addresses, record.state if record else "", record))
    return sorted(made, key=lambda one: one.document.position)


class Duties(Reading):
    """The obligations of the code, or of one document, on a day, to be read by role and to be reviewed."""

    template = "legaltext/obligations.html"

    def get(self, request: HttpRequest, key: str = "", ending: str = "") -> HttpResponse:
        """Those of the role, state and words asked for; as a page, or as CSV."""
        world = self.world()
        document = self.document(key) if key else None
        every = found_in(world, [document] if document else None)
        rows = self.chosen(every)
        if ending:
            return attachment(csv_file(HEADS, map(_cells, rows)), "text/csv; charset=utf-8", "obligations.csv")
        addresses = Addresses(world)
        where = (Crumb(document.reference, addresses.document(document.code)),) if document else ()
        return self.shown({
            "crumbs": (Crumb(CODE, addresses.code()), *where, Crumb("Obligations")), "world": world,
            "addresses": addresses, "document": document,
            "roles": Counter(one.duty.role for one in every).most_common(),
            "page": pages_of(rows, request.GET.get("page", "")), "total": len(rows), "states": STATES,
            "asked": {name: request.GET.get(name, "") for name in ("role", "state", "q", "timed")},
            "query_of": query_of(request), "may_review": change_team(reader(self.request), None, self.request.at),
            "path": request.get_full_path(), "reviewable": world.draft is None,
        })  # fmt: skip

    def chosen(self, rows: list[Reviewed]) -> list[Reviewed]:
        """The obligations that the address asks for."""
        role, state, words = (self.request.GET.get(name, "").strip() for name in ("role", "state", "q"))
        kept = [one for one in rows if not role or one.duty.role.casefold() == role.casefold()]
        if state:
            kept = [one for one in kept if one.state == ("" if state == "open" else state)]
        if self.request.GET.get("timed"):
            kept = [one for one in kept if one.duty.limit is not None]
        return [one for one in kept if words.casefold() in one.duty.words.casefold()]


def _cells(one: Reviewed) -> tuple[str, ...]:
    duty = one.duty
    limit = str(duty.limit or "")
    return one.document.code, duty.number, duty.role, one.must, duty.action, limit, one.state, duty.words


class Review(Reading):
    """Says of one obligation of a text that it is one, or that it is none."""

    who: ClassVar[Who] = staticmethod(change_team)

    def post(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """Takes the step on the obligation that the form names, and goes back to the list."""
        document, world = self.document(key), self.world()
        found = self._named(found_in(world.plain(), [document]))
        record = found.record or Obligation.of(document, found.duty, self.request.at)
        step = "set_aside" if request.POST.get("found") == "none" else "confirm"
        try:
            OBLIGATIONS.take(step, record, **self.told(), note=request.POST.get("note", ""))
        except Refused as refusal:
            messages.error(request, " ".join(refusal.messages))
        back = QueryDict(request.POST.get("back", "")).urlencode()
        return redirect(f"{Addresses(world).part('obligations in', key)}&{back}#{found.key}")

    def _named(self, rows: list[Reviewed]) -> Reviewed:
        uid, key = self.request.POST.get("uid", ""), self.request.POST.get("key", "")
        found = next((one for one in rows if one.duty.uid == uid and one.key == key), None)
        if found is None:
            raise Http404("The text does not say so on this day.")
        return found


class Obligations(ListPage):
    """What was reviewed: the obligations that a person confirmed, and what was set aside."""

    model = Obligation
    word, plural = "obligation", "obligations"
    columns = (
        Column("who", "Who", "role"),
        Column("document", "Document", "document__code", called),
        Column("number", "Clause", "number"),
        Column("must_not", "Must not", "is_not"),
        Column("what", "What", "action"),
        Column("by_when", "By when", "limit"),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = ObligationFilter
    order = "role"
    order_words = "by role"
    about = "The obligations of the code that a person has reviewed, in the words of the clause that was read."
    empty = "No obligation is reviewed yet. They are pulled out of the code's clauses, and confirmed there one by one."


class ObligationPage(RecordPage):
    """One reviewed obligation, and whether the code still says so."""

    model = Obligation
    word, plural = "obligation", "obligations"

    def facts(self, record: Obligation) -> list[Fact]:
        """Who must do what by when, in whose words."""
        world = World(self.request.at.date(), reader(self.request), self.request.at)
        text = world.text(record.document)
        stands = any(one.uid == record.uid and digest(one.words) == record.digest for one in duties(text))
        clause = Addresses(world).clause(record.document.code, record.uid) if record.uid in text.by_uid else ""
        return [
            Fact("Who", record.role),
            Fact("Must not" if record.is_not else "Must", record.action),
            Fact("By when", record.limit or "No time is told"),
            Fact("Clause", cited_as(record.document, record.number), clause),
            Fact("In its words", record.words),
            Fact("The code says so today", "yes" if stands else "no", note="" if stands else "The clause has changed."),
            *([Fact("Note", record.note)] if record.note else []),
        ]
