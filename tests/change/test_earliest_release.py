"""The earliest possible release, worked backwards: the published case, the answer, and why not an earlier one."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.change.assessments.models import REQUESTED, RETURNED, Assessment
from secretariat.change.judging.models import SystemImpact
from secretariat.change.models import Path, Proposal, Release, Stage, StageSpell
from secretariat.change.releases.asking import answer_for, last_days_to
from secretariat.change.releases.earliest import Leg, Target, Way, anchor, earliest, first_days, keys, last_days, legs
from secretariat.change.releases.links import fixed_ends, lead_time, touches_systems
from secretariat.consultations.models import Consultation, Kind
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.workdays import default_calendar
from tests.change.factories import LATER, converted, london, raised, take
from tests.change.releasing import approved, planned, step, targeted

SELF, AUTHORITY = Path.SELF_GOVERNANCE, Path.AUTHORITY
DAYS = default_calendar()
ON = date(2020, 2, 3)


def way(stage: str = Stage.DEVELOPMENT, path: str = SELF, *, dcc: bool = False, is_old: bool = False) -> Way:
    return Way(stage, path, dcc, is_old)


def test_the_case_of_june_2017_comes_out_backwards() -> None:
    """Implemented on 13 July 2017, referred by 6 July at the latest, so decided by 22 June (OLD-6, DEC-1)."""
    steps = legs(way(Stage.DECISION), date(2017, 6, 22))
    assert [leg.key for leg in steps] == ["referral", "implementation"]
    must = last_days(date(2017, 7, 13), steps, DAYS)
    assert must == [date(2017, 7, 6), date(2017, 7, 13)]
    assert DAYS.add(must[0], -steps[0].days) == date(2017, 6, 22)
    assert first_days(date(2017, 6, 22), steps, DAYS, {}) == must


def test_every_step_has_its_duration_from_the_rulebook_with_its_doubt() -> None:
    told = {leg.key: (leg.days, leg.doubt) for leg in legs(way(path=AUTHORITY, dcc=True), ON)}
    assert {key: days for key, (days, _) in told.items()} == {
        "convert": 20, "preliminary_assessment": 15, "working_group": 20, "refinement_consultation": 15,
        "impact_assessment": 40, "report": 5, "report_consultation": 15, "vote": 12, "authority": 25, "system": 130,
    }  # fmt: skip
    assert "medium confidence" in told["impact_assessment"][1]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (way(Stage.REPORT), ["report", "report_consultation", "vote", "referral", "implementation"]),
        (way(Stage.REPORT, AUTHORITY), ["report", "report_consultation", "vote", "authority", "implementation"]),
        (way(Stage.REPORT, ""), ["report", "report_consultation", "vote", "authority", "implementation"]),
        (way(Stage.DEVELOPMENT, Path.FAST_TRACK), ["implementation"]),
        (way(Stage.DEVELOPMENT, Path.AUTHORITY_LED, dcc=True), ["authority", "system"]),
        (way(Stage.APPROVED, AUTHORITY, dcc=True), ["system"]),
    ],
)
def test_the_steps_left_follow_stage_path_and_impact(asked: Way, expected: list[str]) -> None:
    assert keys(asked) == expected


def test_an_old_proposal_waits_for_its_initial_report_and_a_new_one_for_its_conversion() -> None:
    assert keys(way(is_old=True))[0] == "initial_report"
    assert keys(way())[0] == "convert"


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.REJECTED, Stage.IMPLEMENTED, ""])
def test_what_has_ended_comes_into_no_release(stage: str) -> None:
    with pytest.raises(ValueError, match="no release"):
        keys(way(stage))


def leg(key: str, days: int) -> Leg:
    return Leg(key, key, days, "REL-3", "")


def target(day: str, name: str = "", **more: object) -> Target:
    return Target(name or day, date.fromisoformat(day), **more)  # type: ignore[arg-type]


def test_the_first_release_for_which_all_dates_are_still_ahead_is_the_answer() -> None:
    steps = [leg("vote", 10), leg("implementation", 5)]
    found = earliest(steps, [target("2020-06-25"), target("2020-02-27"), target("2020-02-21")], ON, DAYS)
    assert [one.is_possible for one in found.candidates] == [False, True, True]
    assert found.first is not None
    assert found.first.target.name == "2020-02-27"
    assert found.ready_on == date(2020, 2, 24)
    assert found.candidates[0].problem == (
        "vote: the last day is Fri 14 Feb 2020, and it is not possible before Mon 17 Feb 2020."
    )
    assert "5 Working Days" in found.first.lines[0].reason


def test_a_release_on_the_very_day_is_possible_and_one_a_day_before_is_not() -> None:
    steps = [leg("vote", 10), leg("implementation", 5)]
    on = [earliest(steps, [target(day)], ON, DAYS).first is not None for day in ("2020-02-24", "2020-02-21")]
    assert on == [True, False]


def test_a_sunday_is_reckoned_from_the_friday_before() -> None:
    assert anchor(date(2020, 11, 29), DAYS) == date(2020, 11, 27)
    found = earliest([leg("vote", 1)], [target("2020-11-29")], date(2020, 11, 26), DAYS)
    assert found.candidates[0].remarks == (
        "Sun 29 Nov 2020 is not a Working Day, so all is reckoned from Fri 27 Nov 2020.",
    )
    assert found.first is not None
    assert earliest([leg("vote", 1)], [target("2020-11-29")], date(2020, 11, 27), DAYS).first is None


def test_a_document_only_release_takes_no_change_of_systems_and_a_baselined_one_nothing_more() -> None:
    steps = [leg("system", 5)]
    asked = [
        target("2020-06-25", takes_systems=False),
        target("2020-07-25", shut="It is baselined."),
        target("2020-11-05"),
    ]
    found = earliest(steps, asked, ON, DAYS)
    assert [one.problem for one in found.candidates] == [
        "It changes documents only, and this proposal changes DCC Systems.", "It is baselined.", "",
    ]  # fmt: skip


def test_a_step_whose_end_is_fixed_counts_by_that_day() -> None:
    steps = [leg("referral", 10), leg("implementation", 5)]
    assert first_days(ON, steps, DAYS, {"referral": date(2020, 2, 5)}) == [date(2020, 2, 5), date(2020, 2, 12)]


def test_a_count_past_the_calendar_gives_no_answer_and_no_error() -> None:
    assert earliest([leg("system", 9999)], [target("2020-06-25")], ON, DAYS).ready_on is None


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.integers(1, 60), min_size=1, max_size=6),
    st.dates(date(2018, 1, 1), date(2022, 1, 1)),
    st.dates(date(2018, 1, 1), date(2023, 1, 1)),
)
def test_backwards_and_forwards_agree_on_whether_a_release_is_possible(
    lengths: list[int], start: date, day: date
) -> None:
    steps = [leg(f"step {number}", days) for number, days in enumerate(lengths)]
    found = earliest(steps, [Target("x", day)], start, DAYS)
    possible = found.candidates[0].is_possible
    assert possible == (found.ready_on is not None and found.ready_on <= day)
    assert possible == all(line.is_ahead for line in found.candidates[0].lines)
    assert possible == (DAYS.add(found.candidates[0].lines[0].must, -lengths[0]) >= start) or not DAYS.is_working_day(
        start
    )


@pytest.mark.django_db
def test_a_decided_proposal_waits_for_the_end_of_the_time_for_a_referral() -> None:
    planned("July 2017", "2017-07-13", "2017-01-05", Release.Kind.DOCUMENT_ONLY)
    planned("Too soon", "2017-07-12", "2017-01-05", Release.Kind.DOCUMENT_ONLY)
    proposal = in_decision_2017()
    answer = answer_for(proposal, None, london("2017-06-26"), dcc=False)
    assert answer.ready_on == date(2017, 7, 13)
    assert answer.first is not None
    assert answer.first.target.name == "July 2017"


def in_decision_2017() -> Proposal:
    """A modification that the Change Board approved on 22 June 2017."""
    made: Proposal = Proposal.objects.create(
        number=35, reference="SECMP0035", title="A change", proposer_name="A party", path=SELF, state=Stage.APPROVED,
        raised_on=date(2017, 1, 5),
    )  # fmt: skip
    StageSpell.objects.create(proposal=made, stage=Stage.APPROVED, from_day=date(2017, 6, 22), recorded=LATER)
    return made


@pytest.mark.django_db
def test_the_page_says_the_answer_the_steps_and_what_was_assumed() -> None:
    planned("February 2020 SEC Release", "2020-02-27")
    planned("June 2020 SEC Release", "2020-06-25")
    proposal = converted("2020-01-17", number=80, path="")
    text = Client().get(f"/proposals/{proposal.reference}/earliest-release/?dcc=no").content.decode()
    assert proposal.reference in text
    assert "Its path is not recorded" in text


@pytest.mark.django_db
def test_a_baselined_release_is_open_only_to_what_is_in_its_baseline() -> None:
    release = planned()
    inside, outside = approved(62), approved(80)
    targeted(inside, release, "2019-08-21")
    step("approve_scope", release, "2019-09-13")
    step("baseline", release, "2019-09-13")
    at = london("2019-09-16")
    assert answer_for(inside, None, at, dcc=False).first is not None
    found = answer_for(outside, None, at, dcc=False)
    assert [one.problem for one in found.candidates] == ["The Panel has baselined its scope."]


@pytest.mark.django_db
def test_a_release_tells_the_last_days_to_come_into_it() -> None:
    release = planned(day="2019-11-29")
    table = last_days_to(release, london("2019-02-01"))
    assert table.heads == (
        "Done by", "Documents only, Self-Governance", "Documents only, the Authority decides",
        "DCC Systems, the Authority decides",
    )  # fmt: skip
    told = {row[0]: row[1:] for row in table.rows}
    assert told["End of the time for a referral"] == ("Fri 22 Nov 2019", "", "")
    assert told["The Authority's decision"][1] == "Fri 22 Nov 2019"
    assert RULEBOOK.number("release.implementation_wd", ON) == 5


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/proposals/MP999/earliest-release/", "/proposals/none/earliest-release/"])
def test_an_unknown_proposal_has_no_earliest_release(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.django_db
def test_a_withdrawn_proposal_is_told_to_come_into_no_release() -> None:
    made = raised("2019-06-03", 80)
    take("withdraw", made, "2019-06-04")
    assert "no release any more" in Client().get("/proposals/DP080/earliest-release/").content.decode()


@pytest.mark.django_db
def test_what_is_done_or_under_way_counts_by_its_own_days() -> None:
    proposal = converted("2019-07-12", number=80)
    on = date(2020, 2, 3)
    assert touches_systems(proposal) is None
    returned = {"requested_on": date(2019, 9, 2), "returned_on": date(2019, 10, 1), "state": RETURNED}
    Assessment.objects.create(proposal=proposal, kind="preliminary", lead_time_months=3, **returned)
    asked = Assessment.objects.create(
        proposal=proposal, kind="impact", requested_on=date(2020, 1, 6), due_on=date(2020, 3, 2), state=REQUESTED
    )
    Consultation.objects.create(
        kind=Kind.REFINEMENT, title="C", body="SECP", about_kind="change.proposal", about_id=proposal.pk, state="open",
        opens_at=london("2020-01-20"), closes_at=london("2020-02-10 17:00"), reference="C1",
    )  # fmt: skip
    assert touches_systems(proposal)
    assert lead_time(proposal, london("2020-02-03")) == 63
    assert fixed_ends(proposal, on) == {
        "preliminary_assessment": date(2019, 10, 1), "impact_assessment": date(2020, 3, 2),
        "refinement_consultation": date(2020, 2, 10),
    }  # fmt: skip
    release = planned("November 2020 SEC Release", "2020-11-29")
    found = answer_for(proposal, None, london("2020-02-03"))
    could = {line.leg.key: line.could for line in found.candidates[0].lines}
    assert "preliminary_assessment" not in could
    assert could["impact_assessment"] == date(2020, 3, 2)
    assert found.first is not None
    assert found.first.target.name == release.name
    assert "impact_assessment" not in fixed_ends(proposal, asked.due_on)


@pytest.mark.django_db
@pytest.mark.parametrize(("answer", "expected"), [("yes", True), ("no", False), ("not known", None)])
def test_the_answer_on_dcc_systems_decides_whether_they_are_built(answer: str, expected: bool | None) -> None:
    proposal = raised("2019-06-03", 80)
    SystemImpact.objects.create(proposal=proposal, answer=answer, told_on=date(2019, 6, 3), recorded=LATER)
    assert touches_systems(proposal) is expected
    assert bool(answer_for(proposal, None, london("2020-02-03")).assumed) == (expected is None)
