"""Where programmes are tested on the same days, as the pages show it."""

from __future__ import annotations

from secretariat.core.pages import Page
from secretariat.oversight.shown import Rows, readable
from secretariat.oversight.testing.models import ConcurrentTesting, TestPhase
from secretariat.oversight.testing.standing import clashes
from secretariat.plain.dates import long_date

OVERLAP_HEADS = ("Testing", "Alongside", "From", "Until", "Same environment", "The group")


def overlap_rows(page: Page, only: int | None = None) -> Rows:
    """The overlaps of programmes, or those of one, with what the group said of each, as a table has them."""
    phases = readable(page, TestPhase).select_related("programme")
    found = clashes(phases, readable(page, ConcurrentTesting))
    return [
        (str(one.one), str(one.other), long_date(one.days.first), long_date(one.days.last),
         "yes" if one.shares_environment else "no", one.said.state if one.said else "was not asked")
        for one in found
        if only is None or only in (one.one.programme_id, one.other.programme_id)
    ]  # fmt: skip
