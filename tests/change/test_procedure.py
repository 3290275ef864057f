"""Each rule of Section D, by the sentence that a person is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from secretariat.change.models import Body, Path, Proposal, Stage, StageSpell
from secretariat.change.procedure import CHANGE
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from tests.change.factories import (
    LATER,
    before_the_panel,
    change_person,
    converted,
    in_decision,
    in_report,
    london,
    party,
    person,
    raised,
    release,
    take,
)

pytestmark = pytest.mark.django_db


def spells(proposal: Proposal) -> list[tuple[str, str, str]]:
    rows = StageSpell.objects.filter(proposal=proposal)
    return [(row.stage, row.from_day.isoformat(), row.to_day.isoformat() if row.to_day else "") for row in rows]


def refused(sentence: str, name: str, proposal: Proposal, on: str, **facts: Any) -> None:
    """The step is refused with the rule's sentence, and nothing has changed."""
    before = (proposal.state, spells(proposal))
    with pytest.raises(Refused, match=sentence):
        take(name, proposal, on, **facts)
    proposal.refresh_from_db()
    assert (proposal.state, spells(proposal)) == before


def test_a_proposal_goes_all_the_way() -> None:
    made = in_decision("2019-09-19")
    take("approve", made, "2019-09-25", decided_by=Body.CHANGE_BOARD)
    take("implement", made, "2020-02-27", release=release())
    assert made.state == Stage.IMPLEMENTED
    assert made.release is not None
    assert spells(made) == [
        ("development", "2019-06-03", "2019-09-18"),
        ("refinement", "2019-09-19", "2019-09-18"),
        ("report", "2019-09-19", "2019-09-18"),
        ("decision", "2019-09-19", "2019-09-24"),
        ("approved", "2019-09-25", "2020-02-26"),
        ("implemented", "2020-02-27", ""),
    ]


def test_on_any_day_a_proposal_is_in_one_stage() -> None:
    made = in_decision("2019-09-19")
    rows: Any = made.spells
    assert [row.stage for row in rows.on(date(2019, 9, 18))] == [Stage.DEVELOPMENT]
    assert [row.stage for row in rows.on(date(2019, 9, 19))] == [Stage.DECISION]


def test_draft_proposals_are_raised_from_1_november_2018_on() -> None:
    old = Proposal(title="A change", number=1, reference="SECMP0001", raised_on=date(2018, 10, 31))
    with pytest.raises(Refused, match="Draft Proposals are raised from 1 November 2018 on"):
        CHANGE.take("raise", old, by=change_person(), at=london("2018-10-31"), recorded=LATER)


def test_proposals_were_submitted_straight_to_the_panel_until_31_october_2018() -> None:
    new = Proposal(title="A change", number=1, reference="DP001", raised_on=date(2018, 11, 1))
    with pytest.raises(Refused, match="until 31 October 2018"):
        CHANGE.take("submit", new, by=change_person(), at=london("2018-11-01"), recorded=LATER)


@pytest.mark.parametrize(("at", "expected"), [("2018-10-31 23:59", "SECMP0009"), ("2018-11-01 00:00", "DP009")])
def test_the_era_turns_at_midnight_in_london(at: str, expected: str) -> None:
    assert raised(at, number=9).reference == expected


def test_a_step_cannot_be_dated_before_the_stage_it_leaves_began() -> None:
    made = converted("2019-09-13")
    refused("before the stage it leaves began", "report", made, "2019-09-12")
    take("report", made, "2019-09-13")


def test_a_step_is_recorded_once_it_has_taken_effect() -> None:
    refused("not before", "convert", raised("2020-01-06"), "2023-01-01", decided_by=Body.CHANGE_SUB_COMMITTEE)


def test_only_a_draft_proposal_is_converted() -> None:
    refused("Only a Draft Proposal is converted", "convert", raised("2018-10-01", 50), "2019-01-11", decided_by="SECP")


def test_a_draft_proposal_is_converted_by_the_body_that_the_rulebook_names_on_the_day() -> None:
    draft = raised("2020-01-06")
    refused("the body that the rulebook names", "convert", draft, "2020-02-14", decided_by=Body.CHANGE_SUB_COMMITTEE)
    take("convert", draft, "2021-02-12", decided_by=Body.CHANGE_SUB_COMMITTEE)
    assert draft.state == Stage.REFINEMENT


def test_conversion_before_the_new_shape_is_refused_and_does_not_break() -> None:
    refused("Draft Proposal", "convert", raised("2019-01-07"), "2018-01-01", decided_by=Body.PANEL)


@pytest.mark.parametrize(("step", "stage"), [("refine", Stage.REFINEMENT), ("consult", Stage.REPORT)])
def test_only_a_proposal_raised_before_1_november_2018_goes_on_without_being_converted(step: str, stage: str) -> None:
    refused("goes on without being converted", step, raised("2018-11-01", 71), "2018-12-14")
    old = raised("2018-10-01", 62)
    before_the_panel(old, "2018-12-14")
    take(step, old, "2018-12-14")
    assert (old.state, old.reference) == (stage, "SECMP0062")


def test_the_refinement_process_can_be_skipped() -> None:
    draft = raised("2020-01-06", 90)
    take("convert_to_report", draft, "2020-02-14", decided_by=Body.PANEL)
    assert (draft.state, draft.reference) == (Stage.REPORT, "MP090")


def test_the_change_board_considers_a_modification_after_the_consultation_has_closed_at_17_00() -> None:
    made = in_report()
    closed = date(2019, 9, 3)
    refused("has closed at 17:00", "vote", made, "2019-09-03 17:00", consultation_closed=closed)
    refused("has closed at 17:00", "vote", made, "2019-09-19")
    take("vote", made, "2019-09-03 17:01", consultation_closed=closed)
    assert made.state == Stage.DECISION


def test_the_fast_track_has_no_consultation() -> None:
    made = in_report(path=Path.FAST_TRACK)
    take("vote", made, "2019-09-03")
    assert made.state == Stage.DECISION


def test_nobody_can_decide_before_the_path_is_recorded() -> None:
    refused("path is recorded", "vote", in_report(path=""), "2019-09-19", consultation_closed=date(2019, 9, 3))


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        (Path.SELF_GOVERNANCE, {Body.CHANGE_BOARD, Body.PANEL}),
        (Path.FAST_TRACK, {Body.PANEL}),
        (Path.AUTHORITY_LED, {Body.AUTHORITY}),
        (Path.AUTHORITY, {Body.AUTHORITY}),
    ],
)
@pytest.mark.parametrize("step", ["approve", "reject"])
@pytest.mark.parametrize("body", list(Body))
def test_who_decides_follows_from_the_path(path: Path, allowed: set[Body], step: str, body: Body) -> None:
    made = in_decision("2019-09-19", path=path)
    if path == Path.AUTHORITY:
        take("recommend", made, "2019-09-19", recommendation="approve")
    if body in allowed:
        take(step, made, "2019-09-25", decided_by=body, **({"unanimous": True} if step == "approve" else {}))
        assert StageSpell.objects.get(proposal=made, stage=made.state).decided_by == body
    else:
        refused("The Authority decides on paths 1 and 2", step, made, "2019-09-25", decided_by=body)


def test_the_authority_determines_after_the_change_board_has_recommended() -> None:
    made = in_decision("2019-09-19", path=Path.AUTHORITY)
    refused("after the Change Board has recommended", "reject", made, "2020-03-02", decided_by=Body.AUTHORITY)
    take("recommend", made, "2019-09-19", recommendation="reject")
    take("reject", made, "2020-03-02", decided_by=Body.AUTHORITY)
    assert made.state == Stage.REJECTED


def test_the_change_board_recommends_only_on_what_the_authority_determines_and_once() -> None:
    sentence = "recommends only on proposals that the Authority determines, and once"
    refused(sentence, "recommend", in_decision("2019-09-19"), "2019-09-19", recommendation="approve")
    made = in_decision("2019-09-19", path=Path.AUTHORITY)
    take("recommend", made, "2019-09-19", recommendation="approve")
    refused(sentence, "recommend", made, "2019-09-20", recommendation="reject")


@pytest.mark.parametrize(("step", "stage"), [("send_back", "report"), ("send_back_to_refinement", "refinement")])
def test_only_a_report_recommended_to_the_authority_is_sent_back(step: str, stage: str) -> None:
    made = in_decision("2019-09-19", path=Path.AUTHORITY)
    refused("is sent back", step, made, "2019-10-01")
    take("recommend", made, "2019-09-19", recommendation="approve")
    take(step, made, "2019-10-01")
    assert (made.state, made.recommendation) == (stage, "")


def test_a_proposer_withdraws_before_the_decision_and_not_after_a_send_back() -> None:
    sentence = "A Proposer withdraws before the Change Board's decision"
    made = in_decision("2019-09-19", path=Path.AUTHORITY)
    take("recommend", made, "2019-09-19", recommendation="approve")
    refused(sentence, "withdraw", made, "2019-09-20")
    take("send_back", made, "2019-10-01")
    refused(sentence, "withdraw", made, "2019-10-02")


@pytest.mark.parametrize("make", [lambda: raised("2019-06-03"), in_report, lambda: in_decision("2019-09-19")])
def test_an_open_proposal_can_be_withdrawn(make: Callable[[], Proposal]) -> None:
    made = make()
    take("withdraw", made, "2019-10-01")
    assert made.state == Stage.WITHDRAWN


def test_a_modification_is_implemented_once_its_release_has_gone_live() -> None:
    made = in_decision("2019-09-19")
    take("approve", made, "2019-09-25", decided_by=Body.CHANGE_BOARD)
    refused("once its release has gone live", "implement", made, "2020-02-26", release=release().pk)
    take("implement", made, "2020-02-26")
    assert made.state == Stage.IMPLEMENTED


def test_only_the_change_team_moves_a_proposal() -> None:
    made, contact = raised("2019-06-03"), person(Role.PARTY_CONTACT, organisation_id=party().pk)
    with pytest.raises(Refused, match="The secretariat's change team"):
        CHANGE.take("convert", made, by=contact, at=london("2019-07-01"), recorded=LATER, decided_by=Body.PANEL)


def test_a_contact_withdraws_no_proposal_but_its_own_partys() -> None:
    made, contact = raised("2019-06-03"), person(Role.PARTY_CONTACT, organisation_id=party().pk)
    with pytest.raises(Refused, match="The Proposer's own contact"):
        CHANGE.take("withdraw", made, by=contact, at=london("2019-07-01"), recorded=LATER)


def test_every_stage_of_the_model_is_a_state_of_the_procedure() -> None:
    assert set(CHANGE.states) == set(Stage.values)


def test_stages_of_a_proposal_never_overlap() -> None:
    made = converted("2019-09-13")
    spell = StageSpell(
        proposal=made, stage="report", from_day=date(2019, 9, 1), to_day=date(2019, 9, 13), recorded=LATER
    )
    with pytest.raises(Exception, match="in another stage on some of these days"):
        spell.full_clean()


def test_a_stage_does_not_end_before_it_began() -> None:
    made = converted("2019-09-13")
    spell = StageSpell(
        proposal=made, stage="report", from_day=date(2019, 9, 1), to_day=date(2019, 8, 30), recorded=LATER
    )
    with pytest.raises(Exception, match="cannot end before it began"):
        spell.full_clean()
