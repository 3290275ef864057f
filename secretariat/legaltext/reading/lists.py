"""The defined terms of the code, and its words searched: on a day, the version in force first."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from secretariat.core.lists import PAGE_SIZE
from secretariat.core.pages import Crumb
from secretariat.legaltext.reading.addresses import Addresses
from secretariat.legaltext.reading.finding import Answer, Found, definitions, search
from secretariat.legaltext.reading.marking import marked, plain_words, printed
from secretariat.legaltext.reading.views import CODE, Reading
from secretariat.plain.dates import long_date

SHORTEST: Final = 2
LONGEST: Final = 200
AROUND: Final = 160
"""How many letters a result shows around the words sought."""


def pages_of(rows: list[Any], asked: str) -> Any:
    """One page of some rows; the first for what is no number of a page."""
    return Paginator(rows, PAGE_SIZE).get_page(asked or 1)


class Definitions(Reading):
    """The defined terms, with what each means."""

    template = "legaltext/definitions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The terms that contain the words typed, in the order of the alphabet."""
        world = self.world()
        asked = " ".join(request.GET.get("q", "").split())[:LONGEST]
        rows = [one for one in definitions(world) if asked.casefold() in one.clause.heading.casefold()]
        page = pages_of(rows, request.GET.get("page", ""))
        addresses = Addresses(world)
        entries = [
            (one, addresses.clause(one.document.code, one.clause.uid), printed(one.clause.body, None, (asked,)))
            for one in page
        ]
        crumbs = (Crumb(CODE, addresses.code()), Crumb("Defined terms"))
        return self.shown({
            "crumbs": crumbs, "world": world, "addresses": addresses, "asked": asked, "page": page, "entries": entries,
            "total": len(rows), "query_of": query_of(request),
        })  # fmt: skip


class Search(Reading):
    """The words of the code searched: what is in force on the day, then what only other versions say."""

    template = "legaltext/search.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The clauses that contain all words typed."""
        world = self.world()
        asked = " ".join(request.GET.get("q", "").split())[:LONGEST]
        answer = search(world, asked) if len(asked) >= SHORTEST else Answer([], [], ())
        addresses = Addresses(world)
        page = pages_of(answer.now, request.GET.get("page", ""))
        now = [self.result(one, addresses, world.day, answer) for one in page]
        other = [
            (version, long_date(version.effective_from), *self.result(one, addresses, version.effective_from, answer))
            for one, version in answer.other[:PAGE_SIZE]
        ]
        crumbs = (Crumb(CODE, addresses.code()), Crumb("Search"))
        return self.shown({
            "crumbs": crumbs, "world": world, "addresses": addresses, "asked": asked, "page": page, "now": now,
            "other": other, "others": len(answer.other), "total": len(answer.now), "shortest": SHORTEST,
            "query_of": query_of(request),
        })  # fmt: skip

    def result(self, one: Found, addresses: Addresses, day: date, answer: Answer) -> tuple[str, str, Markup]:
        """A clause that was found: its label, where it is read, and the words around what was sought."""
        words = around(one.clause.body, answer.sought)
        return one.label, addresses.clause(one.document.code, one.clause.uid, day), marked(words, answer.sought)


def around(body: str, sought: tuple[str, ...]) -> str:
    """The words of a body around the first that is sought."""
    plain = plain_words(body)
    low = plain.casefold()
    at = min((place for place in (low.find(word.casefold()) for word in sought) if place >= 0), default=0)
    start = 0 if at < AROUND else plain.find(" ", at - AROUND) + 1
    end = len(plain) if at + 2 * AROUND >= len(plain) else plain.rfind(" ", 0, at + 2 * AROUND)
    return ("… " if start else "") + plain[start:end] + (" …" if end < len(plain) else "")


def query_of(request: HttpRequest) -> Any:
    """A function that gives the page's own query with some values changed, for the links to other pages."""

    def changed(**values: Any) -> str:
        asked = request.GET.copy()
        for name, value in values.items():
            asked[name] = str(value)
        return asked.urlencode()

    return changed
