"""Agreed interpretations, and the Security Sub-Committee's yearly and quarterly work (SEC-20, SEC-30, SEC-31)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from secretariat.assurance.framework.models import (
    AGREED,
    DONE,
    DROPPED,
    PLANNED,
    PROPOSED,
    REPLACED,
    UNDER_WAY,
    WITHDRAWN,
    Interpretation,
    PlannedWork,
    Work,
)
from secretariat.committees.bodies.models import is_a_meeting
from secretariat.committees.seats.terms import add_months
from secretariat.core.capacities import team
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Refused, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.plain.references import parse_meeting
from secretariat.post.due import Due, register

Facts = Mapping[str, Any]
AGREES = "SSC"
"""The body that keeps the agreed interpretations."""

security_team = team(Team.SECURITY)


def security_team_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat's security team, or time alone."""
    return person is None or security_team(person, record, at)


def owner_or_team(person: Person | None, record: PlannedWork, at: datetime) -> bool:
    """Who owns the work, or the secretariat's security team."""
    own = person is not None and record is not None and record.owner_id == person.pk
    return own or security_team(person, record, at)


@rule("SEC-20")
def it_replaces_the_one_that_holds(interpretation: Interpretation, at: datetime) -> bool:
    """A new version replaces the agreed one of its number, and a first version replaces none."""
    before = interpretation.replaces
    if before is None:
        return not Interpretation.objects.filter(number=interpretation.number).exclude(pk=interpretation.pk).exists()
    return before.state == AGREED and before.number == interpretation.number


@rule("SEC-20")
def its_body_met(interpretation: Interpretation, at: datetime, facts: Facts) -> bool:
    """An interpretation is agreed at a meeting of the Security Sub-Committee."""
    return parse_meeting(facts["meeting"]).body == AGREES


@rule("SEC-30")
def somebody_owns_it(work: PlannedWork, at: datetime) -> bool:
    """Say first who owns the work."""
    return work.owner_id is not None


@rule("SEC-30")
def it_is_planned_for_a_day_to_come(work: PlannedWork, at: datetime) -> bool:
    """Work is planned before the day on which it is due."""
    return work.due_on >= local_day(at)


@rule("SEC-30")
def to_another_day_to_come(work: PlannedWork, at: datetime, facts: Facts) -> bool:
    """Work is moved to another day, and not to one that is over."""
    return bool(facts["due_on"] != work.due_on and facts["due_on"] >= local_day(at))


@rule("SEC-31")
def its_changes_are_published(work: PlannedWork, at: datetime, facts: Facts) -> bool:
    """A review of standards ends with the day on which its changes were published."""
    if work.work != Work.STANDARDS_REVIEW:
        return True
    published = facts.get("published_on")
    return published is not None and published <= local_day(at)


def _agreed(interpretation: Interpretation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    interpretation.agreed_on, interpretation.meeting = local_day(at), facts["meeting"]
    before = interpretation.replaces
    if before is None:
        return
    if before.state != AGREED:
        raise Refused("The version that it replaces no longer holds: propose it anew.")
    INTERPRETATIONS.take("replace", before, by=None, at=at, recorded=recorded)


def _ended(interpretation: Interpretation, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    interpretation.ended_on = local_day(at)


def _begun(work: PlannedWork, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    work.begun_on = local_day(at)


def _done(work: PlannedWork, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    work.done_on, work.outcome = local_day(at), facts["outcome"]
    work.published_on = facts["published_on"]


def _moved(work: PlannedWork, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    work.due_on = facts["due_on"]


def nobody_alone(person: Person | None, record: Any, at: datetime) -> bool:
    """Nobody: it follows from the agreement of a new version."""
    return person is None


OUTCOME = {
    "outcome": a_text(),
    "published_on": a_day("Changes published on", required=False, help_text="Of a review of standards: as 2020-02-17."),
}

INTERPRETATIONS = Procedure(
    "interpretation",
    Interpretation,
    Step("propose", NEW, PROPOSED, security_team, (it_replaces_the_one_that_holds,)),
    Step("agree", PROPOSED, AGREED, security_team, (its_body_met,),
         {"meeting": a_line(40, validators=[is_a_meeting], help_text="Such as SSC_97_1202.")}, _agreed,
         "Record that the SSC agreed it", primary=True),
    Step("replace", AGREED, REPLACED, nobody_alone, change=_ended),
    Step("withdraw", (PROPOSED, AGREED), WITHDRAWN, security_team, facts={"reason": a_line()}, change=_ended),
)  # fmt: skip

SECURITY_PLAN = Procedure(
    "security_plan",
    PlannedWork,
    Step("plan", NEW, PLANNED, security_team_or_clock, (it_is_planned_for_a_day_to_come,)),
    Step("begin", PLANNED, UNDER_WAY, owner_or_team, (somebody_owns_it,), change=_begun, primary=True),
    Step("complete", UNDER_WAY, DONE, owner_or_team, (its_changes_are_published,), OUTCOME, _done, primary=True),
    Step("move", (PLANNED, UNDER_WAY), None, security_team, (to_another_day_to_come,),
         {"due_on": a_day("Due on"), "reason": a_line()}, _moved, "Move to another day"),
    Step("drop", (PLANNED, UNDER_WAY), DROPPED, security_team, facts={"reason": a_line()}),
)  # fmt: skip


def next_due(work: str, last: date, today: date) -> date:
    """When a duty that was due on a day is due next, and not before today (SEC-30, SEC-31)."""
    months = RULEBOOK.number(f"security_plan.months.{work}", today)
    turns = 1
    while (found := add_months(last, turns * months)) < today:
        turns += 1
    return found


@register
def work_to_plan(at: datetime) -> Iterator[Due]:
    """The next turn of each duty whose last one is done or dropped; its owner stays."""
    today = local_day(at)
    for work in Work.values:
        last = PlannedWork.objects.filter(work=work).order_by("-due_on").first()
        if last is not None and last.state in (DONE, DROPPED):
            due = next_due(work, last.due_on, today)
            again = PlannedWork(work=work, due_on=due, owner=last.owner, invented=last.invented)
            yield Due(SECURITY_PLAN, "plan", again)
