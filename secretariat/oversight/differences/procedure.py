"""How a difference between parties is settled: request, the other side's view, meetings, and its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from secretariat.core.calendar import calendar
from secretariat.core.capacities import speaks_for, team
from secretariat.core.facts import a_day, a_line, a_text
from secretariat.core.people import Person, Role, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.differences.models import (
    ANSWERED,
    DECLINED,
    REFERRED,
    REQUESTED,
    SETTLED,
    TAKEN_ON,
    WITHDRAWN,
    EngagementRules,
    PartyDifference,
)
from secretariat.plain.dates import local_day
from secretariat.plain.workdays import Working

Facts = Mapping[str, Any]
RULES = "Rules of engagement, party differences"
operations_team = team(Team.OPERATIONS)


def its_contact_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A contact of the party that asks, or the secretariat's operations team for it."""
    if operations_team(person, record, at):
        return True
    spoken_for = speaks_for(person, at)
    return bool(spoken_for) if record is None or record.party_id is None else record.party_id in spoken_for


def the_other_side_or_team(person: Person | None, record: Any, at: datetime) -> bool:
    """A contact of the other party, the DCC where it is the other party, or the operations team for it."""
    if person is None or record is None:
        return False
    for_dcc = record.other.is_dcc and person.acts_as(Role.DCC, at)
    return for_dcc or record.other_id in speaks_for(person, at) or operations_team(person, record, at)


@rule(RULES)
def rules_are_in_force(difference: PartyDifference, at: datetime) -> bool:
    """A difference is taken on under rules of engagement that are in force."""
    return rules_on(at) is not None


@rule(RULES)
def both_sides_were_heard(difference: PartyDifference, at: datetime) -> bool:
    """A difference is referred onwards once the other side gave its view, or its time to do so is over."""
    due = position_by(difference)
    return difference.state == ANSWERED or (due is not None and local_day(at) > due.result)


@rule(RULES)
def the_meeting_has_been(difference: PartyDifference, at: datetime, facts: Facts) -> bool:
    """A meeting of the two sides is recorded once it was held, and not from before the request was taken on."""
    return bool(difference.taken_on is not None and difference.taken_on <= facts["held_on"] <= local_day(at))


def rules_on(at: datetime) -> EngagementRules | None:
    """The rules of engagement in force at an instant."""
    rows: Any = EngagementRules.objects.filter(from_day__lte=local_day(at))
    found: EngagementRules | None = rows.order_by("-from_day", "-pk").first()
    return found


def acknowledged_by(difference: PartyDifference) -> Working | None:
    """By when a request is taken on or declined, with the working."""
    since = difference.requested_on
    return calendar().working(since, RULEBOOK.number("difference.acknowledge_wd", since)) if since else None


def position_by(difference: PartyDifference) -> Working | None:
    """By when the other side gives its view, with the working; none before the request is taken on."""
    since = difference.taken_on
    return calendar().working(since, RULEBOOK.number("difference.position_wd", since)) if since else None


def _requested(difference: PartyDifference, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    difference.requested_on = local_day(at)


def _taken_on(difference: PartyDifference, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    difference.taken_on, difference.rules = local_day(at), rules_on(at)


def _answered(difference: PartyDifference, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    difference.position, difference.answered_on = facts["position"], local_day(at)


def _met(difference: PartyDifference, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    difference.meetings_held += 1


def _ended(difference: PartyDifference, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    difference.outcome, difference.ended_on = facts.get("outcome", facts.get("reason", "")), local_day(at)
    difference.referred_to = facts.get("referred_to", "")


DIFFERENCES = Procedure(
    "difference",
    PartyDifference,
    Step("request", NEW, REQUESTED, its_contact_or_team, change=_requested),
    Step("take_on", REQUESTED, TAKEN_ON, operations_team, (rules_are_in_force,), change=_taken_on, primary=True),
    Step("decline", REQUESTED, DECLINED, operations_team, facts={"reason": a_line()}, change=_ended),
    Step("answer", TAKEN_ON, ANSWERED, the_other_side_or_team, facts={"position": a_text(8000)},
         change=_answered, says="Give the other side's view", primary=True),
    Step("meet", (TAKEN_ON, ANSWERED), None, operations_team, (the_meeting_has_been,),
         {"held_on": a_day(help_text="As 2020-03-03."), "note": a_text(4000)}, _met, "Record a meeting of the two"),
    Step("settle", (TAKEN_ON, ANSWERED), SETTLED, operations_team, facts={"outcome": a_text(4000)}, change=_ended,
         says="Record how it was settled", primary=True),
    Step("refer", (TAKEN_ON, ANSWERED), REFERRED, operations_team, (both_sides_were_heard,),
         {"referred_to": a_line(120, help_text="Such as the Panel."), "outcome": a_text(4000)}, _ended,
         "Refer it onwards"),
    Step("withdraw", (REQUESTED, TAKEN_ON, ANSWERED), WITHDRAWN, its_contact_or_team, facts={"reason": a_line()},
         change=_ended),
)  # fmt: skip
