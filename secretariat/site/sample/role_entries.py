"""Parties of the sample in the middle of user entry, the mandates behind it, and what they wait for: all invented.

No entry is completed here: the completions that the papers print are entered with the parties. The mandate of the
electricity networks is left out, since the sample's completions begin later than its day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.plain.dates import long_date
from secretariat.register.entry import UserRole
from secretariat.register.parties import Party
from secretariat.register.user_entry.actions import adopt, open_entry
from secretariat.register.user_entry.confirming import confirm
from secretariat.register.user_entry.mandates import Anchor, Mandate, Supply
from secretariat.register.user_entry.models import Kind, RoleEntry
from secretariat.register.user_entry.procedure import ROLE_ENTRIES
from secretariat.site.sample import parties
from secretariat.site.sample.crew import Crew, noon, told

IMPORT, EXPORT, GAS = "Import Supplier", "Export Supplier", "Gas Supplier"
AGENT, OTHER_USER = "Registered Supplier Agent", "Other User"
SUPPLIERS_ROLES = (IMPORT, EXPORT, GAS)
OF_SECAS, OF_THE_DCC = (Kind.DETAILS,), (Kind.USER_ID, Kind.SREPT, Kind.SMKI, Kind.UEPT, Kind.CREDIT)

MANDATES = (
    ("Small domestic suppliers, 2017", "mandate.small_domestic", Supply.DOMESTIC, "", None),
    ("Small non-domestic suppliers, 2018", "mandate.small_non_domestic", Supply.NON_DOMESTIC, "", None),
    ("Small suppliers that acceded since 2019", "mandate.new_supplier", "", Anchor.ACCESSION, date(2019, 1, 1)),
)
"""Name, key in the rulebook, supply, anchor, and the first anchor day."""


def enter(crew: Crew) -> None:
    """Enters the mandates, then takes a few parties some way into their roles."""
    adviser = crew["party.support"]
    _mandates(adviser)
    small = _no_users_yet(parties.SMALL)[30:34]
    other = _no_users_yet(parties.OTHER)[5:7]
    _begin(small[0], (IMPORT, GAS), date(2020, 1, 13), crew, OF_SECAS)
    _begin(small[1], (IMPORT,), date(2019, 12, 2), crew, (*OF_SECAS, *OF_THE_DCC))
    _begin(other[0], (OTHER_USER,), date(2020, 2, 3), crew, (Kind.DETAILS, Kind.USER_ID))
    own = Party.objects.get(key="green-supplier-limited")
    _begin(own, (EXPORT, AGENT), date(2019, 10, 7), crew, (*OF_SECAS, *OF_THE_DCC, Kind.SECURITY))
    _send(own, crew["small.supplier"], adviser)
    planned = RoleEntry(party=small[2], role=_role(GAS), invented=True)
    open_entry(planned, day="2020-03-02", step="plan", **told(adviser, noon(date(2020, 3, 2))))
    _live(adviser)


def _role(name: str) -> UserRole:
    found: UserRole = UserRole.objects.get(name=name)
    return found


def _no_users_yet(category: str) -> list[Party]:
    """The invented parties of a category that have not completed entry, in the order of their accession."""
    keys = [party.key for party in parties.invented() if party.category == category]
    return list(Party.objects.filter(key__in=keys, completed_roles__isnull=True).order_by("acceded_on", "key"))


def _mandates(adviser: Person) -> None:
    roles = list(UserRole.objects.filter(name__in=SUPPLIERS_ROLES))
    for name, rule, supply, anchor, since in MANDATES:
        made = Mandate(name=name, category=parties.SMALL, rule=rule, supply=supply, anchor=anchor, anchored_from=since)
        made.invented = not supply
        journal.enter(made, **told(adviser, noon(date(2020, 3, 4))), roles=[role.name for role in roles])
        made.roles.set(roles)


def _begin(party: Party, roles: Iterable[str], day: date, crew: Crew, confirmed: tuple[Kind, ...]) -> None:
    """Begins roles, and confirms some requirements four weeks later by the bodies that confirm them."""
    adviser, dcc = crew["party.support"], crew["dcc.representative"]
    later = date.fromordinal(day.toordinal() + 28)
    names = list(roles)
    for name in names:
        open_entry(RoleEntry(party=party, role=_role(name), invented=True), day=day, **told(adviser, noon(day)))
    for kind in confirmed:
        who = dcc if kind in OF_THE_DCC else adviser
        for name in names:
            confirm(party, kind, day=later, evidence=f"Invented letter of {long_date(later)}", role=_role(name),
                    **told(who, noon(later)))  # fmt: skip


def _send(party: Party, contact: Person, adviser: Person) -> None:
    """The evidence forms of both roles are sent in; one of them is queried."""
    first, second = RoleEntry.objects.filter(party=party, role__name__in=(EXPORT, AGENT)).order_by("role__position")
    sent, queried = noon(date(2020, 3, 2)), noon(date(2020, 3, 4))
    for entry in (first, second):
        reference = f"Invented form {entry.role.name}"
        ROLE_ENTRIES.take("submit", entry, reference=reference, note="", declared=True, **told(contact, sent))
    ROLE_ENTRIES.take("query", second, day=date(2020, 3, 4), **told(adviser, queried),
                      query="The form names another identifier than the one that the DCC accepted.")  # fmt: skip


def _live(adviser: Person) -> None:
    """Two completions of 2019 are taken over; their roles are live, and one is suspended."""
    keys = [party.key for party in parties.invented() if party.category == parties.SMALL]
    for place, party in enumerate(Party.objects.filter(key__in=keys, completed_roles__role__name=IMPORT)[:2]):
        day = date(2020, 1, 20)
        entry = adopt(party, _role(IMPORT), invented=True, **told(adviser, noon(day)))
        ROLE_ENTRIES.take("go_live", entry, day=day, **told(adviser, noon(day)))
        if place:
            when = date(2020, 2, 17)
            ROLE_ENTRIES.take("suspend", entry, day=when, reason="Invented: its gateway connection is down",
                              **told(adviser, noon(when)))  # fmt: skip
