"""Writes of user entry that are more than one step: opening a grid, completing roles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from secretariat.core import journal
from secretariat.core.journal import Told
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import plain_date
from secretariat.register.actions import complete_user_entry
from secretariat.register.entry import CompletedRole, UserEntry, UserRole, sorted_names
from secretariat.register.parties import Party
from secretariat.register.user_entry.confirming import match
from secretariat.register.user_entry.eligibility import needs_privacy
from secretariat.register.user_entry.models import AUDIENCES, Kind, Requirement, RoleEntry
from secretariat.register.user_entry.procedure import REQUIREMENTS, ROLE_ENTRIES


def confirmer_of(kind: str, day: date) -> str:
    """The body that confirms a requirement on a day (rule UEP-3)."""
    return RULEBOOK.text(f"user_entry.confirms.{kind.replace(' ', '_')}", day)


def open_entry(
    entry: RoleEntry, *, day: date | str, step: str = "begin", by: Person | None, at: datetime, recorded: datetime
) -> RoleEntry:
    """Plans or begins a party's entry into a role, with its grid; what the register shows is met is confirmed at once.

    Returns the entry. Raises Refused, and then nothing has changed.
    """
    told: Told = {"by": by, "at": at, "recorded": recorded}
    with transaction.atomic():
        ROLE_ENTRIES.take(step, entry, day=day, **told)
        begun = entry.spells.get().from_day
        for kind in Kind:
            confirmer = confirmer_of(kind, begun)
            row = Requirement(entry=entry, kind=kind, confirmer=confirmer, audience=AUDIENCES[confirmer])
            left_out = kind == Kind.PRIVACY and not needs_privacy(entry.role, begun)
            REQUIREMENTS.take("exempt" if left_out else "require", row, **told)
        match(entry.party, **told)
    return entry


def complete(
    entries: Iterable[RoleEntry], *, day: date, by: Person | None, at: datetime, recorded: datetime
) -> UserEntry:
    """Completes roles of one party on a day as one user entry, and has the DCC and the party told (Section H1.12).

    Returns the user entry; one of the same day is extended. Raises Refused or ValidationError with sentences, and
    then nothing has changed.
    """
    rows = list(entries)
    if len({entry.party_id for entry in rows}) != 1:
        raise Refused("Choose at least one role, all of one party.")
    told: Told = {"by": by, "at": at, "recorded": recorded}
    party = rows[0].party
    with transaction.atomic():
        made = _written(party, [entry.role for entry in rows], day, invented=rows[0].invented, **told)
        for entry in rows:
            ROLE_ENTRIES.take("complete", entry, day=day, **told)
        journal.record("userentry.confirm", made, roles=sorted_names(entry.role for entry in rows), **told)
    return made


def _written(
    party: Party,
    roles: list[UserRole],
    day: date,
    *,
    invented: bool,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> UserEntry:
    """The party's user entry of a day with these roles; roles that are completed already are left as they are."""
    done = CompletedRole.objects.filter(party=party).values_list("role_id", flat=True)
    new = [role for role in roles if role.pk not in set(done)]
    made: UserEntry | None = UserEntry.objects.filter(party=party, completed_on=day).first()
    if made is None:
        made = UserEntry(party=party, completed_on=day, invented=invented)
        return complete_user_entry(made, new or roles, by=by, at=at, recorded=recorded)
    if new:
        CompletedRole.objects.bulk_create(CompletedRole(entry=made, party=party, role=role) for role in new)
        names = sorted_names(new)
        journal.record("userentry.extend", made, by=by, at=at, recorded=recorded, roles=names)
    return made


def adopt(
    party: Party, role: UserRole, *, invented: bool = False, by: Person | None, at: datetime, recorded: datetime
) -> RoleEntry:
    """Takes over a completion that the register holds without a grid, and returns its role entry. Raises Refused."""
    entry = RoleEntry(party=party, role=role, invented=invented)
    ROLE_ENTRIES.take("adopt", entry, by=by, at=at, recorded=recorded)
    return entry


def paragraph(entry: UserEntry) -> str:
    """What the information paper tells the Panel of a completion (rules UEP-4, UEP-8)."""
    category = entry.party.category_on(entry.completed_on)
    kind = f", {category.label}," if category else ""
    roles: list[Any] = sorted_names(entry.roles.all())
    named = roles[0] if len(roles) == 1 else f"{', '.join(roles[:-1])} and {roles[-1]}"
    return (
        f"{entry.party.name}{kind} completed the User Entry Process on {plain_date(entry.completed_on)} "
        f"for the User {'Role' if len(roles) == 1 else 'Roles'} of {named}. "
        "SECAS has confirmed this to the DCC and to the party (Section H1.12)."
    )
