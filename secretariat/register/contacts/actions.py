"""Writes about contacts, each with one event that names what changed and never what it was.

An event is kept for ever and its hash covers its facts, so a name or an address in one could never be erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day, long_date
from secretariat.register.contacts.contact import PERSONAL, Consent, Contact, ContactPurpose, Hearer, Purpose
from secretariat.register.contacts.details import UNDECIDED, DetailsChange

ERASED: Final = "(erased)"
NAMES_SOMEBODY = ("contact_name", "contact_email", "contact_telephone")


def enter_contact(
    contact: Contact,
    purposes: Iterable[str],
    hearers: Iterable[str] = (),
    *,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> Contact:
    """Enters a contact with what it is there for and who may be told of it, and returns it (rules PTY-31, PTY-32).

    Raises ValidationError with a sentence: no purpose, no name or address, an unknown purpose or recipient.
    """
    serves, told = sorted(set(purposes)), sorted(set(hearers))
    if not serves:
        raise ValidationError("A contact is there for something: name at least one purpose.")
    _known(serves, told)
    with transaction.atomic():
        purposes_told = [str(Purpose(key).label) for key in serves]
        hearers_told = [str(Hearer(key).label) for key in told]
        journal.enter(contact, by=by, at=at, recorded=recorded, purposes=purposes_told, may_be_told=hearers_told)
        _serve(contact, serves)
        _consent(contact, told, local_day(at))
    return contact


def amend_contact(
    contact: Contact,
    changes: Mapping[str, Any],
    purposes: Iterable[str] | None = None,
    hearers: Iterable[str] | None = None,
    *,
    by: Person | None,
    at: datetime,
    recorded: datetime,
) -> list[str]:
    """Changes what is told of a contact and returns the names of what changed; nothing changed leaves no event.

    Raises ValidationError for what may not be, and for a contact that has ended.
    """
    if contact.ended_on is not None:
        raise ValidationError("This contact has ended: enter a new one.")
    altered = [name for name, value in changes.items() if getattr(contact, name) != value]
    for name in altered:
        setattr(contact, name, changes[name])
    contact.full_clean()
    with transaction.atomic():
        contact.save()
        altered += _sets(contact, purposes, hearers, local_day(at))
        if altered:
            journal.record("contact.amend", contact, by=by, at=at, recorded=recorded, particulars=sorted(altered))
    return altered


def _sets(contact: Contact, purposes: Iterable[str] | None, hearers: Iterable[str] | None, day: date) -> list[str]:
    changed = []
    if purposes is not None and set(purposes) != set(contact.purpose_keys):
        serves = sorted(set(purposes))
        if not serves:
            raise ValidationError("A contact is there for something: name at least one purpose, or end it.")
        _known(serves, [])
        _serve(contact, serves)
        changed.append("purposes")
    if hearers is not None and set(hearers) != set(contact.hearers_on(day)):
        _known([], hearers)
        _consent(contact, set(hearers), day)
        changed.append("consents")
    return changed


def _known(purposes: Iterable[str], hearers: Iterable[str]) -> None:
    for given, known in ((purposes, Purpose), (hearers, Hearer)):
        unknown = sorted(set(given) - set(known.values))
        if unknown:
            raise ValidationError(f"“{unknown[0]}” is not one of {', '.join(known.values)}.")


def _serve(contact: Contact, purposes: Iterable[str]) -> None:
    contact.purposes.all().delete()
    ContactPurpose.objects.bulk_create(ContactPurpose(contact=contact, purpose=one) for one in purposes)


def _consent(contact: Contact, hearers: Iterable[str], day: date) -> None:
    """Withdraws the consents that are not among these and gives those that are new; what was given before stays."""
    wanted = set(hearers)
    contact.consents.filter(withdrawn_on__isnull=True).exclude(hearer__in=wanted).update(withdrawn_on=day)
    there = set(contact.consents.filter(withdrawn_on__isnull=True).values_list("hearer", flat=True))
    Consent.objects.bulk_create(Consent(contact=contact, hearer=one, given_on=day) for one in sorted(wanted - there))


def end_contact(contact: Contact, day: date, *, by: Person | None, at: datetime, recorded: datetime) -> None:
    """Ends a contact and its consents on a day (rule PTY-32). Raises Refused for a day to come, or a second end."""
    if contact.ended_on is not None:
        raise Refused(f"This contact ended on {long_date(contact.ended_on)}.")
    if day > local_day(at):
        raise Refused(f"{long_date(day)} has not come yet.")
    with transaction.atomic():
        contact.ended_on = day
        contact.full_clean()
        contact.save()
        _consent(contact, (), local_day(at))
        journal.record("contact.end", contact, by=by, at=at, recorded=recorded, day=day)


def erase_contact(contact: Contact, *, by: Person | None, at: datetime, recorded: datetime) -> None:
    """Erases the personal data of a contact, here and in the requests about it; its events stay as they are.

    A contact that has not ended ends. Raises Refused when it was erased before, or while a request about it waits.
    """
    if contact.erased_on is not None:
        raise Refused(f"This contact was erased on {long_date(contact.erased_on)}.")
    if contact.details_changes.filter(state__in=UNDECIDED).exists():
        raise Refused("A request about this contact waits: decide it first.")
    with transaction.atomic():
        if contact.ended_on is None:
            end_contact(contact, local_day(at), by=by, at=at, recorded=recorded)
        contact.name = contact.email = contact.telephone = ""
        contact.person, contact.erased_on = None, local_day(at)
        contact.full_clean()
        contact.save()
        for change in contact.details_changes.all():
            _forget(change)
        journal.record("contact.erase", contact, by=by, at=at, recorded=recorded, particulars=list(PERSONAL))


def _forget(change: DetailsChange) -> None:
    """Takes out of a request what names somebody: the values asked for, and the words exchanged about them."""
    for name in NAMES_SOMEBODY:
        if name in change.asked:
            change.asked[name] = {"old": ERASED, "new": ERASED}
    change.exchange = [{**one, "question": ERASED, "answer": ERASED} for one in change.exchange]
    change.refusal = ERASED if change.refusal else ""
    change.save(update_fields=["asked", "exchange", "refusal"])
