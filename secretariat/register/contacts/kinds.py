"""The records of contacts, details and supply that pages and figures lead to."""

from __future__ import annotations

from secretariat.core import kinds
from secretariat.register.contacts.models import (
    Confirmation,
    ConfirmationRound,
    Contact,
    DetailsChange,
    Disclosure,
    Licence,
    OperationalContact,
    SupplyMeasure,
)
from secretariat.register.kinds import not_named


def find_licence(text: str) -> Licence | None:
    """The licence with this number, when one licence alone has it."""
    found = list(Licence.objects.filter(number__iexact=text.strip())[:2]) if text.strip() else []
    return found[0] if len(found) == 1 else None


kinds.register("licence", Licence, find_licence)
kinds.register("contact", Contact, not_named)
kinds.register("operational contact", OperationalContact, not_named)
kinds.register("details change", DetailsChange, not_named)
kinds.register("disclosure", Disclosure, not_named)
kinds.register("supply measure", SupplyMeasure, not_named)
kinds.register("confirmation round", ConfirmationRound, not_named)
kinds.register("confirmation", Confirmation, not_named)
