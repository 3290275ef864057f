"""The kinds of record of the assurance room. Assessments have no published reference, so prose names none."""

from __future__ import annotations

import re

from secretariat.assurance.cases.models import BookingChange, CasePaper, Condition
from secretariat.assurance.models import Assessment, AssessmentMilestone
from secretariat.core.kinds import register
from secretariat.register.kinds import not_named

_NAMED = re.compile(r"assessment (?P<pk>[0-9]{1,9})", re.IGNORECASE)


def assessment(text: str) -> Assessment | None:
    """The assessment that "assessment 12" names."""
    match = _NAMED.fullmatch(text.strip())
    return Assessment.objects.filter(pk=int(match["pk"])).first() if match else None


register("assessment", Assessment, assessment)
register("assessment milestone", AssessmentMilestone, not_named)
register("condition", Condition, not_named)
register("case paper", CasePaper, not_named)
register("booking change", BookingChange, not_named)
