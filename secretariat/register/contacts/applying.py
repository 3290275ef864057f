"""What a request to change details compares with, and what happens when it is accepted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from secretariat.core import journal
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.register.contacts.actions import amend_contact, end_contact, enter_contact
from secretariat.register.contacts.contact import Contact, Hearer
from secretariat.register.contacts.details import (
    AUDIENCES,
    LABELS,
    OF_A_CONTACT,
    OF_ITS_DETAILS,
    OF_THE_PARTY,
    DetailsChange,
    Disclosure,
    PartyDetails,
)
from secretariat.register.identifiers.models import FormerName
from secretariat.register.parties import Party

PLAIN = {"contact_name": "name", "contact_email": "email", "contact_telephone": "telephone"}


def details_of(party: Party) -> PartyDetails:
    """What else is known of a party; an empty row that is not saved when nothing is."""
    found: PartyDetails | None = PartyDetails.objects.filter(party=party).first()
    return found or PartyDetails(party=party)


def as_it_is(party: Party, contact: Contact | None, day: date) -> dict[str, Any]:
    """Everything that a request can ask to change, by name, as it is on a day; a contact not yet entered is empty."""
    details = details_of(party)
    now: dict[str, Any] = {name: getattr(party, name) for name in OF_THE_PARTY}
    now |= {name: getattr(details, name) for name in OF_ITS_DETAILS}
    if contact is None or contact.pk is None:
        return now | dict.fromkeys(PLAIN, "") | {"contact_purposes": [], "contact_consents": [], "contact_ended": ""}
    now |= {name: getattr(contact, field) for name, field in PLAIN.items()}
    return now | {
        "contact_purposes": contact.purpose_keys,
        "contact_consents": contact.hearers_on(day),
        "contact_ended": "yes" if contact.ended_on else "",
    }


def asked_for(party: Party, contact: Contact | None, wanted: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What of the things wanted differs from what is: old and new by name. Raises KeyError for an unknown name."""
    now = as_it_is(party, contact, day)
    return {
        name: {"old": now[name], "new": value}
        for name, value in wanted.items()
        if _comparable(now[name]) != _comparable(value)
    }


def _comparable(value: Any) -> Any:
    """Lists are sets of words here; lines of text are the same with any ends of lines."""
    return sorted(value) if isinstance(value, list | tuple) else "\n".join(str(value).split("\r\n")).strip()


def still_as_it_was(change: DetailsChange, day: date) -> bool:
    """Whether nothing that a request changes was changed since it was made."""
    now = as_it_is(change.party, change.contact, day)
    return all(_comparable(now[name]) == _comparable(told["old"]) for name, told in change.asked.items())


def apply(change: DetailsChange, at: datetime, recorded: datetime) -> None:
    """Makes everything as it was asked for, keeps a former name, and tells those who may be told.

    Raises Refused with a sentence when the register does not take it.
    """
    try:
        _apply(change, at, recorded)
    except ValidationError as error:
        raise Refused(*error.messages) from error


def _apply(change: DetailsChange, at: datetime, recorded: datetime) -> None:
    told: dict[str, Any] = {"by": None, "at": at, "recorded": recorded}
    before = set(change.contact.hearers_on(local_day(at))) if change.contact else set()
    new = {name: change.asked[name]["new"] for name in LABELS if name in change.asked}
    _party(change, new, told)
    _details(change, new, told)
    if new.keys() & OF_A_CONTACT.keys():
        _contact(change, new, told)
    after = set(change.contact.hearers_on(local_day(at))) if change.contact else set()
    _disclose(change, before if "contact_ended" in new else after, told)


def _party(change: DetailsChange, new: dict[str, Any], told: dict[str, Any]) -> None:
    party, asked = change.party, {name: new[name] for name in OF_THE_PARTY if name in new}
    if not asked:
        return
    if "name" in asked:
        last = change.from_day - timedelta(days=1)
        journal.enter(FormerName(party=party, name=party.name, until=last), **told, asked_in=change)
    altered: dict[str, Any] = {name: {"old": getattr(party, name), "new": value} for name, value in asked.items()}
    for name, value in asked.items():
        setattr(party, name, value)
    party.full_clean()
    party.save()
    journal.record("party.amend", party, **told, asked_in=change, **altered)


def _details(change: DetailsChange, new: dict[str, Any], told: dict[str, Any]) -> None:
    asked = {name: new[name] for name in OF_ITS_DETAILS if name in new}
    if not asked:
        return
    details = details_of(change.party)
    for name, value in asked.items():
        setattr(details, name, value)
    details.full_clean()
    details.save()
    journal.record("partydetails.amend", details, **told, asked_in=change, particulars=sorted(asked))


def _contact(change: DetailsChange, new: dict[str, Any], told: dict[str, Any]) -> None:
    contact = change.contact or Contact(party=change.party, invented=change.invented)
    if "contact_ended" in new and contact.pk:
        end_contact(contact, local_day(told["at"]), **told)
        return
    values = {field: new[name] for name, field in PLAIN.items() if name in new}
    values["confirmed_on"] = local_day(told["at"])
    if contact.pk:
        amend_contact(contact, values, new.get("contact_purposes"), new.get("contact_consents"), **told)
        return
    for field, value in values.items():
        setattr(contact, field, value)
    enter_contact(contact, new.get("contact_purposes", ()), new.get("contact_consents", ()), **told)
    change.contact = contact


def _disclose(change: DetailsChange, of_contact: set[str], told: dict[str, Any]) -> None:
    """Tells each who may be told of the change; of the contact only if the contact's own consent says so too."""
    of_party = bool(change.asked.keys() - OF_A_CONTACT.keys())
    for hearer in change.consented:
        with_contact = hearer in of_contact and bool(change.asked.keys() & OF_A_CONTACT.keys())
        if of_party or with_contact:
            row = Disclosure(change=change, hearer=hearer, told_on=local_day(told["at"]), with_contact=with_contact)
            row.audience, row.classification = AUDIENCES[Hearer(hearer)], change.classification
            journal.enter(row, **told, verb="tell", change=change, hearer=str(hearer.value))
