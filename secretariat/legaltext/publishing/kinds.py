"""The records of publishing that pages and figures lead to."""

from __future__ import annotations

from secretariat.core.kinds import register
from secretariat.legaltext.publishing.models import PlannedItem, PlannedVersion


def not_named(text: str) -> None:
    """Nothing: a reference in prose names the version that was published."""


register("planned code version", PlannedVersion, not_named)
register("planned change", PlannedItem, not_named)
