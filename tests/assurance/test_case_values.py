"""Who has the ball, where a loaded case stood, and what a late move costs: values, without a database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from secretariat.assurance.cases.ball import Holder, Outcome, ball
from secretariat.assurance.cases.fees import fee_share
from secretariat.assurance.cases.stages import spells
from secretariat.assurance.models import Frame, Kind, MilestoneKind, State, frame_of, outcome_of

OPEN = [state for state in State if state not in (State.CLOSED, State.CANCELLED)]
SINCE, FIELDWORK = date(2020, 2, 3), date(2020, 4, 6)


@pytest.mark.parametrize("state", OPEN)
def test_an_open_case_always_waits_on_somebody_for_something(state: str) -> None:
    found = ball(state, Kind.FUSA, Outcome(), SINCE)
    assert found.holder is not Holder.NOBODY
    assert found.does
    assert found.days(date(2020, 2, 13)) == 10


@pytest.mark.parametrize("state", ["", State.CLOSED, State.CANCELLED])
def test_a_case_that_has_ended_or_not_begun_waits_on_nobody(state: str) -> None:
    found = ball(state, Kind.FUSA, Outcome(), SINCE)
    assert (found.holder, found.does, found.days(SINCE)) == (Holder.NOBODY, "", None)


@pytest.mark.parametrize(
    ("outcome", "holder", "word"),
    [
        (Outcome(is_final=True), Holder.TEAM, "Close"),
        (Outcome(wants_follow_up=True), Holder.TEAM, "follow-up"),
        (Outcome(wants_follow_up=True, is_followed=True), Holder.TEAM, "Close"),
        (Outcome(), Holder.PARTY, "remediation plan"),
    ],
)
def test_a_decided_case_waits_for_what_its_status_leaves_to_be_done(outcome: Outcome, holder: str, word: str) -> None:
    found = ball(State.DECIDED, Kind.FUSA, outcome)
    assert (found.holder, word in found.does) == (holder, True)


@pytest.mark.parametrize(("kind", "holder"), [(Kind.SSA, Holder.PARTY), (Kind.FUSA, Holder.TEAM)])
def test_a_self_assessment_that_is_asked_for_waits_on_the_party(kind: str, holder: str) -> None:
    assert ball(State.REQUESTED, kind, Outcome()).holder is holder


@pytest.mark.parametrize(
    ("days_before", "percent", "words"),
    [(28, 0, "Mon 9 Mar 2020 is in time"), (27, 25, "Tue 10 Mar 2020 is later"), (29, 0, "in time"), (0, 25, "later")],
)
def test_a_move_costs_a_share_of_the_fee_from_the_day_after_four_weeks_before(
    days_before: int, percent: int, words: str
) -> None:
    found = fee_share(FIELDWORK - timedelta(days=days_before), FIELDWORK)
    assert found.percent == percent
    assert words in found.working


def test_the_stages_of_a_case_follow_each_other_without_gap_or_overlap() -> None:
    starts = [(State.FIELDWORK, date(2020, 2, 3)), (State.REQUESTED, date(2019, 11, 4)),
              (State.VALIDATED, date(2020, 1, 6)), (State.FIELDWORK, date(2020, 2, 3))]  # fmt: skip
    assert list(spells(starts, State.FIELDWORK)) == [
        (State.REQUESTED, date(2019, 11, 4), date(2020, 1, 5)),
        (State.VALIDATED, date(2020, 1, 6), date(2020, 2, 2)),
        (State.FIELDWORK, date(2020, 2, 3), None),
    ]


def test_a_stage_passed_through_within_a_day_stays_told_and_is_in_force_on_no_day() -> None:
    day = date(2020, 2, 3)
    found = list(spells([(State.REPORTED, day), (State.FIELDWORK, day)], State.REPORTED))
    assert found == [(State.FIELDWORK, day, day - timedelta(days=1)), (State.REPORTED, day, None)]


def test_a_stage_that_ended_nobody_knows_when_is_left_out() -> None:
    assert list(spells([(State.REQUESTED, date(2019, 11, 4))], State.BOOKED)) == []


@pytest.mark.parametrize(
    ("kind", "frame", "outcome"),
    [
        (Kind.VUSA, Frame.SECURITY, MilestoneKind.COMPLIANCE_STATUS),
        (Kind.FOLLOW_UP, Frame.SECURITY, MilestoneKind.REVIEWED),
        (Kind.FPA, Frame.PRIVACY, MilestoneKind.PRIVACY_STATUS),
        (Kind.RANDOM_SAMPLE, Frame.PRIVACY, MilestoneKind.PRIVACY_STATUS),
        (Kind.AD_HOC, Frame.PRIVACY, MilestoneKind.PRIVACY_STATUS),
        (Kind.PRIVACY_SELF, Frame.PRIVACY, MilestoneKind.REVIEWED),
    ],
)
def test_a_kind_says_what_is_assessed_and_what_its_review_ends_in(kind: str, frame: str, outcome: str) -> None:
    assert (frame_of(kind), outcome_of(kind, initial=False)) == (frame, outcome)


def test_a_follow_up_ends_as_the_assessment_that_it_follows() -> None:
    assert (
        outcome_of(Kind.FOLLOW_UP, initial=False, follows=MilestoneKind.ASSURANCE_STATUS)
        == MilestoneKind.ASSURANCE_STATUS
    )
