"""How an incident of the central service is worked on: assigned, categorised, stopped, resolved, closed, reopened (H9).

What is written is a dated row each time, so that category, side and clock can be asked as at any instant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms

from secretariat.core.facts import a_line, a_text
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.incidents.models import (
    CATEGORIES,
    CLOSED,
    INVESTIGATED,
    MENDED,
    OPEN,
    RESOLVED,
    UNDERSTOOD,
    UNSOLVED,
    WAITING,
    Assignment,
    Categorisation,
    ClockStop,
    Incident,
    Problem,
    Side,
)
from secretariat.oversight.incidents.who import dcc_group_or_team, dcc_or_team, dcc_user_or_team
from secretariat.plain.dates import local_day
from secretariat.register.parties import Party

Facts = Mapping[str, Any]


@rule("H9")
def it_was_raised_before(incident: Incident, at: datetime) -> bool:
    """An incident is logged once it was raised, not before."""
    return incident.raised_at is not None and incident.raised_at <= at


@rule("H9")
def its_user_is_named_at_first(incident: Incident, at: datetime) -> bool:
    """An incident that a Service User is to resolve names the Service User, and no other incident does."""
    return (incident.side == Side.USER) == (incident.party_id is not None)


@rule("H9")
def nobody_responded_yet(incident: Incident, at: datetime) -> bool:
    """An incident is first responded to once."""
    return incident.responded_at is None


@rule("H9")
def nothing_later_is_recorded(incident: Incident, at: datetime) -> bool:
    """What happened to an incident is told in its order, and something later is recorded already."""
    return at >= latest(incident)


@rule("H9")
def a_user_is_named(incident: Incident, at: datetime, facts: Facts) -> bool:
    """An incident that is assigned to a Service User names the Service User, and no other does."""
    return bool(facts["side"] == Side.USER) == (facts["party"] is not None)


@rule("H9")
def it_goes_to_somebody_else(incident: Incident, at: datetime, facts: Facts) -> bool:
    """The incident is assigned so already."""
    party = facts["party"].pk if facts["party"] else None
    return (incident.side, incident.party_id, incident.assignee) != (facts["side"], party, facts["assignee"])


@rule("H9")
def the_category_is_another(incident: Incident, at: datetime, facts: Facts) -> bool:
    """The incident is of this category already."""
    return incident.category != int(facts["category"])


def latest(incident: Incident) -> datetime:
    """The last instant of which something is recorded about an incident."""
    told = [incident.raised_at, incident.resolved_at, incident.closed_at]
    if incident.pk is not None:
        told += [*incident.categorisations.values_list("from_at", flat=True)]
        told += [*incident.assignments.values_list("from_at", flat=True)]
        told += [one for pair in incident.stops.values_list("from_at", "to_at") for one in pair]
    return max(one for one in told if one is not None)


def _logged(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    begins(incident, recorded)


def begins(incident: Incident, recorded: datetime) -> None:
    """The first rows of an incident: the category and the side with which it was raised."""
    Categorisation.objects.create(
        incident=incident, category=incident.category, from_at=incident.raised_at, decided_by="As raised",
        recorded=recorded,
    )  # fmt: skip
    Assignment.objects.create(
        incident=incident, side=incident.side, party=incident.party, name=incident.assignee,
        from_at=incident.raised_at, recorded=recorded,
    )  # fmt: skip


def _responded(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    incident.responded_at = at


def _assigned(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    incident.side, incident.party, incident.assignee = facts["side"], facts["party"], facts["assignee"]
    Assignment.objects.create(
        incident=incident, side=incident.side, party=incident.party, name=incident.assignee, from_at=at,
        why=facts["why"], recorded=recorded,
    )  # fmt: skip


def _recategorised(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    incident.category = int(facts["category"])
    Categorisation.objects.create(
        incident=incident, category=incident.category, from_at=at, decided_by=facts["decided_by"], why=facts["why"],
        recorded=recorded,
    )  # fmt: skip


def _stopped(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    ClockStop.objects.create(incident=incident, from_at=at, why=facts["why"], recorded=recorded)


def _runs_again(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    incident.stops.filter(to_at=None).update(to_at=at)


def _resolved(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    _runs_again(incident, at, recorded, facts)
    incident.resolved_at, incident.resolution = at, facts["resolution"]


def _closed(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    incident.closed_at = at


def _reopened(incident: Incident, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The time in which it was taken for resolved is one in which the clock did not run."""
    ClockStop.objects.create(
        incident=incident, from_at=incident.resolved_at or at, to_at=at, why=f"Taken for resolved. {facts['why']}",
        resolved=True, recorded=recorded,
    )  # fmt: skip
    incident.resolved_at = incident.closed_at = None
    incident.reopened += 1


ASSIGNED: dict[str, Callable[[], forms.Field]] = {
    "side": lambda: forms.ChoiceField(choices=Side.choices, label="To be resolved by"),
    "party": lambda: forms.ModelChoiceField(Party.objects.order_by("name"), required=False, label="Service User"),
    "assignee": a_line(120, "Who works on it", required=False),
    "why": a_line(500),
}
CATEGORISED: dict[str, Callable[[], forms.Field]] = {
    "category": lambda: forms.ChoiceField(choices=CATEGORIES),
    "decided_by": a_line(80, "Set by", help_text="Such as the DCC, or a meeting of the Operations Group."),
    "why": a_line(500),
}
WHY = {"why": a_line(500)}
EVER = (OPEN, WAITING, RESOLVED, CLOSED)

INCIDENTS = Procedure(
    "service_incident",
    Incident,
    Step("log", NEW, OPEN, dcc_user_or_team, (it_was_raised_before, its_user_is_named_at_first), change=_logged),
    Step("respond", UNSOLVED, None, dcc_user_or_team, (nobody_responded_yet,), change=_responded),
    Step("assign", UNSOLVED, None, dcc_or_team,
         (nothing_later_is_recorded, a_user_is_named, it_goes_to_somebody_else), ASSIGNED, _assigned),
    Step("recategorise", EVER, None, dcc_group_or_team, (nothing_later_is_recorded, the_category_is_another),
         CATEGORISED, _recategorised, "Change the category"),
    Step("stop_clock", OPEN, WAITING, dcc_or_team, (nothing_later_is_recorded,), WHY, _stopped, "Stop the clock"),
    Step("resume", WAITING, OPEN, dcc_user_or_team, (nothing_later_is_recorded,), change=_runs_again,
         says="Let the clock run", primary=True),
    Step("resolve", UNSOLVED, RESOLVED, dcc_user_or_team, (nothing_later_is_recorded,),
         {"resolution": a_text(4000)}, _resolved, primary=True),
    Step("close", RESOLVED, CLOSED, dcc_or_team, (nothing_later_is_recorded,), change=_closed, primary=True),
    Step("reopen", (RESOLVED, CLOSED), OPEN, dcc_user_or_team, (nothing_later_is_recorded,), WHY, _reopened),
)  # fmt: skip


def _understood(problem: Problem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    problem.cause, problem.workaround = facts["cause"], facts["workaround"]


def _mended(problem: Problem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    problem.mended_on = local_day(at)


def _came_back(problem: Problem, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    problem.mended_on = None


PROBLEMS = Procedure(
    "service_problem",
    Problem,
    Step("investigate", NEW, INVESTIGATED, dcc_or_team),
    Step("understand", INVESTIGATED, UNDERSTOOD, dcc_or_team, (),
         {"cause": a_text(4000, "Root cause"), "workaround": a_text(2000, "Way round it", required=False)},
         _understood, "Record its cause", primary=True),
    Step("mend", UNDERSTOOD, MENDED, dcc_or_team, change=_mended, primary=True),
    Step("come_back", MENDED, INVESTIGATED, dcc_or_team, (), WHY, _came_back, "It came back"),
)  # fmt: skip
