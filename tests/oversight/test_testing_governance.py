"""The Testing Advisory Group: documents, plans that are not shortened, two programmes tested at once (GOV-24)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from secretariat.core.journal import history
from secretariat.core.procedure import Refused
from secretariat.oversight.testing.actions import plan_steps
from secretariat.oversight.testing.durations import Days, minimums, shortest
from secretariat.oversight.testing.forms import DependencyForm, TestDocumentForm
from secretariat.oversight.testing.models import (
    AGREED,
    APPROVED,
    CANCELLED,
    OVER,
    PLANNED,
    QUERIED,
    REFUSED,
    SENT_BACK,
    SUBMITTED,
    UNDER_WAY,
    WITHDRAWN,
    ConcurrentTesting,
    Dependency,
    GovernancePlan,
    TestDocument,
    TestPhase,
    TestProgramme,
)
from secretariat.oversight.testing.procedure import (
    CONCURRENT_TESTING,
    GOVERNANCE_PLANS,
    TEST_DOCUMENTS,
    TEST_PHASES,
)
from secretariat.oversight.testing.standing import begin_by, clashes, shortfalls
from secretariat.plain.workdays import default_calendar
from tests.oversight.incident_facts import LATER, dcc, london, member
from tests.oversight.steps import take

pytestmark = pytest.mark.django_db
MEETING = "TAG_41_1202"
TOLD: dict[str, Any] = {"by": None, "at": LATER, "recorded": LATER}


def programme(name: str) -> TestProgramme:
    made: TestProgramme = TestProgramme.objects.get_or_create(name=name, defaults={"kind": "sec release"})[0]
    return made


def phase(of: str, kind: str, place: str, begins: str, ends: str) -> TestPhase:
    made = TestPhase(programme=programme(of), kind=kind, environment=place)
    made.begins_on, made.ends_on = date.fromisoformat(begins), date.fromisoformat(ends)
    take(TEST_PHASES, "plan", made, "2020-01-06", dcc())
    return made


def release() -> TestPhase:
    return phase("June 2020 Release", "sit", "SIT A", "2020-03-16", "2020-04-24")


def uplift() -> TestPhase:
    return phase("SMETS1 Uplift 1.1", "sit", "SIT A", "2020-03-30", "2020-05-01")


def document(of: TestPhase, kind: str = "depth and breadth", title: str = "SIT depth and breadth") -> TestDocument:
    made = TestDocument(programme=of.programme, phase=of, title=title, kind=kind, version="1.0")
    take(TEST_DOCUMENTS, "submit", made, "2020-01-13", dcc())
    return made


def test_the_group_approves_a_document_at_its_own_meeting_after_its_queries_are_answered() -> None:
    made = document(release())
    take(TEST_DOCUMENTS, "query", made, "2020-01-20", member("TAG"), query="Why?")
    assert made.state == QUERIED
    take(TEST_DOCUMENTS, "answer", made, "2020-01-22", dcc(), answer="Because.")
    with pytest.raises(Refused, match="decided at one of its meetings"):
        take(TEST_DOCUMENTS, "approve", made, "2020-02-12", meeting="OPSG_29_0402")
    take(TEST_DOCUMENTS, "approve", made, "2020-02-12", meeting=MEETING)
    assert (made.state, made.meeting, made.decided_on) == (APPROVED, MEETING, date(2020, 2, 12))


def test_a_document_that_is_refused_or_withdrawn_can_be_put_again_in_the_same_version() -> None:
    of = release()
    refused = document(of)
    take(TEST_DOCUMENTS, "refuse", refused, "2020-02-12", meeting=MEETING, reason="It leaves out dual fuel.")
    withdrawn = document(of)
    take(TEST_DOCUMENTS, "withdraw", withdrawn, "2020-02-13", dcc(), reason="A slip.")
    again = document(of)
    assert (refused.state, withdrawn.state, again.state) == (REFUSED, WITHDRAWN, SUBMITTED)
    with pytest.raises(Refused, match="was put to the Testing Advisory Group already"):
        document(of)


def test_testing_begins_once_its_document_is_approved_and_its_report_is_approved_once_it_is_over() -> None:
    of = release()
    with pytest.raises(Refused, match="Testing begins once a testing approach, or a depth and breadth document"):
        take(TEST_PHASES, "begin", of, "2020-03-16", dcc())
    take(TEST_DOCUMENTS, "approve", document(of), "2020-02-12", meeting=MEETING)
    take(TEST_PHASES, "begin", of, "2020-03-16", dcc())
    report = document(of, "completion", "SIT completion report")
    with pytest.raises(Refused, match="once the testing that it reports is over"):
        take(TEST_DOCUMENTS, "approve", report, "2020-03-25", meeting=MEETING)
    assert of.state == UNDER_WAY
    take(TEST_PHASES, "end", of, "2020-04-24", dcc())
    take(TEST_DOCUMENTS, "approve", report, "2020-04-29", meeting="TAG_46_2904")
    assert (of.state, report.state) == (OVER, APPROVED)


def test_a_completion_report_names_its_testing_and_a_document_its_own_programmes() -> None:
    told = {"programme": programme("Other").pk, "title": "T", "kind": "completion", "version": "1.0"}
    form = TestDocumentForm({**told, "phase": release().pk})
    assert form.errors["phase"] == ["This testing is of another programme."]
    without = TestDocument(programme=programme("Other"), title="T", kind="completion", version="1.0")
    with pytest.raises(Refused, match="names the testing that it reports"):
        take(TEST_DOCUMENTS, "submit", without, "2020-01-13", dcc())


def test_testing_is_moved_with_a_reason_and_what_has_begun_keeps_its_first_day() -> None:
    of = release()
    same = {"begins_on": "2020-03-16", "ends_on": "2020-04-24", "reason": "None."}
    for days in (same, {**same, "begins_on": "2020-05-01"}):
        with pytest.raises(Refused, match="moved to other days"):
            take(TEST_PHASES, "move", of, "2020-02-20", dcc(), **days)
    later = {"begins_on": "2020-03-23", "ends_on": "2020-05-01", "reason": "The build is late."}
    take(TEST_PHASES, "move", of, "2020-02-20", dcc(), **later)
    moved = history(of).get(name="test_phase.move")
    assert (moved.facts["reason"], of.begins_on) == ("The build is late.", date(2020, 3, 23))
    take(TEST_DOCUMENTS, "approve", document(of), "2020-02-26", meeting="TAG_42_2602")
    take(TEST_PHASES, "begin", of, "2020-03-23", dcc())
    with pytest.raises(Refused, match="only the last day moves"):
        take(TEST_PHASES, "move", of, "2020-03-24", dcc(), **{**later, "begins_on": "2020-03-30"})
    take(TEST_PHASES, "cancel", of, "2020-03-25", dcc(), reason="It is not needed.")
    assert of.state == CANCELLED


def plan(of: TestPhase | None = None) -> GovernancePlan:
    made = GovernancePlan(programme=programme("June 2020 Release"), phase=of, title="Governance of the SIT documents")
    take(GOVERNANCE_PLANS, "draft", made, "2020-01-06", dcc())
    return made


def least() -> dict[str, Days]:
    return shortest(date(2020, 1, 13), minimums(date(2020, 1, 13)), default_calendar())


def test_the_group_takes_no_plan_that_shortens_a_step_and_says_which_step_lacks_what() -> None:
    made, days = plan(release()), least()
    with pytest.raises(Refused, match="gives the days of every step"):
        take(GOVERNANCE_PLANS, "present", made, "2020-01-13", dcc())
    review = days["industry review"]
    short = {**days, "industry review": Days(review.first, date(2020, 1, 17))}
    plan_steps(made, short, **TOLD)
    assert shortfalls(made, date(2020, 1, 13)) == [
        "“Industry review” has 5 Working Days; it lasts 10 Working Days at least."
    ]
    take(GOVERNANCE_PLANS, "present", made, "2020-01-13", dcc())
    with pytest.raises(Refused, match="a step of governance is shorter than its minimum"):
        take(GOVERNANCE_PLANS, "agree", made, "2020-02-12", meeting=MEETING)
    with pytest.raises(Refused, match="once the group has sent it back"):
        plan_steps(made, days, **TOLD)
    take(GOVERNANCE_PLANS, "send_back", made, "2020-01-15", meeting=MEETING, concerns="Truncated.")
    assert (made.state, made.concerns) == (SENT_BACK, "Truncated.")
    plan_steps(made, days, **TOLD)
    take(GOVERNANCE_PLANS, "present", made, "2020-01-20", dcc())
    take(GOVERNANCE_PLANS, "agree", made, "2020-02-12", meeting=MEETING)
    assert made.state == AGREED
    assert history(made).filter(name="governance_plan.plan_steps").count() == 2


def test_steps_follow_each_other_and_governance_is_through_before_testing_begins() -> None:
    days = least()
    overlapping = {**days, "comments answered": Days(date(2020, 1, 20), date(2020, 1, 31))}
    made = plan()
    plan_steps(made, overlapping, **TOLD)
    take(GOVERNANCE_PLANS, "present", made, "2020-01-13", dcc())
    with pytest.raises(Refused, match="begins after the step before it has ended"):
        take(GOVERNANCE_PLANS, "agree", made, "2020-02-12", meeting=MEETING)
    early = plan(phase("June 2020 Release", "pit", "PIT", "2020-02-03", "2020-02-28"))
    plan_steps(early, days, **TOLD)
    take(GOVERNANCE_PLANS, "present", early, "2020-01-13", dcc())
    with pytest.raises(Refused, match="Governance is through before the testing that it is about"):
        take(GOVERNANCE_PLANS, "agree", early, "2020-02-12", meeting=MEETING)
    take(GOVERNANCE_PLANS, "withdraw", early, "2020-02-13", dcc(), reason="Begun anew.")
    assert early.state == WITHDRAWN
    with pytest.raises(Refused, match="Ends before it begins: decision"):
        plan_steps(plan(), {"decision": Days(date(2020, 2, 3), date(2020, 1, 31))}, **TOLD)


def test_governance_begins_twenty_one_working_days_before_testing() -> None:
    assert begin_by(release(), date(2020, 1, 6)) == date(2020, 2, 14)


def test_an_overlap_of_two_programmes_tells_what_the_group_said_of_it() -> None:
    rows = [release(), uplift()]
    (found,) = clashes(rows, [])
    assert (found.days, found.shares_environment, found.is_agreed) == (
        Days(date(2020, 3, 30), date(2020, 4, 24)), True, False,
    )  # fmt: skip
    said = ConcurrentTesting(one=rows[0].programme, other=rows[1].programme, case="Less risk for both.")
    take(CONCURRENT_TESTING, "propose", said, "2020-02-17", dcc())
    need = Dependency.objects.create(phase=rows[1], needed=rows[0], why="It builds upon it.")
    with pytest.raises(Refused, match="every dependency between them has its mitigation"):
        take(CONCURRENT_TESTING, "agree", said, "2020-02-26", meeting="TAG_42_2602", risks="Few.")
    Dependency.objects.filter(pk=need.pk).update(mitigation="It waits in an environment of its own.")
    take(CONCURRENT_TESTING, "agree", said, "2020-02-26", meeting="TAG_42_2602", risks="Few.")
    assert said.state == AGREED
    assert clashes(rows, [said])[0].is_agreed


def test_concurrent_testing_is_of_two_programmes_and_can_be_refused_or_withdrawn() -> None:
    one, other = programme("One"), programme("Other")
    with pytest.raises(Refused, match="Concurrent testing is of two programmes"):
        take(CONCURRENT_TESTING, "propose", ConcurrentTesting(one=one, other=one, case="C"), "2020-02-17", dcc())
    refused, withdrawn = (ConcurrentTesting(one=one, other=other, case="C") for _ in range(2))
    for made in (refused, withdrawn):
        take(CONCURRENT_TESTING, "propose", made, "2020-02-17", dcc())
    take(CONCURRENT_TESTING, "refuse", refused, "2020-02-26", meeting="TAG_42_2602", risks="Too many.")
    take(CONCURRENT_TESTING, "withdraw", withdrawn, "2020-02-26", dcc(), reason="It is no longer planned.")
    assert (refused.state, withdrawn.state) == (REFUSED, WITHDRAWN)


def test_dependencies_that_go_round_are_refused() -> None:
    first, second = release(), uplift()
    Dependency.objects.create(phase=second, needed=first, why="It builds upon it.")
    form = DependencyForm({"phase": first.pk, "needed": second.pk, "why": "W"})
    assert form.errors["__all__"] == ["The testing that is needed needs this one itself: they would wait for ever."]


def test_the_operator_reads_what_it_put_to_the_group_and_the_public_does_not() -> None:
    made = document(release())
    at = london("2020-02-20")
    assert made.state == SUBMITTED
    readers = (
        dcc(),
        member("TAG"),
        member("SSC"),
        None,
    )
    seen = [TestDocument.objects.visible_to(one, at).exists() for one in readers]
    assert seen == [True, True, False, False]
    assert TestPhase.objects.get().state == PLANNED
