"""Entries of the tracker as records that a reference can name."""

from __future__ import annotations

import re

from secretariat.core.kinds import register
from secretariat.oversight.tracker.models import PlanMove, TrackerEntry
from secretariat.register.kinds import not_named

_NAMED = re.compile(r"TRK-(?P<number>[0-9]{1,9})", re.IGNORECASE)


def tracker_entry(text: str) -> TrackerEntry | None:
    """The entry that "TRK-0012" names."""
    match = _NAMED.fullmatch(text.strip())
    return TrackerEntry.objects.filter(number=int(match["number"])).first() if match else None


register("tracker entry", TrackerEntry, tracker_entry)
register("plan move", PlanMove, not_named)
