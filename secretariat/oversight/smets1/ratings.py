"""How the live-service criteria of an assessment are rated, and which are not yet."""

from __future__ import annotations

from datetime import date, datetime

from secretariat.oversight.smets1.models import Criterion, LiveServiceAssessment, Rating
from secretariat.plain.dates import local_day


def in_force(at: datetime | date) -> list[Criterion]:
    """The criteria in force at an instant, in order."""
    day = local_day(at) if isinstance(at, datetime) else at
    return list(Criterion.objects.on(day))


def current_ratings(assessment: LiveServiceAssessment) -> dict[int, Rating]:
    """The last rating of each criterion, by the criterion's number."""
    rows = assessment.ratings.select_related("criterion").order_by("from_at", "id")
    return {one.criterion_id: one for one in rows}


def lacking(assessment: LiveServiceAssessment, at: datetime) -> list[Criterion]:
    """The criteria in force that are not rated yet."""
    rated = current_ratings(assessment)
    return [one for one in in_force(at) if one.pk not in rated]
