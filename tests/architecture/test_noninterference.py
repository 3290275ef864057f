"""What a reader may not read leaves no trace in anything that the reader can fetch.

Every text of every classified record of the made world is a canary: it names its record. Whoever walks over all
pages, exports, feeds and answers of the API meets canaries of records that they may read and of no others, also
inside files. And when all canaries of what is not White change, everything that the public fetched stays the same,
byte by byte.

Numbers are left alone: that published figures count records which are themselves not public is their purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction
from django.http.response import HttpResponseBase

from secretariat.change.standing.models import Relation
from secretariat.core.classification import Class, Classified
from secretariat.core.files import StoredFile
from secretariat.core.kinds import kind_of, model_of
from secretariat.core.people import Capacity, Person, Role
from secretariat.meetings.minutes.models import Edition
from secretariat.meetings.models import Meeting
from tests.architecture.addresses import live, own_addresses
from tests.architecture.made import AT, made
from tests.architecture.test_crawl import Walk, settings_for_pages
from tests.architecture.test_visibility import CLASSIFIED, spread_classes
from tests.unpacked import unpacked

pytestmark = pytest.mark.one_database
CANARY = re.compile(r"canary-\w+-([a-z]+\.[a-z]+)-(\d+)", re.IGNORECASE)
LATER = re.compile(
    rb'nonce="[^"]+"|nonce-[^\']+|csrfmiddlewaretoken" value="[^"]+"|<dcterms:(?:created|modified)[^>]+>[^<]+'
)
"""What differs from one answer to the next by design."""
ENDING = re.compile(r"\.[a-z]{3,4}\Z")
"""Of a file's name, by which it is told what it is."""
KEYS = {"state", "audience", "sha256", "report_name"}
"""Fields by which the program finds something; nobody writes words in them."""
UNTOLD = ("Set-Cookie", "Content-Length")
"""A packed file's length varies with the minute of its making; of everything else the bytes are compared."""
SHORTEST = 40
NAMES = (
    "committees.committee",
    "register.party",
    "register.votinggroup",
    "products.productlist",
    "products.certificate",
    "oversight.measure",
)
"""Published by the code itself, or told by rule to those who are asked: every record of what they do names them."""


def sing(song: str, *, least: int = Class.WHITE) -> None:
    """Puts a canary into every text of every record whose class is at least `least`."""
    for model in (one for one in CLASSIFIED if not one._meta.proxy):
        for row in model._base_manager.filter(classification__gte=least):
            for field in texts(model):
                ending = ENDING.search(getattr(row, field.name) or "")
                told = f"canary-{song}-{kind_of(model)}-{row.pk}{ending[0] if ending else ''}"
                try:
                    with transaction.atomic():
                        model._base_manager.filter(pk=row.pk).update(**{field.name: told})
                except IntegrityError:
                    continue


def texts(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields in which people write words: not choices, states or keys."""
    return [
        field
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not (field.choices or field.unique or field.name in KEYS)
        and (field.max_length is None or field.max_length >= SHORTEST)
    ]


class Reading(Walk):
    """A walk that keeps what it fetched."""

    def __init__(self, person: Person | None) -> None:
        super().__init__(person)
        self.fetched: dict[str, bytes] = {}

    def open(self, path: str) -> None:
        """Opens a path; the same rows in another order are left out."""
        if "sort=" in path:
            self.statuses[path] = 0
        else:
            super().open(path)

    def note(self, path: str, answer: HttpResponseBase, content: bytes) -> None:
        """Keeps a body with the headers that could tell something, and what stands inside files."""
        if answer.status_code != 200:
            return
        heads = "\n".join(f"{name}: {value}" for name, value in sorted(answer.items()) if name not in UNTOLD)
        self.fetched[path] = LATER.sub(b"", heads.encode() + b"\n\n" + unpacked(content))

    def canaries(self) -> Iterator[tuple[str, type[models.Model], int]]:
        """Each canary met: where, and of which record."""
        for path, content in self.fetched.items():
            for kind, pk in set(CANARY.findall(content.decode(errors="replace"))):
                yield path, model_of(kind.lower()), int(pk)


def walked(person: Person | None, paths: list[str], *, far: bool = True) -> Reading:
    """What a person can fetch at some paths and, where far, by the links on those pages too."""
    found = Reading(person)
    for path in paths:
        found.open(path)
    if far:
        found.follow()
    return found


@pytest.fixture(scope="module")
def singing(some_world: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """Paths of the made world, over all classes, every text a canary, and a clock that stands still."""
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        settings_for_pages(patch)
        paths = [path for address in own_addresses() for path in live(address)]
        spread_classes()
        open_names()
        sing("heron")
        yield paths
    patch.undo()


def open_names() -> None:
    """Makes public what is public by nature, and gives what belongs together one class, as entering it does."""
    for kind in NAMES:
        model_of(kind)._base_manager.update(classification=Class.WHITE)
    for one in Relation.objects.all():
        higher = max(one.proposal, one.other, key=lambda proposal: proposal.classification)
        Relation.objects.filter(pk=one.pk).update(classification=higher.classification, audience=higher.audience)
    for edition in Edition.objects.select_related("meeting"):
        files = (edition.content_id, edition.html_id, edition.pdf_id, edition.docx_id)
        for found in (StoredFile.objects.filter(pk__in=files), Meeting.objects.filter(pk=edition.meeting_id)):
            found.update(classification=edition.classification, audience=edition.audience)


def contact() -> Person:
    """A party's contact, cleared for Green and for what is its own."""
    return somebody(Role.PARTY_CONTACT, organisation_id=made("register.party", 3).pk)


def member() -> Person:
    """A member of a body, cleared for its Amber."""
    return somebody(Role.COMMITTEE_MEMBER, audience="SSC")


def somebody(role: Role, **told: Any) -> Person:
    """A person in one capacity."""
    person = Person.objects.create_user("reader@example.org", "Reader")
    Capacity.objects.create(person=person, role=role, from_day=AT.date(), recorded=AT, **told)
    return person


def leaks(found: Reading, person: Person | None) -> list[str]:
    """Where a person met words of what they may not read."""
    met = set(found.canaries())
    readable = {
        (model, pk): model._default_manager.filter(pk=pk).visible_to(person, AT).exists()
        for model, pk in {(model, pk) for _, model, pk in met}
    }
    assert sum(readable.values()) > 20
    return sorted(f"{path}: {kind_of(model)} {pk}" for path, model, pk in met if not readable[model, pk])


@pytest.mark.django_db
@pytest.mark.parametrize(("reader", "far"), [(contact, True), (member, False)])
def test_nobody_meets_the_words_of_what_they_may_not_read(
    reader: Callable[[], Person], singing: list[str], *, far: bool
) -> None:
    """Every page is asked by both; the pages that links lead to besides are the same ones, of other records."""
    person = reader()
    assert leaks(walked(person, singing, far=far), person) == []


@pytest.mark.django_db
def test_the_public_meets_nothing_of_it_and_fetches_the_same_bytes_whatever_changes_behind(
    singing: list[str],
) -> None:
    before = walked(None, singing)
    assert leaks(before, None) == []
    sing("egret", least=Class.GREEN)
    after = Reading(None)
    for path in before.fetched:
        after.open(path)
    assert len(before.fetched) > 60
    assert [path for path, content in before.fetched.items() if after.fetched.get(path) != content] == []


def test_every_room_has_words_that_can_be_met() -> None:
    assert len({model._meta.app_label for model in CLASSIFIED if texts(model)}) > 5
    assert all(issubclass(model, Classified) for model in CLASSIFIED)
