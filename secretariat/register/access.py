"""What becomes of the access of a party's people when it leaves."""

from __future__ import annotations

from datetime import datetime

from secretariat.core import journal
from secretariat.core.people import Capacity, Role
from secretariat.plain.dates import local_day
from secretariat.register.parties import Party


def end_access(party: Party, *, at: datetime, recorded: datetime) -> None:
    """Ends, at an instant, every capacity in which somebody speaks for a party."""
    rows = Capacity.objects.filter(role=Role.PARTY_CONTACT, organisation_id=party.pk, ended=None)
    for row in rows.overlapping(local_day(at), None):
        last = max(local_day(at), row.from_day)
        journal.amend(row, {"to_day": last, "ended": at}, by=None, at=at, recorded=recorded)
