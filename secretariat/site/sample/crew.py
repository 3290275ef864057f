"""Who acts in the sample, when its records were made, and how its files are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from django.contrib.auth.hashers import make_password

from secretariat.core import journal
from secretariat.core.load import LOADS, Loading, load
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.plain.dates import LONDON
from secretariat.register.models import Party
from secretariat.site.sample.facts import table

RECORDED = datetime(2020, 3, 5, 9, 0, tzinfo=UTC)
"""When the records of the sample were made, unless the record is of something later."""

SINCE = date(2017, 6, 1)
"""From when the people of the sample act: the first month that its publications tell of."""

PASSWORD = "secretariat-demo-2020"  # noqa: S105 - shown to everybody who builds the sample


BOARD_MEMBER, PROPOSER, OPERATIONS_MEMBER = "change.board.member", "proposer", "operations.member"


@dataclass(frozen=True)
class SignIn:
    """One person of the sample who can sign in: address, name, role, team, body, and the party spoken for."""

    address: str
    name: str
    role: Role
    team: str = ""
    audience: str = ""
    party: str = ""


SECRETARIAT = (
    SignIn("operations.lead", "Sample Operations Lead", Role.SECRETARIAT, Team.OPERATIONS),
    SignIn("operations.reviewer", "Sample Operations Reviewer", Role.SECRETARIAT, Team.OPERATIONS),
    SignIn("change.analyst", "Sample Change Analyst", Role.SECRETARIAT, Team.CHANGE),
    SignIn("party.support", "Sample Party Support Adviser", Role.SECRETARIAT, Team.PARTY_SUPPORT),
    SignIn("committee.secretary", "Sample Committee Secretary", Role.SECRETARIAT, Team.COMMITTEES),
    SignIn("security.analyst", "Sample Security Analyst", Role.SECRETARIAT, Team.SECURITY),
    SignIn("technical.analyst", "Sample Technical Analyst", Role.SECRETARIAT, Team.TECHNICAL),
    SignIn("helpdesk.agent", "Sample Helpdesk Agent", Role.SECRETARIAT, Team.HELPDESK),
)
OTHERS = (
    SignIn("large.supplier", "Sample Contact, Large Supplier", Role.PARTY_CONTACT, party="edf-energy"),
    SignIn("small.supplier", "Sample Contact, Small Supplier", Role.PARTY_CONTACT, party="green-supplier-limited"),
    SignIn(PROPOSER, "Sample Contact, Proposer", Role.PARTY_CONTACT, party="brackenford-supply-375-limited"),
    SignIn("panel.member", "Sample Panel Member", Role.COMMITTEE_MEMBER, audience="SECP"),
    SignIn("ssc.member", "Sample Security Sub-Committee Member", Role.COMMITTEE_MEMBER, audience="SSC"),
    SignIn(BOARD_MEMBER, "Sample Change Board Member", Role.COMMITTEE_MEMBER, audience="SECCB"),
    SignIn(OPERATIONS_MEMBER, "Sample Operations Group Member", Role.COMMITTEE_MEMBER, audience="OPSG"),
    SignIn("dcc.representative", "Sample DCC Representative", Role.DCC, audience="DCC"),
    SignIn("authority", "Sample Authority Observer", Role.AUTHORITY, audience="SECP"),
    SignIn("user.assessor", "Sample Assessor, User CIO", Role.ASSESSOR, audience="CIO"),
    SignIn("privacy.auditor", "Sample Independent Privacy Auditor", Role.ASSESSOR, audience="IPA"),
)


def address(name: str) -> str:
    """The e-mail address of somebody in the sample; example.org belongs to nobody."""
    return f"{name}@example.org"


@dataclass
class Crew:
    """The people of the sample who act, by the first part of their address."""

    people: dict[str, Person] = field(default_factory=dict)
    password: str = field(default_factory=lambda: make_password(PASSWORD))

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def add(self, told: SignIn, signs_in: bool = True) -> None:
        """Enters a person with the capacity in which they act; nobody's act, since nobody was there before."""
        password = self.password if signs_in else make_password(None)
        person = Person(email=address(told.address), name=told.name, password=password, invented=True)
        journal.enter(person, by=None, at=RECORDED, recorded=RECORDED)
        organisation = Party.objects.get(key=told.party).pk if told.party else None
        row = Capacity(person=person, role=told.role, team=told.team, audience=told.audience, from_day=SINCE)
        row.organisation_id, row.recorded = organisation, RECORDED
        journal.enter(row, by=None, at=RECORDED, recorded=RECORDED, person=person)
        self.people[told.address] = person

    def load(
        self,
        kind: str,
        by: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        at: datetime = RECORDED,
    ) -> None:
        """Loads rows as a file of a kind. Raises Refused, with every reason, when a row may not be."""
        self.load_file(kind, by, table(columns, rows), at)

    def load_file(self, kind: str, by: str, content: bytes, at: datetime = RECORDED) -> None:
        """Loads a file of a kind. Raises Refused, with every reason, when a row may not be."""
        load(LOADS[kind], f"sample-{kind}.csv", content, Loading(self[by], at, at))


def noon(day: date) -> datetime:
    """Midday of a day in London: the instant of what is known to the day only."""
    return datetime.combine(day, time(12), tzinfo=LONDON)


def told(person: Person, at: datetime, recorded: datetime = RECORDED) -> dict[str, Any]:
    """Who did something, when it took effect, and when it was recorded: never before it took effect."""
    return {"by": person, "at": at, "recorded": max(at, recorded)}
