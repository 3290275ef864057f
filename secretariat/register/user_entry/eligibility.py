"""Who may hold which User Role (rule UEP-2)."""

from __future__ import annotations

from datetime import date

from django.utils.text import slugify

from secretariat.core.rulebook import RULEBOOK, Entry, UnknownRule
from secretariat.register.contacts.licences import CATEGORIES_OF
from secretariat.register.entry import UserRole
from secretariat.register.parties import Party

ANY_PARTY = "none"


def said_of(role: UserRole, day: date) -> Entry | None:
    """What the rulebook says of who may hold a role on a day; None where it says nothing."""
    try:
        return RULEBOOK.entry(f"user_role.{slugify(role.name).replace('-', '_')}", day)
    except UnknownRule:
        return None


def licence_for(role: UserRole, day: date) -> str | None:
    """The licence that a role needs, "none" where any party may hold it; None where the rulebook does not say."""
    entry = said_of(role, day)
    return str(entry.value) if entry else None


def may_hold(party: Party, role: UserRole, day: date) -> bool:
    """Whether a party may hold a role on a day: it has the licence, and is in a Party Category of that licence.

    Where no licence of the party is recorded the category alone decides, which does not tell the fuel of a supplier.
    A role of which the rulebook does not say who may hold it, nobody may.
    """
    needed, category = licence_for(role, day), party.category_on(day)
    if needed is None or category is None or party.is_dcc:
        return False
    if needed == ANY_PARTY:
        return True
    held = party.licences.on(day).filter(kind=needed).exists() or not party.licences.exists()
    return held and category in CATEGORIES_OF[needed]


def needs_privacy(role: UserRole, day: date) -> bool:
    """Whether who holds the role is assessed for privacy (rule UEP-3)."""
    return role.name in RULEBOOK.text("user_entry.privacy_roles", day).split("|")
