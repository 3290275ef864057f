"""A party's entries into User Roles, as far along as a test needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from secretariat.core.figures import Span
from secretariat.core.people import Role
from secretariat.plain.months import Month
from secretariat.register.models import Party, Requirement, RoleEntry, UserRole
from secretariat.register.user_entry.actions import complete, open_entry
from secretariat.register.user_entry.confirming import confirm
from secretariat.register.user_entry.models import BASE
from secretariat.register.user_entry.procedure import ROLE_ENTRIES
from tests.register.factories import person, roles, told

IMPORT, GAS, OTHER = "Import Supplier", "Gas Supplier", "Other User"
FEBRUARY = Span.of(Month(2020, 2))


def role(name: str = IMPORT) -> UserRole:
    return roles(name)[0]


def contact(of: Party) -> Any:
    """The party's own contact."""
    return person(Role.PARTY_CONTACT, of.key, organisation_id=of.pk)


def the_dcc() -> Any:
    """Somebody of the DCC."""
    return person(Role.DCC, "dcc", audience="DCC")


def begun(of: Party, name: str = IMPORT, day: str = "2020-01-06", step: str = "begin", **more: Any) -> RoleEntry:
    """A party's entry into a role."""
    return open_entry(RoleEntry(party=of, role=role(name)), day=day, step=step, **told(**more))


def line(of: RoleEntry, kind: str) -> Requirement:
    """One requirement of an entry."""
    found: Requirement = Requirement.objects.get(entry=of, kind=kind)
    return found


def meet(of: RoleEntry, *kinds: str, day: str = "2020-01-20") -> RoleEntry:
    """Confirms requirements of an entry by the bodies that confirm them; without any named, all of the base."""
    for kind in kinds or BASE:
        row = line(of, kind)
        if row.state == "open":
            by = the_dcc() if row.confirmer == "DCC" else person()
            confirm(of.party, kind, day=day, evidence="letter", role=of.role, **told(by=by))
    return of


def sent(of: RoleEntry, day: str = "2020-02-03") -> RoleEntry:
    """Sends the evidence form by mail."""
    meet(of)
    of.refresh_from_db()
    ROLE_ENTRIES.take("receive", of, day=day, reference="UEF-1", note="", **told())
    return of


def entered(of: RoleEntry, day: str = "2020-02-10") -> RoleEntry:
    """A complete entry."""
    complete([sent(of)], day=date.fromisoformat(day), **told())
    of.refresh_from_db()
    return of


FORM: dict[str, Any] = {"reference": "UEF-1", "note": "", "declared": True}
