"""What a party's page says of its licences, supply, contacts and requests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from secretariat.core.capacities import speaks_for
from secretariat.core.pages import Fact, Related
from secretariat.core.people import Person
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.register.contacts.contact import Purpose
from secretariat.register.contacts.details import OF_ITS_DETAILS, PartyDetails, words
from secretariat.register.contacts.licences import category_remark
from secretariat.register.contacts.supply import SupplyMeasure
from secretariat.register.models import Category, Party
from secretariat.register.procedure import party_support


def remark_facts(party: Party, person: Person | None, at: datetime) -> list[Fact]:
    """A remark where category and licences disagree, a category proposed by the supply, and the details on record."""
    day = local_day(at)
    remark = category_remark(party, day)
    facts = [Fact("Remark on its category", remark)] if remark else []
    measures = SupplyMeasure.objects.filter(party=party).visible_to(person, at).exclude(proposes="")
    for measure in measures.order_by("-measured_on", "-pk")[:1]:
        if measure.proposes != party.category_on(day):
            said = f"{Category(measure.proposes).label}, by the premises measured on {long_date(measure.measured_on)}"
            facts.append(Fact("Category proposed", said, measure.get_absolute_url()))
    return [*facts, *_details(party, person, at), *_ways(party, person, at)]


def _details(party: Party, person: Person | None, at: datetime) -> list[Fact]:
    row = PartyDetails.objects.visible_to(person, at).filter(party=party).first()
    if row is None:
        return []
    told = [Fact(label, words(getattr(row, name))) for name, label in OF_ITS_DETAILS.items() if getattr(row, name)]
    return [*told, Fact("Details confirmed", long_date(row.confirmed_on))] if row.confirmed_on else told


def _ways(party: Party, person: Person | None, at: datetime) -> list[Fact]:
    support = party_support(person, party, at)
    ways = []
    if support or party.pk in speaks_for(person, at):
        address = reverse("change-details", args=[party.key])
        ways.append(Fact("Something is wrong?", "Ask to change the details", address))
    if support and party.left_on is None:
        address = reverse("change-category", args=[party.key])
        ways.append(Fact("Another category?", "See what it would move", address))
    return ways


def contact_tables(party: Party, person: Person | None, at: datetime) -> list[Related]:
    """Its licences, and what the reader may see of its contacts and requests."""
    rows: list[tuple[Any, ...]] = [
        (row, long_date(row.from_day), long_date(row.to_day) if row.to_day else "further notice")
        for row in party.licences.visible_to(person, at).select_related("party")
    ]
    tables = [Related("Licences", ("Licence", "From", "Until"), rows, "No licence of it is recorded.")]
    contacts = _contacts(party, person, at, local_day(at))
    requests = [
        (row, row.state, day_words(row.asked_on))
        for row in party.details_changes.select_related("party").visible_to(person, at)
    ]
    if contacts or requests:
        tables.append(Related("Contacts", ("Contact", "Name", "For", "Confirmed"), contacts, "It has no contact."))
        tables.append(Related("Requests to change details", ("Request", "State", "Asked"), requests, "There is none."))
    return tables


def _contacts(party: Party, person: Person | None, at: datetime, day: date) -> list[tuple[Any, ...]]:
    found = party.contacts.on(day).visible_to(person, at).select_related("party").prefetch_related("purposes")
    return [
        (row, row.name, "; ".join(Purpose(one.purpose).label for one in row.purposes.all()),
         long_date(row.confirmed_on) if row.confirmed_on else "not yet")
        for row in found
    ]  # fmt: skip
