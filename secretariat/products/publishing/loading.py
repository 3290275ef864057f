"""By when the DCC loads a version of the Central Products List, and which versions it has not loaded (PRD-31)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from secretariat.core.rulebook import RULEBOOK
from secretariat.products.models import CENTRAL, ListVersion

HOURS = "products.cpl.load_hours"


def load_due(version: ListVersion) -> datetime | None:
    """The instant by which the DCC loads a version; none of another list, or where only its day is known."""
    if version.list.code != CENTRAL or version.published_at is None:
        return None
    return version.published_at + timedelta(hours=RULEBOOK.number(HOURS, version.published_at))


def is_late(version: ListVersion, at: datetime) -> bool:
    """Whether a version was loaded after its time, or is not loaded though its time has run out at an instant."""
    due = load_due(version)
    return due is not None and (version.loaded_at or at) > due


def to_be_loaded() -> Any:
    """The versions of the Central list that were published here and that the DCC has not loaded, oldest first."""
    found = ListVersion.objects.filter(list__code=CENTRAL, published_at__isnull=False, loaded_at__isnull=True)
    return found.select_related("list").order_by("number")
