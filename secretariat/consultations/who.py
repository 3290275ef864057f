"""Who may respond, who may submit for a party, and of which party a sender is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q

from secretariat.core.capacities import secretariat, speaks_for
from secretariat.core.people import Capacity, Person, Role
from secretariat.plain.dates import local_day
from secretariat.post.models import IncomingMail
from secretariat.register.contacts.contact import Contact, Purpose
from secretariat.register.parties import Category, CategoryMembership, Party

OTHERS = "others"
AUDIENCE: tuple[tuple[str, str], ...] = (*((one.value, str(one.label)) for one in Category), (OTHERS, "Anybody else"))
"""Whom a consultation may invite: each Party Category, the DCC, and those who are no party."""

EVERYBODY = [key for key, _ in AUDIENCE]
SUBMIT_FOR = (Purpose.MAIN.value, Purpose.MODIFICATIONS.value)


def everybody() -> list[str]:
    """The audience of a consultation that leaves nobody out."""
    return list(EVERYBODY)


def invites(consultation: Any, party: Party | None, day: date) -> bool:
    """Whether a consultation invites a party, by its category on a day; or those who are none."""
    if party is None:
        return OTHERS in consultation.invited
    category = party.category_on(day)
    if category is None:
        return OTHERS in consultation.invited
    return category.value in consultation.invited


def invited_parties(consultation: Any, day: date) -> Any:
    """The parties that a consultation invites, by their categories on a day."""
    rows: Any = CategoryMembership.objects.on(day)
    return Party.objects.on(day).filter(pk__in=rows.filter(category__in=consultation.invited).values("party"))


def own(person: Person | None, response: Any, at: datetime) -> bool:
    """The respondent's own: a contact of the party, or the person who responds for nobody else."""
    if person is None or response is None:
        return False
    if response.party_id is None:
        return bool(response.respondent_id == person.pk)
    return response.party_id in speaks_for(person, at)


def authorised(person: Person | None, response: Any, at: datetime) -> bool:
    """The party's authorised contact; where the party has named none, any contact of it."""
    if person is None or not own(person, response, at):
        return False
    if response.party_id is None:
        return True
    named = authorised_people(response.party_id, local_day(at))
    return not named or person.pk in named


def authorised_people(party_id: int, day: date) -> set[int]:
    """The ids of the people who submit for a party: its leading contacts, and its main and modifications contacts."""
    spoken: Any = Capacity.objects.on(day)
    spoken = spoken.filter(role=Role.PARTY_CONTACT, organisation_id=party_id)
    contacts = Contact.objects.on(day).filter(party=party_id, person__isnull=False, purposes__purpose__in=SUBMIT_FOR)
    named = Q(leads=True) | Q(person__in=contacts.values("person"))
    return set(spoken.filter(named).values_list("person", flat=True))


def staff_or_clock(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat; when its time has come, time alone."""
    return person is None or secretariat(person, record, at)


def by_submission(person: Person | None, record: Any, at: datetime) -> bool:
    """Nobody: the submission of a response causes it."""
    return person is None


def staff_or_submission(person: Person | None, record: Any, at: datetime) -> bool:
    """The secretariat; for what stands in a response, its submission."""
    return person is None or secretariat(person, record, at)


def party_of_sender(mail: IncomingMail) -> Party | None:
    """The party of which the sender is a known contact; none for a stranger, or for a contact of several parties."""
    day = local_day(mail.received)
    rows: Any = Capacity.objects.on(day)
    spoken = rows.filter(role=Role.PARTY_CONTACT, person__email__iexact=mail.from_address)
    known = set(spoken.values_list("organisation_id", flat=True))
    known |= set(Contact.objects.on(day).filter(email__iexact=mail.from_address).values_list("party", flat=True))
    known.discard(None)
    return Party.objects.filter(pk=known.pop()).first() if len(known) == 1 else None
