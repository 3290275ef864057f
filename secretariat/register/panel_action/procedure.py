"""What the Panel may do while a party is in default (Section M8.4 to M8.6), as a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from secretariat.core.calendar import calendar
from secretariat.core.capacities import team
from secretariat.core.facts import a_day, a_line
from secretariat.core.people import Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.register.defaults import IN_DEFAULT
from secretariat.register.panel_action.models import (
    APPROVED,
    DONE,
    IN_FORCE,
    LIFTED,
    RESCINDED,
    RESOLVED,
    SERVICES,
    PanelAction,
    Power,
    Right,
    Suspension,
)
from secretariat.register.parties import Category, Departure

Facts = Mapping[str, Any]
LICENSED = (
    Category.LARGE_SUPPLIER,
    Category.SMALL_SUPPLIER,
    Category.ELECTRICITY_NETWORK,
    Category.GAS_NETWORK,
)
"""The categories whose licence obliges its holder to be a party (rules PTY-4, DEF-6)."""


@rule("DEF-3, Section M8.4")
def party_is_in_default(action: PanelAction, at: datetime) -> bool:
    """The Panel acts only while the default lasts."""
    return action.case.state == IN_DEFAULT


@rule("DEF-1, Section M8.1")
def party_is_not_the_dcc(action: PanelAction, at: datetime) -> bool:
    """The Panel takes no such action against the DCC."""
    return not action.case.party.is_dcc


@rule("DEF-3, Section M8.4")
def resolved_in_the_default(action: PanelAction, at: datetime, facts: Facts) -> bool:
    """A resolution is passed on a day that has come, and not before the default began."""
    begun = action.case.entered_on
    return begun is not None and begun <= facts["day"] <= local_day(at)


@rule("DEF-3, Section M8.4")
def follows_the_resolution(action: PanelAction, at: datetime, facts: Facts) -> bool:
    """What follows a resolution has a day that has come, and not before the resolution."""
    return action.resolved_on is not None and action.resolved_on <= facts["day"] <= local_day(at)


@rule("DEF-3, Section M8.4")
def a_plan_has_its_day(action: PanelAction, at: datetime, facts: Facts) -> bool:
    """A remedial plan is due on a day after the resolution; nothing else of this kind is due."""
    if action.power != Power.PLAN:
        return facts["due_on"] is None
    return facts["due_on"] is not None and bool(facts["due_on"] > facts["day"])


@rule("DEF-5, DEF-6, Section M8.6")
def the_authority_has_approved(action: PanelAction, at: datetime) -> bool:
    """The Authority's approval is missing: it is needed for services of a licence, and to expel who must be a party."""
    return not needs_approval(action, local_day(at)) or action.approved_on is not None


def needs_approval(action: PanelAction, day: date) -> bool:
    """Whether the Authority must approve before the action is carried out (rules DEF-5, DEF-6)."""
    if action.power == Power.SUSPEND:
        return action.right == Right.LICENCE_SERVICES
    return action.power == Power.EXPEL and is_licensed(action, day)


def is_licensed(action: PanelAction, day: date) -> bool:
    """Whether a licence obliges the party to be one: its category says so, on the day or on its last as a party."""
    party = action.case.party
    last = party.left_on - timedelta(days=1) if party.left_on and party.left_on <= day else day
    return party.category_on(last) in LICENSED


@rule("DEF-6, Section M8.4")
def the_party_was_expelled(action: PanelAction, at: datetime) -> bool:
    """An expulsion is carried out when the party has been expelled: expel the party first."""
    if action.power != Power.EXPEL:
        return True
    return Departure.objects.filter(party_id=action.case.party_id, how=Departure.How.EXPELLED).exists()


@rule("DEF-4, DEF-5, Section M8.5")
def it_suspends_something(action: PanelAction, at: datetime) -> bool:
    """Only the suspension of a right or a service comes into force; carry out any other action instead."""
    return action.power == Power.SUSPEND


@rule("DEF-4, DEF-5, Section M8.5")
def it_suspends_nothing(action: PanelAction, at: datetime) -> bool:
    """A suspension is not carried out but put into force, and later lifted."""
    return action.power != Power.SUSPEND


@rule("DEF-4, Section M8.5")
def lifted_after_it_began(action: PanelAction, at: datetime, facts: Facts) -> bool:
    """A suspension is lifted after the day on which it began, on a day that has come."""
    return bool(action.suspension.from_day < facts["day"] <= local_day(at))


def dcc_acts_by(action: PanelAction) -> date | None:
    """The last day for the DCC to suspend a service that the Panel told it to suspend (rule DEF-3)."""
    if action.right not in SERVICES or action.resolved_on is None:
        return None
    since = max(action.resolved_on, action.approved_on or action.resolved_on)
    return calendar().add(since, RULEBOOK.number("default.dcc_suspends_wd", since))


def _resolve(action: PanelAction, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.resolved_on, action.due_on = facts["day"], facts["due_on"]


def _approve(action: PanelAction, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.approved_on = facts["day"]


def _carry_out(action: PanelAction, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.done_on = facts["day"]


def _suspend(action: PanelAction, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.done_on = facts["day"]
    row = Suspension(action=action, party=action.case.party, from_day=facts["day"], recorded=recorded)
    row.full_clean()
    row.save()


def _lift(action: PanelAction, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    action.suspension.to_day = facts["day"] - timedelta(days=1)
    action.suspension.save()


DAY = {"day": a_day()}
party_support = team(Team.PARTY_SUPPORT)

PANEL_ACTIONS = Procedure(
    "panel_action",
    PanelAction,
    Step("resolve", NEW, RESOLVED, who=party_support, says="Record the Panel's resolution",
         rules=(party_is_not_the_dcc, party_is_in_default, resolved_in_the_default, a_plan_has_its_day),
         facts={"day": a_day(), "due_on": a_day(required=False)}, change=_resolve),
    Step("approve", RESOLVED, APPROVED, who=party_support, says="Record the Authority's approval",
         rules=(party_is_in_default, follows_the_resolution), facts=DAY, change=_approve),
    Step("carry_out", (RESOLVED, APPROVED), DONE, who=party_support, primary=True,
         rules=(it_suspends_nothing, the_authority_has_approved, the_party_was_expelled, follows_the_resolution),
         facts=DAY, change=_carry_out),
    Step("suspend", (RESOLVED, APPROVED), IN_FORCE, who=party_support, says="Put the suspension into force",
         rules=(it_suspends_something, party_is_in_default, the_authority_has_approved, follows_the_resolution),
         facts=DAY, change=_suspend),
    Step("lift", IN_FORCE, LIFTED, who=party_support, says="Lift the suspension",
         rules=(lifted_after_it_began,), facts=DAY, change=_lift),
    Step("rescind", (RESOLVED, APPROVED), RESCINDED, who=party_support,
         facts={"reason": a_line(200)}),
)  # fmt: skip
