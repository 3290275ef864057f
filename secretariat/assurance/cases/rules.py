"""What must hold for the steps of a case (Sections G8 and I)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from secretariat.assurance.cases.changes import status_of
from secretariat.assurance.cases.models import ConditionState
from secretariat.assurance.cases.statuses import calls_for_a_follow_up, is_final, values
from secretariat.assurance.models import ENDED, STATUSES, Assessment, Kind, MilestoneKind, State
from secretariat.core.calendar import calendar
from secretariat.core.procedure import rule
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day

Facts = Mapping[str, Any]


@rule("SEC-7")
def follows_what_went_before(assessment: Assessment, at: datetime) -> bool:
    """A milestone cannot be dated before the one it follows, nor before the assessment was opened."""
    milestone = assessment.milestones.order_by("-day").values_list("day", flat=True).first()
    stage = assessment.stages.filter(to_day__isnull=True).values_list("from_day", flat=True).first()
    return local_day(at) >= max(day for day in (assessment.opened_on, milestone, stage) if day)


@rule("SEC-2, PRV-1")
def is_done_by_the_auditor(assessment: Assessment, at: datetime) -> bool:
    """A self-assessment has no booking, validation or fieldwork: the User does it and sends it in."""
    return not assessment.is_self_assessed


@rule("SEC-2, PRV-1")
def is_self_assessed(assessment: Assessment, at: datetime) -> bool:
    """Only a self-assessment is prepared for review without fieldwork and a report."""
    return assessment.is_self_assessed


@rule("SEC-8")
def is_given_a_status(assessment: Assessment, at: datetime) -> bool:
    """Full and verification assessments are given a status; self-assessments and follow-ups of none are reviewed."""
    return assessment.outcome != MilestoneKind.REVIEWED


@rule("SEC-8")
def is_reviewed(assessment: Assessment, at: datetime) -> bool:
    """Only self-assessments and follow-ups are reviewed; full and verification assessments are given a status."""
    return assessment.outcome == MilestoneKind.REVIEWED


@rule("SEC-9, SEC-10, PRV-2")
def status_is_known(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """The status must be one that the rulebook names: an Assurance Status for an initial FUSA, a Compliance Status for
    later FUSAs and VUSAs, a privacy status for a privacy assessment.
    """
    return facts["status"] in values(assessment.outcome, at)


@rule("SEC-7")
def is_opened_on_the_day(assessment: Assessment, at: datetime) -> bool:
    """An assessment is opened on the day on which it is requested."""
    return assessment.opened_on == local_day(at)


@rule("SEC-9")
def follows_a_status_that_calls_for_it(assessment: Assessment, at: datetime) -> bool:
    """A follow-up follows an assessment whose status calls for one: Deferred or Rejected."""
    return assessment.follows is None or calls_for_a_follow_up(status_of(assessment.follows), at)


@rule("SEC-9")
def is_followed_once_at_a_time(assessment: Assessment, at: datetime) -> bool:
    """A follow-up of this assessment is open already."""
    if assessment.follows is None:
        return True
    return not assessment.follows.followed_by.exclude(state__in=ENDED).exclude(pk=assessment.pk).exists()


@rule("SEC-5")
def fieldwork_is_to_come(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """Fieldwork is booked for a day that is still to come."""
    return bool(facts["fieldwork_due"] >= local_day(at))


@rule("SEC-5")
def is_moved(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """Fieldwork is moved to another day than the one it is booked for."""
    return assessment.fieldwork_due is not None and facts["fieldwork_due"] != assessment.fieldwork_due


@rule("SEC-4")
def is_initial(assessment: Assessment, at: datetime) -> bool:
    """Only the initial Full User Security Assessment is done in two phases."""
    return assessment.kind == Kind.FUSA and assessment.initial


@rule("SEC-4")
def second_phase_comes_second(assessment: Assessment, at: datetime, facts: Facts) -> bool:
    """The second phase begins after the first; the gap is the party's choice."""
    return assessment.fieldwork_due is not None and facts["second_phase_due"] > assessment.fieldwork_due


@rule("SEC-4")
def is_two_phased(assessment: Assessment, at: datetime) -> bool:
    """Only an assessment that is booked in two phases has a first one."""
    return assessment.is_two_phased


@rule("SEC-4")
def its_first_phase_is_done(assessment: Assessment, at: datetime) -> bool:
    """Fieldwork in two phases is completed after its first phase."""
    return not assessment.is_two_phased or assessment.state == State.FIRST_PHASE


@rule("SEC-7")
def is_answered_or_its_time_is_over(assessment: Assessment, at: datetime) -> bool:
    """The case is prepared when the management response is in, or the time for it is over."""
    return assessment.state != State.REPORTED or local_day(at) > response_due(assessment, at)


@rule("SEC-7")
def asks_for_a_letter(assessment: Assessment, at: datetime) -> bool:
    """A plan and a letter follow only a status that leaves something to do."""
    return not is_final(status_of(assessment), at)


@rule("SEC-7, SEC-9")
def nothing_is_left_to_do(assessment: Assessment, at: datetime) -> bool:
    """A case is closed when its status leaves nothing to do, its Director's Letter is approved or it is followed up."""
    if assessment.state == State.LETTER:
        return True
    status = status_of(assessment)
    return is_final(status, at) or (calls_for_a_follow_up(status, at) and assessment.followed_by.exists())


@rule("SEC-9")
def its_conditions_are_met(assessment: Assessment, at: datetime) -> bool:
    """A case is closed, and its Director's Letter approved, when every condition of the status is met."""
    return not assessment.conditions.exclude(state=ConditionState.MET).exists()


@rule("SEC-9")
def its_status_stands(assessment: Assessment, at: datetime) -> bool:
    """Only a status that was set, and still stands, is withdrawn."""
    was_set = assessment.milestones.filter(kind__in=STATUSES).exists()
    return was_set and assessment.status_withdrawn_on is None


def response_due(assessment: Assessment, at: datetime) -> date:
    """The last day for the management response, by the rulebook's Working Days after the day of the report."""
    reported = assessment.stages.filter(standing=State.REPORTED).order_by("-from_day", "-id").first()
    begun = reported.from_day if reported else assessment.opened_on
    return calendar().add(begun, RULEBOOK.number("assessment.response_wd", at))
