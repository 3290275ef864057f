"""Licences, contacts, premises, requests and the yearly round of the sample: all invented.

The companies that documents name have invented contacts and no licence, since none was read of; their categories are
those of the documents.
"""

from __future__ import annotations

from datetime import date

from secretariat.core.people import Person
from secretariat.register.contacts.actions import enter_contact
from secretariat.register.contacts.applying import asked_for
from secretariat.register.contacts.confirming import CONFIRMATIONS, ROUNDS
from secretariat.register.contacts.contact import Contact, Hearer, Purpose
from secretariat.register.contacts.details import DetailsChange
from secretariat.register.contacts.licences import LicenceKind
from secretariat.register.contacts.procedure import DETAILS, SUPPLY
from secretariat.register.contacts.rounds import Confirmation, ConfirmationRound
from secretariat.register.contacts.supply import SupplyMeasure
from secretariat.register.models import Party
from secretariat.site.sample import parties
from secretariat.site.sample.crew import RECORDED, Crew, address, noon, told

COLUMNS = ("party", "kind", "number", "from", "invented")
KINDS = {
    parties.LARGE: (LicenceKind.ELECTRICITY_SUPPLY, LicenceKind.GAS_SUPPLY),
    parties.SMALL: (LicenceKind.ELECTRICITY_SUPPLY,),
    parties.ELECTRICITY: (LicenceKind.DISTRIBUTION,),
    parties.GAS: (LicenceKind.TRANSPORTER,),
}
"""The licences of the invented parties of a category; others have none."""

OWN = {"edf-energy": "large.supplier", "green-supplier-limited": "small.supplier"}
"""The parties whose contact can sign in."""

ENTERED, OPENED, ASKED = date(2019, 11, 4), date(2020, 2, 24), date(2020, 3, 4)


def enter(crew: Crew) -> None:
    """Enters the licences, the contacts of a few parties, what they supply, their requests, and the round."""
    _licences(crew)
    adviser = crew["party.support"]
    suppliers = [*OWN, *(row.key for row in parties.invented() if row.category == parties.SMALL)][:6]
    known = {party.key: party for party in Party.objects.filter(key__in=suppliers)}
    for place, key in enumerate(suppliers):
        _contacts(known[key], crew[OWN[key]] if key in OWN else None, place, adviser)
    _premises(known[suppliers[2]], 261_000, adviser)
    _premises(known[suppliers[3]], 18_500, adviser)
    _requests(known["green-supplier-limited"], known[suppliers[2]], crew)
    _round(suppliers, crew)


def _licences(crew: Crew) -> None:
    rows = [
        (row.key, kind.value, f"SAMPLE-{place:03d}-{kind.name[0]}", row.acceded_on, "yes")
        for place, row in enumerate(parties.invented(), start=1)
        for kind in KINDS.get(row.category, ())
    ]
    crew.load("licences", "party.support", COLUMNS, rows)


def _contacts(party: Party, person: Person | None, place: int, adviser: Person) -> None:
    """A main contact, who signs in where the party has somebody who does, and an operational one to be shared."""
    main = Contact(party=party, name=f"Sample Main Contact {place + 1}", email=address(f"main.{place + 1}"))
    main.person, main.confirmed_on, main.invented = person, ENTERED, True
    when = told(adviser, noon(ENTERED))
    enter_contact(main, (Purpose.MAIN, Purpose.FINANCE, Purpose.NOTICES), (Hearer.DCC,), **when)
    operational = Contact(party=party, name=f"Sample Duty Desk {place + 1}", email=address(f"desk.{place + 1}"))
    operational.telephone, operational.confirmed_on, operational.invented = "020 7946 0000", ENTERED, True
    consents = (Hearer.DCC, Hearer.SUPPLIERS) if place % 3 else (Hearer.SUPPLIERS,)
    enter_contact(operational, (Purpose.OPERATIONAL, Purpose.SECURITY), consents, **when)


def _premises(party: Party, premises: int, adviser: Person) -> None:
    """A number that was told and confirmed; one crosses the threshold, so that another category is proposed."""
    row = SupplyMeasure(party=party, premises=premises, measured_on=date(2020, 1, 31), invented=True)
    SUPPLY.take("tell", row, **told(adviser, noon(date(2020, 2, 10))))
    SUPPLY.take("confirm", row, **told(adviser, noon(date(2020, 2, 12))))


def _requests(own: Party, other: Party, crew: Crew) -> None:
    """One request waits for a check; one was accepted, and the DCC was told of it."""
    adviser = crew["party.support"]
    wanted = {"registered_address": "1 Sample Street\nSampletown", "trading_names": "Sample Power"}
    done = _request(other, wanted, date(2020, 2, 17), adviser, tell_dcc=True)
    DETAILS.take("accept", done, checked="party", **told(adviser, noon(date(2020, 2, 19))))
    desk = own.contacts.serving(Purpose.OPERATIONAL).get()
    _request(own, {"contact_telephone": "020 7946 0999"}, ASKED, crew["small.supplier"], contact=desk, tell_dcc=True)


def _request(party: Party, wanted: dict[str, str], day: date, by: Person, **more: object) -> DetailsChange:
    change = DetailsChange(party=party, from_day=day, asked_by=by, invented=True, **more)
    change.asked = asked_for(party, change.contact, wanted, day)
    DETAILS.take("submit", change, **told(by, noon(day)))
    return change


def _round(suppliers: list[str], crew: Crew) -> None:
    """The round of 2020: a few parties were asked in February and one has confirmed; the next tick asks the rest."""
    opened = noon(OPENED)
    round_ = ConfirmationRound(year=2020, invented=True)
    ROUNDS.take("open", round_, **told(crew["party.support"], opened))
    rows = {row.party.key: row for row in Confirmation.objects.filter(party__key__in=suppliers)}
    for key in suppliers:
        CONFIRMATIONS.take("ask", rows[key], by=None, at=opened, recorded=RECORDED)
    who = told(crew["large.supplier"], noon(date(2020, 2, 26)))
    CONFIRMATIONS.take("confirm", rows["edf-energy"], all_is_right="on", **who)
