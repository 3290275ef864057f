"""What the steps of a case write besides its state: where it stands, milestones, papers, moved bookings."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max

from secretariat.assurance.cases.entering import carry, take_back
from secretariat.assurance.cases.fees import fee_share
from secretariat.assurance.cases.models import Answer, BookingChange, CasePaper, PaperKind, Stage
from secretariat.assurance.models import STATUSES, Assessment, AssessmentMilestone, MilestoneKind
from secretariat.core.procedure import Change, Refused
from secretariat.plain.dates import local_day


def _keep(row: Any) -> None:
    """Checks and saves a row of a case. Raises Refused."""
    try:
        row.full_clean()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    row.save()


def stand(assessment: Assessment, day: date, recorded: datetime) -> None:
    """Writes where the case stands from a day on, if it stood elsewhere."""
    last = assessment.stages.filter(to_day__isnull=True)
    if last.filter(standing=assessment.state).exists():
        return
    last.update(to_day=day - timedelta(days=1))
    _keep(Stage(assessment=assessment, standing=assessment.state, from_day=day, recorded=recorded))


def reach(assessment: Assessment, kind: str, at: datetime, detail: str = "") -> None:
    """Writes a milestone. Raises Refused when it is already reached."""
    milestone = AssessmentMilestone(assessment=assessment, kind=kind, day=local_day(at), detail=detail)
    milestone.classification, milestone.audience = assessment.classification, assessment.audience
    _keep(milestone)


def hand_in(assessment: Assessment, kind: PaperKind, at: datetime, recorded: datetime, reference: str) -> None:
    """Writes that the next version of a paper came."""
    last = assessment.casepapers.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    _keep(
        CasePaper(
            assessment=assessment, kind=kind, number=last + 1, reference=reference, received_on=local_day(at),
            recorded=recorded,
        )
    )  # fmt: skip


def decide(assessment: Assessment, kind: PaperKind, answer: Answer, day: date, reason: str = "") -> None:
    """Writes what became of the newest version of a paper."""
    newest = assessment.casepapers.filter(kind=kind, answer=Answer.NONE).order_by("-number").first()
    if newest is not None:
        newest.answer, newest.answered_on, newest.reason = answer, day, reason
        _keep(newest)


def moves(*changes: Change) -> Change:
    """The change of a step: what it writes, and then where the case stands."""

    def change(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
        for one in changes:
            one(assessment, at, recorded, facts)
        stand(assessment, local_day(at), recorded)

    return change


def reached(kind: MilestoneKind) -> Change:
    """A milestone."""
    return lambda assessment, at, recorded, facts: reach(assessment, kind, at)


def handed_in(kind: PaperKind) -> Change:
    """The next version of a paper."""
    return lambda assessment, at, recorded, facts: hand_in(assessment, kind, at, recorded, facts.get("reference", ""))


def answered(kind: PaperKind, answer: Answer) -> Change:
    """What became of a paper."""
    return lambda assessment, at, recorded, facts: decide(
        assessment, kind, answer, local_day(at), facts.get("reason", "")
    )


def booked(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The day on which fieldwork is to begin is kept."""
    assessment.fieldwork_due = facts["fieldwork_due"]


def split(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The day on which the second phase is to begin is kept."""
    assessment.second_phase_due = facts["second_phase_due"]


def moved(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The new day is kept, with the old one and the share of the fee that the move costs."""
    _booking_change(assessment, at, recorded, facts["reason"], facts["fieldwork_due"])
    assessment.fieldwork_due = facts["fieldwork_due"]
    if assessment.second_phase_due and assessment.second_phase_due <= facts["fieldwork_due"]:
        assessment.second_phase_due = None


def cancelled(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Nothing more is due; fieldwork that was booked leaves the share of the fee that its cancelling costs."""
    if assessment.fieldwork_due:
        _booking_change(assessment, at, recorded, facts["reason"], None)
    assessment.closed_on = local_day(at)


def _booking_change(assessment: Assessment, at: datetime, recorded: datetime, reason: str, now: date | None) -> None:
    day, was = local_day(at), assessment.fieldwork_due
    assert was is not None
    told = {"told_on": day, "was": was, "now": now, "reason": reason, "recorded": recorded}
    _keep(BookingChange(assessment=assessment, fee_percent=fee_share(day, was).percent, **told))


def status_set(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The status that the kind of assessment calls for is kept with its value, and carried into user entry."""
    reach(assessment, assessment.outcome, at, facts["status"])
    carry(assessment, at, recorded)


def status_withdrawn(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """The status no longer stands, and neither does what it confirmed."""
    assessment.status_withdrawn_on = local_day(at)
    take_back(assessment, facts["reason"], at, recorded)


def closed(assessment: Assessment, at: datetime, recorded: datetime, facts: dict[str, Any]) -> None:
    """Nothing more is due."""
    assessment.closed_on = local_day(at)


def status_of(assessment: Assessment) -> str:
    """The value of the status that was set; nothing where none is, or where the case was reviewed without one."""
    row = assessment.milestones.filter(kind__in=STATUSES).first()
    return row.detail if row else ""
