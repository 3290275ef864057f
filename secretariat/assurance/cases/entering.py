"""What a status does in user entry: it confirms the requirement that it meets, and takes back what it confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from secretariat.assurance.cases.statuses import LETS_ENTER, lets_enter
from secretariat.assurance.models import Assessment, AssessmentMilestone, MilestoneKind
from secretariat.plain.dates import local_day, long_date
from secretariat.register.user_entry.models import CONFIRMED, ENDED, OPEN, WITHDRAWN, Kind, Requirement
from secretariat.register.user_entry.procedure import REQUIREMENTS
from secretariat.register.user_entry.sources import Source, on_record

MEETS = {Kind.SECURITY: MilestoneKind.ASSURANCE_STATUS, Kind.PRIVACY: MilestoneKind.PRIVACY_STATUS}
"""Which status meets which requirement (rule UEP-3)."""
MET_BY = {status: kind for kind, status in MEETS.items()}


def evidence(milestone: AssessmentMilestone) -> str:
    """How a confirmation names the status that it rests on."""
    kind = MilestoneKind(milestone.kind)
    return f"{kind.label.removesuffix(' set')} of {long_date(milestone.day)}: {milestone.detail}"


def shown(party_id: int, kind: Kind) -> Iterator[Source]:
    """The newest status of a party, where it stands and meets a requirement (rule UEP-3, Sections G8 and I)."""
    if kind not in MEETS:
        return
    rows = AssessmentMilestone.objects.filter(assessment__party_id=party_id, kind=MEETS[kind])
    newest = rows.filter(assessment__status_withdrawn_on__isnull=True).order_by("-day", "-id").first()
    if newest is not None and lets_enter(newest.kind, newest.detail, newest.day):
        yield Source(newest.day, evidence(newest))


def _waiting(assessment: Assessment, kind: Kind, *states: str) -> list[Requirement]:
    rows = Requirement.objects.filter(entry__party_id=assessment.party_id, kind=kind, state__in=states)
    return list(rows.exclude(entry__state=ENDED).select_related("entry__party", "entry__role"))


def carry(assessment: Assessment, at: datetime, recorded: datetime) -> None:
    """Confirms what the assessment's new status meets, for every role that the party is entering."""
    if assessment.outcome not in LETS_ENTER:
        return
    for row in _waiting(assessment, MET_BY[assessment.outcome], OPEN, WITHDRAWN):
        source = on_record(row)
        if source is not None and source.day == local_day(at):
            REQUIREMENTS.take("match", row, by=None, at=at, recorded=recorded)


def take_back(assessment: Assessment, reason: str, at: datetime, recorded: datetime) -> None:
    """Withdraws the confirmations that rest on the assessment's status."""
    milestone = assessment.milestones.filter(kind=assessment.outcome).first()
    if milestone is None or assessment.outcome not in LETS_ENTER:
        return
    for row in _waiting(assessment, MET_BY[assessment.outcome], CONFIRMED):
        if (row.day, row.evidence) == (milestone.day, evidence(milestone)):
            told = {"day": local_day(at), "reason": reason}
            REQUIREMENTS.take("lapse", row, by=None, at=at, recorded=recorded, **told)
