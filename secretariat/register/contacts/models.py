"""Every record of contacts, details, licences and supply, where the register looks for them."""

from secretariat.register.contacts.contact import Consent, Contact, ContactPurpose, OperationalContact
from secretariat.register.contacts.details import DetailsChange, Disclosure, PartyDetails
from secretariat.register.contacts.licences import Licence
from secretariat.register.contacts.rounds import Confirmation, ConfirmationRound
from secretariat.register.contacts.supply import SupplyMeasure

__all__ = [
    "Confirmation",
    "ConfirmationRound",
    "Consent",
    "Contact",
    "ContactPurpose",
    "DetailsChange",
    "Disclosure",
    "Licence",
    "OperationalContact",
    "PartyDetails",
    "SupplyMeasure",
]
