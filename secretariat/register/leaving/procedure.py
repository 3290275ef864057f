"""How a party leaves (Section M8 and rules EXIT-1 to EXIT-4), and how an appointment's checklists are gone through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.capacities import party_contact, speaks_for, team
from secretariat.core.facts import a_day, a_line
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day
from secretariat.register.defaults import IN_DEFAULT, NOTICE_SERVED
from secretariat.register.leaving.models import (
    DAY_FIXED,
    LEFT,
    NOTICE_GIVEN,
    OPEN,
    SETTLED,
    STAYED,
    UNDER_WAY,
    CheckItem,
    Ground,
    Leaving,
)
from secretariat.register.panel_action.procedure import LICENSED

Facts = Mapping[str, Any]
party_support = team(Team.PARTY_SUPPORT)


def the_party_or_party_support(person: Person | None, leaving: Leaving | None, at: datetime) -> bool:
    """The party's own contact, or the party support team."""
    if party_support(person, leaving, at):
        return True
    return party_contact(person, leaving, at) if leaving is None else leaving.party_id in speaks_for(person, at)


@rule("DEF-1, Section M8.1")
def the_dcc_stays(leaving: Leaving, at: datetime) -> bool:
    """The DCC never leaves by withdrawal or expulsion."""
    return not leaving.party.is_dcc


@rule("EXIT-1")
def it_wishes_to_leave(leaving: Leaving, at: datetime) -> bool:
    """A notice is given by a party that wishes to leave; for any other ground, open the exit instead."""
    return leaving.ground == Ground.WITHDRAWAL


@rule("EXIT-2")
def something_else_makes_it_leave(leaving: Leaving, at: datetime) -> bool:
    """A party that wishes to leave gives notice; an exit is opened for any other ground."""
    return leaving.ground != Ground.WITHDRAWAL


@rule("EXIT-1")
def no_licence_keeps_it(leaving: Leaving, at: datetime) -> bool:
    """A party whose licence obliges it to be one does not withdraw: change its category when the licence has ended."""
    return leaving.party.category_on(local_day(at)) not in LICENSED


@rule("EXIT-1")
def it_is_a_party(leaving: Leaving, at: datetime) -> bool:
    """Only a party leaves."""
    return leaving.party.left_on is None and leaving.party.acceded_on is not None


@rule("EXIT-1")
def the_day_has_come(leaving: Leaving, at: datetime, facts: Facts) -> bool:
    """A day that has not come yet cannot be recorded as past."""
    return bool(facts["day"] <= local_day(at))


@rule("EXIT-1")
def no_default_runs(leaving: Leaving, at: datetime) -> bool:
    """Nothing is settled while a notice of default or a default of the party runs."""
    return not leaving.party.defaults.filter(state__in=(NOTICE_SERVED, IN_DEFAULT)).exists()


@rule("EXIT-1")
def settled_after_the_notice(leaving: Leaving, at: datetime, facts: Facts) -> bool:
    """What is outstanding is settled on the day of the notice or later."""
    return leaving.notice_on is not None and bool(facts["day"] >= leaving.notice_on)


@rule("EXIT-1")
def leaves_after_the_notice(leaving: Leaving, at: datetime, facts: Facts) -> bool:
    """The Board fixes a day after the notice on which the party leaves."""
    return leaving.notice_on is not None and bool(facts["day"] > leaving.notice_on)


@rule("EXIT-1, EXIT-2")
def it_has_left(leaving: Leaving, at: datetime) -> bool:
    """An exit is closed when the party has left: let it withdraw, or expel it, first."""
    return leaving.party.left_on is not None


def _notify(leaving: Leaving, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    leaving.notice_on = facts["day"]


def _settle(leaving: Leaving, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    leaving.settled_on = facts["day"]


def _fix(leaving: Leaving, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    leaving.day, leaving.meeting = facts["day"], facts["meeting"]


def _close(leaving: Leaving, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    leaving.day = leaving.party.left_on


def _count(leaving: Leaving, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    leaving.hubs_held, leaving.hubs_returned = facts["held"], facts["returned"]


def _hubs() -> forms.Field:
    return forms.IntegerField(min_value=0)


DAY = {"day": a_day()}

EXITS = Procedure(
    "leaving",
    Leaving,
    Step("notify", NEW, NOTICE_GIVEN, who=the_party_or_party_support, says="Give notice to withdraw",
         rules=(the_dcc_stays, it_is_a_party, it_wishes_to_leave, no_licence_keeps_it, the_day_has_come),
         facts=DAY, change=_notify),
    Step("open", NEW, UNDER_WAY, who=party_support, says="Open the exit",
         rules=(the_dcc_stays, it_is_a_party, something_else_makes_it_leave, the_day_has_come),
         facts=DAY, change=_notify),
    Step("settle", NOTICE_GIVEN, SETTLED, who=party_support, says="Record that nothing is outstanding", primary=True,
         rules=(no_default_runs, settled_after_the_notice, the_day_has_come), facts=DAY, change=_settle),
    Step("fix", SETTLED, DAY_FIXED, who=party_support, says="Record the day that the Board fixed", primary=True,
         rules=(leaves_after_the_notice,),
         facts={"day": a_day(), "meeting": a_line(40)}, change=_fix),
    Step("count_hubs", OPEN, None, who=party_support, says="Count the uninstalled hubs",
         facts={"held": _hubs, "returned": _hubs}, change=_count),
    Step("close", (DAY_FIXED, UNDER_WAY), LEFT, who=party_support, says="Close: it has left",
         rules=(it_has_left,), change=_close),
    Step("stay", (NOTICE_GIVEN, SETTLED, DAY_FIXED), STAYED, who=the_party_or_party_support,
         says="Take back the notice", facts={"reason": a_line(200)}),
)  # fmt: skip

DONE = "done"


@rule("EXIT-5")
def the_item_is_done_on_a_day(item: CheckItem, at: datetime, facts: Facts) -> bool:
    """An item is done on a day that has come, and not before the appointment."""
    return bool(item.event.appointed_on <= facts["day"] <= local_day(at))


def _done(item: CheckItem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    item.done_on = facts["day"]


CHECKLISTS = Procedure(
    "check_item",
    CheckItem,
    Step("list", NEW, "to do", who=party_support, says="Put on the checklist"),
    Step("do", "to do", DONE, who=party_support, says="Done", primary=True,
         rules=(the_item_is_done_on_a_day,), facts=DAY, change=_done),
    Step("undo", DONE, "to do", who=party_support, says="Not done after all"),
)  # fmt: skip
