"""A walk over every page as the operations lead: nothing breaks, no link is dead, every template is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.http.response import HttpResponseBase
from django.template import engines
from django.test import Client
from django.urls import Resolver404, resolve

from secretariat.assurance.observations.models import Reader
from secretariat.core.classification import Recipient
from secretariat.core.people import Capacity, Person, Role
from secretariat.papers.issuing import freeze
from tests.architecture.addresses import ISSUED, Address, live, own_addresses
from tests.architecture.made import AT, made, staff
from tests.architecture.sources import PACKAGE

pytestmark = pytest.mark.django_db
sqlite_walks_further = pytest.mark.one_database
"""Links, templates and forms are the same on every database: PostgreSQL is asked each page by its address."""
LINK = re.compile(r"""<a [^>]*href=["']([^"'#]+)""")
TAKES_FORMS = {
    "follow": "takes a form only",
    "review of an obligation": "takes a form only",
    "feed-key": "takes a form only",
    "open evidence": "takes a form only, so that no link opens a sealed file",
    **dict.fromkeys(
        ("sort enquiry", "link as suggested", "unlink enquiry", "do to enquiry", "take back reply"), "takes a form only"
    ),
    "bid-score": "opened by the evaluators of the tender, once they declared that nothing binds them",
    "subscription-end": "takes a form only, from whose subscription it is",
    "opt-in-withdraw": "opened by whose name it is",
    "registration-sessions": "opened by whose place it is",
    "registration-withdraw": "opened by whose place it is",
    "survey-answer": "opened by those who were asked",
    "survey-sheets": "opened once enough have answered, or it is over",
    "feed": "opened by a person's own key, which nobody has here",
    "own party feed by key": "opened by a person's own key, which nobody has here",
}
EACH = 2
"""How many links to one page of ours are followed."""


@pytest.fixture(scope="module")
def walk(some_world: None, django_db_blocker: Any) -> Iterator[Walk]:
    """One walk for the whole module."""
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        person = staff()
        speak_for_parties(person)
        name_as_reader(person)
        issue(made("papers.paper", ISSUED))
        settings_for_pages(patch)
        found = Walk(person)
        found.drawn = templates_drawn(patch)
        everywhere = connection.vendor == "sqlite"
        for address in own_addresses():
            if everywhere or address.name != "step":
                found.visit(address)
        if everywhere:
            found.follow()
        yield found
    patch.undo()


def speak_for_parties(person: Person) -> None:
    """Lets the walker open the parties' own pages, and choose between them."""
    for number in (2, 3):
        row = Capacity(person=person, role=Role.PARTY_CONTACT, from_day=date(2013, 1, 1), recorded=AT)
        row.organisation_id = made("register.party", number).pk
        row.save()


def name_as_reader(person: Person) -> None:
    """Lets the walker read what is Red: notes of a case's file, security notices, what was found in an assessment."""
    told = {"person": person, "from_day": date(2013, 1, 1), "recorded": AT}
    Reader.objects.create(assessment=made("assurance.assessment", 2), **told)
    found = ("assurance.observation", "assurance.remark", "assurance.evidence")
    for kind in ("register.casenote", "assurance.securitynotice", *found):
        Recipient.objects.create(kind=kind, record_id=made(kind, 2).pk, person=person)


def issue(paper: Any) -> None:
    """Puts a paper where its steps would have brought it, its files made."""
    type(paper).objects.filter(pk=paper.pk).update(state="issued")
    paper.refresh_from_db()
    freeze(paper, AT, AT)


def settings_for_pages(patch: pytest.MonkeyPatch) -> None:
    """A clock that stands still, and no second factor."""
    patch.setattr(settings, "CLOCK", AT.isoformat())
    patch.setattr(settings, "MFA_REQUIRED_ROLES", [])


def templates_drawn(patch: pytest.MonkeyPatch) -> set[str]:
    """The names of the templates drawn from now on; Jinja asks its environment for each, extended ones included."""
    drawn: set[str] = set()
    environment = engines["jinja2"].env
    ask: Callable[..., Any] = environment.get_template

    def note(name: Any, *args: Any, **kwargs: Any) -> Any:
        drawn.add(str(name))
        return ask(name, *args, **kwargs)

    patch.setattr(environment, "get_template", note)
    return drawn


class Walk:
    """What a person met: the status of every address, and the links on every page."""

    def __init__(self, person: Person | None) -> None:
        self.client = Client(raise_request_exception=False)
        if person is not None:
            self.client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        self.statuses: dict[str, int] = {}
        self.links: dict[str, str] = {}
        self.visited: dict[str, list[str]] = {}
        self.unknown: list[str] = []
        self.drawn: set[str] = set()

    def visit(self, address: Address) -> None:
        """Opens an address at everything in the made world."""
        try:
            paths = live(address)
        except KeyError as error:
            self.unknown.append(str(error))
            return
        self.visited[address.name] = paths
        for path in paths:
            self.open(path)

    def open(self, path: str) -> None:
        """Opens one path and notes its links."""
        answer = self.client.get(path)
        self.statuses[path] = answer.status_code
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.note(path, answer, content)
        if answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            for link in LINK.findall(content.decode()):
                self.links.setdefault(urljoin(path, unescape(link)), path)

    def note(self, path: str, answer: HttpResponseBase, content: bytes) -> None:
        """What is kept of an answer besides its status: here nothing."""

    def follow(self) -> None:
        """Opens links that no address led to yet, a few for each page of ours."""
        followed: dict[str, int] = {}
        while new := [link for link in self.links if link not in self.statuses and is_ours(link)]:
            for link in new:
                name = page_name(link)
                followed[name] = followed.get(name, 0) + 1
                if followed[name] > EACH and name:
                    self.statuses[link] = 0
                else:
                    self.open(link)


def is_ours(link: str) -> bool:
    """Whether a link leads to a page of this site."""
    parts = urlsplit(link)
    return not parts.scheme and not parts.netloc and not parts.path.startswith(("/static/", "/account/"))


@cache
def page_name(link: str) -> str:
    """The name of the page that a link leads to; nothing for a link that leads nowhere."""
    try:
        return resolve(urlsplit(link).path).view_name
    except Resolver404:
        return ""


def every_template() -> set[str]:
    """Every page of ours."""
    folders = [folder for folder in PACKAGE.glob("*/templates") if folder.is_dir()]
    return {path.relative_to(folder).as_posix() for folder in folders for path in folder.rglob("*.html")}


@sqlite_walks_further
def test_the_walk_knows_every_address(walk: Walk) -> None:
    assert walk.unknown == []


def test_no_page_breaks(walk: Walk) -> None:
    assert {path: status for path, status in walk.statuses.items() if status >= 500} == {}


def test_every_address_leads_somewhere(walk: Walk) -> None:
    lost = {
        name: [(path, walk.statuses[path]) for path in paths]
        for name, paths in walk.visited.items()
        if not any(walk.statuses[path] in (200, 302) for path in paths)
    }
    assert {name: told for name, told in lost.items() if name not in TAKES_FORMS} == {}


@sqlite_walks_further
def test_no_link_is_dead(walk: Walk) -> None:
    dead = {link: walk.links[link] for link, status in walk.statuses.items() if link in walk.links and status == 404}
    assert dead == {}


@sqlite_walks_further
def test_no_page_links_to_what_its_reader_may_not_open(walk: Walk) -> None:
    closed = {link: walk.links[link] for link, status in walk.statuses.items() if link in walk.links and status == 403}
    assert closed == {}


@sqlite_walks_further
def test_every_template_is_drawn(walk: Walk) -> None:
    assert sorted(every_template() - walk.drawn) == []


@sqlite_walks_further
def test_the_walk_is_long(walk: Walk) -> None:
    assert sum(status == 200 for status in walk.statuses.values()) > 60
