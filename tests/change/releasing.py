"""Releases, what is aimed at them, and requests about them, as tests need them."""

from __future__ import annotations

from datetime import date
from typing import Any

from secretariat.change.models import Body, Proposal, Release
from secretariat.change.releases.models import MoveRequest, ReleaseItem
from secretariat.change.releases.procedure import ITEMS, MOVE_REQUESTS, RELEASES
from secretariat.core.journal import Event
from tests.change.factories import LATER, change_person, in_decision, london, take

SYSTEM, DOCUMENTS = Release.Kind.SYSTEM, Release.Kind.DOCUMENT_ONLY


def planned(name: str = "November 2019 SEC Release", day: str = "2019-11-07", on: str = "2019-01-07",
            kind: str = SYSTEM, **more: Any) -> Release:  # fmt: skip
    """A release planned at noon of a day."""
    made = Release(name=name, go_live_on=date.fromisoformat(day), kind=kind, **more)
    RELEASES.take("plan", made, by=change_person(), at=london(on), recorded=LATER)
    return made


def step(name: str, release: Release, on: str, **facts: Any) -> Event:
    return RELEASES.take(name, release, by=change_person(), at=london(on), recorded=LATER, **facts)


def move(release: Release, day: str, on: str, by: str = Body.PANEL, why: str = "Testing is late") -> Event:
    return step("move", release, on, day=day, moved_by=by, why=why)


def targeted(proposal: Proposal, release: Release, on: str = "2019-07-20", **more: Any) -> ReleaseItem:
    made = ReleaseItem(proposal=proposal, release=release, **more)
    ITEMS.take("target", made, by=change_person(), at=london(on), recorded=LATER)
    return made


def request(release: Release, on: str) -> MoveRequest:
    made = MoveRequest(release=release, reason="Testing is late", letter="Panel letter")
    MOVE_REQUESTS.take("ask", made, by=change_person(), at=london(on), recorded=LATER)
    return made


def answer(made: MoveRequest, name: str, on: str, **facts: Any) -> Event:
    return MOVE_REQUESTS.take(name, made, by=change_person(), at=london(on), recorded=LATER, **facts)


def approved(number: int, on: str = "2019-08-20", **more: Any) -> Proposal:
    """A modification that the Change Board approved on a day."""
    made = in_decision(on, number=number, **more)
    take("approve", made, on, decided_by=Body.CHANGE_BOARD)
    return made


def live_release() -> Release:
    release = planned()
    targeted(approved(62), release, "2019-08-21")
    step("approve_scope", release, "2019-09-13")
    step("baseline", release, "2019-09-13", meeting="SECP_72")
    step("go_live", release, "2019-11-07")
    return release
