"""The records of assessments, ideas and requests that pages and figures lead to."""

from __future__ import annotations

from secretariat.change.assessments.models import Assessment, Idea, InformationRequest
from secretariat.core.kinds import register


def not_named(text: str) -> None:
    """Nothing: no reference in prose names one."""


register("change assessment", Assessment, not_named)
register("idea", Idea, not_named)
register("information request", InformationRequest, not_named)
