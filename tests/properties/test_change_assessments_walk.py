"""Random walks over assessments, ideas and questions: a refusal changes nothing, and every move is an event."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from secretariat.change.assessments.models import (
    RETURNED,
    WITHDRAWN,
    Assessment,
    Idea,
    InformationRequest,
    Reply,
    Revision,
)
from secretariat.change.assessments.procedure import ASSESSMENTS, IDEAS, REQUESTS
from secretariat.core.journal import Event, history, verify
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import LONDON
from tests.change.factories import LATER, change_person, converted, person

RECORDS = (Assessment, Revision, Idea, Reply, InformationRequest)
FIRST = date(2020, 2, 3)
RETURN = {"cost_low": "5", "cost_high": "", "cost_about": "", "cost_note": "", "lead_time_months": "", "document": ""}

VERBS = (
    *("request", "request", "revise", "revise", "ask_for_another_day", "return", "return", "withdraw"),
    *("submit", "reply", "reply", "reply_again", "become_a_proposal", "drop", "take_back"),
    *("ask", "answer", "extend", "withdraw question"),
)
moves = st.tuples(
    st.sampled_from(VERBS),
    st.integers(-1, 8),
    st.integers(-2, 20),
    st.sampled_from(("preliminary", "impact")),
    st.booleans(),
)


def dcc() -> Person:
    return Person.objects.filter(email="dcc.any@example.org").first() or person(Role.DCC)


def move(verb: str, at: datetime, due: date, kind: str, way: bool, proposal: Any) -> None:
    """Makes one move on the newest record. Raises Refused."""
    told: dict[str, Any] = {"by": dcc() if way and verb in ("return", "revise") else change_person(), "at": at}
    told["recorded"] = LATER
    why: dict[str, Any] = {"due_on": due, "why": "x"}
    found = Assessment.objects.filter(kind=kind).order_by("pk").last() or Assessment(proposal=proposal, kind=kind)
    idea = Idea.objects.order_by("pk").last()
    asked = InformationRequest.objects.order_by("pk").last()
    if verb == "request":
        new = Assessment(proposal=proposal, kind=kind, urgent=way)
        ASSESSMENTS.take("request", new, due_on=due if way else None, **told)
    elif verb in ("revise", "ask_for_another_day"):
        by = {"agreed_by": "CSC"} if verb == "revise" else {}
        ASSESSMENTS.take(verb, found, **why, **by, **(told | ({} if by else {"by": dcc()})))
    elif verb in ("return", "withdraw"):
        ASSESSMENTS.take(verb, found, **(RETURN if verb == "return" else {"why": "x"}), **told)
    elif verb == "submit":
        IDEAS.take("submit", Idea(title="x", text="y", from_name="z", from_email="z@example.org"), **told)
    elif verb == "ask":
        REQUESTS.take("ask", InformationRequest(proposal=proposal, asked_of="x", question="?", due_on=due), **told)
    elif verb in REQUESTS.steps or verb == "withdraw question":
        facts = {"answer": {"answer": "x"}, "extend": why}.get(verb, {"why": "x"})
        REQUESTS.take(verb.partition(" ")[0], asked or InformationRequest(proposal=proposal), **facts, **told)
    else:
        facts = {"become_a_proposal": {"proposal": proposal.pk}}.get(verb, {"why": "x"})
        facts = {"text": "x"} if verb.startswith("reply") else facts
        IDEAS.take(verb, idea or Idea(), **facts, **told)


def everything() -> list[Any]:
    """All that is asked for, and how long the journal is."""
    return [Event.objects.count(), *(list(model.objects.order_by("pk").values()) for model in RECORDS)]


class AssessmentsWalk(TestCase):
    @settings(max_examples=12, deadline=None)
    @given(st.lists(moves, min_size=10, max_size=40))
    def test_a_refusal_changes_nothing_and_moves_equal_events(self, walk: list[Any]) -> None:
        proposal, day = converted("2020-02-03", "2020-02-03"), FIRST
        change_person(), dcc()
        for verb, days, due, kind, way in walk:
            day += timedelta(days=days)
            before = everything()
            at = datetime.combine(day, time(18 if way else 12), tzinfo=LONDON)
            try:
                move(verb, at, day + timedelta(days=due), kind, way, proposal)
            except Refused:
                assert everything() == before
            else:
                assert Event.objects.count() == before[0] + 1
            self.check()
        assert list(verify()) == []

    def check(self) -> None:
        for record in (*Assessment.objects.all(), *Idea.objects.all(), *InformationRequest.objects.all()):
            states = [event.facts["state"] for event in history(record) if "state" in event.facts]
            assert [one["old"] for one in states] == ["", *(one["new"] for one in states[:-1])]
            assert states[-1]["new"] == record.state
        for one in Assessment.objects.all():
            self.check_days(one)
        for idea in Idea.objects.all():
            assert (idea.replied_on is not None) == idea.replies.exists()
            assert (idea.state == "raised") == (idea.proposal is not None)

    def check_days(self, one: Assessment) -> None:
        """The day due is the first one or the last one agreed, and lateness agrees with the days late."""
        assert one.due_on is not None
        moved = list(one.revisions.order_by("pk"))
        assert [row.old_due_on for row in moved] == [one.first_due_on, *(row.new_due_on for row in moved)][: len(moved)]
        assert one.due_on == (moved[-1].new_due_on if moved else one.first_due_on)
        assert (one.returned_on is not None) == (one.state == RETURNED)
        if one.returned_on is not None:
            assert one.is_late(one.returned_on) == (one.returned_on > one.due_on)
        assert one.state != WITHDRAWN or not one.is_late(date(2030, 1, 1))
