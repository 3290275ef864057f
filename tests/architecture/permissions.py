"""What every page and every call of the API answers to each role: `python -m tests.architecture.permissions --write`.

The answers stand in `permissions.csv`, one line a call, so that a change of who may do what is a change of that file.

A cell is the status of the answer; `sign in` is a redirect to the sign-in page. 422 and 409 are refusals for what was
sent, not for who sent it: an empty form was let in. A list says besides which of its rows the reader sees: `all` (but
for the Red), `own` (those of the parties that the reader speaks for), `some`, `none`, or `RED`, which nobody may see
who is not named. `(Red)` repeats a call with its record made Red.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import django
from django.apps import apps

import tests.environment  # noqa: F401 - before the settings are read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.site.settings")
if not apps.ready:
    django.setup()

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import resolve_url
from django.test import RequestFactory
from django.test.utils import setup_databases, setup_test_environment, teardown_databases
from django.urls import ResolverMatch, resolve
from ninja.throttling import SimpleRateThrottle

from secretariat.core.classification import Class, Classified
from secretariat.core.form_page import FormPage
from secretariat.core.kinds import kind_of
from secretariat.core.lists import LISTS, ListPage
from secretariat.core.pages import Page
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import PROCEDURES
from secretariat.helpdesk.models import Enquiry
from secretariat.papers.models import Paper
from secretariat.papers.proofing import proofread, standing
from secretariat.papers.views import PaperPageBase
from secretariat.register.models import Application
from tests.architecture.addresses import Address, own_addresses, told_of
from tests.architecture.made import AT, LEFT_OUT, every_model, made, world

TABLE = Path(__file__).with_name("permissions.csv")
OWN, OTHER = 2, 3
"""The party whose records the calls are about, and another one."""
RED = 6
"""The record of each kind that is Red."""

ROLES: dict[str, dict[str, Any] | None] = {
    "nobody": None,
    "own party": {"role": Role.PARTY_CONTACT, "organisation_id": OWN, "leads": True},
    "other party": {"role": Role.PARTY_CONTACT, "organisation_id": OTHER, "leads": True},
    "panel": {"role": Role.COMMITTEE_MEMBER, "audience": "SECP"},
    "dcc": {"role": Role.DCC, "audience": "DCC"},
    "authority": {"role": Role.AUTHORITY, "audience": "SECP"},
    "party support": {"role": Role.SECRETARIAT, "team": Team.PARTY_SUPPORT},
    "security": {"role": Role.SECRETARIAT, "team": Team.SECURITY},
    "operations": {"role": Role.SECRETARIAT, "team": Team.OPERATIONS},
}
"""What each reader is; which pages the other teams write through stands in `docs/permissions.md`."""

CLASSIFIED = [model for model in every_model() if issubclass(model, Classified) and kind_of(model) not in LEFT_OUT]
VARIED = {"step": ("kind", "name"), "load": ("name",), "open data file": ("name",)}
"""Addresses of which each meaning of these arguments is a call of its own."""

ABOUT = {
    "application-agreement": "register.application",
    "application-execute": "register.application",
    "exit-left": "register.leaving",
    "file": "core.storedfile",
    "legal text-new": "change.proposal",
    "link legal text": "change.proposal",
    "publication": "core.publication",
}
"""The kind of record that an address is about whose view does not say so."""


@dataclass(frozen=True)
class Call:
    """One thing that anybody may try, and the record that it is about."""

    name: str
    method: str
    path: str
    view: Any = None
    record: Any = None
    stands_for_others: bool = True
    """Whether it is repeated for a Red record: a form is behind the door of its sending, and so are all steps."""

    @cached_property
    def door(self) -> ResolverMatch:
        """The view that answers, and its arguments."""
        return resolve(urlsplit(self.path).path)


def read() -> dict[str, dict[str, str]]:
    """The table that is checked in: the answer of each call to each role."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {row.pop("call"): row for row in csv.DictReader(file)}


def write(answers: dict[str, dict[str, str]]) -> None:
    """Writes the table."""
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, ["call", *ROLES], lineterminator="\n")
        rows.writeheader()
        rows.writerows({"call": name, **row} for name, row in answers.items())


def calls() -> list[Call]:
    """Every call, in the order of the addresses."""
    found = [call for address in own_addresses() for call in _of_address(address)]
    return sorted(found, key=lambda call: call.name.split(" ", 1)[::-1]) + list(_of_api())


def _of_address(address: Address) -> Iterator[Call]:
    varied = VARIED.get(address.name, ())
    for told in _variants(address, varied):
        about = " ".join([address.pattern, *(str(told[name]) for name in varied)])
        for method in ("GET", "POST"):
            if _takes(address, method):
                stands = told.get("name") in (None, _first_step(told)) and not (
                    method == "GET" and _takes(address, "POST")
                )
                yield Call(f"{method} {about}", method, address.at(told), address.view, _record(address, told), stands)


def _first_step(told: dict[str, Any]) -> str:
    """The first step of the procedure that an address is about; nothing for all other addresses."""
    return next(iter(PROCEDURES[told["kind"]].steps)) if {"kind", "pk"} <= told.keys() else told.get("name", "")


def _takes(address: Address, method: str) -> bool:
    """Whether an address is asked so; a step's form is behind the door that taking it is behind."""
    if address.name == "step":
        return method == "POST"
    return hasattr(address.view, method.lower()) or (method == "GET" and not address.is_page)


def _variants(address: Address, varied: tuple[str, ...]) -> list[dict[str, Any]]:
    if not address.arguments:
        return [{}]
    if not varied:
        return told_of(address)[:1]
    return list({tuple(told[name] for name in varied): told for told in told_of(address)}.values())


def _record(address: Address, told: dict[str, Any]) -> Any:
    """The record that an address names, where it has a class."""
    view = address.view
    if not address.is_page or not told or issubclass(view, ListPage):
        return None
    if issubclass(view, PaperPageBase):
        return Paper.objects.get(key=told["key"])
    if address.name in ABOUT:
        key = "reference" if ABOUT[address.name] == "change.proposal" else "pk"
        asked = {key if name == "key" else name: value for name, value in told.items()}
        return apps.get_model(ABOUT[address.name])._default_manager.get(**asked)
    if address.name == "step":
        record = made(told["kind"], 2)
    elif not str(told.get("key", 0)).isdigit() and getattr(view, "key", "pk") == "pk":
        return None
    elif issubclass(view, FormPage) and hasattr(view, "model"):
        record = view.model._base_manager.get(**{view.key: told["key"]})
    elif isinstance(told.get("key"), int) and hasattr(view, "model"):
        record = view.model._base_manager.get(pk=told["key"])
    else:
        record = made(kind_of(view.model), 2) if hasattr(view, "model") else None
    return record if isinstance(record, Classified) else None


def _of_api() -> Iterator[Call]:
    for plural, page in sorted(LISTS.items()):
        base = plural.replace(" ", "-")
        yield Call(f"GET /api/{base}", "GET", f"/api/{base}?size=500", page)
    for kind, procedure in sorted(PROCEDURES.items()):
        record = made(kind, 2)
        for place, name in enumerate(procedure.steps):
            path = f"/api/steps/{kind}/{record.pk}/{name}"
            yield Call(f"POST /api/steps/{kind}/<id>/{name}", "POST", path, None, record, place == 0)


def people() -> dict[str, Person | None]:
    """Somebody in each role."""
    return {name: _somebody(name, told) if told else None for name, told in ROLES.items()}


def _somebody(name: str, told: dict[str, Any]) -> Person:
    person = Person.objects.create_user(f"{name.replace(' ', '.')}@example.test", name.capitalize())
    row = Capacity(person=person, from_day=date(2013, 1, 1), recorded=AT, **told)
    if row.organisation_id:
        row.organisation_id = made("register.party", row.organisation_id).pk
    row.save()
    return person


def answers() -> dict[str, dict[str, str]]:
    """What every call answers to every role. Needs a database, and leaves it as it was."""
    found: dict[str, dict[str, str]] = {}
    with transaction.atomic(), _quiet():
        world(RED)
        for model in CLASSIFIED:
            model._base_manager.filter(pk=made(kind_of(model), RED).pk).update(classification=Class.RED)
        _as_entered()
        readers = people()
        for call in calls():
            found |= _asked(call, readers)
        transaction.set_rollback(True)
    return found


def _as_entered() -> None:
    """Gives the made records what the product gives them: drafts of papers are Amber, an enquiry has its party."""
    Paper.objects.filter(classification=Class.GREEN).update(classification=Class.AMBER)
    for number in range(1, RED + 1):
        party = made("register.party", number)
        Enquiry.objects.filter(pk=made("helpdesk.enquiry", number).pk).update(party=party)
        Application.objects.filter(pk=made("register.application", number).pk).update(party=party)


def _asked(call: Call, readers: dict[str, Person | None]) -> dict[str, dict[str, str]]:
    found = {call.name: {role: _cell(call, role, person) for role, person in readers.items()}}
    if call.record is None or not call.stands_for_others:
        return found
    with transaction.atomic():
        type(call.record)._base_manager.filter(pk=call.record.pk).update(classification=Class.RED, audience="")
        found[f"{call.name} (Red)"] = {role: _cell(call, role, person) for role, person in readers.items()}
        transaction.set_rollback(True)
    return found


def _cell(call: Call, role: str, person: Person | None) -> str:
    """What is answered; what the call changed is taken back."""
    with transaction.atomic() if call.method == "POST" else nullcontext():
        answer = ask(call, person)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for close in answer._resource_closers:  # all that closing does, but for the end of a request
            close()
        if call.method == "POST":
            transaction.set_rollback(True)
    if answer.status_code == 302 and answer["Location"].startswith(resolve_url(settings.LOGIN_URL)):
        return "sign in"
    if answer.status_code == 200 and isinstance(call.view, type) and issubclass(call.view, ListPage):
        return f"200 {_seen(call, role, answer, content)}"
    return str(answer.status_code)


def ask(call: Call, person: Person | None) -> Any:
    """The answer of the view, without what lies before it: who is signed in is told, not asked of a session."""
    request: Any = getattr(RequestFactory(), call.method.lower())(call.path)
    request.user, request.at, request.session = person or AnonymousUser(), AT, SessionStore()
    request._messages, request._dont_enforce_csrf_checks = FallbackStorage(request), True
    request.resolver_match = call.door
    try:
        return call.door.func(request, *call.door.args, **call.door.kwargs)
    except PermissionDenied:
        return HttpResponse(status=403)
    except Http404:
        return HttpResponse(status=404)


def _seen(call: Call, role: str, answer: Any, content: bytes) -> str:
    """Which rows of a list an answer holds."""
    if call.path.startswith("/api/"):
        count = json.loads(content)["count"]
    elif "text/csv" in answer["Content-Type"]:
        count = len(list(csv.reader(content.decode("utf-8-sig").splitlines()))) - 1
    else:
        count = int(answer["Rows"])
    return _which(call.view.model, role, count)


def _which(model: Any, role: str, count: int) -> str:
    rows = model._base_manager.all()
    known = rows.filter(classification__lt=Class.RED) if issubclass(model, Classified) else rows
    if count > known.count():
        return "RED"
    if count in (0, known.count()):
        return "all" if count else "none"
    party = (ROLES[role] or {}).get("organisation_id")
    owner = getattr(model, "owned_by", "")
    if party and owner and count == known.filter(**{owner: made("register.party", party).pk}).count():
        return "own"
    return "some"


@contextmanager
def _quiet() -> Iterator[None]:
    """A clock that stands still, no rates, and pages that are not drawn: only who is let in is asked."""
    rates = mock.patch.object(SimpleRateThrottle, "allow_request", return_value=True)
    stories: Any = mock.patch("secretariat.core.pages.timeline", return_value=[])
    described = mock.patch("secretariat.site.plain_pages.endpoints", list)
    checked = mock.patch.multiple("secretariat.papers.findings", proofread=cache(proofread), standing=cache(standing))
    clock = mock.patch.object(settings, "CLOCK", AT.isoformat())
    with rates, stories, described, checked, clock, mock.patch.object(Page, "shown", _undrawn):
        yield


def _undrawn(page: Page, context: dict[str, Any], status: int = 200) -> HttpResponse:
    rows = {"Rows": str(context["total"])} if isinstance(page, ListPage) else {}
    return HttpResponse(status=status, headers=rows)


def main() -> None:
    """Writes the table from a database of its own, or tells how it would differ."""
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    found = answers()
    teardown_databases(databases, verbosity=0)
    if "--write" in sys.argv:
        write(found)
        return
    known = read()
    for name in sorted(known.keys() | found.keys()):
        if known.get(name) != found.get(name):
            print(name, known.get(name), found.get(name), sep="\n  ")  # noqa: T201


if __name__ == "__main__":
    main()
