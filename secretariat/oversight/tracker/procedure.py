"""How a spurious alert is taken up, remedied and seen to be gone, as a table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from secretariat.core.capacities import speaks_for
from secretariat.core.facts import a_line
from secretariat.core.people import Person, Role
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.oversight.tracker.models import (
    DEPLOYED,
    EXAMINED,
    FIXED,
    PLANNED,
    REPORTED,
    SET_ASIDE,
    WATCHED,
    TrackerEntry,
    Work,
)
from secretariat.oversight.who import operator_or_team, opsg_member, technical_team
from secretariat.plain.dates import local_day

PRACTICE = "Operations Group"
"""Whose practice these rules are: no section of the code tells how the tracker is kept."""


def who_reports(person: Person | None, record: Any, at: datetime) -> bool:
    """The DCC, a party's contact, a member of the Operations Group, or the technical team."""
    known = operator_or_team(person, record, at) or opsg_member(person, record, at)
    return known or (person is not None and person.acts_as(Role.PARTY_CONTACT, at))


def the_owner_or_the_dcc(person: Person | None, record: Any, at: datetime) -> bool:
    """The party that owns the remedy, the DCC, or the technical team."""
    own = record is not None and record.owner_party_id is not None and record.owner_party_id in speaks_for(person, at)
    return own or operator_or_team(person, record, at)


def the_operations_group(person: Person | None, record: Any, at: datetime) -> bool:
    """A member of the Operations Group, or the technical team from its headlines."""
    return opsg_member(person, record, at) or technical_team(person, record, at)


@rule(PRACTICE)
def it_has_an_owner(entry: TrackerEntry, at: datetime) -> bool:
    """Name the owner first: an alert that is nobody's is not remedied."""
    return bool(entry.owner)


@rule(PRACTICE)
def somebody_is_hurt(entry: TrackerEntry, at: datetime) -> bool:
    """Say on whom it has an impact first: the plan is weighed by it."""
    return entry.impacts.exists()


@rule(PRACTICE)
def the_plan_has_a_part(entry: TrackerEntry, at: datetime) -> bool:
    """A plan has at least one part; its date may still be to be confirmed."""
    return entry.plan.exists()


@rule(PRACTICE)
def deployment_has_a_date(entry: TrackerEntry, at: datetime) -> bool:
    """Deployment begins when its day is confirmed: enter it first."""
    return entry.plan.filter(work=Work.DEPLOY, due_on__isnull=False).exists()


@rule(PRACTICE)
def deployment_is_done(entry: TrackerEntry, at: datetime) -> bool:
    """What is to be watched has been deployed: say on which day first."""
    return entry.plan.filter(work=Work.DEPLOY, done_on__lte=local_day(at)).exists()


@rule(PRACTICE)
def the_last_measurement_shows_a_fall(entry: TrackerEntry, at: datetime) -> bool:
    """An entry is fixed when the last measurement after the remedy shows that fewer alerts come."""
    deployed = entry.plan.filter(work=Work.DEPLOY, done_on__isnull=False).first()
    last = entry.evidence.filter(taken_on__lte=local_day(at)).last()
    if deployed is None or deployed.done_on is None or last is None:
        return False
    return last.after_from >= deployed.done_on and last.shows_a_fall


def _report(entry: TrackerEntry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.reported_on = local_day(at)


def _close(entry: TrackerEntry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.closed_on, entry.reason = local_day(at), facts.get("reason", "")


def _take_up(entry: TrackerEntry, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    entry.closed_on, entry.reason = None, facts["reason"]


TRACKER = Procedure(
    "tracker_entry",
    TrackerEntry,
    Step("report", NEW, REPORTED, who=who_reports, change=_report),
    Step("examine", REPORTED, EXAMINED, who=operator_or_team, rules=(it_has_an_owner,), primary=True),
    Step("plan", EXAMINED, PLANNED, who=the_owner_or_the_dcc, says="Agree the plan", primary=True,
         rules=(it_has_an_owner, somebody_is_hurt, the_plan_has_a_part)),
    Step("deploy", PLANNED, DEPLOYED, who=the_owner_or_the_dcc, says="Begin deployment", primary=True,
         rules=(deployment_has_a_date,)),
    Step("watch", DEPLOYED, WATCHED, who=the_owner_or_the_dcc, says="Watch what it does", primary=True,
         rules=(deployment_is_done,)),
    Step("fix", WATCHED, FIXED, who=the_operations_group, says="Record as fixed", primary=True, change=_close,
         rules=(the_last_measurement_shows_a_fall,)),
    Step("set_aside", (REPORTED, EXAMINED), SET_ASIDE, who=the_operations_group, facts={"reason": a_line(300, "Why")},
         change=_close),
    Step("take_up_again", (WATCHED, FIXED, SET_ASIDE), EXAMINED, who=the_operations_group,
         facts={"reason": a_line(300, "Why")},
         change=_take_up),
)  # fmt: skip
"""From the report of a spurious alert to its remedy, seen in the measurements; it can come back."""


def next_number() -> int:
    """The number of the next entry."""
    return int(TrackerEntry.objects.aggregate(last=Max("number"))["last"] or 0) + 1
