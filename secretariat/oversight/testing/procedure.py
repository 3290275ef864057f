"""How testing is governed: documents, plans of governance, phases, and testing of two programmes at once (GOV-24)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secretariat.committees.bodies.models import is_a_meeting
from secretariat.core.calendar import calendar
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.testing.durations import minimums, out_of_order, too_short
from secretariat.oversight.testing.models import (
    AGREED,
    APPROVED,
    CANCELLED,
    DRAFT,
    OVER,
    PLANNED,
    PRESENTED,
    PROPOSED,
    QUERIED,
    REFUSED,
    SENT_BACK,
    SUBMITTED,
    UNDER_WAY,
    WITHDRAWN,
    ConcurrentTesting,
    DocumentKind,
    GovernancePlan,
    TestDocument,
    TestPhase,
)
from secretariat.oversight.testing.standing import between, planned
from secretariat.oversight.who import TESTING_GROUP, operator_or_team, tag_member, technical_team
from secretariat.plain.dates import local_day
from secretariat.plain.references import parse_meeting

Facts = Mapping[str, Any]


def member_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Testing Advisory Group, or the secretariat's technical team for it."""
    return tag_member(person, record, at) or technical_team(person, record, at)


@rule("GOV-24")
def at_a_meeting_of_the_group(record: Any, at: datetime, facts: Facts) -> bool:
    """What is put to the Testing Advisory Group is decided at one of its meetings."""
    return parse_meeting(facts["meeting"]).body == TESTING_GROUP


@rule("GOV-24")
def its_testing_is_over(document: TestDocument, at: datetime) -> bool:
    """A test completion report is approved once the testing that it reports is over."""
    return document.kind != DocumentKind.COMPLETION or (document.phase is not None and document.phase.state == OVER)


@rule("GOV-24")
def what_is_tested_was_approved(phase: TestPhase, at: datetime) -> bool:
    """Testing begins once a testing approach, or a depth and breadth document, of it is approved."""
    kinds = (DocumentKind.APPROACH, DocumentKind.DEPTH)
    return phase.documents.filter(kind__in=kinds, state=APPROVED).exists()


@rule("GOV-24")
def both_days_are_told(phase: TestPhase, at: datetime, facts: Facts) -> bool:
    """Testing is moved to other days, and ends on the day on which it begins or later."""
    days = facts["begins_on"], facts["ends_on"]
    return days[0] <= days[1] and days != (phase.begins_on, phase.ends_on)


@rule("GOV-24")
def what_has_begun_keeps_its_first_day(phase: TestPhase, at: datetime, facts: Facts) -> bool:
    """Of testing that has begun only the last day moves."""
    return phase.state == PLANNED or facts["begins_on"] == phase.begins_on


@rule("GOV-24")
def every_step_is_planned(plan: GovernancePlan, at: datetime) -> bool:
    """A plan of governance gives the days of every step."""
    return {one.name for one in minimums(local_day(at))} <= planned(plan).keys()


@rule("GOV-24")
def no_step_is_shortened(plan: GovernancePlan, at: datetime) -> bool:
    """The group takes no plan in which a step of governance is shorter than its minimum."""
    return not too_short(planned(plan), minimums(local_day(at)), calendar())


@rule("GOV-24")
def steps_follow_each_other(plan: GovernancePlan, at: datetime) -> bool:
    """Each step of governance begins after the step before it has ended."""
    return not out_of_order(planned(plan), minimums(local_day(at)))


@rule("GOV-24")
def it_is_through_before_testing(plan: GovernancePlan, at: datetime) -> bool:
    """Governance is through before the testing that it is about begins."""
    last = max((days.last for days in planned(plan).values()), default=None)
    return plan.phase is None or last is None or last < plan.phase.begins_on


@rule("GOV-24")
def dependencies_have_mitigations(proposal: ConcurrentTesting, at: datetime) -> bool:
    """Two programmes are tested at once where every dependency between them has its mitigation."""
    return all(one.mitigation for one in between(proposal.one_id, proposal.other_id))


def _submitted(document: TestDocument, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    document.submitted_on = local_day(at)


def _queried(document: TestDocument, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    document.query, document.answer = facts["query"], ""


def _answered(document: TestDocument, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    document.answer = facts["answer"]


def _settled(document: TestDocument, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    document.decided_on, document.meeting = local_day(at), facts["meeting"]
    document.reason = facts.get("reason", "")


def _presented(plan: GovernancePlan, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    plan.presented_on, plan.concerns = local_day(at), ""


def _concerned(plan: GovernancePlan, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    plan.concerns, plan.meeting, plan.decided_on = facts["concerns"], facts["meeting"], local_day(at)


def _agreed(plan: GovernancePlan, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    plan.meeting, plan.decided_on = facts["meeting"], local_day(at)


def _moved(phase: TestPhase, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    phase.begins_on, phase.ends_on = facts["begins_on"], facts["ends_on"]


def _proposed(proposal: ConcurrentTesting, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    proposal.proposed_on = local_day(at)


def _judged(proposal: ConcurrentTesting, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    proposal.risks, proposal.meeting, proposal.decided_on = facts["risks"], facts["meeting"], local_day(at)


DAY = a_day(help_text="As 2020-03-16.")


MEETING = {"meeting": a_line(40, validators=[is_a_meeting], help_text="Such as TAG_41_1202.")}

TEST_DOCUMENTS = Procedure(
    "test_document",
    TestDocument,
    Step("submit", NEW, SUBMITTED, operator_or_team, change=_submitted),
    Step("query", SUBMITTED, QUERIED, member_or_team, facts={"query": a_text()}, change=_queried),
    Step("answer", QUERIED, SUBMITTED, operator_or_team, facts={"answer": a_text()}, change=_answered,
         says="Answer the query", primary=True),
    Step("approve", SUBMITTED, APPROVED, technical_team, (at_a_meeting_of_the_group, its_testing_is_over), MEETING,
         _settled, "Record that the group approved it", primary=True),
    Step("refuse", (SUBMITTED, QUERIED), REFUSED, technical_team, (at_a_meeting_of_the_group,),
         {**MEETING, "reason": a_line()}, _settled, "Record that the group refused it"),
    Step("withdraw", (SUBMITTED, QUERIED), WITHDRAWN, operator_or_team, facts={"reason": a_line()}),
)  # fmt: skip

TEST_PHASES = Procedure(
    "test_phase",
    TestPhase,
    Step("plan", NEW, PLANNED, operator_or_team),
    Step("begin", PLANNED, UNDER_WAY, operator_or_team, (what_is_tested_was_approved,), primary=True),
    Step("end", UNDER_WAY, OVER, operator_or_team, primary=True),
    Step("move", (PLANNED, UNDER_WAY), None, operator_or_team,
         (both_days_are_told, what_has_begun_keeps_its_first_day),
         {"begins_on": DAY, "ends_on": DAY, "reason": a_line()}, _moved, "Move it to other days"),
    Step("cancel", (PLANNED, UNDER_WAY), CANCELLED, operator_or_team, facts={"reason": a_line()}),
)  # fmt: skip

GOVERNANCE_PLANS = Procedure(
    "governance_plan",
    GovernancePlan,
    Step("draft", NEW, DRAFT, operator_or_team),
    Step("present", (DRAFT, SENT_BACK), PRESENTED, operator_or_team, (every_step_is_planned,), change=_presented,
         says="Present it to the group", primary=True),
    Step("send_back", PRESENTED, SENT_BACK, member_or_team, (at_a_meeting_of_the_group,),
         {**MEETING, "concerns": a_text()}, _concerned, "Record the group's concerns"),
    Step("agree", PRESENTED, AGREED, technical_team,
         (no_step_is_shortened, steps_follow_each_other, it_is_through_before_testing, at_a_meeting_of_the_group),
         MEETING, _agreed, "Record that the group agreed", primary=True),
    Step("withdraw", (DRAFT, PRESENTED, SENT_BACK), WITHDRAWN, operator_or_team, facts={"reason": a_line()}),
)  # fmt: skip

CONCURRENT_TESTING = Procedure(
    "concurrent_testing",
    ConcurrentTesting,
    Step("propose", NEW, PROPOSED, operator_or_team, change=_proposed),
    Step("agree", PROPOSED, AGREED, technical_team, (dependencies_have_mitigations, at_a_meeting_of_the_group),
         {**MEETING, "risks": a_text()}, _judged, "Record that the group agreed", primary=True),
    Step("refuse", PROPOSED, REFUSED, technical_team, (at_a_meeting_of_the_group,), {**MEETING, "risks": a_text()},
         _judged, "Record that the group refused"),
    Step("withdraw", PROPOSED, WITHDRAWN, operator_or_team, facts={"reason": a_line()}),
)  # fmt: skip
