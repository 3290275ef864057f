"""What the assurance room counts: how far assessments came in a span. Counts only; no party and no finding is named."""

from __future__ import annotations

from django.db.models import Count, Q

from secretariat.assurance.models import Assessment, AssessmentMilestone, Frame, Kind, MilestoneKind
from secretariat.core.figures import Grid, Head, Records, Span, counters, figure
from secretariat.register.models import Party

COUNTED: tuple[tuple[str, str, MilestoneKind, Kind | None], ...] = (
    ("fieldwork", "Fieldwork Assessments completed", MilestoneKind.FIELDWORK, None),
    ("validated_fusa", "First-stage validations of FUSAs completed", MilestoneKind.VALIDATION_1, Kind.FUSA),
    ("validated_vusa", "First-stage validations of VUSAs completed", MilestoneKind.VALIDATION_1, Kind.VUSA),
    ("assurance_set", "Assurance Statuses set (initial FUSA)", MilestoneKind.ASSURANCE_STATUS, Kind.FUSA),
    ("compliance_fusa", "Compliance Statuses set (FUSAs)", MilestoneKind.COMPLIANCE_STATUS, Kind.FUSA),
    ("compliance_vusa", "Compliance Statuses set (VUSAs)", MilestoneKind.COMPLIANCE_STATUS, Kind.VUSA),
    ("ssa_reviewed", "Security Self-Assessments reviewed", MilestoneKind.REVIEWED, Kind.SSA),
    ("directors_letters", "Director's Letters approved", MilestoneKind.DIRECTORS_LETTER, None),
    ("prepared", "Assessments prepared for SSC review", MilestoneKind.PREPARED, None),
)
"""Each counter's key and label, the milestone it counts, and the kind of assessment it is restricted to."""

OF_SECURITY = {"assessment__frame": Frame.SECURITY.value}
"""Privacy assessments pass the same milestones, and are not counted here."""


@figure("assessment_counters", title="User security assessments", unit="assessments, last row parties")
def assessment_counters(span: Span) -> Grid:
    """How many security assessments reached each milestone in the span, by the milestone's day, and last how many
    different parties have one open at the end of the span's last day (SEC-13). An assessment is open from the day it
    is opened until the day before it is closed or cancelled.
    """
    reached = AssessmentMilestone.objects.filter(day__range=(span.first, span.last), **OF_SECURITY)
    found = {
        (milestone, kind): number
        for milestone, kind, number in reached.values_list("kind", "assessment__kind").annotate(Count("pk")).order_by()
    }
    rows = [
        (key, label, _records(milestone, kind, span), _sum(found, milestone, kind))
        for key, label, milestone, kind in COUNTED
    ]
    assessed = _being_assessed(span)
    label = span.month.label if span.is_month else "Number"
    last = ("in_progress", "Parties currently being assessed", assessed, assessed.queryset.count())
    return counters([*rows, last], Head("value", label))


def _sum(found: dict[tuple[str, str], int], milestone: MilestoneKind, kind: Kind | None) -> int:
    return sum(number for (what, of), number in found.items() if what == milestone and kind in (None, of))


def _records(milestone: MilestoneKind, kind: Kind | None, span: Span) -> Records:
    filters = {"kind": milestone.value, "day__range": (span.first, span.last), **OF_SECURITY}
    return Records(AssessmentMilestone, filters if kind is None else filters | {"assessment__kind": kind.value})


def _being_assessed(span: Span) -> Records:
    still_open = Q(closed_on__isnull=True) | Q(closed_on__gt=span.last)
    rows = Assessment.objects.filter(still_open, opened_on__lte=span.last, frame=Frame.SECURITY)
    return Records(Party, {"pk__in": rows.values("party_id")})
