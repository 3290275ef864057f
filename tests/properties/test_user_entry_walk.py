"""Random walks over user entry by role: a refusal changes nothing, and every move is an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from secretariat.core.journal import Event, history, verify
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.register.models import (
    CompletedRole,
    Party,
    Requirement,
    RoleEntry,
    RoleSpell,
    TestNotification,
    UserEntry,
)
from secretariat.register.user_entry.actions import adopt, complete, open_entry
from secretariat.register.user_entry.confirming import confirm, withdraw
from secretariat.register.user_entry.ending import end_all
from secretariat.register.user_entry.models import BASE, COMPLETE, ENDED, PER_ROLE, Kind, lacking
from secretariat.register.user_entry.procedure import REQUIREMENTS, ROLE_ENTRIES
from tests.register.factories import heard, party, person, roles, told

ROLES = ("Import Supplier", "Other User", "Gas Transporter")
RECORDS = (RoleEntry, RoleSpell, Requirement, UserEntry, CompletedRole, TestNotification)
FIRST, LAST = date(2020, 1, 1), date(2020, 3, 5)

VERBS = (
    *("begin", "plan", "adopt", "confirm", "confirm", "confirm all", "confirm all", "confirm all", "withdraw", "heard"),
    *("dispense", "receive", "receive", "submit", "submit", "query", "complete", "complete", "complete"),
    *(
        "go_live",
        "go_live",
        "suspend",
        "suspend",
        "resume",
        "resume",
        "end",
        "end all",
        "refer",
        "panel_finds",
        "appeal",
    ),
    "authority_finds",
)
WAY = ("begin", "confirm all", "receive", "complete", "go_live")
"""A walk begins some way along this."""
moves = st.tuples(
    st.sampled_from(VERBS), st.sampled_from(ROLES), st.sampled_from(Kind), st.integers(-1, 4), st.sampled_from("ab")
)


def the_party() -> Party:
    """The one party of the walk."""
    found: Party = Party.objects.get()
    return found


def entry_of(name: str) -> RoleEntry:
    """The party's entry into a role: the one under way, its last, or one that is not begun."""
    rows = RoleEntry.objects.filter(role__name=name).order_by("pk")
    found: RoleEntry | None = rows.exclude(state=ENDED).last() or rows.last()
    return found or RoleEntry(party=the_party(), role=roles(name)[0])


def move(verb: str, name: str, kind: Kind, day: date, way: str) -> None:
    """Makes one move. Raises Refused or ValidationError."""
    one, entry, role = the_party(), entry_of(name), roles(name)[0]
    central = told(by=person(Role.DCC, "dcc"))
    own = told(by=person(Role.PARTY_CONTACT, "own", organisation_id=one.pk))
    new = RoleEntry(party=one, role=role)
    why: dict[str, Any] = {"day": day, "reason": "why"}
    found: dict[str, Any] = {"day": day, "meeting": "", "finding": "complete" if way == "a" else "incomplete"}
    form: dict[str, Any] = {"reference": "UEF", "note": ""}
    takes: dict[str, Callable[[], Any]] = {
        "begin": lambda: open_entry(new, day=day, **own),
        "plan": lambda: open_entry(new, day=day, step="plan", **told()),
        "adopt": lambda: adopt(one, role, **told()),
        "confirm": lambda: confirm(
            one, kind, day=day, evidence="x", role=role, **(central if way == "a" else told())
        ),
        "confirm all": lambda: confirm_all(entry, day),
        "withdraw": lambda: withdraw(
            one, kind, day=day, reason="why", role=role if kind in PER_ROLE else None, **told()
        ),
        "heard": lambda: heard(one, day.isoformat(), "srept" if way == "a" else "uept", name),
        "dispense": lambda: REQUIREMENTS.take(
            "dispense", Requirement.objects.get(entry=entry, kind=kind), reason="why", **central
        ) if entry.pk and entry.requirements.exists() else None,
        "submit": lambda: ROLE_ENTRIES.take("submit", entry, **form, declared=way == "a", **own),
        "receive": lambda: ROLE_ENTRIES.take("receive", entry, day=day, **form, **told()),
        "query": lambda: ROLE_ENTRIES.take("query", entry, day=day, query="?", **told()),
        "complete": lambda: complete([entry], day=day, **told()),
        "end all": lambda: end_all(one, **why, **told()) if way == "a" else None,
        "panel_finds": lambda: ROLE_ENTRIES.take("panel_finds", entry, **found, **told()),
        "authority_finds": lambda: ROLE_ENTRIES.take("authority_finds", entry, **found, **told()),
    }  # fmt: skip
    facts: dict[str, Any] = {"day": day} if verb in ("go_live", "resume") else why
    takes.get(verb, lambda: ROLE_ENTRIES.take(verb, entry, **facts, **told()))()


def confirm_all(entry: RoleEntry, day: date) -> None:
    """Confirms every base requirement of an entry that stands open, or none."""
    with transaction.atomic():
        for row in entry.requirements.filter(kind__in=BASE, state="open") if entry.pk else ():
            by = person(Role.DCC, "dcc") if row.confirmer == "DCC" else person()
            REQUIREMENTS.take("confirm", row, day=day, evidence="x", **told(by=by))


def everything() -> list[Any]:
    """All that user entry holds, and how long the journal is."""
    return [Event.objects.count(), *(list(model.objects.order_by("pk").values()) for model in RECORDS)]


def told_states(record: models.Model) -> list[dict[str, str]]:
    """How the events of a record say its state moved."""
    return [event.facts["state"] for event in history(record) if "state" in event.facts]


class UserEntryWalk(TestCase):
    @settings(max_examples=8, deadline=None)
    @given(st.integers(1, len(WAY)), st.lists(moves, min_size=10, max_size=30))
    def test_a_refusal_changes_nothing_and_moves_equal_events(self, far: int, walk: list[Any]) -> None:
        party("Amber Limited", "2019-12-02")
        day = FIRST
        for verb, name, kind, days, way in [*((verb, ROLES[0], Kind.SREPT, 1, "a") for verb in WAY[:far]), *walk]:
            day = min(day + timedelta(days=days), LAST)
            before = everything()
            try:
                move(verb, name, kind, day, way)
            except (Refused, ValidationError):
                assert everything() == before
            else:
                assert Event.objects.count() > before[0] or everything() == before
                self.check_met(verb, entry_of(name))
        self.check()
        assert list(verify()) == []

    def check(self) -> None:
        for record in (*RoleEntry.objects.all(), *Requirement.objects.all()):
            states = told_states(record)
            assert [one["old"] for one in states] == ["", *(one["new"] for one in states[:-1])]
            assert states[-1]["new"] == record.state
        for entry in RoleEntry.objects.all():
            assert entry.spells.get(to_day__isnull=True).standing == entry.state
            assert entry.state != COMPLETE or CompletedRole.objects.filter(entry=entry.completion).exists()
            self.check_spells(entry)
        assert not RoleEntry.objects.filter(role__name="Gas Transporter").exists()

    def check_met(self, verb: str, entry: RoleEntry) -> None:
        """What was sent in or completed lacked nothing then, or was found complete."""
        if verb in ("submit", "receive"):
            assert lacking(entry) == []
        if verb == "complete":
            assert lacking(entry) == [] or entry.finding == "complete"

    def check_spells(self, entry: RoleEntry) -> None:
        """On each day from its begin an entry stands in one place."""
        spells = list(entry.spells.order_by("pk"))
        for one, following in pairwise(spells):
            assert one.to_day == following.from_day - timedelta(days=1)
        for day in {spell.from_day for spell in spells}:
            assert entry.spells.on(day).count() == 1
