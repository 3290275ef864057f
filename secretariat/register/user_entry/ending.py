"""What becomes of a party's User Roles when it leaves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from secretariat.core.people import Person
from secretariat.register.parties import Party
from secretariat.register.user_entry.models import ENDED, RoleEntry
from secretariat.register.user_entry.procedure import ROLE_ENTRIES


def end_all(
    party: Party, *, day: date | str, reason: str, by: Person | None, at: datetime, recorded: datetime
) -> list[RoleEntry]:
    """Ends every role entry of a party, such as one that leaves, and returns them. Raises Refused."""
    rows = list(RoleEntry.objects.filter(party=party).exclude(state=ENDED).select_related("party", "role"))
    with transaction.atomic():
        for entry in rows:
            ROLE_ENTRIES.take("end", entry, by=by, at=at, recorded=recorded, day=day, reason=reason)
    return rows
