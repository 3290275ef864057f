"""What becomes of an enquiry: received, worked on in turns, answered, and sometimes opened anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.capacities import team
from secretariat.core.facts import a_line, an_instant
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.helpdesk.choices import NumberField
from secretariat.helpdesk.clock import target_minutes, working_hours
from secretariat.helpdesk.models import ANSWERED, ASKED, MERGED, OPEN, REFERRED, WORKING, Enquiry

helpdesk_team = team(Team.HELPDESK)
PRACTICE = "This administration's practice"


def those_in_hand(person: Person | None, enquiry: Enquiry | None, at: datetime) -> bool:
    """The helpdesk team, and whoever the enquiry was handed to."""
    if person is None or enquiry is None:
        return False
    handed_to = enquiry.team != Team.HELPDESK and person.acts_as(Role.SECRETARIAT, at, enquiry.team)
    return helpdesk_team(person, enquiry, at) or enquiry.assignee_id == person.pk or handed_to


def whose_turn_it_is(person: Person | None, enquiry: Enquiry | None, at: datetime) -> bool:
    """Whoever has it in hand, while it is with us and not put off; a person's own work is not the team's."""
    if enquiry is None or person is None or enquiry.state != OPEN:
        return False
    if enquiry.snoozed_until is not None and enquiry.snoozed_until > at:
        return False
    if enquiry.assignee_id is not None:
        return enquiry.assignee_id == person.pk
    return enquiry.team == Team.HELPDESK or person.acts_as(Role.SECRETARIAT, at, enquiry.team)


def receivers(person: Person | None, enquiry: Enquiry | None, at: datetime) -> bool:
    """The helpdesk team; what comes by mail or by the form, time alone."""
    return person is None or helpdesk_team(person, enquiry, at)


def hearers(person: Person | None, enquiry: Enquiry | None, at: datetime) -> bool:
    """Whoever has it in hand; what comes by mail, time alone."""
    return person is None or those_in_hand(person, enquiry, at)


@rule(PRACTICE)
def is_not_received_in_the_future(enquiry: Enquiry, at: datetime) -> bool:
    """An enquiry is not received in the future."""
    return enquiry.received <= at


@rule(PRACTICE)
def follows_an_answered_one(enquiry: Enquiry, at: datetime) -> bool:
    """An enquiry follows only one that was answered before it came in; what comes before the answer belongs to it."""
    earlier = enquiry.follows
    return earlier is None or (earlier.answered is not None and earlier.answered <= enquiry.received)


@rule(PRACTICE)
def is_answered_after_it_is_received(enquiry: Enquiry, at: datetime) -> bool:
    """An enquiry is not answered before it is received."""
    return at >= enquiry.received


@rule(PRACTICE)
def goes_to_somebody_else(enquiry: Enquiry, at: datetime, facts: Mapping[str, Any]) -> bool:
    """It is in their hand already. Choose another team or another person."""
    person = facts.get("person")
    return (facts.get("team"), person.pk if person else None) != (enquiry.team, enquiry.assignee_id)


@rule(PRACTICE)
def the_person_is_of_the_team(enquiry: Enquiry, at: datetime, facts: Mapping[str, Any]) -> bool:
    """The person is not in that team. Choose their team, or leave the person open."""
    person = facts.get("person")
    return person is None or person.acts_as(Role.SECRETARIAT, at, facts["team"])


@rule(PRACTICE)
def is_put_off_to_a_later_time(enquiry: Enquiry, at: datetime, facts: Mapping[str, Any]) -> bool:
    """It can be put off only to a time that is still to come."""
    return bool(facts.get("until") and facts["until"] > at)


@rule(PRACTICE)
def is_put_off(enquiry: Enquiry, at: datetime) -> bool:
    """It is not put off."""
    return enquiry.snoozed_until is not None


@rule(PRACTICE)
def merges_into_another_in_work(enquiry: Enquiry, at: datetime, facts: Mapping[str, Any]) -> bool:
    """An enquiry is merged into another one that is still in work."""
    into = facts.get("into")
    return into is not None and into.pk != enquiry.pk and into.state in WORKING


@rule(PRACTICE)
def nothing_is_merged_into_it(enquiry: Enquiry, at: datetime) -> bool:
    """Others are merged into this one. Merge them into the other one first."""
    return not enquiry.merged.exists()


def run(enquiry: Enquiry, at: datetime) -> None:
    """Sets the service clock running from an instant, where it does not run already (rule HLP-2)."""
    if enquiry.running_since is None:
        enquiry.running_since = at
        enquiry.due = working_hours(at).after(at, target_minutes(enquiry.received) - enquiry.spent)


def stop(enquiry: Enquiry, at: datetime) -> None:
    """Stops the service clock and keeps what has run."""
    if enquiry.running_since is not None:
        enquiry.spent += working_hours(at).between(enquiry.running_since, at)
        enquiry.running_since = enquiry.due = None


def _received(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    run(enquiry, enquiry.received)


def _answered(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    stop(enquiry, at)
    enquiry.answered, enquiry.snoozed_until = at, None


def _asked(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    stop(enquiry, at)


def _ours(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    enquiry.answered = enquiry.merged_into = enquiry.snoozed_until = None
    run(enquiry, at)


def _referred(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    run(enquiry, at)


def _handed_over(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    enquiry.team, enquiry.assignee = facts["team"], facts["person"]


def _put_off(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    enquiry.snoozed_until = facts["until"]


def _woken(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    enquiry.snoozed_until = None


def _merged(enquiry: Enquiry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    stop(enquiry, at)
    enquiry.merged_into, enquiry.snoozed_until = facts["into"], None


def _colleague() -> forms.Field:
    staff = Capacity.objects.filter(role=Role.SECRETARIAT, to_day__isnull=True)
    people = Person.objects.filter(is_active=True, pk__in=staff.values("person"))
    return forms.ModelChoiceField(people, required=False, empty_label="nobody in particular")


ENQUIRY = Procedure(
    "enquiry",
    Enquiry,
    Step(
        "receive",
        NEW,
        OPEN,
        who=receivers,
        rules=(is_not_received_in_the_future, follows_an_answered_one),
        change=_received,
    ),
    Step(
        "answer",
        WORKING,
        ANSWERED,
        who=those_in_hand,
        rules=(is_answered_after_it_is_received,),
        change=_answered,
        primary=True,
        turn=whose_turn_it_is,
    ),
    Step(
        "close",
        WORKING,
        ANSWERED,
        who=those_in_hand,
        rules=(is_answered_after_it_is_received,),
        facts={"reason": a_line(help_text="Why it needs no answer.")},
        change=_answered,
        says="Close without an answer",
    ),
    Step("ask", (OPEN, REFERRED), ASKED, who=those_in_hand, change=_asked, says="Wait for the enquirer"),
    Step(
        "refer",
        (OPEN, ASKED),
        REFERRED,
        who=those_in_hand,
        facts={"whom": a_line(200, help_text="The third person or organisation that has to act.")},
        change=_referred,
        says="Wait for a third person",
    ),
    Step("hear", WORKING, OPEN, who=hearers, change=_ours, says="Take back: it is with us"),
    Step(
        "hand_over",
        WORKING,
        None,
        who=those_in_hand,
        rules=(goes_to_somebody_else, the_person_is_of_the_team),
        facts={
            "team": lambda: forms.ChoiceField(choices=Team.choices),
            "person": _colleague,
            "note": a_line(2000, help_text="What they need to know."),
        },
        change=_handed_over,
    ),
    Step(
        "put_off",
        WORKING,
        None,
        who=those_in_hand,
        rules=(is_put_off_to_a_later_time,),
        facts={"until": an_instant(help_text="As 2020-02-17 14:30, on the London clock.")},
        change=_put_off,
        says="Put off until a time",
    ),
    Step("wake", WORKING, None, who=those_in_hand, rules=(is_put_off,), change=_woken, says="Put off no longer"),
    Step(
        "merge",
        WORKING,
        MERGED,
        who=those_in_hand,
        rules=(merges_into_another_in_work, nothing_is_merged_into_it),
        facts={"into": lambda: NumberField(help_text="The enquiry that goes on, such as ENQ-000123.")},
        change=_merged,
        says="Merge into another enquiry",
    ),
    Step("part", MERGED, OPEN, who=those_in_hand, change=_ours, says="Take apart again"),
    Step(
        "reopen",
        ANSWERED,
        OPEN,
        who=those_in_hand,
        facts={"reason": a_line(help_text="Why the answer was not the last word.")},
        change=_ours,
    ),
)
