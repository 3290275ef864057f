"""How a User's security is assessed: Section G8, as a table (SEC-7)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from secretariat.assurance.models import Assessment, AssessmentMilestone, Kind, MilestoneKind, State
from secretariat.core.capacities import committee_member, team
from secretariat.core.people import Person, Team
from secretariat.core.procedure import NEW, Change, Procedure, Refused, Step, rule
from secretariat.core.rulebook import RULEBOOK, Entry, UnknownRule
from secretariat.plain.dates import local_day

security_team = team(Team.SECURITY)


def status_setter(person: Person | None, record: Assessment, at: datetime) -> bool:
    """The secretariat's security team, or a member of the body that sets statuses on the day: the SSC, before
    August 2017 the Panel.
    """
    try:
        body = RULEBOOK.text("assessment.status_setter", at)
    except UnknownRule:
        return security_team(person, record, at)
    return security_team(person, record, at) or committee_member(body)(person, record, at)


VALUES = {
    MilestoneKind.ASSURANCE_STATUS: "assessment.assurance_values",
    MilestoneKind.COMPLIANCE_STATUS: "assessment.compliance_values",
}
"""The rulebook's key of the values that each status can have."""


def statuses(kind: MilestoneKind, at: datetime | date) -> Entry | None:
    """The rulebook's entry of the values of a status on a day; none for a review without one (SEC-9, SEC-10)."""
    try:
        return RULEBOOK.entry(VALUES[kind], at)
    except KeyError:
        return None


def values(kind: MilestoneKind, at: datetime | date) -> tuple[str, ...]:
    """The values themselves; none for a review without a status."""
    entry = statuses(kind, at)
    return tuple(str(entry.value).split("|")) if entry else ()


@rule("SEC-7")
def follows_what_went_before(assessment: Assessment, at: datetime) -> bool:
    """A milestone cannot be dated before the one it follows, nor before the assessment was opened."""
    last = assessment.milestones.order_by("-day").values_list("day", flat=True).first()
    return local_day(at) >= max(assessment.opened_on, last or assessment.opened_on)


@rule("SEC-2")
def is_done_by_the_auditor(assessment: Assessment, at: datetime) -> bool:
    """A Security Self-Assessment has no booking, validation or fieldwork: the User does it and sends it in."""
    return assessment.kind != Kind.SSA


@rule("SEC-2")
def is_self_assessed(assessment: Assessment, at: datetime) -> bool:
    """Only a Security Self-Assessment is prepared for review without fieldwork and a report."""
    return assessment.kind == Kind.SSA


@rule("SEC-8")
def is_given_a_status(assessment: Assessment, at: datetime) -> bool:
    """Full and verification assessments are given a status; self-assessments and follow-ups are reviewed."""
    return assessment.outcome != MilestoneKind.REVIEWED


@rule("SEC-8")
def is_reviewed(assessment: Assessment, at: datetime) -> bool:
    """Only self-assessments and follow-ups are reviewed; full and verification assessments are given a status."""
    return assessment.outcome == MilestoneKind.REVIEWED


@rule("SEC-9, SEC-10")
def status_is_known(assessment: Assessment, at: datetime, facts: Mapping[str, Any]) -> bool:
    """The status must be one that the rulebook names: an Assurance Status for an initial FUSA, a Compliance Status for
    later FUSAs and VUSAs.
    """
    return facts["status"] in values(assessment.outcome, at)


def reach(assessment: Assessment, kind: str, at: datetime, detail: str = "") -> None:
    """Writes a milestone. Raises Refused when it is already reached."""
    milestone = AssessmentMilestone(assessment=assessment, kind=kind, day=local_day(at), detail=detail)
    milestone.classification, milestone.audience = assessment.classification, assessment.audience
    try:
        milestone.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    milestone.save()


def reached(kind: MilestoneKind) -> Change:
    """The change that a plain step makes: its milestone."""

    def change(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        reach(assessment, kind, at)

    return change


def booked(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The day on which fieldwork is to begin is kept."""
    assessment.fieldwork_due = facts["fieldwork_due"]


def status_set(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The status that the kind of assessment calls for is kept with its value."""
    reach(assessment, assessment.outcome, at, facts["status"])


def closed(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Nothing more is due."""
    assessment.closed_on = local_day(at)


@rule("SEC-7")
def is_opened_on_the_day(assessment: Assessment, at: datetime) -> bool:
    """An assessment is opened on the day on which it is requested."""
    return assessment.opened_on == local_day(at)


def _status() -> forms.Field:
    return forms.CharField(max_length=120, help_text="As the rulebook names it.")


def _fieldwork_due() -> forms.Field:
    return forms.DateField(label="Fieldwork begins on")


IN_ORDER = (follows_what_went_before,)

ASSESSMENT = Procedure(
    "assessment",
    Assessment,
    Step("request", NEW, State.REQUESTED, security_team, (is_opened_on_the_day,)),
    Step(
        "book", State.REQUESTED, State.BOOKED, security_team, (*IN_ORDER, is_done_by_the_auditor),
        {"fieldwork_due": _fieldwork_due}, booked, primary=True,
    ),
    Step(
        "validate", State.BOOKED, State.VALIDATED, security_team, IN_ORDER,
        change=reached(MilestoneKind.VALIDATION_1), says="Complete first-stage validation", primary=True,
    ),
    Step(
        "complete_fieldwork", State.VALIDATED, State.FIELDWORK, security_team, IN_ORDER,
        change=reached(MilestoneKind.FIELDWORK), primary=True,
    ),
    Step(
        "report", State.FIELDWORK, State.REPORTED, security_team, IN_ORDER,
        change=reached(MilestoneKind.REPORT), says="Receive the report", primary=True,
    ),
    Step(
        "prepare", State.REPORTED, State.PREPARED, security_team, IN_ORDER,
        change=reached(MilestoneKind.PREPARED), says="Prepare for SSC review", primary=True,
    ),
    Step(
        "prepare_self_assessment", State.REQUESTED, State.PREPARED, security_team, (*IN_ORDER, is_self_assessed),
        change=reached(MilestoneKind.PREPARED), says="Prepare the self-assessment for SSC review", primary=True,
    ),
    Step(
        "set_status", State.PREPARED, State.DECIDED, status_setter, (*IN_ORDER, is_given_a_status, status_is_known),
        {"status": _status}, status_set, primary=True,
    ),
    Step(
        "review", State.PREPARED, State.DECIDED, status_setter, (*IN_ORDER, is_reviewed),
        change=reached(MilestoneKind.REVIEWED), says="Record the review", primary=True,
    ),
    Step(
        "approve_directors_letter", State.DECIDED, State.LETTER, status_setter, IN_ORDER,
        change=reached(MilestoneKind.DIRECTORS_LETTER), says="Approve the Director's Letter",
    ),
    Step("close", (State.DECIDED, State.LETTER), State.CLOSED, security_team, IN_ORDER, change=closed),
)  # fmt: skip
