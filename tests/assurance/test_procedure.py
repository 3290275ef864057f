"""Each rule of the security assessments, by the sentence that a person is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.assurance.cases.statuses import values
from secretariat.assurance.models import Assessment, AssessmentMilestone, Kind, MilestoneKind, State
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core.classification import Class
from secretariat.core.people import Role
from secretariat.core.procedure import Refused
from tests.assurance.factories import LATER, london, party, person, prepared, requested, security_person, take

pytestmark = pytest.mark.django_db


def reached(assessment: Assessment) -> list[tuple[str, str, str]]:
    rows = AssessmentMilestone.objects.filter(assessment=assessment)
    return [(row.kind, row.day.isoformat(), row.detail) for row in rows]


def refused(sentence: str, name: str, assessment: Assessment, on: str, **facts: Any) -> None:
    """The step is refused with the rule's sentence, and nothing has changed."""
    before = (assessment.state, reached(assessment))
    with pytest.raises(Refused, match=sentence):
        take(name, assessment, on, **facts)
    assessment.refresh_from_db()
    assert (assessment.state, reached(assessment)) == before


def test_an_initial_fusa_goes_all_the_way_and_its_steps_write_the_milestones() -> None:
    made = prepared("2020-01-20", initial=True)
    take("set_status", made, "2020-02-12", status="Approved, subject to steps")
    take("submit_letter", made, "2020-02-19")
    take("approve_directors_letter", made, "2020-02-26")
    take("close", made, "2020-03-02")
    assert (made.state, made.closed_on) == (State.CLOSED, date(2020, 3, 2))
    assert reached(made) == [
        ("validation_1", "2019-11-04", ""),
        ("fieldwork", "2019-11-04", ""),
        ("report", "2019-11-04", ""),
        ("prepared", "2020-01-20", ""),
        ("assurance_status", "2020-02-12", "Approved, subject to steps"),
        ("directors_letter", "2020-02-26", ""),
    ]


def test_assessments_and_milestones_are_amber_for_the_ssc() -> None:
    made = prepared("2020-01-20")
    milestone = made.milestones.first()
    assert milestone is not None
    assert {(row.classification, row.audience) for row in (made, milestone)} == {(Class.AMBER, "SSC")}


def test_a_milestone_cannot_be_dated_before_the_one_it_follows() -> None:
    made = prepared("2020-01-20")
    sentence = "before the one it follows"
    refused(sentence, "set_status", made, "2020-01-19", status="Compliant")
    take("set_status", made, "2020-01-20", status="Compliant")
    refused(sentence, "close", made, "2020-01-19")


def test_nothing_is_dated_before_the_assessment_was_opened() -> None:
    refused(
        "before the assessment was opened", "book", requested("2020-01-06"), "2020-01-05", fieldwork_due="2020-04-06"
    )


def test_an_assessment_is_opened_on_the_day_on_which_it_is_requested() -> None:
    made = Assessment(party=party(), kind=Kind.FUSA, opened_on=date(2020, 1, 6))
    with pytest.raises(Refused, match="opened on the day on which it is requested"):
        ASSESSMENT.take("request", made, by=security_person(), at=london("2020-01-07"), recorded=LATER)


@pytest.mark.parametrize(
    ("name", "make", "facts"),
    [
        ("book", lambda: requested("2020-01-06"), {"fieldwork_due": "2020-04-06"}),
        ("set_status", lambda: prepared("2020-01-20"), {"status": "Compliant"}),
    ],
)
def test_a_step_is_recorded_once_it_has_taken_effect(name: str, make: Any, facts: dict[str, Any]) -> None:
    refused("not before", name, make(), "2020-03-06", **facts)


def test_a_self_assessment_has_no_booking() -> None:
    made = requested("2020-01-06", Kind.SSA)
    refused("has no booking, validation or fieldwork", "book", made, "2020-01-07", fieldwork_due="2020-04-06")


def test_only_a_self_assessment_is_prepared_without_fieldwork() -> None:
    refused("Only a self-assessment is prepared", "prepare_self_assessment", requested("2020-01-06"), "2020-01-07")


@pytest.mark.parametrize(
    ("kind", "initial", "milestone"),
    [
        (Kind.FUSA, True, MilestoneKind.ASSURANCE_STATUS),
        (Kind.FUSA, False, MilestoneKind.COMPLIANCE_STATUS),
        (Kind.VUSA, False, MilestoneKind.COMPLIANCE_STATUS),
        (Kind.SSA, False, MilestoneKind.REVIEWED),
        (Kind.FOLLOW_UP, False, MilestoneKind.REVIEWED),
    ],
)
def test_what_the_review_ends_in_follows_from_the_kind(kind: str, initial: bool, milestone: str) -> None:
    made = prepared("2020-01-20", kind=kind, initial=initial)
    if milestone == MilestoneKind.REVIEWED:
        refused("are given a status", "set_status", made, "2020-02-12", status="Approved")
        take("review", made, "2020-02-12")
    else:
        refused("Only self-assessments and follow-ups are reviewed", "review", made, "2020-02-12")
        take("set_status", made, "2020-02-12", status=values(made.outcome, date(2020, 2, 12))[0])
    assert reached(made)[-1][0] == milestone


@pytest.mark.parametrize(("initial", "wrong"), [(True, "Compliant"), (False, "Approved"), (True, "approved")])
def test_the_status_must_be_one_that_the_rulebook_names(initial: bool, wrong: str) -> None:
    made = prepared("2020-01-20", initial=initial)
    refused("must be one that the rulebook names", "set_status", made, "2020-02-12", status=wrong)


def test_only_a_full_assessment_is_initial() -> None:
    made = Assessment(party=party(), kind=Kind.VUSA, initial=True, opened_on=date(2020, 1, 6))
    with pytest.raises(Refused, match="Only a Full User Security Assessment can be the initial one"):
        ASSESSMENT.take("request", made, by=security_person(), at=london("2020-01-06"), recorded=LATER)


def test_an_assessment_of_a_kind_is_opened_once_a_day() -> None:
    requested("2020-01-06")
    with pytest.raises(Refused, match="An assessment of this kind was opened"):
        requested("2020-01-06")


def test_an_assessment_reaches_a_milestone_once() -> None:
    made = prepared("2020-01-20")
    again = AssessmentMilestone(assessment=made, kind=MilestoneKind.PREPARED, day=date(2020, 1, 21))
    with pytest.raises(ValidationError, match="already reached this milestone"):
        again.full_clean()


@pytest.mark.parametrize(("body", "allowed_from"), [("SSC", "2017-08-01"), ("SECP", "2013-09-23")])
def test_the_panel_sets_statuses_until_august_2017_and_the_ssc_since(body: str, allowed_from: str) -> None:
    who = ASSESSMENT.steps["set_status"].who
    member, before, after = person(Role.COMMITTEE_MEMBER, audience=body), london("2017-07-31"), london("2017-08-01")
    assert who(member, None, before) == (allowed_from == "2013-09-23")
    assert who(member, None, after) == (allowed_from == "2017-08-01")
    assert who(security_person(), None, after)
    assert who(security_person(), None, london("2012-01-01")) is False
    assert not who(None, None, after)


def test_a_member_of_the_ssc_decides_and_does_not_validate() -> None:
    made, member = prepared("2020-01-20"), person(Role.COMMITTEE_MEMBER, audience="SSC")
    told: dict[str, Any] = {"by": member, "at": london("2020-02-12"), "recorded": LATER}
    ASSESSMENT.take("set_status", made, status="Compliant", **told)
    with pytest.raises(Refused, match="The secretariat's security team"):
        ASSESSMENT.take("close", made, **told)


def test_every_state_of_the_model_is_a_state_of_the_procedure() -> None:
    assert set(ASSESSMENT.states) == set(State.values)
