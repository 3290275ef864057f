"""How milestones are claimed and determined, and how the joint industry plan is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.committees.bodies.models import is_a_meeting
from secretariat.core import journal
from secretariat.core.capacities import secretariat
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.accountability.models import (
    ACHIEVED,
    BASELINED,
    CLAIMED,
    CONSULTED,
    DROPPED,
    ISSUED,
    NOT_ACHIEVED,
    OPEN,
    REACHED,
    REJECTED,
    SET,
    WITHDRAWN,
    IncentiveMilestone,
    JointMilestone,
    MilestoneView,
    PlanChange,
)
from secretariat.oversight.who import OPERATIONS_GROUP, TESTING_GROUP, operator_or_team, technical_team
from secretariat.plain.dates import local_day
from secretariat.plain.references import parse_meeting

Facts = Mapping[str, Any]
ADVISERS = (TESTING_GROUP, OPERATIONS_GROUP)
PANEL = "SECP"


@rule("Incentives scheme")
def its_day_has_come(milestone: IncentiveMilestone, at: datetime, facts: Facts) -> bool:
    """A milestone is claimed for a day that has come."""
    return bool(facts["claimed_on"] <= local_day(at))


@rule("Incentives scheme")
def at_a_meeting_of_an_adviser(milestone: IncentiveMilestone, at: datetime, facts: Facts) -> bool:
    """The Testing Advisory Group and the Operations Group each give their view at a meeting."""
    return parse_meeting(facts["meeting"]).body in ADVISERS


@rule("Incentives scheme")
def it_gave_no_view_before(milestone: IncentiveMilestone, at: datetime, facts: Facts) -> bool:
    """A body gives one view of a milestone."""
    return not milestone.views.filter(body=parse_meeting(facts["meeting"]).body).exists()


@rule("Incentives scheme")
def both_advisers_gave_their_view(milestone: IncentiveMilestone, at: datetime) -> bool:
    """The Panel determines a milestone once the Testing Advisory Group and the Operations Group gave their views."""
    return set(ADVISERS) <= set(milestone.views.values_list("body", flat=True))


@rule("Incentives scheme")
def at_a_meeting_of_the_panel(milestone: IncentiveMilestone, at: datetime, facts: Facts) -> bool:
    """A milestone is determined at a meeting of the Panel."""
    return parse_meeting(facts["meeting"]).body == PANEL


@rule("Joint industry plan")
def its_milestones_are_told(change: PlanChange, at: datetime) -> bool:
    """A change request that is baselined moves or adds a milestone."""
    return change.lines.exists()


@rule("Joint industry plan")
def its_consultation_is_over(change: PlanChange, at: datetime) -> bool:
    """A change request is decided once its consultation has closed."""
    return change.closes_at < at


@rule("Joint industry plan")
def its_consultation_is_to_come(change: PlanChange, at: datetime) -> bool:
    """A change request is issued before its consultation closes."""
    return change.closes_at > at


@rule("Joint industry plan")
def nothing_moved_meanwhile(change: PlanChange, at: datetime) -> bool:
    """A milestone is moved from the day that the change request names."""
    return all(line.was == line.milestone.due_on for line in change.lines.select_related("milestone"))


@rule("Joint industry plan")
def it_was_reached_by_now(milestone: JointMilestone, at: datetime, facts: Facts) -> bool:
    """A milestone is reached on a day that has come."""
    return bool(facts["reached_on"] <= local_day(at))


def _claimed(milestone: IncentiveMilestone, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    milestone.claimed_on, milestone.evidence = facts["claimed_on"], facts["evidence"]


def _viewed(milestone: IncentiveMilestone, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    MilestoneView.objects.create(
        milestone=milestone, body=parse_meeting(facts["meeting"]).body, achieved=facts["achieved"] == "yes",
        reason=facts["reason"], meeting=facts["meeting"], given_on=local_day(at),
        classification=milestone.classification, audience=milestone.audience,
    )  # fmt: skip


def _determined(milestone: IncentiveMilestone, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    milestone.determined_on, milestone.meeting, milestone.reason = local_day(at), facts["meeting"], facts["reason"]


def _reached(milestone: JointMilestone, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    milestone.reached_on = facts["reached_on"]


def _issued(change: PlanChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.issued_on = local_day(at)


def _consulted(change: PlanChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.responses, change.outcome = facts["responses"], facts["summary"]


def _baselined(change: PlanChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _decided(change, at, recorded, facts)
    for line in change.lines.select_related("milestone"):
        journal.amend(line.milestone, {"due_on": line.becomes}, by=None, at=at, recorded=recorded)


def _decided(change: PlanChange, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    change.decided_on, change.decided_at = local_day(at), facts["decided_at"]


MEETING = a_line(40, validators=[is_a_meeting], help_text="Such as SECP_57_1306.")


DAY = a_day(help_text="As 2018-06-15.")


def _yes_or_no() -> forms.Field:
    return forms.ChoiceField(choices=(("yes", "Yes"), ("no", "No")), label="Recommends that it is achieved")


DECIDED_BY = a_line(120, help_text="The group that decided, and when it met.")


VIEW = {"meeting": MEETING, "achieved": _yes_or_no, "reason": a_text()}
DETERMINED = {"meeting": MEETING, "reason": a_text()}
DETERMINED_BY = (both_advisers_gave_their_view, at_a_meeting_of_the_panel)

INCENTIVE_MILESTONES = Procedure(
    "incentive_milestone",
    IncentiveMilestone,
    Step("set", NEW, SET, technical_team),
    Step("claim", SET, CLAIMED, operator_or_team, (its_day_has_come,),
         {"claimed_on": DAY, "evidence": a_text(4000)}, _claimed, "Claim that it was achieved", primary=True),
    Step("view", CLAIMED, None, technical_team, (at_a_meeting_of_an_adviser, it_gave_no_view_before), VIEW, _viewed,
         "Record a body's view"),
    Step("achieve", CLAIMED, ACHIEVED, technical_team, DETERMINED_BY, DETERMINED, _determined,
         "Record that the Panel determined it achieved", primary=True),
    Step("miss", CLAIMED, NOT_ACHIEVED, technical_team, DETERMINED_BY, DETERMINED, _determined,
         "Record that the Panel determined it not achieved"),
)  # fmt: skip

JOINT_MILESTONES = Procedure(
    "joint_milestone",
    JointMilestone,
    Step("enter", NEW, OPEN, secretariat),
    Step("reach", OPEN, REACHED, secretariat, (it_was_reached_by_now,), {"reached_on": DAY}, _reached, primary=True),
    Step("drop", OPEN, DROPPED, secretariat, facts={"reason": a_line()}),
)  # fmt: skip

PLAN_CHANGES = Procedure(
    "plan_change",
    PlanChange,
    Step("issue", NEW, ISSUED, operator_or_team, (its_consultation_is_to_come,), change=_issued),
    Step("consult", ISSUED, CONSULTED, technical_team, (its_consultation_is_over,),
         {"responses": lambda: forms.IntegerField(min_value=0), "summary": a_text(required=False)}, _consulted,
         "Record what the consultation gave", primary=True),
    Step("baseline", CONSULTED, BASELINED, technical_team, (its_milestones_are_told, nothing_moved_meanwhile),
         {"decided_at": DECIDED_BY}, _baselined, "Record that the plan was baselined", primary=True),
    Step("reject", CONSULTED, REJECTED, technical_team, facts={"decided_at": DECIDED_BY}, change=_decided),
    Step("withdraw", (ISSUED, CONSULTED), WITHDRAWN, operator_or_team, facts={"reason": a_line()}),
)  # fmt: skip
