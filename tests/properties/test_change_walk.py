"""Proposals walked at random through Section D and their status: a refusal changes nothing, a move is one event."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from secretariat.change.actions import raise_proposal
from secretariat.change.figures import open_proposals
from secretariat.change.models import OPEN_STAGES, Body, Path, Proposal, Raiser, Release, Stage, StageSpell, label
from secretariat.change.procedure import CHANGE, DECIDERS
from secretariat.change.standing.actions import adopt
from secretariat.change.standing.models import Adoption, Advice, Hold, InitialReport, ProposerSpell, TargetSpell
from secretariat.core.figures import Span
from secretariat.core.journal import Event, history, verify
from secretariat.core.people import Person, Role
from secretariat.core.procedure import NEW, Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import LONDON, local_day
from secretariat.post.due import take_due
from secretariat.register.models import Party
from tests.change.factories import change_person, keep, party, person, release

FIRST = date(2018, 9, 1)
ROWS: tuple[Any, ...] = (StageSpell, Hold, ProposerSpell, TargetSpell, Adoption, Advice, InitialReport)
RECORDED = datetime(2021, 6, 1, 12, tzinfo=LONDON)

STEPS = [name for name, step in CHANGE.steps.items() if NEW not in step.origins]
ASIDE = ("withdraw", "hold", "target", "change_proposer", "advise", "refer", "uphold", "overturn")
"""Steps that lead nowhere new, or out: taken now and then."""
moves = st.tuples(
    st.integers(0, 59),
    st.integers(-4, 40),
    st.sampled_from([True, True, True, True, False]),
    st.sampled_from([*Body.values, *[""] * 12]),
    st.sampled_from(["approve", "reject", "perhaps"]),
    st.integers(-1, 6),
)
"""A pick among steps, days later, whether ours, the body (empty: the right one), advice, days since the closing."""


def chosen(pick: int, state: str) -> str:
    """Mostly a step that leads on from the state and seldom withdraws; now and then any step at all."""
    if pick % 6 == 0:
        return STEPS[pick % len(STEPS)]
    near = [name for name in STEPS if state in CHANGE.steps[name].origins and (name not in ASIDE or pick % 7 == 0)]
    return near[pick % len(near)] if near else STEPS[pick % len(STEPS)]


def right_body(name: str, made: Proposal, day: date) -> str:
    """The body that may decide the step."""
    if name.startswith("convert"):
        return RULEBOOK.text("change.converts", max(day, date(2018, 11, 1)))
    if name == "approve_report":
        return RULEBOOK.text("change.approves_report", day)
    if name in ("uphold", "overturn", "overturn_rejection"):
        return Body.PANEL
    return DECIDERS.get(made.path, Body.values)[0]


def kept(proposal: Proposal) -> tuple[Any, ...]:
    """All that the database holds of a proposal, and how long the journal is."""
    row = Proposal.objects.filter(pk=proposal.pk).values().get()
    rows: list[Any] = [list(model.objects.order_by("pk").values()) for model in ROWS]
    return row, rows, Event.objects.count()


def facts_of(name: str, day: date, body: str, advice: str, closed: int, live: Release) -> dict[str, Any]:
    told = {
        "decided_by": body,
        "recommendation": advice,
        "consultation_closed": day - timedelta(days=closed),
        "release": live.pk,
        "panel_on": day,
        "same_as": "SECMP0061",
        "advice": "develop",
        "note": "",
        "unanimous": closed > 0,
        "authority_consents": closed > 0,
        "held_by": "Panel",
        "reason": "A review",
        "set_by": body,
        "party": Party.objects.order_by("pk").last(),
        "part": None,
    }
    return {fact: told[fact] for fact in CHANGE.steps[name].facts}


def holds_together(proposal: Proposal) -> None:
    """What is true of a proposal whatever steps it took."""
    proposal.refresh_from_db()
    spells: Any = StageSpell.objects.filter(proposal=proposal)
    assert [spell.stage for spell in spells.filter(to_day__isnull=True)] == [proposal.state]
    assert proposal.reference == label(proposal.number, proposal.suffix, proposal.raised_on, proposal.converted_on)
    days = {edge for spell in spells for edge in (spell.from_day, spell.to_day) if edge and edge >= proposal.raised_on}
    assert all(spells.on(day).count() == 1 for day in days)
    assert proposal.holds.filter(to_day=None).count() == proposal.on_hold
    assert proposal.proposer_spells.get(to_day=None).name == proposal.proposer_name
    assert proposal.targets.filter(to_day=None).count() <= 1
    assert proposal.labels.filter(text=proposal.reference).exists()
    windows = proposal.adoptions.filter(ended_on=None)
    assert not windows or proposal.state == Stage.WITHDRAWN
    assert windows.filter(adopted_by__isnull=False).count() == 0


class ChangeWalk(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        start=st.sampled_from([0, 60, 61, 90]),
        path=st.sampled_from(["", *Path.values]),
        walk=st.lists(moves, min_size=6, max_size=16),
    )
    def test_a_refusal_changes_nothing_and_a_move_is_one_event(
        self, start: int, path: str, walk: list[tuple[int, int, bool, str, str, int]]
    ) -> None:
        team, stranger = change_person(), person(Role.PARTY_CONTACT, organisation_id=party().pk)
        live, day, taken = release(), FIRST + timedelta(days=start), 1
        as_panel = Raiser.PANEL if path == Path.FAST_TRACK else ""
        made = Proposal(title="A change", proposer_name="A party", path=path, number=62, raised_as=as_panel)
        raise_proposal(made, by=team, at=noon(day), recorded=RECORDED)
        for pick, later, ours, body, advice, closed in walk:
            day += timedelta(days=later)
            name = chosen(pick, made.state)
            by: Person = team if ours else stranger
            before = kept(made)
            if made.state == Stage.WITHDRAWN and pick % 2:
                taken += adopted(made, by, day)
                continue
            try:
                event = CHANGE.take(
                    name, made, by=by, at=noon(day), recorded=RECORDED,
                    **facts_of(name, day, body or right_body(name, made, day), advice, closed, live),
                )  # fmt: skip
            except Refused:
                assert kept(made) == before
                continue
            taken += 1
            assert ours
            assert event.facts["state"] == {"old": before[0]["state"], "new": made.state}
            assert Event.objects.count() == before[2] + 1
            holds_together(made)
        assert history(made).count() == taken
        assert not list(verify())
        self.figures_agree(made)

    def test_what_is_withdrawn_is_adopted_or_closed_once(self) -> None:
        made = Proposal(title="A change", proposer_name="A party", number=62)
        raise_proposal(made, by=change_person(), at=noon(FIRST), recorded=RECORDED)
        CHANGE.take("withdraw", made, by=change_person(), at=noon(FIRST), recorded=RECORDED)
        assert [take_due(noon(FIRST + timedelta(days=later)), RECORDED).taken for later in (13, 30, 31)] == [0, 1, 0]

    def figures_agree(self, made: Proposal) -> None:
        """On every day that something changed, the proposal is counted as open in its stage of that day, once."""
        keep("2013-09-23")
        spells: Any = StageSpell.objects.filter(proposal=made)
        for day in {spell.from_day for spell in spells}:
            grid = open_proposals.grid(Span(day, day))
            counted = [row.key for row in grid.rows[:-1] if grid.cell(row.key).value]
            stage = spells.on(day).get().stage
            assert counted == ([stage] if stage in OPEN_STAGES else [])
            assert grid.headline.value == len(counted)


def adopted(made: Proposal, by: Person, day: date) -> int:
    """Tries to adopt it by another party; whether it was."""
    before = kept(made)
    last: Any = Party.objects.order_by("pk").last()
    try:
        adopt(made, last, by=by, at=noon(day), recorded=RECORDED)
    except Refused:
        assert kept(made) == before
        return 0
    assert made.proposer_name == last.name
    holds_together(made)
    return 1


def noon(day: date) -> datetime:
    at = datetime.combine(day, time(12), tzinfo=LONDON)
    assert local_day(at) == day
    return at
