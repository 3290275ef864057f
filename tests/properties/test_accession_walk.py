"""Random walks over applications: a refusal changes nothing, and every move is an event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from secretariat.core.files import StoredFile
from secretariat.core.journal import Event, history, verify
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.register.accession import actions
from secretariat.register.accession.models import OPEN, WELCOMED, Application, Question, Refusal
from secretariat.register.accession.procedure import APPLICATIONS
from secretariat.register.models import CategoryMembership, GroupMembership, Party, VotingGroup
from tests.register.applying import ANSWERS, PDF, on

NAMES = ("Amber Limited", "Blue Limited")
RECORDS = (Application, Question, Refusal, Party, CategoryMembership, GroupMembership, VotingGroup, StoredFile, Person)
FIRST = date(2020, 1, 6)
ONWARD = ("submit", "review", "accept", "pay", "issue", "return", "refer", "execute", "allocate", "welcome")
ASIDE = ("save", "query", "answer", "note_answer", "put_off", "renew_link", "withdraw", "refuse", "accede")
moves = st.tuples(
    st.sampled_from((*ONWARD, *ONWARD, *ONWARD, *ASIDE)),
    st.sampled_from(NAMES),
    st.integers(0, 5),
    st.sampled_from(("party", "expelled", "incomplete")),
    st.booleans(),
)


def latest(name: str) -> Application:
    """The last application of an organisation, held by its applicant; begun where there is none."""
    found: Application | None = Application.objects.filter(legal_name=name).order_by("-pk").first()
    if found is None or found.outcome:
        told = {**ANSWERS, "legal_name": name, "company_number": name, "contact_email": f"{name[:4]}@example.test"}
        found = actions.start(Application(**told), **on(FIRST.isoformat(), by=None))
    found.held = True
    return found


def move(verb: str, made: Application, day: date, ground: str, *, well: bool) -> None:
    """Makes one move, well or badly told. Raises Refused or ValidationError."""
    told = on(day.isoformat())
    takes: dict[str, Callable[[], Any]] = {
        "save": lambda: actions.save_answers(made, {"address": day.isoformat() if well else ""}, {"x": "y"}, **told),
        "query": lambda: APPLICATIONS.take("query", made, question="What?" if well else "", **told),
        "answer": lambda: actions.answer(made, "That." if well else " ", **told),
        "note_answer": lambda: APPLICATIONS.take("note_answer", made, answer="That." if well else "", **told),
        "accept": lambda: APPLICATIONS.take("accept", made, invoice=f"INV-{made.pk if well else 1}", **told),
        "pay": lambda: APPLICATIONS.take("pay", made, amount=540 if well else 1, **told),
        "return": lambda: actions.return_agreement(made, "a.pdf", PDF if well else b"no", undated=True, **told),
        "refer": lambda: APPLICATIONS.take("refer", made, board_day=day + timedelta(days=7 if well else 6), **told),
        "execute": lambda: execute(made, day, well=well),
        "accede": lambda: execute(made, day, well=False),
        "allocate": lambda: APPLICATIONS.take("allocate", made, signifier="S" if well else "", **told),
        "put_off": lambda: APPLICATIONS.take("put_off", made, reason="why", **told),
        "withdraw": lambda: APPLICATIONS.take("withdraw", made, **told),
        "refuse": lambda: APPLICATIONS.take("refuse", made, ground=ground, note="No.", **told),
    }
    takes.get(verb, lambda: APPLICATIONS.take(verb, made, **told))()


def execute(made: Application, day: date, *, well: bool) -> None:
    """Executes an agreement a fortnight later, or too soon."""
    when = day + timedelta(days=14) if well else day
    actions.execute(made, day=when, voting_group=None, **on(when.isoformat()))


def everything() -> list[Any]:
    """All that accession writes, and how long the journal is."""
    return [Event.objects.count(), *(list(model.objects.order_by("pk").values()) for model in RECORDS)]


class AccessionWalk(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(st.lists(moves, min_size=10, max_size=40))
    def test_a_refusal_changes_nothing_and_moves_equal_events(self, walk: list[Any]) -> None:
        day = FIRST
        for verb, name, days, ground, well in walk:
            day += timedelta(days=days)
            made = latest(name)
            on(day.isoformat())
            before = everything()
            try:
                move(verb, made, day, ground, well=well)
            except (Refused, ValidationError):
                assert everything() == before
                assert made.state == Application.objects.get(pk=made.pk).state
            else:
                assert Event.objects.count() > before[0] or verb == "save"
        self.check()

    def test_the_way_onward_leads_to_the_welcome(self) -> None:
        for verb in ONWARD:
            move(verb, Application.objects.first() or latest("Amber Limited"), date(2020, 2, 3), "party", well=True)
        made = Application.objects.get()
        assert made.state == WELCOMED
        self.check()

    def check(self) -> None:
        for made in Application.objects.all():
            states = [event.facts["state"] for event in history(made) if "state" in event.facts]
            assert [one["old"] for one in states] == ["", *(one["new"] for one in states[:-1])]
            assert states[-1]["new"] == made.state
            assert (made.closed_on is None) == (made.outcome == "")
            assert (made.outcome == "executed") == (made.party is not None)
            assert made.state not in OPEN or made.outcome == ""
            assert made.party is None or made.party.acceded_on == made.closed_on
        assert Refusal.objects.count() == Application.objects.filter(outcome="refused").count()
        assert list(verify()) == []
