"""Random walks over accession, leaving and default: a refusal changes nothing, and every move is an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.text import slugify
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from secretariat.core.journal import Event, history, verify
from secretariat.core.procedure import Refused
from secretariat.register import actions
from secretariat.register.models import (
    CategoryMembership,
    DefaultCase,
    Departure,
    GroupMembership,
    Party,
    VotingGroup,
)
from secretariat.register.procedure import DEFAULTS, PARTIES
from tests.register.factories import told

NAMES = ("Amber Limited", "Blue Limited")
RECORDS = (Party, CategoryMembership, GroupMembership, VotingGroup, Departure, DefaultCase)
FIRST = date(2020, 1, 1)

VERBS = (
    "accede",
    "recategorise",
    "withdraw",
    "expel",
    "serve",
    "serve",
    "serve",
    "enter",
    "enter",
    "cure",
    "cure",
    "close",
)
moves = st.tuples(
    st.sampled_from(VERBS),
    st.sampled_from(NAMES),
    st.integers(-2, 8),
    st.sampled_from(("small-supplier", "gas-network", "dcc")),
    st.sampled_from("ch"),
)


def latest(name: str) -> Party:
    """The last row of an organisation, or one that is not in the register."""
    found: Party | None = Party.objects.filter(name=name).order_by("-pk").first()
    return found or Party(key="nobody", name=name)


def latest_case(name: str, limb: str) -> DefaultCase:
    """The open case of an organisation, its last, or a new one."""
    cases = DefaultCase.objects.filter(party__name=name)
    found: DefaultCase | None = cases.filter(ended_on=None).first()
    return found or DefaultCase(party=latest(name), limb=limb)


def move(verb: str, name: str, day: date, category: str, limb: str) -> None:
    """Makes one move. Raises Refused."""
    key = f"{slugify(name)}-{Party.objects.count()}"
    membership = {"day": day, "category": category, "voting_group": None}
    takes: dict[str, Callable[[], Any]] = {
        "accede": lambda: PARTIES.take("accede", Party(key=key, name=name), **membership, **told()),
        "recategorise": lambda: PARTIES.take("recategorise", latest(name), **membership, **told()),
        "withdraw": lambda: PARTIES.take("withdraw", latest(name), day=day, reason="why", **told()),
        "expel": lambda: actions.expel(latest(name), day=day, reason="why", **told()),
        "serve": lambda: DEFAULTS.take("serve", latest_case(name, limb), day=day, cites="J2.1 M8 J3.14", **told()),
        "enter": lambda: DEFAULTS.take("enter", latest_case(name, limb), day=day, **told()),
        "cure": lambda: DEFAULTS.take("cure", latest_case(name, limb), day=day, **told()),
        "close": lambda: DEFAULTS.take("expel", latest_case(name, limb), **told()),
    }
    takes[verb]()


def everything() -> list[Any]:
    """All that the register holds, and how long the journal is."""
    return [Event.objects.count(), *(list(model.objects.order_by("pk").values()) for model in RECORDS)]


def told_states(record: models.Model) -> list[dict[str, str]]:
    """How the events of a record say its state moved."""
    return [event.facts["state"] for event in history(record) if "state" in event.facts]


class RegisterWalk(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(st.lists(moves, min_size=5, max_size=25))
    def test_a_refusal_changes_nothing_and_moves_equal_events(self, walk: list[Any]) -> None:
        told()
        day = FIRST
        for verb, name, days, category, limb in [*(("accede", name, 0, "gas-network", "c") for name in NAMES), *walk]:
            day += timedelta(days=days)
            before = everything()
            try:
                move(verb, name, day, category, limb)
            except Refused:
                assert everything() == before
            else:
                assert Event.objects.count() > before[0]
        self.check_states()
        assert list(verify()) == []

    def check_states(self) -> None:
        for record in (*Party.objects.all(), *DefaultCase.objects.all()):
            states = told_states(record)
            assert [one["old"] for one in states] == ["", *(one["new"] for one in states[:-1])]
            assert states[-1]["new"] == record.state
        for party in Party.objects.all():
            assert (party.state == "left") == (party.left_on is not None)
            assert Departure.objects.filter(party=party).count() == (party.state == "left")
            self.check_days(party)

    def check_days(self, party: Party) -> None:
        """On each day on which something changes, group and category agree; from the leaving on there is neither."""
        for row in party.categories.all():
            for day in (row.from_day, row.to_day or date(2020, 3, 5)):
                group = party.group_on(day)
                assert group is not None
                assert group.category == party.category_on(day) == row.category
        if party.left_on is not None:
            assert party.category_on(party.left_on) is None
            assert party.group_on(party.left_on) is None
