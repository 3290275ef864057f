"""Numbers, signifiers, ranges and user IDs of the sample, and the signed list of them: all invented.

No company that a document names is allocated anything here, since none was read of.
"""

from __future__ import annotations

from datetime import date, timedelta

from secretariat.core import journal
from secretariat.core.people import Person
from secretariat.register.identifiers.actions import allocate, issue_list, take_into_use
from secretariat.register.identifiers.models import Allocation, FormerName, Participant, UserId
from secretariat.register.models import UserEntry
from secretariat.register.parties import Party
from secretariat.site.sample.crew import RECORDED, Crew, noon, told

PARTICIPANTS = (
    ("sample-registration-data-limited", Participant.Kind.RDP, "Sample Registration Data Limited", "SREG"),
    ("sample-shared-resources-limited", Participant.Kind.SRP, "Sample Shared Resources Limited", "SSHR"),
)
"""Key, kind, name and signifier."""

ENTERED, ISSUED = date(2018, 5, 14), date(2020, 3, 2)
RENAMED = date(2017, 9, 29)
IN_USE = 8
"""Of so many allocations an identifier is in use; the DCC has accepted those of all but the last."""


def enter(crew: Crew) -> None:
    """Allocates to the invented Users and to two organisations that are no parties, and issues the list."""
    adviser = crew["party.support"]
    users = list(
        Party.objects.filter(invented=True, user_entries__invented=True).distinct().order_by("acceded_on", "key")
    )
    allocations = [_party(party, adviser) for party in users]
    for row in PARTICIPANTS:
        _participant(*row, adviser)
    for place, allocation in enumerate(allocations[:IN_USE], start=1):
        _user_id(allocation, adviser, accepted=place < IN_USE)
    former = FormerName(party=users[0], name=f"Old {users[0].name}", until=RENAMED)
    journal.enter(former, **told(adviser, noon(RENAMED)))
    issue_list(**told(adviser, noon(ISSUED)))


def _party(party: Party, adviser: Person) -> Allocation:
    """On the day of accession, taken over later as the parties are: letters and number of the name as signifier."""
    assert party.acceded_on is not None
    number = next(word for word in party.name.split() if word.isdigit())
    return allocate(party, f"{party.name[:3].upper()}{number}", day=party.acceded_on, **told(adviser, RECORDED))


def _participant(key: str, kind: str, name: str, signifier: str, adviser: Person) -> None:
    when = told(adviser, noon(ENTERED))
    made = Participant(key=key, kind=kind, name=name, invented=True)
    journal.enter(made, **when)
    allocate(made, signifier, day=ENTERED, **when)


def _user_id(allocation: Allocation, adviser: Person, *, accepted: bool) -> None:
    """The first identifier of the range, in the roles of the party's completion, from four weeks before it."""
    entry = UserEntry.objects.get(party=allocation.party)
    day = entry.completed_on - timedelta(days=28)
    row = UserId(allocation=allocation, identifier=allocation.first, from_day=day)
    row.accepted_on = day + timedelta(days=7) if accepted else None
    take_into_use(row, entry.roles.all(), **told(adviser, noon(day)))
