"""What an enquiry may be about, by what it says and who says it: plain rules, each with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from secretariat.core import kinds
from secretariat.core.kinds import kind_of
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.rulebook import RULEBOOK
from secretariat.helpdesk.models import Enquiry
from secretariat.plain.dates import local_day
from secretariat.post.folding import said
from secretariat.post.procedure import references_in
from secretariat.register.contacts.contact import Contact
from secretariat.register.models import Party

REFERENCES_READ = 20
TEXT_READ = 20_000


@dataclass(frozen=True)
class Found:
    """A record that an enquiry may be about, and why, as a sentence. `certain` when no judgement is needed."""

    record: Any
    reason: str
    certain: bool = False


def found(subject: str, body: str, address: str, at: datetime) -> list[Found]:
    """Everything that a message points at, the certain first, each record once with its first reason."""
    rows = [*named(subject, "Its subject", certain=True), *sender(address, at), *named(said(body[:TEXT_READ]), "It")]
    rows += at_domain(address, at)
    once = {(kind_of(row.record), row.record.pk): row for row in reversed(rows)}
    kept = [row for row in rows if once[(kind_of(row.record), row.record.pk)] is row]
    return sorted(kept, key=lambda row: not row.certain)


def named(text: str, who: str, *, certain: bool = False) -> list[Found]:
    """The records whose references stand in a text, but enquiries: those are conversations."""
    rows: list[Found] = []
    for reference in list(dict.fromkeys(references_in(text)))[:REFERENCES_READ]:
        records = [record for record in kinds.find(reference) if not isinstance(record, Enquiry)]
        rows += [Found(record, f"{who} names {reference}.", certain and len(records) == 1) for record in records]
    return rows


def sender(address: str, at: datetime) -> list[Found]:
    """The person with exactly this address, and the parties of which it is a contact's."""
    people = Person.objects.filter(email__iexact=address, is_active=True) if address else Person.objects.none()
    rows = [Found(person, f"{address} is the address of {person}.", certain=True) for person in people]
    parties = parties_of(address, local_day(at))
    reason = f"{address} is the address of a contact of it."
    return rows + [Found(party, reason, certain=len(parties) == 1) for party in parties]


def parties_of(address: str, day: date) -> list[Party]:
    """The parties of which somebody with exactly this address is a contact on a day."""
    if not address:
        return []
    spoken: Any = Capacity.objects.on(day)
    spoken = spoken.filter(role=Role.PARTY_CONTACT, person__email__iexact=address)
    known = set(spoken.values_list("organisation_id", flat=True))
    known |= set(Contact.objects.on(day).filter(email__iexact=address).values_list("party", flat=True))
    return list(Party.objects.filter(pk__in=known - {None}).order_by("pk"))


def at_domain(address: str, at: datetime) -> list[Found]:
    """The parties whose contacts write from the same domain; nothing for a domain where anybody can have an address."""
    domain = address.rpartition("@")[2].lower()
    if not domain or domain in RULEBOOK.text("helpdesk.public_domains", at).split():
        return []
    rows = Contact.objects.on(local_day(at)).filter(email__iendswith=f"@{domain}").values_list("party", flat=True)
    counts = Counter(rows)
    parties = Party.objects.filter(pk__in=counts).order_by("pk")
    return [Found(party, f"{_contacts(counts[party.pk])} of it writes from {domain}.") for party in parties]


def _contacts(count: int) -> str:
    return "A contact" if count == 1 else f"One of {count} contacts"
