"""The steps to which a status is subject: set, evidence sent in, accepted (SEC-9), as a table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from secretariat.assurance.cases.changes import status_of
from secretariat.assurance.cases.models import Condition, ConditionState
from secretariat.assurance.cases.statuses import has_conditions
from secretariat.assurance.cases.who import own_contact, status_setter, the_party
from secretariat.assurance.models import ENDED
from secretariat.core.facts import a_line
from secretariat.core.people import Person
from secretariat.core.procedure import NEW, Procedure, Step, rule
from secretariat.plain.dates import local_day


def setter_of_the_case(person: Person | None, record: Condition | None, at: datetime) -> bool:
    """The secretariat's security team, or a member of the body that sets the status of the case."""
    return record is not None and status_setter(person, record.assessment, at)


def party_of_the_case(person: Person | None, record: Condition | None, at: datetime) -> bool:
    """The party's own contact, or the security team for it."""
    return record is not None and the_party(person, record.assessment, at)


def contact_of_the_case(person: Person | None, record: Condition | None, at: datetime) -> bool:
    """The party's own contact."""
    return record is not None and own_contact(person, record.assessment, at)


@rule("SEC-9")
def status_is_subject_to_steps(condition: Condition, at: datetime) -> bool:
    """Conditions belong to a status that is subject to steps."""
    return has_conditions(status_of(condition.assessment), at)


@rule("SEC-9")
def its_case_is_open(condition: Condition, at: datetime) -> bool:
    """The conditions of a case that has ended stay as they are."""
    return condition.assessment.state not in ENDED


@rule("SEC-9")
def falls_due_later(condition: Condition, at: datetime) -> bool:
    """The day by which a condition is met is still to come when the condition is set."""
    return condition.due is None or condition.due >= local_day(at)


@rule("SEC-9")
def comes_after_its_evidence(condition: Condition, at: datetime) -> bool:
    """Evidence is decided on after it came, not before."""
    return condition.offered_on is None or local_day(at) >= condition.offered_on


def _numbered(condition: Condition, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    others = Condition.objects.filter(assessment=condition.assessment).exclude(pk=condition.pk)
    condition.number = (others.aggregate(last=Max("number"))["last"] or 0) + 1


def _offered(condition: Condition, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    condition.evidence, condition.offered_on = facts["evidence"], local_day(at)


def _met(condition: Condition, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    condition.met_on = local_day(at)


CONDITIONS = Procedure(
    "condition",
    Condition,
    Step("impose", NEW, ConditionState.OPEN, setter_of_the_case,
         (its_case_is_open, status_is_subject_to_steps, falls_due_later), change=_numbered, says="Set a condition"),
    Step("offer", ConditionState.OPEN, ConditionState.OFFERED, party_of_the_case, (its_case_is_open,),
         {"evidence": a_line(200, help_text="Where it is, such as the Director's Letter; without findings.")}, _offered,
         says="Send in evidence", primary=True, turn=contact_of_the_case),
    Step("accept", ConditionState.OFFERED, ConditionState.MET, setter_of_the_case,
         (its_case_is_open, comes_after_its_evidence), change=_met, says="Accept the evidence", primary=True),
    Step("send_back", ConditionState.OFFERED, ConditionState.OPEN, setter_of_the_case,
         (its_case_is_open, comes_after_its_evidence), {"reason": a_line(200, help_text="Without findings.")},
         says="Send back the evidence"),
)  # fmt: skip
