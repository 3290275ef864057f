"""The kinds of record of the assurance room. Assessments have no published reference, so prose names none."""

from __future__ import annotations

import re

from secretariat.assurance.models import Assessment, AssessmentMilestone
from secretariat.core.kinds import register

_NAMED = re.compile(r"assessment (?P<pk>[0-9]{1,9})", re.IGNORECASE)


def assessment(text: str) -> Assessment | None:
    """The assessment that "assessment 12" names."""
    match = _NAMED.fullmatch(text.strip())
    return Assessment.objects.filter(pk=int(match["pk"])).first() if match else None


def milestone(text: str) -> None:
    """None: a milestone is found on its assessment only."""


register("assessment", Assessment, assessment)
register("assessment milestone", AssessmentMilestone, milestone)
