"""Security assessments walked at random: a refusal changes nothing, every move is one event, milestones keep order."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from secretariat.assurance.cases.statuses import values
from secretariat.assurance.figures import assessment_counters
from secretariat.assurance.models import OUTCOMES, Assessment, AssessmentMilestone, Frame, Kind, MilestoneKind
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core.figures import Span
from secretariat.core.journal import Event, history, verify
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import LONDON
from tests.assurance.factories import party, person, security_person

FIRST = date(2019, 9, 2)
RECORDED = datetime(2021, 6, 1, 12, tzinfo=LONDON)

THE_PARTYS = ("respond", "submit_plan", "submit_letter")
STEPS = [name for name in ASSESSMENT.steps if name != "request"]
STATUSES = [*values(MilestoneKind.ASSURANCE_STATUS, FIRST), *values(MilestoneKind.COMPLIANCE_STATUS, FIRST)]
moves = st.tuples(
    st.integers(0, 59),
    st.integers(-2, 40),
    st.sampled_from([*STATUSES, *[""] * 12]),
    st.sampled_from(["team", "team", "team", "ssc", "contact"]),
)
"""A pick among steps, days later, the status (empty: a right one), and who takes it."""


def chosen(pick: int, state: str) -> str:
    """Mostly a step that leads on from the state; now and then any step at all."""
    near = [name for name in STEPS if state in ASSESSMENT.steps[name].origins] if pick % 6 else []
    return (near or STEPS)[pick % len(near or STEPS)]


def kept(assessment: Assessment) -> tuple[Any, ...]:
    """All that the database holds of an assessment, and how long the journal is."""
    row = Assessment.objects.filter(pk=assessment.pk).values().get()
    milestones = AssessmentMilestone.objects.filter(assessment=assessment)
    return row, list(milestones.values()), Event.objects.count()


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=LONDON)


class AssessmentWalk(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(kind=st.sampled_from(Kind.values), initial=st.booleans(), walk=st.lists(moves, min_size=6, max_size=20))
    def test_a_refusal_changes_nothing_and_a_move_is_one_event(
        self,
        kind: str,
        initial: bool,
        walk: list[tuple[int, int, str, str]],
    ) -> None:
        people = {
            "team": security_person(),
            "ssc": person(Role.COMMITTEE_MEMBER, audience="SSC"),
            "contact": person(Role.PARTY_CONTACT, organisation_id=party().pk),
        }
        made = Assessment(party=party(), kind=kind, initial=initial and kind == Kind.FUSA, opened_on=FIRST)
        ASSESSMENT.take("request", made, by=people["team"], at=noon(FIRST), recorded=RECORDED)
        day, taken = FIRST, 1
        for pick, later, status, who in walk:
            day += timedelta(days=later)
            name, right = chosen(pick, made.state), (*values(made.outcome, day), "")[0]
            told = {
                "status": status or right, "fieldwork_due": day + timedelta(weeks=12), "reason": "Asked for.",
                "second_phase_due": day + timedelta(weeks=20), "reference": "",
            }  # fmt: skip
            facts = {fact: told[fact] for fact in ASSESSMENT.steps[name].facts}
            before = kept(made)
            try:
                event = ASSESSMENT.take(name, made, by=people[who], at=noon(day), recorded=RECORDED, **facts)
            except Refused:
                assert kept(made) == before
                continue
            taken += 1
            assert who != "contact" or name in THE_PARTYS
            assert event.facts["state"] == {"old": before[0]["state"], "new": made.state}
            assert Event.objects.count() == before[2] + 1
        assert history(made).count() == taken
        assert not list(verify())
        self.holds_together(made)

    def holds_together(self, made: Assessment) -> None:
        """Milestones are in order, end as the kind demands, and are what the counters count."""
        made.refresh_from_db()
        order = list(MilestoneKind)
        reached = list(made.milestones.order_by("pk"))
        assert [one.kind for one in reached] == sorted((one.kind for one in reached), key=order.index)
        assert [one.day for one in reached] == sorted(one.day for one in reached)
        ends = {one.kind for one in reached} & set(OUTCOMES)
        assert ends <= {made.outcome}
        grid = assessment_counters.grid(Span(FIRST, FIRST + timedelta(days=2000)))
        counts = made.frame == Frame.SECURITY
        assert grid.cell("prepared").value == counts * sum(one.kind == "prepared" for one in reached)
        assert grid.cell("in_progress").value == (counts and made.closed_on is None)
